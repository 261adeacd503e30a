import type { ItemsOptions } from "./items-view.ts"
import type { Member } from "./wire.gen.ts"

/** By name; of two that share one, a dead and its successor, by id. */
export const MEMBERS: ItemsOptions<Member> = {
  keyOf: ({ id }) => id,
  compare: (a, b) => {
    const [left, right] = a.name === b.name ? [a.id, b.id] : [a.name, b.name]
    return left < right ? -1 : left > right ? 1 : 0
  },
}
