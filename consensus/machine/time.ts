import { brake } from "./brake.ts"
import type { DueKind } from "./due.ts"
import { endHold } from "./holds.ts"
import { endSession, expiresAtMs } from "./sessions.ts"
import { clearStaged } from "./staging.ts"
import type { State, Work } from "./state.ts"
import type { Hold, SessionId } from "./types.ts"
import { expireItem, expirePool, expireTombstone } from "./work/due.ts"

/** Expiries of one entry; the rest waits for the next, so that no entry holds a replica up. */
export const EXPIRIES_MAX = 1000

/** Deadlines that one call of `nextDueMs` looks at: it works in no slices. */
const LOOKS_MAX = 1000

/**
 * The only clock of the state is the highest stamp that the log has shown. What is due by it expires as an effect of
 * the entry, the same on every replica: no command says so, and none that an old leader sent can come too late.
 */
export function raiseTime(state: State, stampMs: number): void {
  if (stampMs > state.timeMs) state.meta.timeMs = stampMs
}

/** Whether time has anything to do in an entry: in most it has not, and is not asked further. */
export function isAnythingDue(state: State): boolean {
  return state.isBehind || state.touched.size > 0 || state.dues.nextMs <= state.timeMs
}

/**
 * In the order (deadline, kind, id). Queues move afterwards, so that nobody who expires as well is granted anything.
 */
export function* expire(state: State): Work {
  state.isBehind = false
  let isJudged = false
  for (let expiries = 0; expiries < EXPIRIES_MAX; ) {
    const due = state.dues.first()
    if (due === undefined || due.atMs > state.timeMs) return
    if (state.tires()) yield
    if (due.kind === "session" && isPutOff(state, due.id, due.atMs)) continue
    if (due.kind === "session" && !isJudged && isAttached(state, due.id)) {
      isJudged = true
      yield* brake(state)
      continue
    }
    yield* expireOne(state, due.kind, due.id)
    expiries++
  }
  state.isBehind = true
}

/**
 * When something expires next; undefined = nothing ever will. Where renewals have put off more deadlines than one call
 * looks at it may be too early, never too late: a tick that comes of it looks at the rest, and expires nothing.
 */
export function nextDueMs(state: State): number | undefined {
  let due = state.dues.first()
  for (let looks = 0; looks < LOOKS_MAX && due?.kind === "session"; looks++) {
    if (!isPutOff(state, due.id, due.atMs)) break
    due = state.dues.first()
  }
  return due?.atMs
}

/** A renewal moves the deadlines of all sessions of a host; each learns of it when the old one has come. */
function isPutOff(state: State, id: string, atMs: number): boolean {
  const session = state.sessions.get(id)
  if (session === undefined) return false
  const expiryMs = expiresAtMs(state, session)
  if (expiryMs <= atMs) return false
  state.dues.set("session", id, expiryMs)
  return true
}

function isAttached(state: State, id: string): boolean {
  const session = state.sessions.get(id)
  return session !== undefined && session.detachedUntilMs === undefined
}

function* expireOne(state: State, kind: DueKind, id: string): Work {
  switch (kind) {
    case "session":
    case "sessionRevoke": {
      const session = state.session(id as SessionId)
      const cause = kind === "session" ? "expired" : "revoked"
      if (session !== undefined) yield* endSession(state, session, cause, false)
      return
    }
    case "holdRevoke":
    case "maxHold":
    case "wait": {
      const how = { holdRevoke: "revoked", maxHold: "max-hold", wait: "wait-timeout" } as const
      endHold(state, state.holds.get(id) as Hold, { how: how[kind] })
      return
    }
    case "name":
      state.dues.clear("name", id)
      state.touched.add(id)
      return
    case "ended":
      state.dropEnded(id)
      return
    case "staged":
      yield* clearStaged(state)
      return
    case "tombstone":
      expireTombstone(state, id)
      return
    case "item":
      expireItem(state, id)
      return
    case "pool":
      yield* expirePool(state, id)
  }
}
