import type { NodeId } from "@conclave/base"
import { refused } from "./answers.ts"
import type { Attach, Attachment, Command, Open, Renewal } from "./command.ts"
import { endHold } from "./holds.ts"
import { APP_BYTES_MAX, isName, MEMBER_CHARACTERS_MAX, TTL_MS_MAX, TTL_MS_MIN, textBytes } from "./limits.ts"
import { byText, sortedAtWork } from "./merge-sort.ts"
import { isSameSecret } from "./queries.ts"
import type { State, Work } from "./state.ts"
import type { CommandResult, EndCause, Hold, LossReason, RenewalOutcome, Session, SessionId } from "./types.ts"

type Of<K extends Command["kind"]> = Extract<Command, { kind: K }>

/** Why grants of a session were lost. */
const LOSS: Readonly<Record<EndCause, LossReason>> = {
  closed: "closed",
  exited: "session-lost",
  silent: "expired",
  left: "session-lost",
  revoked: "revoked",
  expired: "expired",
}

/**
 * A host has no time to live of its own: a renewal says when it was last heard, and its attached sessions expire by
 * that. A renewal of an earlier boot is void: what it would prolong ran in a process that is gone.
 */
export function* renewHosts(state: State, items: readonly Renewal[]): Work<CommandResult> {
  const outcomes: RenewalOutcome[] = []
  for (const { host, boot, attempt } of items) {
    // A host that is not known has no session here, whatever its agent believes: nothing is prolonged.
    const isCurrent = state.host(host) !== undefined && (yield* hear(state, host, boot))
    outcomes.push({ host, attempt, timeMs: state.timeMs, isCurrent })
    if (state.tires()) yield
  }
  return { kind: "renewed", items: outcomes }
}

export function* open(state: State, command: Open): Work<CommandResult> {
  const { kind, session: id, ...about } = command
  const known = state.session(id)
  if (known !== undefined) {
    return isSameSecret(known.secretHash, command.secretHash)
      ? attached(state, known)
      : refused(state, { kind: "not-yours" })
  }
  const ended = state.ended.get(id)
  if (ended !== undefined) return refused(state, { kind: "session-lost", cause: ended.cause })
  const field = openProblem(command)
  if (field !== undefined) return refused(state, { kind: "invalid", field })
  const limit = exhausted(state)
  if (limit !== undefined) return refused(state, { kind: "exhausted", limit })
  if (!(yield* hear(state, command.host, command.boot))) return refused(state, { kind: "outdated" })
  const session = { ...about, id, openedAtMs: state.timeMs, detachedUntilMs: undefined, revoking: undefined }
  return putAttached(state, undefined, session)
}

/** Also from another host. Of two attachments of one agent the later counts, also when it arrives first. */
export function* attach(state: State, command: Attach): Work<CommandResult> {
  const { session: id, host, boot, attachment } = command
  const found = state.session(id)
  if (found === undefined) return sessionLost(state, id)
  if (!isSameSecret(found.secretHash, command.secretHash)) return refused(state, { kind: "not-yours" })
  if (!(yield* hear(state, host, boot))) return refused(state, { kind: "outdated" })
  const before = state.session(id) as Session
  if (before.host === host && before.boot === boot) {
    if (attachment < before.attachment) return refused(state, { kind: "outdated" })
    const isRepeated = attachment === before.attachment
    if (isRepeated && before.detachedUntilMs !== undefined) return refused(state, { kind: "outdated" })
    if (isRepeated) return attached(state, before)
  }
  return putAttached(state, before, { ...before, host, boot, attachment, detachedUntilMs: undefined })
}

export function detach(state: State, command: Of<"detach">): CommandResult {
  const session = state.session(command.session)
  if (session === undefined) return sessionLost(state, command.session)
  if (!isOf(session, command)) return refused(state, { kind: "outdated" })
  if (session.detachedUntilMs === undefined) putDetached(state, session)
  return { kind: "done", rev: state.rev }
}

export function* end(state: State, command: Of<"end">): Work<CommandResult> {
  const { session: id, of, cause, isGone } = command
  const session = state.session(id)
  if (session === undefined) return sessionLost(state, id)
  if (of !== undefined && !isOf(session, of)) return refused(state, { kind: "outdated" })
  yield* endSession(state, session, cause, isGone)
  return { kind: "done", rev: state.rev }
}

export function* endHost(state: State, { host: id, boot, isGone }: Of<"endHost">): Work<CommandResult> {
  const host = state.host(id)
  if (host !== undefined && boot < host.boot) return refused(state, { kind: "outdated" })
  for (const each of yield* sessionsInOrder(state, id)) {
    const session = state.session(each)
    if (session !== undefined) yield* endSession(state, session, "left", isGone)
    if (state.tires()) yield
  }
  return { kind: "done", rev: state.rev }
}

/** With all that it holds and waits for, in the same entry. */
export function* endSession(state: State, session: Session, cause: EndCause, isGone: boolean): Work {
  for (let hold = firstOf(state, session); hold !== undefined; hold = firstOf(state, session)) {
    const how = hold.token === undefined ? "session-ended" : lossOf(cause)
    endHold(state, hold, { how, isGone, isSessionOver: true })
    if (state.tires()) yield
  }
  for (let left = state.answersOf(session.id)?.size ?? 0; left > 0; left--) {
    state.dropAnswer(session.id, left - 1)
    if (state.tires()) yield
  }
  const before = state.session(session.id) as Session
  state.dropSession(before)
  state.changes.push({ kind: "session", before, after: undefined, end: cause, rev: state.nextRev })
  state.putEnded({ id: session.id, cause, endedAtMs: state.timeMs })
  if (state.ended.size <= state.limits.endedSessions) return
  const eldest = state.dues.firstOf("ended")
  if (eldest !== undefined) state.dropEnded(eldest.id)
}

/** What the end of a session is to its grants. */
export function lossOf(cause: EndCause): LossReason {
  return LOSS[cause]
}

/** When an attached session expires: one TTL after its host was heard, or two while the brake holds it. */
export function expiresAtMs(state: State, session: Session): number {
  if (session.detachedUntilMs !== undefined) return session.detachedUntilMs
  const host = state.host(session.host)
  const renewedAtMs = host?.renewedAtMs ?? 0
  return renewedAtMs + (host?.isBraked === true ? 2 : 1) * session.ttlMs
}

/** After a recovery nobody knows who lives: every session has one TTL to attach again. */
export function* detachAll(state: State): Work {
  for (const host of yield* hostsInOrder(state)) {
    for (const each of yield* sessionsInOrder(state, host)) {
      const session = state.session(each) as Session
      if (session.detachedUntilMs === undefined) putDetached(state, session)
      if (state.tires()) yield
    }
  }
}

/** The same on every replica, whatever the order of a table. */
export function* hostsInOrder(state: State): Work<readonly NodeId[]> {
  return yield* sortedAtWork(
    state,
    [...state.hosts.values()].map(({ id }) => id),
    byText,
  )
}

/** A host may have all sessions that there are. */
export function* sessionsInOrder(state: State, host: NodeId): Work<readonly SessionId[]> {
  return yield* sortedAtWork(state, state.sessionsOf(host), byText)
}

/** False: an earlier boot than the present one speaks. A later one leaves all sessions of the earlier detached. */
function* hear(state: State, id: NodeId, boot: number): Work<boolean> {
  const host = state.host(id)
  if (host === undefined) return true
  if (boot < host.boot) return false
  state.putHost({ ...host, boot, renewedAtMs: state.timeMs, isBraked: false })
  if (boot === host.boot && !host.isBraked) return true
  for (const each of yield* sessionsInOrder(state, id)) {
    const session = state.session(each) as Session
    if (session.detachedUntilMs !== undefined) continue
    if (boot > host.boot) putDetached(state, session)
    // The brake had put its deadline off beyond the one that it has now.
    else state.dues.set("session", session.id, expiresAtMs(state, session))
    if (state.tires()) yield
  }
  return true
}

function putAttached(state: State, before: Session | undefined, after: Session): CommandResult {
  const { id, host, boot } = after
  if (state.host(host) === undefined) state.putHost({ id: host, boot, renewedAtMs: state.timeMs, isBraked: false })
  state.putSession(after)
  state.dues.set("session", id, expiresAtMs(state, after))
  state.changes.push({ kind: "session", before, after, end: undefined, rev: state.nextRev })
  return attached(state, after)
}

function putDetached(state: State, before: Session): void {
  const after = { ...before, detachedUntilMs: state.timeMs + before.ttlMs }
  state.putSession(after)
  state.dues.set("session", after.id, after.detachedUntilMs)
  state.changes.push({ kind: "session", before, after, end: undefined, rev: state.nextRev })
}

function attached(state: State, session: Session): CommandResult {
  return { kind: "attached", ttlMs: session.ttlMs, timeMs: state.timeMs, rev: state.rev }
}

function sessionLost(state: State, id: SessionId): CommandResult {
  return refused(state, { kind: "session-lost", cause: state.ended.get(id)?.cause })
}

function isOf(session: Session, of: Omit<Attachment, "session">): boolean {
  return session.boot === of.boot && session.attachment === of.attachment
}

function openProblem({ ttlMs, member, app }: Open): string | undefined {
  if (ttlMs < TTL_MS_MIN || ttlMs > TTL_MS_MAX) return "ttlMs"
  if (member.length > MEMBER_CHARACTERS_MAX || !isName(member)) return "member"
  return textBytes(app) <= APP_BYTES_MAX ? undefined : "app"
}

function exhausted(state: State): string | undefined {
  if (state.sessions.size >= state.limits.sessions) return "sessions"
  return state.hasRoom ? undefined : "state"
}

function firstOf(state: State, session: Session): Hold | undefined {
  return state.holdsOf(session.id)[0]
}
