import type { CommandResult, Refusal, SessionId, StoredResult } from "@conclave/consensus"
import type { NaiveLists, NaiveSession } from "./naive-types.ts"

/** Of one session; older ones are forgotten. */
const ANSWERS_MAX = 128

export function revNow(naive: NaiveLists): number {
  return naive.rev + (naive.isChanged ? 1 : 0)
}

export function store(naive: NaiveLists, session: SessionId, seq: number, result: StoredResult): void {
  const owner = naive.sessions.find(({ id }) => id === session) as NaiveSession
  if (seq < owner.floor) return
  naive.answers.push({ session, seq, result })
  const kept = naive.answers.filter((each) => each.session === session)
  if (kept.length <= ANSWERS_MAX) return
  owner.floor = Math.min(...kept.map((each) => each.seq)) + 1
  naive.answers = naive.answers.filter((each) => each.session !== session || each.seq >= owner.floor)
}

export function done(naive: NaiveLists): CommandResult {
  return { kind: "done", rev: revNow(naive) }
}

export function lost(naive: NaiveLists, id: SessionId): StoredResult {
  return refuse(naive, { kind: "session-lost", cause: naive.ended.find((each) => each.id === id)?.cause })
}

export function refuse(naive: NaiveLists, refusal: Refusal): StoredResult {
  return { kind: "refused", refusal, rev: revNow(naive) }
}
