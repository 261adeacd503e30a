import type { Change } from "@conclave/consensus"
import type { HoldKind } from "../../api/hold-objects.ts"
import type { StateView } from "../cluster.ts"
import { type CapturedName, capture, cutTo, holdJson, listedHold, PLACES_MAX } from "../hold-json.ts"
import type { ReplicatedTime } from "../replicated-time.ts"
import { LINE_BYTES_MAX } from "./lines.ts"
import { capturing, FEW, shownBy, textBytes, toldChange, type WatchScope } from "./scope.ts"

const ITEM_BYTES_MAX = LINE_BYTES_MAX - 1024

/** Names of one kind of holds. One that is free is told as it is then: without holders. */
export function holdScope(kind: HoldKind, time: ReplicatedTime): WatchScope {
  return {
    tell: (changes, state, isWatched) => {
      // Pools come back as they were saved, also those that nobody worked on.
      if (kind === "work" && changes.some((change) => change.kind === "restored")) return "all"
      return touchedBy(kind, changes)
        .filter(([name]) => isWatched({ name, key: name }))
        .map(([name, reason]) =>
          toldChange({ name, key: name }, "put", fitting(capture(state, kind, name, PLACES_MAX), time), reason),
        )
    },
    tellsLater: undefined,
    capture: (state, filter) => {
      const { name, prefix = "" } = filter
      const isShown = shownBy(filter, (each: { readonly name: string }) => each.name)
      const few = fewNames(state, kind, { name, prefix })
        ?.filter((each) => isShown?.({ name: each }) ?? true)
        .map((each) => capture(state, kind, each, PLACES_MAX))
      if (few !== undefined) return { size: few.length, text: (at) => fitting(few[at] as CapturedName, time) }
      return capturing(
        state.listNames(kind, prefix),
        (listed, rev) => fitting(listedHold(kind, listed, rev), time),
        isShown,
      )
    },
  }
}

/** Each name once, also where its limit, or what a pool has, alone changed; why, where a hold of it ended. */
function touchedBy(kind: HoldKind, changes: readonly Change[]): readonly (readonly [string, string | undefined])[] {
  const touched = new Map<string, string | undefined>()
  for (const change of changes) {
    if (change.kind === "name" && change.after.kind === kind) {
      touched.set(change.after.name, touched.get(change.after.name))
    }
    const pool = kind === "work" ? poolOf(change) : undefined
    if (pool !== undefined) touched.set(pool, touched.get(pool))
    const hold = change.kind === "hold" ? (change.after ?? change.before) : undefined
    if (change.kind !== "hold" || hold?.kind !== kind) continue
    for (const name of hold.names) touched.set(name, touched.get(name) ?? change.end)
  }
  return [...touched].sort(([a], [b]) => (a < b ? -1 : 1))
}

/** Whose settings, counts or loads it changes. */
function poolOf(change: Change): string | undefined {
  if (change.kind === "pool") return (change.after ?? change.before)?.name
  if (change.kind !== "item") return undefined
  const { before, after } = change
  const isAlike =
    before?.state === after?.state && before?.weight === after?.weight && before?.owner?.token === after?.owner?.token
  return isAlike ? undefined : (after ?? before)?.pool
}

/** As many of those that hold or wait as one line has room for: long notes and names of applications leave less. */
function fitting(captured: CapturedName, time: ReplicatedTime): string {
  for (let placesMax = PLACES_MAX; ; placesMax = Math.floor(placesMax / 2)) {
    const text = JSON.stringify(holdJson(cutTo(captured, placesMax), time))
    if (placesMax === 0 || textBytes(text) <= ITEM_BYTES_MAX) return text
  }
}

/** Undefined: they are many, or to be looked for among all pools. */
function fewNames(
  state: StateView,
  kind: HoldKind,
  { name, prefix }: { readonly name: string | undefined; readonly prefix: string },
): readonly string[] | undefined {
  if (name !== undefined) return name.startsWith(prefix) && isThere(state, kind, name) ? [name] : []
  const names = kind === "work" ? undefined : state.names(kind, prefix)
  return names === undefined || names.length > FEW ? undefined : names
}

function isThere(state: StateView, kind: HoldKind, name: string): boolean {
  const { holders, waiters } = state.name(kind, name)
  return holders.length + waiters.length > 0 || (kind === "work" && state.pool(name) !== undefined)
}
