import type { CommandResult, Refusal, SessionId, StoredResult } from "@conclave/consensus"
import type { NaiveLists, NaiveSession } from "./naive-types.ts"

/** Of one session; older ones are forgotten. As many of holds that are older are kept beside them. */
const ANSWERS_MAX = 128

export function revNow(naive: NaiveLists): number {
  return naive.rev + (naive.isChanged ? 1 : 0)
}

export function store(naive: NaiveLists, session: SessionId, seq: number, result: StoredResult): void {
  const owner = naive.sessions.find(({ id }) => id === session) as NaiveSession
  const isLate = (each: { readonly session: SessionId; readonly seq: number }): boolean =>
    each.session === session && each.seq < owner.floor
  if (isLate({ session, seq }) && !isOfWaiting(result)) return
  naive.answers.push({ session, seq, result })
  const late = naive.answers.filter(isLate)
  if (late.length > ANSWERS_MAX) {
    const [eldest] = late.sort((a, b) => a.result.rev - b.result.rev || a.seq - b.seq)
    naive.answers = naive.answers.filter((each) => each !== eldest)
  }
  const kept = naive.answers.filter((each) => each.session === session && !isLate(each))
  if (kept.length <= ANSWERS_MAX) return
  const lowest = Math.min(...kept.map((each) => each.seq))
  owner.floor = lowest + 1
  naive.answers = naive.answers.filter((each) => each.session !== session || each.seq !== lowest)
}

/** Of who waited in vain, or for a barrier: nothing else says what became of it. */
function isOfWaiting(result: StoredResult): boolean {
  if (result.kind === "ended") return result.token === undefined && result.how !== "cancelled"
  return result.kind === "opened" || result.kind === "refused"
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
