import { refused } from "./answers.ts"
import type { HeldName, Revoke } from "./command.ts"
import { changeHold, endHold } from "./holds.ts"
import { nameKey } from "./keys.ts"
import { DURATION_MS_MAX, isName, NAME_CHARACTERS_MAX, REASON_BYTES_MAX, textBytes } from "./limits.ts"
import { endSession } from "./sessions.ts"
import type { State, Work } from "./state.ts"
import type { CommandResult, Hold, Revoking, Session, Token } from "./types.ts"
import { revokeItem } from "./work/revoke-item.ts"

/** Asks holders to finish, and breaks their grants when the grace is over; without grace at once. */
export function* revoke(state: State, command: Revoke): Work<CommandResult> {
  const { what, graceMs, by, reason } = command
  const field = revokeProblem(command)
  if (field !== undefined) return refused(state, { kind: "invalid", field })
  const revoking = { by, reason, untilMs: state.timeMs + graceMs }
  if (what.kind !== "session") {
    const holds = holdersOf(state, what)
    const { kind, name: pool, token } = what
    if (kind !== "work" || token === undefined || holds.length > 0) return yield* revokeHolds(state, holds, revoking)
    return { kind: "revoked", tokens: revokeItem(state, { pool, token }, revoking), rev: state.rev }
  }
  const session = state.session(what.id)
  if (session === undefined) return refused(state, { kind: "session-lost", cause: state.ended.get(what.id)?.cause })
  return yield* revokeSession(state, session, revoking)
}

function revokeProblem({ what, graceMs, by, reason }: Revoke): string | undefined {
  if (what.kind !== "session" && !isName(what.name)) return "name"
  if (graceMs > DURATION_MS_MAX) return "graceMs"
  if (textBytes(by) > NAME_CHARACTERS_MAX) return "by"
  return textBytes(reason) <= REASON_BYTES_MAX ? undefined : "reason"
}

function holdersOf(state: State, { kind, name, token }: HeldName): readonly Hold[] {
  const holders = state.queue(nameKey(kind, name))?.granted.items ?? []
  return holders.filter((hold) => token === undefined || hold.token === token)
}

function* revokeHolds(state: State, holds: readonly Hold[], revoking: Revoking): Work<CommandResult> {
  const tokens: Token[] = []
  for (const hold of holds) {
    if (hold.token !== undefined) tokens.push(hold.token)
    if (revoking.untilMs === state.timeMs) endNow(state, { ...hold, revoking })
    else if (isEarlier(revoking, hold.revoking)) changeHold(state, hold, { revoking })
    if (state.tires()) yield
  }
  return { kind: "revoked", tokens, rev: state.rev }
}

function* revokeSession(state: State, session: Session, revoking: Revoking): Work<CommandResult> {
  const holds = state.holdsOf(session.id).filter((hold) => hold.token !== undefined)
  if (revoking.untilMs === state.timeMs) {
    const tokens = holds.map((hold) => hold.token as Token)
    askSession(state, session, revoking)
    yield* endSession(state, { ...session, revoking }, "revoked", false)
    return { kind: "revoked", tokens, rev: state.rev }
  }
  if (isEarlier(revoking, session.revoking)) askSession(state, session, revoking)
  return yield* revokeHolds(state, holds, revoking)
}

/** Its end says by whom and why. */
function endNow(state: State, asked: Hold): void {
  state.putHold(asked)
  endHold(state, asked, { how: "revoked" })
}

function askSession(state: State, session: Session, revoking: Revoking): void {
  const after = { ...session, revoking }
  state.putSession(after)
  state.changes.push({ kind: "session", before: session, after, end: undefined, rev: state.nextRev })
}

/** A second request may shorten a grace, never lengthen it. */
function isEarlier(revoking: Revoking, known: Revoking | undefined): boolean {
  return known?.untilMs === undefined || (revoking.untilMs ?? Number.POSITIVE_INFINITY) < known.untilMs
}
