import type { HoldEnd } from "@conclave/consensus"
import { advance, endHold } from "./naive-queue.ts"
import { endSession, expiry } from "./naive-sessions.ts"
import type { NaiveHost, NaiveLists, NaiveSession } from "./naive-types.ts"
import { workDues } from "./naive-work.ts"

interface NaiveDue {
  at: number
  rank: number
  id: string
  session?: NaiveSession
  act: () => void
}

export function passTime(naive: NaiveLists): void {
  let isJudged = false
  for (;;) {
    const due = dues(naive).filter(({ at }) => at <= naive.time)[0]
    if (due === undefined) break
    if (due.session !== undefined && due.rank === 0 && due.session.detachedUntil === undefined && !isJudged) {
      isJudged = true
      brake(naive)
      continue
    }
    due.act()
  }
  advance(naive)
}

function dues(naive: NaiveLists): NaiveDue[] {
  const all: NaiveDue[] = []
  for (const session of naive.sessions) {
    const { id } = session
    all.push({
      at: expiry(naive, session),
      rank: 0,
      id,
      session,
      act: () => endSession(naive, session, "expired", false),
    })
    if (session.revokeAt === undefined) continue
    all.push({ at: session.revokeAt, rank: 1, id, session, act: () => endSession(naive, session, "revoked", false) })
  }
  for (const hold of naive.holds) {
    const id = `${hold.session}/${hold.seq}`
    const ends = (at: number, rank: number, how: HoldEnd): void => {
      all.push({ at, rank, id, act: () => endHold(naive, hold, how) })
    }
    if (hold.revoking?.untilMs !== undefined) ends(hold.revoking.untilMs, 2, "revoked")
    if (hold.token !== undefined) ends(hold.grantedAt + hold.maxHold, 3, "max-hold")
    else ends(hold.waitUntil, 5, "wait-timeout")
  }
  for (const each of naive.ended) {
    const forget = (): void => {
      naive.ended = naive.ended.filter((other) => other !== each)
    }
    all.push({ at: each.at + 60_000, rank: 6, id: each.id, act: forget })
  }
  const { staged } = naive
  if (staged !== undefined) {
    const drop = (): void => {
      naive.staged = undefined
    }
    all.push({ at: staged.at + 600_000, rank: 7, id: "", act: drop })
  }
  all.push(...workDues(naive))
  return all.sort((a, b) => a.at - b.at || a.rank - b.rank || (a.id < b.id ? -1 : 1))
}

function brake(naive: NaiveLists): void {
  let withSessions = 0
  const silent: NaiveHost[] = []
  for (const host of naive.hosts) {
    const ttls = naive.sessions.filter((each) => each.host === host.id && each.detachedUntil === undefined)
    if (ttls.length === 0) continue
    withSessions++
    if (naive.time - host.renewedAt >= 0.75 * Math.min(...ttls.map(({ ttl }) => ttl))) silent.push(host)
  }
  if (silent.length < 2 || silent.length / withSessions <= 0.3) return
  for (const host of silent) host.braked = true
}
