import type { Random } from "@conclave/base"
import type { AppsPlan } from "../plan.ts"
import { TASKS } from "./producer.ts"

/** What one stream is about: the input of the operation, how histories call it, and the key of what it tells. */
export interface WatchWish {
  readonly input: { readonly kind: string; readonly by?: "holder"; readonly name?: string; readonly prefix?: string }
  readonly scope: string
  readonly keyOf: (item: Named) => string
}

/** Of whatever is told what it is called by. */
export interface Named {
  readonly name?: string
  readonly key?: string
  readonly item?: string
  readonly id?: string
  readonly token?: string
}

const GROUP = "g0"

/** Every kind that can be watched, of those that anything happens to: all of it, a part of it, or one thing. */
export function drawWatch(random: Random, plan: AppsPlan): WatchWish {
  const kinds = ["lock", "semaphore", "group", "holder", "members"]
  if (plan.elections > 0) kinds.push("election")
  if ((plan.keys ?? 0) > 0) kinds.push("kv", "kv")
  if (plan.work !== undefined) kinds.push("work", "items", "items")
  const kind = random.pick(kinds)
  switch (kind) {
    case "holder":
      return {
        input: { kind: "group", by: "holder", name: GROUP },
        scope: `holder/group/${GROUP}/*`,
        keyOf: ({ id, token }) => `holder/group/${GROUP}/${id ?? token}`,
      }
    case "items":
      return {
        input: { kind, name: TASKS },
        scope: `items/${TASKS}/*`,
        keyOf: ({ item }) => `items/${TASKS}/${item}`,
      }
    case "members":
      return { input: { kind }, scope: "members/*", keyOf: ({ name }) => `members/${name}` }
    default:
      return { ...partOf(kind, random), keyOf: ({ name, key }) => `${kind}/${name ?? key}` }
  }
}

function partOf(kind: string, random: Random): Pick<WatchWish, "input" | "scope"> {
  const first = FIRST[kind] ?? ""
  switch (random.below(3)) {
    case 0:
      return { input: { kind, name: `${first}0` }, scope: `${kind}/${first}0` }
    case 1:
      return { input: { kind, prefix: first }, scope: `${kind}/${first}*` }
    default:
      return { input: { kind }, scope: `${kind}/*` }
  }
}

/** How the names of each kind begin. */
const FIRST: Readonly<Record<string, string>> = {
  ...{ lock: "l", election: "e", semaphore: "s", group: "g", work: "w", kv: "k" },
}
