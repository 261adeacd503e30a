import type { CommandResult, HoldEnd, HoldKind, Token } from "@conclave/consensus"
import { revNow, store } from "./naive-answers.ts"
import { INVOLUNTARY } from "./naive-hold.ts"
import type { NaiveHold, NaiveLists } from "./naive-types.ts"
import { departed, follow, joined } from "./naive-work.ts"

export function waiting(naive: NaiveLists, kind: HoldKind, name: string): NaiveHold[] {
  const all = naive.holds.filter((each) => each.kind === kind && each.names.includes(name) && each.token === undefined)
  return all.sort((a, b) => b.priority - a.priority || a.order - b.order)
}

export function granted(naive: NaiveLists, kind: HoldKind, name: string): NaiveHold[] {
  const all = naive.holds.filter((each) => each.kind === kind && each.names.includes(name) && each.token !== undefined)
  return all.sort((a, b) => a.order - b.order)
}

export function advance(naive: NaiveLists): void {
  for (;;) {
    const ready = naive.holds.filter((hold) => hold.token === undefined && isAdmissible(naive, hold))
    if (ready.length === 0) break
    for (const hold of ready.sort((a, b) => a.order - b.order)) {
      if (hold.kind === "barrier") openBarrier(naive, hold)
      else grant(naive, hold)
    }
  }
  for (const incumbent of naive.holds.filter(({ kind, token }) => kind === "election" && token !== undefined)) {
    const name = incumbent.names[0] as string
    const rival = waiting(naive, "election", name)[0]
    if (rival === undefined || rival.priority <= incumbent.priority || incumbent.revoking !== undefined) continue
    if (naive.time < rival.queuedAt + 30_000 || naive.time < (naive.asked[name] ?? -60_000) + 60_000) continue
    const by = naive.sessions.find(({ id }) => id === rival.session)?.member ?? ""
    incumbent.revoking = { by, reason: "preferred candidate", untilMs: undefined }
    incumbent.askedAt = naive.time
    naive.asked[name] = naive.time
    naive.isChanged = true
  }
  for (const name of Object.keys(naive.asked)) {
    if (!naive.holds.some(({ kind, names }) => kind === "election" && names.includes(name))) {
      if ((naive.quiet[`election/${name}`] ?? 0) <= naive.time) delete naive.asked[name]
    }
  }
  for (const key of Object.keys(naive.limits)) {
    if (!naive.holds.some(({ kind, names: [name] }) => `${kind}/${name}` === key)) delete naive.limits[key]
  }
  const finished = follow(naive)
  for (const hold of finished) endHold(naive, hold, hold.isLeaving ? "released" : "revoked")
  if (finished.length > 0) advance(naive)
}

/** As many as it takes, those who came first. */
function openBarrier(naive: NaiveLists, { names: [name = ""] }: NaiveHold): void {
  const generation = ++naive.token as Token
  const parties = waiting(naive, "barrier", name).slice(0, naive.limits[`barrier/${name}`])
  for (const [index, each] of parties.entries()) {
    dropHold(naive, each, "opened", false)
    store(naive, each.session, each.seq, { kind: "opened", generation, index, rev: revNow(naive) })
  }
}

function isAdmissible(naive: NaiveLists, hold: NaiveHold): boolean {
  if (naive.quietUntil > naive.time) return false
  return hold.names.every((name) => {
    if ((naive.quiet[`${hold.kind}/${name}`] ?? 0) > naive.time) return false
    if (waiting(naive, hold.kind, name)[0] !== hold) return false
    const holders = granted(naive, hold.kind, name)
    const limit = naive.limits[`${hold.kind}/${name}`] ?? 0
    if (hold.kind === "group" || hold.kind === "work") return true
    if (hold.kind === "semaphore") return holders.reduce((sum, { weight }) => sum + weight, hold.weight) <= limit
    if (hold.kind === "barrier") return waiting(naive, "barrier", name).length >= limit
    return holders.length === 0 || (!hold.exclusive && holders.every(({ exclusive }) => !exclusive))
  })
}

export function grant(naive: NaiveLists, hold: NaiveHold): void {
  hold.token = ++naive.token
  hold.grantedAt = naive.time
  joined(naive, hold)
  naive.isChanged = true
}

/** Its answer is remembered. */
export function endHold(naive: NaiveLists, hold: NaiveHold, how: HoldEnd): void {
  dropHold(naive, hold, how, false)
  const token = hold.token as Token | undefined
  store(naive, hold.session, hold.seq, { kind: "ended", how, token, rev: revNow(naive) })
}

/** `isGone`: the holder is certainly dead, so that nothing has to wait for it. */
export function dropHold(naive: NaiveLists, hold: NaiveHold, how: HoldEnd, isGone: boolean): void {
  naive.holds = naive.holds.filter((each) => each !== hold)
  naive.isChanged = true
  departed(naive, hold, how)
  for (const name of hold.token === undefined ? [] : hold.names) {
    const key = `${hold.kind}/${name}`
    const { token, grantedAt: since, queuedAt, askedAt } = hold
    const waiters = waiting(naive, hold.kind, name).length
    const letGo = askedAt === undefined ? undefined : naive.time - askedAt
    const spans = { held: naive.time - since, waited: since - queuedAt, letGo }
    const past = { token, since, until: naive.time, how, ...spans, waiters }
    naive.history[key] = [...(naive.history[key] ?? []), past]
    if (!INVOLUNTARY.includes(how) || isGone || hold.lockDelay === 0) continue
    naive.quiet[key] = Math.max(naive.quiet[key] ?? 0, naive.time + hold.lockDelay)
  }
}

export function standing(naive: NaiveLists, hold: NaiveHold): CommandResult {
  const rev = revNow(naive)
  if (hold.token !== undefined) return { kind: "granted", token: hold.token as Token, rev }
  const places = hold.names.map((name) => waiting(naive, hold.kind, name).indexOf(hold))
  return { kind: "queued", position: 1 + Math.max(...places), rev }
}
