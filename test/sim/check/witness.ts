import type { EndLine, Finding, InvokeLine, Line, Shown } from "./lines.ts"
import { misdated, misread } from "./read-witness.ts"
import { Replay } from "./replay.ts"
import { watched } from "./watches.ts"

/** While nothing hinders them, messages are on their way for less. */
const AGE_SLACK_US = 100_000

/**
 * Every answer names the revision at which it was true: what the log had come to by then, by the naive model, is what
 * was told, and whoever asks after another was answered is told no earlier revision. Then the order of revisions is a
 * linearization (research reliability §4.1, layer 1).
 */
export function witnessed(lines: readonly Line[], calmFromUs: number): readonly Finding[] {
  // Without the log there is nothing to hold them against.
  if (!lines.some((line) => line.k === "log" && line.cmd !== undefined)) return []
  const replay = new Replay(lines)
  const invoked = new Map<number, InvokeLine>()
  const found: Finding[] = [...replay.findings, ...watched(lines, replay)]
  const answered: { readonly begun: InvokeLine; readonly t: number; readonly rev: number }[] = []
  for (const line of lines) {
    if (line.k === "inv") invoked.set(line.op, line)
    const begun = line.k === "ok" || line.k === "fail" ? invoked.get(line.op) : undefined
    if (begun === undefined || (line.k !== "ok" && line.k !== "fail")) continue
    const problem = line.k === "ok" ? contradiction(begun, line, replay) : granted(begun, line, replay)
    for (const each of [problem, misread(begun, line, replay)]) {
      if (each !== undefined) found.push({ rule: "the-log-says-so", t: line.t, message: `${line.p}: ${each}` })
    }
    // What was on its way, or lay before a process that stood still, its agent takes for news.
    const age = begun.t < calmFromUs + AGE_SLACK_US ? undefined : misdated(begun, line, replay, AGE_SLACK_US)
    if (age !== undefined) found.push({ rule: "an-age-is-not-less", t: line.t, message: `${line.p}: ${age}` })
    if (line.k === "ok" && line.rev !== undefined) answered.push({ begun, t: line.t, rev: line.rev })
  }
  return [...found, ...backwards(answered)]
}

/** What an answer says that the log does not. */
function contradiction({ f, key, a }: InvokeLine, { rev = 0, r }: EndLine, replay: Replay): string | undefined {
  if (rev > replay.lastRev) return `revision ${rev} was never committed, the last is ${replay.lastRev}`
  if (f === "acquire" && r?.granted === true) {
    const grant = replay.grants.get(`${a.s}/${a.seq}`)
    if (String(grant?.token) === r.token && (grant?.rev ?? 0) <= rev) return undefined
    return `granted ${r.token} at ${rev}, the log says ${grant?.token} at ${grant?.rev}`
  }
  if (f === "hold.get" && r?.holders !== undefined) {
    const { holders, waiters } = replay.at(key, rev)
    const told = (r?.waiters ?? []).map(({ s, seq }) => `${s}/${seq}`)
    if (same(holders, r.holders) && told.join() === waiters.join()) return undefined
    return `at ${rev} ${said(r.holders)}, ${told.length} wait; the log says ${said(holders)}, ${waiters.length} wait`
  }
  if (f === "hold.update" && a.value !== undefined) {
    const holder = replay.at(key, rev).holders.find(({ token }) => token === a.token)
    return holder?.value === a.value ? undefined : `at ${rev} the value is ${holder?.value}, not ${a.value}`
  }
  if (f === "revoke") {
    const left = replay.at(key, rev).holders.filter(({ token }) => r?.revoked?.includes(token))
    return left.length === 0 ? undefined : `at ${rev} ${said(left)}, who was revoked`
  }
  if (f === "release" && rev > 0) {
    const isHeld = replay.at(key, rev).holders.some(({ token }) => token === a.token)
    return isHeld ? `at ${rev} ${a.token} still holds` : undefined
  }
  return undefined
}

/** Of an acquire that certainly failed; one that was granted and lost before its client could be told says so. */
function granted({ f, a }: InvokeLine, { e }: EndLine, replay: Replay): string | undefined {
  if (e === "GRANT_LOST") return undefined
  const grant = f === "acquire" && a.s !== undefined ? replay.grants.get(`${a.s}/${a.seq}`) : undefined
  return grant === undefined ? undefined : `it failed, and the log grants ${grant.token} at ${grant.rev}`
}

function backwards(
  answered: readonly { readonly begun: InvokeLine; readonly t: number; readonly rev: number }[],
): readonly Finding[] {
  const ended = [...answered].sort((a, b) => a.t - b.t)
  const begun = [...answered].sort((a, b) => a.begun.t - b.begun.t)
  let at = 0
  let highest = 0
  return begun.flatMap(({ begun: { t, p, f, a }, rev }) => {
    for (let next = ended[at]; next !== undefined && next.t < t; next = ended[++at])
      highest = Math.max(highest, next.rev)
    if (rev >= highest || a.stale === true) return []
    return [{ rule: "nobody-is-told-the-past", t, message: `${p}: ${f} has revision ${rev}, ${highest} was known` }]
  })
}

function same(a: readonly Shown[], b: readonly Shown[]): boolean {
  return a.length === b.length && a.every((each, at) => said([each]) === said([b[at] as Shown]))
}

function said(holders: readonly Shown[]): string {
  const each = holders.map(
    ({ s, seq, token, value, id, ready }) =>
      `${s}/${seq} by ${token}${value === undefined ? "" : ` (${value})`}${id === undefined ? "" : ` as ${id}, ${ready}`}`,
  )
  return each.length === 0 ? "nobody holds" : each.join(" and ")
}
