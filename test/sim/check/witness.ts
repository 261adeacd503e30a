import type { EndLine, Finding, InvokeLine, Line, Shown, WatchLine } from "./lines.ts"
import { Replay } from "./replay.ts"

/**
 * Every answer names the revision at which it was true: what the log had come to by then, by the naive model, is what
 * was told, and whoever asks after another was answered is told no earlier revision. Then the order of revisions is a
 * linearization (research reliability §4.1, layer 1).
 */
export function witnessed(lines: readonly Line[]): readonly Finding[] {
  // Without the log there is nothing to hold them against.
  if (!lines.some((line) => line.k === "log" && line.cmd !== undefined)) return []
  const replay = new Replay(lines)
  const invoked = new Map<number, InvokeLine>()
  const found: Finding[] = [...replay.findings]
  const answered: { readonly begun: InvokeLine; readonly t: number; readonly rev: number }[] = []
  const streams = new Map<string, number>()
  for (const line of lines) {
    if (line.k === "inv") invoked.set(line.op, line)
    if (line.k === "watch") found.push(...watched(line, replay, streams))
    const begun = line.k === "ok" || line.k === "fail" ? invoked.get(line.op) : undefined
    if (begun === undefined || (line.k !== "ok" && line.k !== "fail")) continue
    const problem = line.k === "ok" ? contradiction(begun, line, replay) : granted(begun, line, replay)
    if (problem !== undefined) found.push({ rule: "the-log-says-so", t: line.t, message: `${line.p}: ${problem}` })
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
  if (f === "hold.get") {
    const { holders, waiters } = replay.at(key, rev)
    const told = (r?.waiters ?? []).map(({ s, seq }) => `${s}/${seq}`)
    if (same(holders, r?.holders ?? []) && told.join() === waiters.join()) return undefined
    return `at ${rev} ${said(r?.holders ?? [])}, ${told.length} wait; the log says ${said(holders)}, ${waiters.length} wait`
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
  return begun.flatMap(({ begun: { t, p, f }, rev }) => {
    for (let next = ended[at]; next !== undefined && next.t < t; next = ended[++at])
      highest = Math.max(highest, next.rev)
    if (rev >= highest) return []
    return [{ rule: "nobody-is-told-the-past", t, message: `${p}: ${f} has revision ${rev}, ${highest} was known` }]
  })
}

/** One stream: each change of who holds, once and in order, and at every revision as it was. */
function watched(line: WatchLine, replay: Replay, streams: Map<string, number>): readonly Finding[] {
  const { w, scope, vk, rev, ev, t } = line
  const before = streams.get(w)
  streams.set(w, rev)
  const say = (rule: string, message: string): readonly Finding[] => [{ rule, t, message: `${w} ${scope}: ${message}` }]
  if (vk !== "view" && before === undefined) return say("watches-begin-with-a-view", vk)
  const isFresh = vk === "view"
  if (rev < (before ?? 0)) return say("watches-go-on", `${rev} after ${before}`)
  const skipped = isFresh ? [] : replay.between(scope, before ?? 0, vk === "change" ? rev - 1 : rev)
  const shown = replay.at(scope, before ?? 0).holders
  if (skipped.some(({ holders }) => !same(holders, shown)))
    return say("watches-leave-nothing-out", `between ${before} and ${rev}`)
  const told = ev.find(({ key }) => key === scope)
  if (vk === "progress" || (vk === "change" && told === undefined)) return []
  const { holders } = replay.at(scope, rev)
  if (holders.length > 1 && scope.startsWith("election/")) return say("one-leads", said(holders))
  if (same(told?.holders ?? [], holders)) return []
  return say("watches-show-what-was", `at ${rev} ${said(told?.holders ?? [])}, the log says ${said(holders)}`)
}

function same(a: readonly Shown[], b: readonly Shown[]): boolean {
  return a.length === b.length && a.every((each, at) => said([each]) === said([b[at] as Shown]))
}

function said(holders: readonly Shown[]): string {
  const each = holders.map(
    ({ s, seq, token, value }) => `${s}/${seq} by ${token}${value === undefined ? "" : ` (${value})`}`,
  )
  return each.length === 0 ? "nobody holds" : each.join(" and ")
}
