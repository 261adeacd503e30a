import type { Change } from "@conclave/consensus"
import type { HoldKind } from "../../api/hold-objects.ts"
import type { StateView } from "../cluster.ts"
import { type CapturedName, capture, cutTo, holdJson, PLACES_MAX } from "../hold-json.ts"
import type { ReplicatedTime } from "../replicated-time.ts"
import { LINE_BYTES_MAX } from "./lines.ts"
import { textBytes, toldChange, type WatchFilter, type WatchScope } from "./scope.ts"

const ITEM_BYTES_MAX = LINE_BYTES_MAX - 1024

/** Names of one kind of holds. One that is free is told as it is then: without holders. */
export function holdScope(kind: HoldKind, time: ReplicatedTime): WatchScope {
  return {
    tell: (changes, state, isWatched) =>
      touchedBy(kind, changes)
        .filter(([name]) => isWatched({ name, key: name }))
        .map(([name, reason]) =>
          toldChange({ name, key: name }, "put", fitting(capture(state, kind, name, PLACES_MAX), time), reason),
        ),
    capture: (state, filter) => {
      const names = namesOf(state, kind, filter).map((name) => capture(state, kind, name, PLACES_MAX))
      return { size: names.length, text: (at) => fitting(names[at] as CapturedName, time) }
    },
  }
}

/** Each name once, also where its limit alone changed; why, where a hold of it ended. */
function touchedBy(kind: HoldKind, changes: readonly Change[]): readonly (readonly [string, string | undefined])[] {
  const touched = new Map<string, string | undefined>()
  for (const change of changes) {
    if (change.kind === "name" && change.after.kind === kind) {
      touched.set(change.after.name, touched.get(change.after.name))
    }
    const hold = change.kind === "hold" ? (change.after ?? change.before) : undefined
    if (change.kind !== "hold" || hold?.kind !== kind) continue
    for (const name of hold.names) touched.set(name, touched.get(name) ?? change.end)
  }
  return [...touched].sort(([a], [b]) => (a < b ? -1 : 1))
}

/** As many of those that hold or wait as one line has room for: long notes and names of applications leave less. */
function fitting(captured: CapturedName, time: ReplicatedTime): string {
  for (let placesMax = PLACES_MAX; ; placesMax = Math.floor(placesMax / 2)) {
    const text = JSON.stringify(holdJson(cutTo(captured, placesMax), time))
    if (placesMax === 0 || textBytes(text) <= ITEM_BYTES_MAX) return text
  }
}

function namesOf(state: StateView, kind: HoldKind, { name, prefix = "" }: WatchFilter): readonly string[] {
  if (name === undefined) return state.names(kind, prefix)
  // Most ask for one: all others are not looked through for it.
  const { holders, waiters } = state.name(kind, name)
  return holders.length + waiters.length > 0 && name.startsWith(prefix) ? [name] : []
}
