import type { Change, KvEntry } from "@conclave/consensus"
import type { StateView } from "../cluster.ts"
import { entryText } from "../kv.ts"
import { capturing, FEW, shownBy, toldChange, type WatchScope } from "./scope.ts"

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
  tellsLater: "entry",
  capture: (state, filter) => {
    const { name, prefix = "" } = filter
    const isShown = shownBy(filter, ({ key }: KvEntry) => key)
    const few = fewEntries(state, { name, prefix })?.filter((each) => isShown?.(each) ?? true)
    if (few === undefined) return capturing(state.listEntries(prefix), entryText, isShown)
    return { size: few.length, text: (at) => entryText(few[at] as KvEntry) }
  },
}

/** Undefined: they are many. */
function fewEntries(
  state: StateView,
  { name, prefix }: { readonly name: string | undefined; readonly prefix: string },
): readonly KvEntry[] | undefined {
  const found: KvEntry[] = []
  if (name !== undefined) {
    const entry = name.startsWith(prefix) ? state.entry(name) : undefined
    return entry === undefined ? [] : [entry]
  }
  for (const entry of state.entries(prefix)) {
    if (found.length === FEW) return undefined
    found.push(entry)
  }
  return found
}
