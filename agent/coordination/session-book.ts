import type { Millis } from "@conclave/base"
import type { Change, Command, EndCause, Refusal, Session, SessionId } from "@conclave/consensus"
import { type Problem, problem } from "../api/problem.ts"
import type { Clock, Secrets } from "../ports.ts"
import type { Cluster, StateView } from "./cluster.ts"
import type { Elapsed } from "./elapsed.ts"
import { GivenUp } from "./given-up.ts"
import type { HostLease } from "./host-lease.ts"
import { insist } from "./insist.ts"
import type { LocalSession, SessionEnd, SessionOwner } from "./local-session.ts"
import { Orphans } from "./orphans.ts"
import { lookUntilGone, proveGone } from "./process-proof.ts"
import { refusalProblem, sessionLost, unexpected } from "./refusals.ts"
import { type AttachRequest, localSession, type OpenRequest, SessionClaims } from "./session-claims.ts"
import { SessionSilence, silentAtMs } from "./session-silence.ts"

/** How often a departing host looks whose promises have run out. */
const PART_LOOK_MS = 50

export interface BookOptions {
  readonly cluster: Cluster
  readonly clock: Clock
  readonly elapsed: Elapsed
  readonly lease: HostLease
  readonly secrets: Secrets
  /** This host's name, for people. */
  readonly member: () => string
  /** A session's time to live where its application names none. */
  readonly ttlMs: number
  /** Told before the session's owner is. */
  readonly onOver: (session: LocalSession, cause: SessionEnd) => void
}

/**
 * The sessions whose applications talk to this agent. A session ends at once when its application closes it or all its
 * processes are provably gone; when its application falls silent, not before the last promise to it has run out; when
 * its connection is lost without proof, one time to live later (the cluster counts it), unless it attaches again.
 */
export class SessionBook {
  readonly #options: BookOptions
  readonly #sessions: Map<SessionId, LocalSession> = new Map()
  readonly #silence: SessionSilence
  /** Those that the cluster has detached, though their applications are connected. */
  readonly #lapsed: WeakSet<LocalSession> = new WeakSet()
  readonly #givenUp: GivenUp
  readonly #claims: SessionClaims
  readonly #orphans: Orphans
  readonly #parting: WeakSet<LocalSession> = new WeakSet()
  #isLeaving = false

  constructor(options: BookOptions) {
    this.#options = options
    this.#givenUp = new GivenUp(options)
    this.#claims = new SessionClaims(options, this.#givenUp)
    this.#orphans = new Orphans({
      ...options,
      isSpokenFor: (session) => this.#sessions.has(session) || this.#claims.isAskedFor(session),
      letGo: (session, attachment) => this.#givenUp.letGo(session, attachment),
    })
    this.#silence = new SessionSilence({
      ...options,
      overdue: (session) => this.#overdue(session),
      silent: (session, isHeard) => this.#silent(session, isHeard),
    })
  }

  get(id: string): LocalSession | undefined {
    return this.#sessions.get(id as SessionId)
  }

  get size(): number {
    return this.#sessions.size
  }

  /** `secret` is told to the application and kept nowhere. */
  open(
    request: OpenRequest,
    deadline: Millis,
    done: (opened: { readonly session: LocalSession; readonly secret: string } | Problem) => void,
  ): void {
    if (this.#isLeaving) return done(leaving())
    this.#claims.open(request, deadline, (claimed) => {
      if ("code" in claimed) return done(claimed)
      if (this.#isLeaving) return done(leaving())
      done({ session: this.#add(localSession(claimed, request)), secret: claimed.secret })
    })
  }

  /** Goes on with a session that this or another agent has opened. */
  attach(request: AttachRequest, deadline: Millis, done: (session: LocalSession | Problem) => void): void {
    if (this.#isLeaving) return done(leaving())
    this.#claims.attach(request, deadline, (claimed) => {
      if ("code" in claimed) return done(claimed)
      if (this.#isLeaving) return done(leaving())
      const old = this.#sessions.get(claimed.id)
      // Its answer was on its way for longer than that of a later owner.
      if (old !== undefined && old.claim > claimed.attachment) return done(sessionLost("moved"))
      if (old !== undefined) this.#takenOver(old)
      const added = this.#add(localSession(claimed, request, old))
      // The former owner's was attached again meanwhile, and which of the two came last nobody here knows.
      if (old !== undefined && old.attachment > claimed.attachment) this.#regain(added)
      done(added)
    })
  }

  /** Another connection of this agent speaks for it now. */
  #takenOver(old: LocalSession): void {
    const { owner } = old
    old.owner = undefined
    this.#silence.forget(old)
    owner?.sessionOver("moved")
  }

  /**
   * What its application may rely on, in ms from `sinceMs` (elapsed time, default now) on: when its question came,
   * where the answer took a while, since it counts from when it asked. A promise, which the session's end waits for.
   */
  promise(session: LocalSession, sinceMs?: number): number {
    const { elapsed, lease, cluster } = this.#options
    const nowMs = elapsed.now()
    const isSpokenFor = this.#isOwned(session, session.attachment)
    // The cluster detaches what an earlier boot has attached, and does so before it is heard of here.
    if (isSpokenFor && session.boot !== cluster.boot()) this.#regain(session)
    // What the cluster has detached runs out there whatever else is renewed: no more than was promised before.
    const grantedMs = this.#lapsed.has(session) ? Math.max(0, session.promisedMs - nowMs) : lease.leftMs(session.ttlMs)
    const leftMs = Math.floor(grantedMs)
    // Nothing is no promise: who speaks on does not put off the end of what was promised before.
    if (leftMs > 0) session.promisedMs = Math.max(session.promisedMs, nowMs + leftMs)
    if (isSpokenFor && session.liveness === "heartbeat") this.#silence.heard(session)
    return leftMs === 0 ? 0 : Math.min(session.ttlMs, Math.floor(leftMs + nowMs - (sinceMs ?? nowMs)))
  }

  /** The application gives up all that it holds. */
  close(session: LocalSession, cause: "closed" | "exited" | "silent", done: (rev: number | Problem) => void): void {
    const isGone = cause === "exited"
    this.#end(session, { of: undefined, cause, isGone }, done)
  }

  /** The connection of its application is lost; `owner` tells whether it still was the one. */
  abandon(session: LocalSession, owner: SessionOwner): void {
    if (session.owner !== owner || !this.#isOwned(session, session.attachment)) return
    session.owner = undefined
    this.#silence.forget(session)
    this.#measure()
    const { attachment } = session
    lookUntilGone(session, {
      clock: this.#options.clock,
      isWanted: () => this.#isAbandoned(session, attachment),
      lost: () => this.#detach(session),
      gone: () => this.#exited(session),
    })
  }

  /** What the cluster says of sessions. */
  changed(changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.kind !== "session") continue
      const id = (change.after ?? change.before)?.id
      if (id !== undefined) this.#givenUp.stands(id, change.after)
      if (change.after !== undefined) this.#orphans.saw(change.after)
      const session = id === undefined ? undefined : this.#sessions.get(id)
      if (session === undefined || change.rev < session.rev) continue
      if (change.after === undefined) this.#over(session, change.end ?? "unknown")
      else this.#stands(session, change.after)
    }
  }

  /**
   * The state was replaced: sessions that it lacks are over. Not those that it has yet to hear of: a replica or a relay
   * that was started again begins with what is on its disk, and that may be older than what was known here.
   */
  replaced(state: StateView): void {
    this.#givenUp.replaced(state)
    this.#orphans.replaced(state)
    for (const session of [...this.#sessions.values()]) {
      if (state.rev < session.rev) continue
      const known = state.session(session.id)
      if (known === undefined) this.#over(session, "unknown")
      else this.#stands(session, known)
    }
  }

  #stands(session: LocalSession, { host, detachedUntilMs }: Session): void {
    if (host !== this.#options.cluster.host) this.#over(session, "moved")
    else if (detachedUntilMs !== undefined && session.owner !== undefined) this.#regain(session)
  }

  /**
   * It was detached while its application talks to this agent: as the generation of this agent has risen in the middle
   * of its life, or as the group was recovered. The connection stands, so that nobody else will ask for it again.
   */
  #regain(session: LocalSession): void {
    const { cluster, clock } = this.#options
    const { id, secretHash } = session
    const attachment = this.#claims.next()
    const { host } = cluster
    const boot = cluster.boot()
    session.attachment = attachment
    session.boot = boot
    this.#lapsed.add(session)
    const isWanted = (): boolean => this.#isOwned(session, attachment)
    insist(
      { kind: "attach", session: id, secretHash, host, boot, attachment },
      {
        cluster,
        clock,
        isWanted,
        done: ({ kind }) => {
          // It was detached again, or goes on elsewhere: that is seen to there.
          if (session.attachment !== attachment) return
          if (kind === "attached") this.#lapsed.delete(session)
          if (!isWanted()) this.#detach(session)
        },
      },
    )
  }

  #isOwned(session: LocalSession, attachment: number): boolean {
    const { owner, end } = session
    const isHere = this.#sessions.get(session.id) === session && session.attachment === attachment
    return isHere && owner !== undefined && end === undefined
  }

  /**
   * All sessions of this host are over for their applications, and none begins any more. Each ends in the log as soon
   * as nobody believes in it: its application has said so (`part`), or the last promise to it has run out. Calls back
   * with whether all have ended, after `limitMs` at the latest.
   */
  farewell(limitMs: number, done: (isBelievedByNobody: boolean) => void): void {
    const { clock, elapsed } = this.#options
    this.#isLeaving = true
    for (const session of [...this.#sessions.values()]) this.#over(session, "left", true)
    this.#measure()
    const knowsAll = this.#knowsAll()
    const untilMs = clock.now() + limitMs
    const look = (): void => {
      const isLate = clock.now() >= untilMs
      for (const session of this.#sessions.values())
        if (elapsed.now() >= silentAtMs(session)) this.part(session, () => {})
      if (this.#sessions.size === 0 || isLate) return done(knowsAll && this.#sessions.size === 0)
      alarm.set(Math.min(untilMs, clock.now() + PART_LOOK_MS) as Millis)
    }
    const alarm = clock.alarm(look)
    look()
  }

  /** This host departs, and nobody believes any more in a session that was told so. */
  part(session: LocalSession, done: (rev: number | Problem) => void): void {
    if (session.end !== "left" || this.#parting.has(session)) return
    this.#parting.add(session)
    this.#end(session, { of: this.#attachmentOf(session), cause: "left", isGone: false }, done)
  }

  /** Sessions of an earlier life of this agent may have promises that nobody here knows. */
  #knowsAll(): boolean {
    const { cluster } = this.#options
    const state = cluster.local()?.state
    if (state === undefined) return false
    return [...state.sessions()].every(({ id, host }) => host !== cluster.host || this.#sessions.has(id))
  }

  stop(): void {
    this.#silence.stop()
    this.#orphans.stop()
    this.#sessions.clear()
  }

  #add(session: LocalSession): LocalSession {
    this.#sessions.set(session.id, session)
    this.#measure()
    return session
  }

  /** The lease must be good for the most impatient of those that are attached. */
  #measure(): void {
    let least: number | undefined
    for (const { owner, ttlMs } of this.#sessions.values()) {
      if (owner !== undefined) least = Math.min(least ?? ttlMs, ttlMs)
    }
    this.#options.lease.need(least)
  }

  /** Others may hold its connection open, by a descriptor that they have from it. */
  #overdue(session: LocalSession): void {
    const { attachment } = session
    proveGone(session, (isGone) => {
      if (isGone && this.#isOwned(session, attachment)) this.#exited(session)
    })
  }

  #exited(session: LocalSession): void {
    this.#end(session, { of: this.#attachmentOf(session), cause: "exited", isGone: true }, () => {})
  }

  #silent(session: LocalSession, isHeard: boolean): void {
    if (!this.#isOwned(session, session.attachment)) return
    // One that has spoken all the time was not silent: no quorum has heard of this host.
    this.#over(session, isHeard ? "expired" : "silent", true)
    this.#end(session, { of: this.#attachmentOf(session), cause: "silent", isGone: false }, () => {})
  }

  /** From here on the application hears of its loss, whenever the cluster agrees to it. */
  #end(
    session: LocalSession,
    end: {
      readonly of: Extract<Command, { kind: "end" }>["of"]
      readonly cause: Exclude<EndCause, "expired" | "revoked">
      readonly isGone: boolean
    },
    done: (rev: number | Problem) => void,
  ): void {
    const { cluster, clock } = this.#options
    const command = { kind: "end", session: session.id, ...end } as const
    insist(command, {
      cluster,
      clock,
      isWanted: () => true,
      done: (result, rev) => {
        this.#over(session, end.cause)
        if (result.kind === "done") done(result.rev)
        else if (result.kind === "refused" && isSame(result.refusal, end.cause)) done(rev)
        else if (result.kind === "refused") done(refusalProblem(result, { op: "session.close", name: null }))
        else done(unexpected("session.close", result.kind))
      },
    })
  }

  #detach(session: LocalSession): void {
    const { cluster, clock } = this.#options
    const { attachment } = session
    insist(
      { kind: "detach", session: session.id, ...this.#attachmentOf(session) },
      { cluster, clock, isWanted: () => this.#isAbandoned(session, attachment) },
    )
  }

  #attachmentOf({ boot, attachment }: LocalSession): { readonly boot: number; readonly attachment: number } {
    return { boot, attachment }
  }

  #isAbandoned(session: LocalSession, attachment: number): boolean {
    const { owner, end } = session
    return (
      this.#sessions.get(session.id) === session &&
      owner === undefined &&
      end === undefined &&
      session.attachment === attachment
    )
  }

  #over(session: LocalSession, cause: SessionEnd, isPending = false): void {
    if (session.end === undefined) {
      session.end = cause
      this.#silence.forget(session)
      this.#options.onOver(session, cause)
      const { owner } = session
      session.owner = undefined
      owner?.sessionOver(cause)
    }
    if (isPending || this.#sessions.get(session.id) !== session) return
    this.#sessions.delete(session.id)
    this.#measure()
  }
}

export function leaving(): Problem {
  return problem("AGENT_UNAVAILABLE", "the host of this agent leaves the cluster")
}

/** An earlier try of the same end was applied, and its answer lost. */
function isSame(refusal: Refusal, cause: EndCause): boolean {
  return refusal.kind === "session-lost" && refusal.cause === cause
}
