import type { Change, Item } from "@conclave/consensus"
import type { ReplicatedTime } from "../replicated-time.ts"
import { itemJson } from "../work-json.ts"
import { capturing, toldChange, type WatchScope } from "./scope.ts"

/** Items of one pool, which is the name. What does not show, as a checkpoint, is told to nobody. */
export function itemScope(time: ReplicatedTime): WatchScope {
  const textOf = (item: Item): string => JSON.stringify(itemJson(item, time))
  return {
    tell: (changes, _state, isWatched) => {
      if (changes.some(({ kind }) => kind === "restored")) return "all"
      return lastOf(changes).flatMap(({ before, after, reason }) => {
        const item = after ?? before
        if (item === undefined || !isWatched({ name: item.pool, key: item.item })) return []
        if (!isShown({ before, after })) return []
        const type = after === undefined ? "delete" : "put"
        return [toldChange({ name: item.pool, key: item.item }, type, textOf(item), reason)]
      })
    },
    tellsLater: "item",
    capture: (state, { name = "", prefix = "" }) => capturing(state.listItems(name, prefix), textOf),
  }
}

/** Whether a reader could tell what was before from what is behind it. */
export function isShown({ before, after }: Pick<ItemChange, "before" | "after">): boolean {
  return before === undefined || after === undefined || !isAlike(before, after)
}

/** In all that an item shows. */
function isAlike(a: Item, b: Item): boolean {
  return (
    a.state === b.state &&
    a.owner?.token === b.owner?.token &&
    a.owner?.id === b.owner?.id &&
    a.owner?.note === b.owner?.note &&
    a.target === b.target &&
    a.attempt === b.attempt &&
    a.weight === b.weight &&
    a.payload === b.payload &&
    a.pin === b.pin &&
    a.sinceMs === b.sinceMs
  )
}

type ItemChange = Extract<Change, { kind: "item" }>

/** Each item once: as it was before this revision, and as it is behind it. */
function lastOf(changes: readonly Change[]): readonly Pick<ItemChange, "before" | "after" | "reason">[] {
  const last = new Map<string, Pick<ItemChange, "before" | "after" | "reason">>()
  for (const change of changes) {
    if (change.kind !== "item") continue
    const { before, after, reason } = change
    const { pool = "", item = "" } = after ?? before ?? {}
    const known = last.get(`${pool} ${item}`)
    last.set(`${pool} ${item}`, { before: known === undefined ? before : known.before, after, reason })
  }
  return [...last].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each)
}
