import type { AnswerList } from "./answer-list.ts"
import type { State } from "./state.ts"
import type { Refusal, Request, SessionId, StoredResult } from "./types.ts"

/**
 * What is known of a request before it is looked at: its answer, if it has one already. "Same request, same answer"
 * holds until the client has said that it needs it no more, or has more than 128 unanswered.
 */
export function knownAnswer(state: State, { session, seq }: Request): StoredResult | undefined {
  const list = state.answersOf(session)
  if (list === undefined) return undefined
  const isForgotten = seq < list.floor && state.hold(session, seq) === undefined
  return list.get(seq) ?? (isForgotten ? refused(state, { kind: "forgotten" }) : undefined)
}

/** Keeps an answer; beyond the window the ones of the lowest numbers are forgotten, and their requests refused. */
export function storeAnswer(state: State, session: SessionId, seq: number, result: StoredResult): void {
  const list = state.answersOf(session)
  const floor = list?.floor ?? 0
  if (seq < floor) return storeLate(state, session, seq, result)
  const late = list?.late ?? 0
  if (list === undefined || list.size - late < state.limits.answers) return state.addAnswer(session, { seq, result })
  const lowest = list.at(late)?.seq ?? floor
  // One that would be the lowest itself is forgotten at once.
  if (seq < lowest) return state.raiseFloor(session, seq + 1)
  state.dropAnswer(session, late)
  state.raiseFloor(session, lowest + 1)
  state.addAnswer(session, { seq, result })
}

/**
 * A hold outlives the window in its queue, and who waited there has no other word on what became of it: as many such
 * answers are kept beside the window, whatever their numbers, the newest. Who was granted learns from the state that it
 * is over.
 */
function storeLate(state: State, session: SessionId, seq: number, result: StoredResult): void {
  if (!isOfWaiting(result)) return
  state.addAnswer(session, { seq, result })
  const list = state.answersOf(session) as AnswerList
  const { late } = list
  if (late <= state.limits.answers) return
  const revOf = (at: number): number => list.at(at)?.result.rev ?? 0
  let eldest = 0
  for (let at = 1; at < late; at++) if (revOf(at) < revOf(eldest)) eldest = at
  state.dropAnswer(session, eldest)
}

/** The answer of a write comes here, too, where what it ended has pushed its own number out of the window. */
function isOfWaiting(result: StoredResult): boolean {
  if (result.kind === "ended") return result.token === undefined && result.how !== "cancelled"
  return result.kind === "opened" || result.kind === "refused"
}

/**
 * The client has all answers that could be had below. A floor above the request itself would void it, and means nothing
 * more. What came of its holds since it said so before it may still have to hear of.
 */
export function raiseFloor(state: State, request: Request): void {
  const floor = Math.min(request.floor, request.seq)
  const list = state.answersOf(request.session)
  if (floor <= (list?.floor ?? 0)) return
  const late = list?.late ?? 0
  while ((list?.at(late)?.seq ?? floor) < floor) state.dropAnswer(request.session, late)
  state.raiseFloor(request.session, floor)
}

export function refused(state: State, refusal: Refusal): StoredResult & { readonly kind: "refused" } {
  return { kind: "refused", refusal, rev: state.rev }
}
