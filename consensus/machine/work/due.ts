import type { State, Work } from "../state.ts"
import { release } from "./brake.ts"
import { change, free, PLANNER } from "./steps.ts"
import type { Item, Pool } from "./types.ts"

/**
 * The time of an item has come: it is taken from a worker that did not hand it back, is harmless, or kept for nobody
 * any more.
 */
export function expireItem(state: State, key: string): void {
  const item = state.work.items.get(key)
  if (item === undefined) return
  if (item.state === "revoking") {
    const { owner } = item
    free(state, item, { reason: isHandOff(item) ? "handoff-timeout" : "revoked", target: item.target })
    if (owner !== undefined) state.work.hasLess(item.pool, owner)
    return
  }
  if (item.state === "assigned") return change(state, item, { losses: 0 })
  const { brake } = state.work.pool(item.pool) as Pool
  const keptUntilMs = brake !== undefined && item.target !== undefined ? brake.untilMs : undefined
  change(state, item, { keptUntilMs: keptUntilMs === item.keptUntilMs ? undefined : keptUntilMs })
}

/** The planner wished that it goes elsewhere, or its own worker, which may have no id; and no operator. */
function isHandOff({ owner, revoking }: Item): boolean {
  return [PLANNER, owner?.id, ""].includes(revoking?.by)
}

/** Nobody can believe any more in what was removed: what was put under its name since goes to whoever may have it. */
export function expireTombstone(state: State, key: string): void {
  state.work.dropTombstone(key)
  const item = state.work.items.get(key)
  if (item !== undefined) change(state, item, { keptUntilMs: undefined })
}

/** Who has not come back by now is not waited for. */
export function* expirePool(state: State, name: string): Work {
  const pool = state.work.pool(name)
  if (pool !== undefined) yield* release(state, pool)
}
