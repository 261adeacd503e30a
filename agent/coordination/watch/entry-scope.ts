import type { Change, KvEntry } from "@conclave/consensus"
import type { StateView } from "../cluster.ts"
import { entryText } from "../kv.ts"
import { type CapturedItems, toldChange, type WatchFilter, type WatchScope } from "./scope.ts"

/** Entries under keys. A deletion carries what was there last. */
export const ENTRY_SCOPE: WatchScope = {
  tell: (changes, _state, isWatched) => {
    if (changes.some(({ kind }) => kind === "restored")) return "all"
    return changes.flatMap((change) => {
      const entry = change.kind === "entry" ? (change.after ?? change.before) : undefined
      if (entry === undefined || !isWatched({ name: entry.key, key: entry.key })) return []
      const { key } = entry
      const isThere = (change as Extract<Change, { kind: "entry" }>).after !== undefined
      return [toldChange({ name: key, key }, isThere ? "put" : "delete", entryText(entry))]
    })
  },
  capture: (state, filter) => {
    const entries = entriesOf(state, filter)
    return { size: entries.length, text: (at) => entryText(entries[at] as KvEntry) } satisfies CapturedItems
  },
}

function entriesOf(state: StateView, { name, prefix = "" }: WatchFilter): readonly KvEntry[] {
  if (name === undefined) return [...state.entries(prefix)]
  const entry = name.startsWith(prefix) ? state.entry(name) : undefined
  return entry === undefined ? [] : [entry]
}
