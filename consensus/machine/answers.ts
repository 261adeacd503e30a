import type { State } from "./state.ts"
import type { Refusal, Request, Session, StoredResult } from "./types.ts"

/**
 * What is known of a request before it is looked at: its answer, if it has one already. "Same request, same answer"
 * holds until the client has said that it needs it no more, or has more than 128 unanswered.
 */
export function knownAnswer(state: State, session: Session, request: Request): StoredResult | undefined {
  const stored = state.answer(session.id, request.seq)
  if (stored !== undefined) return stored.result
  const isForgotten = request.seq < session.floor && state.hold(session.id, request.seq) === undefined
  return isForgotten ? refused(state, { kind: "forgotten" }) : undefined
}

/** Keeps an answer; beyond the window the ones of the lowest numbers are forgotten, and their requests refused. */
export function storeAnswer(state: State, session: Session, seq: number, result: StoredResult): void {
  if (seq < session.floor) return storeLate(state, session, seq, result)
  state.putAnswer({ session: session.id, seq, result })
  const seqs = state.answersOf(session.id)
  if (seqs.length <= state.limits.answers) return
  const late = lateOf(seqs, session)
  let floor = session.floor
  while (seqs.length - late > state.limits.answers) {
    const lowest = seqs[late] as number
    state.dropAnswer(session.id, lowest)
    floor = lowest + 1
  }
  if (floor > session.floor) state.putSession({ ...session, floor })
}

/**
 * A hold outlives the window in its queue, and who waited there has no other word on what became of it: as many such
 * answers are kept beside the window, whatever their numbers, the newest. Who was granted learns from the state that it
 * is over.
 */
function storeLate(state: State, session: Session, seq: number, result: StoredResult): void {
  if (result.kind === "ended" && (result.token !== undefined || result.how === "cancelled")) return
  state.putAnswer({ session: session.id, seq, result })
  const late = state.answersOf(session.id).slice(0, lateOf(state.answersOf(session.id), session))
  if (late.length <= state.limits.answers) return
  const revOf = (each: number): number => state.answer(session.id, each)?.result.rev ?? 0
  state.dropAnswer(
    session.id,
    late.reduce((eldest, each) => (revOf(each) < revOf(eldest) ? each : eldest)),
  )
}

/** How many of the answers are older than the window. */
export function lateOf(seqs: readonly number[], { floor }: Pick<Session, "floor">): number {
  let late = 0
  while ((seqs[late] ?? floor) < floor) late++
  return late
}

/**
 * The client has all answers that could be had below. A floor above the request itself would void it, and means nothing
 * more. What came of its holds since it said so before it may still have to hear of.
 */
export function raiseFloor(state: State, session: Session, request: Request): void {
  const floor = Math.min(request.floor, request.seq)
  if (floor <= session.floor) return
  const isAnswered = (seq: number): boolean => seq >= session.floor && seq < floor
  for (const seq of state.answersOf(session.id).filter(isAnswered)) state.dropAnswer(session.id, seq)
  state.putSession({ ...session, floor })
}

export function refused(state: State, refusal: Refusal): StoredResult & { readonly kind: "refused" } {
  return { kind: "refused", refusal, rev: state.rev }
}
