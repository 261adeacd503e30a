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
  if (seq < session.floor) return
  state.putAnswer({ session: session.id, seq, result })
  let floor = session.floor
  while (state.answersOf(session.id).length > state.limits.answers) {
    const lowest = state.answersOf(session.id)[0] as number
    state.dropAnswer(session.id, lowest)
    floor = lowest + 1
  }
  if (floor > session.floor) state.putSession({ ...session, floor })
}

/** The client has all answers below. A floor above the request itself would void it, and means nothing more. */
export function raiseFloor(state: State, session: Session, request: Request): void {
  const floor = Math.min(request.floor, request.seq)
  if (floor <= session.floor) return
  for (const seq of state.answersOf(session.id).filter((each) => each < floor)) state.dropAnswer(session.id, seq)
  state.putSession({ ...session, floor })
}

export function refused(state: State, refusal: Refusal): StoredResult & { readonly kind: "refused" } {
  return { kind: "refused", refusal, rev: state.rev }
}
