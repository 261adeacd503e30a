import { ENTRY_MODEL, type EntryOp } from "./entry-model.ts"
import type { EndLine, Finding, InvokeLine, Line } from "./lines.ts"
import { type Interval, linearizable } from "./search.ts"

const NEVER = Number.POSITIVE_INFINITY
const OF_ONE: ReadonlySet<string> = new Set(["kv.get", "kv.put", "kv.delete"])

/**
 * Whether each key behaved like one value with compare-and-set. Values are written once each, so that whoever has read
 * one has seen the revision of its put, also where the one who put it was never told.
 */
export function linearizableEntries(lines: readonly Line[]): readonly Finding[] {
  // What comes back from a backup nobody put.
  if (lines.some((line) => line.k === "inv" && line.f === "restore")) return []
  const found: Finding[] = []
  for (const [key, told] of byKey(lines)) {
    const intervals = intervalsOf(told)
    const verdict = linearizable(ENTRY_MODEL, intervals)
    if (verdict.kind === "linearizable") continue
    const stuck = verdict.kind === "unknown" ? undefined : intervals[verdict.stuck]
    const what =
      verdict.kind === "unknown"
        ? "the search was broken off"
        : `${verdict.deepest} of ${intervals.length} have an order, which ${JSON.stringify(stuck?.op)} cannot follow`
    found.push({ rule: "entries-are-linearizable", t: stuck?.end ?? 0, message: `${key}: ${what}` })
  }
  return found
}

interface Told {
  readonly begun: InvokeLine
  readonly end: EndLine
}

function byKey(lines: readonly Line[]): ReadonlyMap<string, readonly Told[]> {
  const invoked = new Map<number, InvokeLine>()
  const all = new Map<string, Told[]>()
  const tell = (told: Told): void => {
    const known = all.get(told.begun.key)
    if (known === undefined) all.set(told.begun.key, [told])
    else known.push(told)
  }
  for (const line of lines) {
    if (line.k === "inv" && OF_ONE.has(line.f) && line.a.stale !== true) invoked.set(line.op, line)
    const begun = line.k === "ok" || line.k === "fail" || line.k === "info" ? invoked.get(line.op) : undefined
    if (begun === undefined) continue
    invoked.delete(begun.op)
    tell({ begun, end: line as EndLine })
  }
  // Of a connection that broke there is no answer, and no word of that either.
  for (const begun of invoked.values()) tell({ begun, end: { k: "info", t: NEVER, p: begun.p, op: begun.op } })
  return all
}

function intervalsOf(told: readonly Told[]): readonly Interval<EntryOp>[] {
  const revs = revsOf(told)
  const known = new Set(revs.values())
  // What nobody saw may have stood between a deletion and the next: then that it found something proves nothing.
  const hasUnseen = told.some(({ begun, end }) => isUnknown(end) && begun.f === "kv.put" && !revs.has(valueIn(begun)))
  return told.flatMap(({ begun, end }) => {
    const op = opOf(begun, end, { revs, known, hasUnseen })
    if (op === undefined) return []
    if (isUnknown(end)) return [{ op, call: begun.t, end: NEVER, isOptional: true }]
    return [{ op, call: begun.t, end: end.t }]
  })
}

interface Seen {
  /** The revisions of values. */
  readonly revs: ReadonlyMap<string, number>
  readonly known: ReadonlySet<number>
  readonly hasUnseen: boolean
}

/** Undefined: it says nothing that could be checked. */
function opOf(begun: InvokeLine, { k, e, d, r }: EndLine, { revs, known, hasUnseen }: Seen): EntryOp | undefined {
  const asked = begun.a.ifRev === undefined ? undefined : Number(begun.a.ifRev)
  // That it found what nobody saw proves nothing about those that somebody did.
  const ifRev = !hasUnseen || asked === 0 || known.has(asked ?? Number.NaN) ? asked : undefined
  if (k === "fail") {
    if (begun.f === "kv.get" && e === "NOT_FOUND") return { kind: "read", modRev: 0, value: undefined }
    const current = Number(d?.["current"] ?? Number.NaN)
    if (e !== "CONFLICT" || asked === undefined || (current !== 0 && !known.has(current))) return undefined
    return { kind: "conflict", ifRev: asked, current }
  }
  switch (begun.f) {
    case "kv.put": {
      const modRev = revs.get(valueIn(begun))
      return modRev === undefined ? undefined : { kind: "put", value: valueIn(begun), modRev, ifRev }
    }
    case "kv.delete": {
      const removed = k === "info" || (hasUnseen && r?.deleted === true) ? undefined : r?.deleted
      return { kind: "delete", ifRev, removed }
    }
    default:
      return k === "ok" ? { kind: "read", modRev: Number(r?.modRev), value: r?.value } : undefined
  }
}

/** Of those values whose put was answered, or that somebody read. */
function revsOf(told: readonly Told[]): ReadonlyMap<string, number> {
  const revs = new Map<string, number>()
  for (const { begun, end } of told) {
    if (end.k !== "ok") continue
    if (begun.f === "kv.put") revs.set(valueIn(begun), end.rev ?? 0)
    if (begun.f === "kv.get" && end.r?.value !== undefined) revs.set(end.r.value, Number(end.r.modRev))
  }
  return revs
}

function valueIn({ a }: InvokeLine): string {
  return a.value ?? ""
}

function isUnknown({ k }: EndLine): boolean {
  return k === "info"
}
