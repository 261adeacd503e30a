import type { Millis } from "@conclave/base"
import type { Command, CommandResult, HoldKind, SessionId, Token } from "@conclave/consensus"
import type { Caller, CoordinatedName, Coordination, Hello, HoldQuery, Seen, SessionLink } from "../api/coordination.ts"
import type { Feed } from "../api/feed.ts"
import { isHoldKind } from "../api/hold-objects.ts"
import { invalid, isProblem, type Problem, problem } from "../api/problem.ts"
import type { OpInput, OpOutput } from "../api/schema.ts"
import type { Clock, Processes, Secrets } from "../ports.ts"
import { awaitState } from "./await-state.ts"
import type { Cluster, Read, StateView } from "./cluster.ts"
import { ConnectionHold } from "./connection-hold.ts"
import { Elapsed } from "./elapsed.ts"
import { FramedLink } from "./framed-link.ts"
import { HoldDesk } from "./hold-desk.ts"
import { acquireOf, tokenOf } from "./hold-input.ts"
import { capture, holdJson, sessionJson, waitingPlace } from "./hold-json.ts"
import type { HoldStream } from "./hold-stream.ts"
import { HoldWatch } from "./hold-watch.ts"
import { HostLease } from "./host-lease.ts"
import type { LocalSession } from "./local-session.ts"
import { elsewhere, grantLost, notProposed, notYours, refusalProblem, sessionLost } from "./refusals.ts"
import { ReplicatedTime } from "./replicated-time.ts"
import { request } from "./requests.ts"
import { revoke } from "./revocation.ts"
import { SessionBook, unexpected } from "./session-book.ts"

export interface CoordinatorOptions {
  readonly cluster: Cluster
  readonly clock: Clock
  readonly secrets: Secrets
  readonly processes: Processes
  /** This host's name. */
  readonly member: () => string
  /** A session's time to live where its application names none. */
  readonly ttlMs: number
}

type Done<Name extends CoordinatedName> = (result: OpOutput<Name> | Problem) => void

/**
 * Sessions, holds and watches at this agent: what applications ask becomes commands and reads of the replicated state,
 * what it decides becomes their answers and events.
 */
export class Coordinator implements Coordination {
  readonly ttlMs: number
  readonly #options: CoordinatorOptions
  readonly #time: ReplicatedTime
  readonly #elapsed: Elapsed
  readonly #lease: HostLease
  readonly #book: SessionBook
  readonly #desk: HoldDesk = new HoldDesk()
  readonly #watch: HoldWatch
  readonly #unlisten: () => void

  constructor(options: CoordinatorOptions) {
    this.#options = options
    this.ttlMs = options.ttlMs
    const { cluster, clock, secrets, member } = options
    const elapsed = new Elapsed(clock)
    this.#elapsed = elapsed
    this.#time = new ReplicatedTime(clock)
    this.#lease = new HostLease(cluster, clock, elapsed)
    this.#book = new SessionBook({
      cluster,
      clock,
      elapsed,
      lease: this.#lease,
      secrets,
      member,
      onOver: (session, cause) => this.#desk.sessionOver(session, cause),
    })
    this.#watch = new HoldWatch({ clock, time: this.#time, local: () => cluster.local()?.state })
    this.#unlisten = cluster.listen({
      changed: (rev, changes, state) => {
        this.#time.seen(state.timeMs)
        this.#desk.changed(rev, changes)
        this.#book.changed(changes)
        this.#watch.changed(rev, changes, state)
      },
      replaced: (state) => {
        this.#time.seen(state.timeMs)
        this.#desk.replaced(state)
        this.#book.replaced(state)
        this.#watch.replaced()
      },
    })
  }

  /** Sessions whose applications talk to this agent, and what they hold. */
  get counts(): { readonly sessions: number; readonly grants: number } {
    return { sessions: this.#book.size, grants: this.#desk.grants }
  }

  stop(): void {
    this.#unlisten()
    this.#lease.stop()
    this.#book.stop()
    this.#watch.stop()
  }

  /**
   * This host departs: applications hear that their sessions are over, and none gets another. Calls back within that time
   * with whether nobody may still believe in a session of this host.
   */
  readonly farewell = (limitMs: number, done: (isBelievedByNobody: boolean) => void): void =>
    this.#book.farewell(limitMs, done)

  readonly connect = (hello: Hello): FramedLink => {
    const { cluster, clock, processes, ttlMs } = this.#options
    return new FramedLink({ hello, book: this.#book, cluster, clock, elapsed: this.#elapsed, processes, ttlMs })
  }

  readonly answer = <Name extends CoordinatedName>(
    op: Name,
    input: OpInput<Name>,
    caller: Caller,
    done: Done<Name>,
  ): void => {
    const handle = this.#handlers[op] as (input: OpInput<Name>, caller: Caller, done: Done<Name>) => void
    handle(input, caller, (result) => {
      if ("rev" in result) see(caller.seen, result.rev)
      done(result)
    })
  }

  readonly hold = (input: OpInput<"hold">, caller: Caller, onReadable: () => void): Feed | Problem => {
    const { kind } = input
    if (!isHoldKind(kind)) return noKind(kind)
    if (isLink(caller.speaker)) return this.#framedHold(kind, input, caller, onReadable)
    const probe = acquireOf(kind, input, { session: "" as SessionId, seq: 1 })
    if (isProblem(probe)) return probe
    const { clock } = this.#options
    const { timeoutMs } = caller
    const ttlMs = input.ttlMs ?? this.#options.ttlMs
    return new ConnectionHold({
      book: this.#book,
      clock,
      ttlMs,
      timeoutMs,
      onReadable,
      start: (session, secret, onEvent) => {
        const command = { ...probe, session: session.id, seq: session.nextSeq++ }
        const credentials = () => ({ session: session.id, secret, atBootMs: clock.bootMs() })
        return this.#stream(session, command, { timeoutMs, credentials, onReadable: onEvent, seen: caller.seen })
      },
    })
  }

  readonly watch = (query: HoldQuery, caller: Caller, onReadable: () => void): Feed | Problem => {
    const { kind, name, prefix, from } = query
    if (!isHoldKind(kind)) return noKind(kind)
    const ready = (go: (refusal: Problem | undefined) => void): void => {
      // Who has seen more than this host, at another agent or before this one was started again, is not shown less.
      const isHere = from !== undefined && Number(from) <= (this.#options.cluster.local()?.state.rev ?? -1)
      const read = this.#read(caller, isHere)
      read((state) => go(isProblem(state) ? state : undefined))
    }
    return this.#watch.watch(
      { kind, name, prefix },
      { from: from === undefined ? undefined : Number(from), ready },
      onReadable,
    )
  }

  readonly #handlers: {
    readonly [Name in CoordinatedName]: (input: OpInput<Name>, caller: Caller, done: Done<Name>) => void
  } = {
    "hold.release": ({ kind, name, token }, caller, done) => {
      const command = (session: LocalSession, seq: number): Command => {
        return { kind: "release", session: session.id, seq, floor: 0, token: tokenOf(token) }
      }
      this.#write({ op: "hold.release", kind, name, token }, caller, command, (rev) => {
        done(typeof rev === "number" ? { rev: String(rev), released: true } : rev)
      })
    },
    "hold.update": ({ kind, name, token, note, value }, caller, done) => {
      const text = value === undefined ? undefined : JSON.stringify(value)
      const command = (session: LocalSession, seq: number): Command => {
        return { kind: "update", session: session.id, seq, floor: 0, token: tokenOf(token), note, value: text }
      }
      this.#write({ op: "hold.update", kind, name, token }, caller, command, (rev) => done(revOf(rev)))
    },
    "hold.transfer": ({ name, token, to }, caller, done) => {
      const command = (session: LocalSession, seq: number): Command => {
        return { kind: "transfer", session: session.id, seq, floor: 0, token: tokenOf(token), to }
      }
      this.#write({ op: "hold.transfer", kind: "election", name, token }, caller, command, (rev) => done(revOf(rev)))
    },
    "hold.get": ({ kind, name, stale }, caller, done) => {
      if (!isHoldKind(kind)) return done(noKind(kind))
      this.#read(
        caller,
        stale === true,
      )((state, ageMs) => {
        if (isProblem(state)) return done(state)
        done({ ...holdJson(capture(state, kind, name), this.#time), ...ageOf(ageMs) })
      })
    },
    "hold.list": ({ kind, prefix, stale }, caller, done) => {
      if (!isHoldKind(kind)) return done(noKind(kind))
      this.#read(
        caller,
        stale === true,
      )((state, ageMs) => {
        if (isProblem(state)) return done(state)
        const names = state.names(kind, prefix ?? "")
        const items = names.map((name) => holdJson(capture(state, kind, name), this.#time))
        done({ rev: String(state.rev), items, ...ageOf(ageMs) })
      })
    },
    "sessions.list": ({ stale }, caller, done) => {
      this.#read(
        caller,
        stale === true,
      )((state, ageMs) => {
        if (isProblem(state)) return done(state)
        const items = [...state.sessions()].sort((a, b) => (a.id < b.id ? -1 : 1))
        done({ rev: String(state.rev), items: items.map((each) => sessionJson(state, each)), ...ageOf(ageMs) })
      })
    },
    "sessions.get": ({ id, stale }, caller, done) => {
      this.#read(
        caller,
        stale === true,
      )((state, ageMs) => {
        if (isProblem(state)) return done(state)
        const session = state.session(id as SessionId)
        if (session === undefined) return done(noSession(id))
        done({ ...sessionJson(state, session), rev: String(state.rev), ...ageOf(ageMs) })
      })
    },
    revoke: (input, caller, done) => {
      const { cluster, clock, member } = this.#options
      revoke(input, `operator at ${member()}`, { cluster, clock, deadline: this.#deadline(caller) }, done)
    },
  }

  #framedHold(kind: HoldKind, input: OpInput<"hold">, caller: Caller, onReadable: () => void): Feed | Problem {
    const speaker = this.#speaker("hold", input.name, caller)
    if (isProblem(speaker)) return speaker
    const { session, seq } = speaker
    const command = acquireOf(kind, input, { session: session.id, seq })
    if (isProblem(command)) return command
    const { timeoutMs, seen } = caller
    return this.#stream(session, command, { timeoutMs, seen, credentials: () => ({}), onReadable })
  }

  #stream(
    session: LocalSession,
    command: Parameters<HoldDesk["open"]>[0]["command"],
    more: Pick<Parameters<HoldDesk["open"]>[0], "timeoutMs" | "credentials" | "onReadable"> & { readonly seen: Seen },
  ): HoldStream {
    const { cluster, clock } = this.#options
    const { seen, ...options } = more
    return this.#desk.open({
      ...options,
      cluster,
      clock,
      session,
      command,
      promise: () => this.#book.promise(session),
      beforeMs: (timeMs) => this.#lease.beforeMs(timeMs),
      onRev: (rev) => see(seen, String(rev)),
      look: () => {
        const state = cluster.local()?.state
        return state === undefined ? undefined : waitingPlace(state, command, this.#time)
      },
    })
  }

  /** A write on behalf of a holder: its session must be the caller's, its token must be of that name. */
  #write(
    about: { readonly op: string; readonly kind: string; readonly name: string; readonly token: string },
    caller: Caller,
    command: (session: LocalSession, seq: number) => Command,
    done: (rev: number | Problem) => void,
  ): void {
    const { op, kind, name, token } = about
    if (!isHoldKind(kind)) return done(noKind(kind))
    const speaker = this.#speaker(op, name, caller)
    if (isProblem(speaker)) return done(speaker)
    const { session, seq } = speaker
    const held = this.#held(session.id, tokenOf(token))
    if (held !== undefined && (held.hold !== kind || !held.names.includes(name))) {
      return done(grantLost("other-name", this.#holder(kind, name)))
    }
    const { cluster, clock } = this.#options
    request(command(session, seq), { cluster, clock, op, deadline: this.#deadline(caller) }, (result) => {
      if (isProblem(result)) return done(result)
      const holder = this.#holder(kind, name)
      // What is known here may be older than the answer: what does not hold any more is not what holds instead.
      done(written(result, { op, name, current: holder === tokenOf(token) ? undefined : holder }))
    })
  }

  /** What the session holds under a token: as its stream here knows it, or where it has none as the state does. */
  #held(session: SessionId, token: Token): { readonly hold: HoldKind; readonly names: readonly string[] } | undefined {
    const known = this.#desk.holding(session, token)
    if (known !== undefined) return known
    const held = this.#options.cluster
      .local()
      ?.state.holdsOf(session)
      .find((each) => each.token === token)
    return held === undefined ? undefined : { hold: held.kind, names: held.names }
  }

  #holder(kind: HoldKind, name: string): Token | undefined {
    return this.#options.cluster.local()?.state.name(kind, name).holders[0]?.token
  }

  /** Whose request it is, and its number in the session. */
  #speaker(
    op: string,
    name: string,
    { speaker, seq }: Caller,
  ): { readonly session: LocalSession; readonly seq: number } | Problem {
    if (isLink(speaker)) {
      const { session } = speaker as FramedLink
      if (isProblem(session)) return session
      return seq === undefined
        ? invalid("seq", "a write in a session has a seq, a whole number from 1")
        : { session, seq }
    }
    if (speaker === undefined) {
      const message = "the header Conclave-Session says who holds it: ID.SECRET, as given in granted"
      return invalid("Conclave-Session", message)
    }
    const dot = speaker.indexOf(".")
    const id = speaker.slice(0, Math.max(0, dot)) as SessionId
    const state = this.#options.cluster.local()?.state
    const session = this.#book.get(id)
    // Requests over HTTP have no numbers of their own: the agent numbers them, for sessions that nobody else numbers.
    const secretHash = this.#hash(speaker.slice(dot + 1))
    const isOwn = session?.liveness === "connection" && isSame(session.secretHash, secretHash)
    const known = state?.session(id)
    // Two agents that number the requests of one session would give one number twice: only the one that has it may.
    const isElsewhere = session === undefined && known?.liveness === "connection"
    if (isElsewhere && isSame(known.secretHash, secretHash)) return elsewhere(known.member)
    // Its secret is forgotten with it: who knows the id of a session that is over is told no more than that.
    const cause = session === undefined ? state?.endOf(id) : undefined
    if (cause !== undefined) return sessionLost(cause)
    if (session === undefined || dot < 0 || !isOwn) return notYours(op, name)
    return session.end === undefined ? { session, seq: session.nextSeq++ } : sessionLost(session.end)
  }

  #hash(secret: string): Uint8Array {
    return this.#options.secrets.hash(secret)
  }

  /** The state, fresh or as it is here, but never older than what the caller has seen. */
  #read(caller: Caller, isStale: boolean): (done: (state: StateView | Problem, ageMs?: number) => void) => void {
    const { cluster, clock } = this.#options
    return (done) => {
      if (!isStale) {
        cluster.read(this.#deadline(caller), (read) => done(stateOf(read)))
        return
      }
      // Where this host has no replica, others are asked at once.
      const waiting = { cluster, clock, waitMs: cluster.hasState() ? caller.timeoutMs : 0 }
      awaitState(
        waiting,
        (state) => state.rev >= caller.seen.rev,
        (state) => {
          const ageMs = cluster.local()?.ageMs
          if (state === undefined) cluster.read(this.#deadline(caller), (read) => done(stateOf(read)))
          else done(state, ageMs)
        },
      )
    }
  }

  #deadline({ timeoutMs }: Caller): Millis {
    return (this.#options.clock.now() + timeoutMs) as Millis
  }
}

function stateOf(read: Read): StateView | Problem {
  return read.kind === "read" ? read.state : notProposed(read)
}

function isLink(speaker: Caller["speaker"]): speaker is SessionLink {
  return typeof speaker === "object"
}

function see(seen: Seen, rev: string): void {
  seen.rev = Math.max(seen.rev, Number(rev))
}

function written(
  result: CommandResult,
  about: { readonly op: string; readonly name: string; readonly current: Token | undefined },
): number | Problem {
  if (result.kind === "written") return result.rev
  if (result.kind === "refused") return refusalProblem(result.refusal, about)
  return unexpected(about.op, result.kind)
}

function revOf(rev: number | Problem): { rev: string } | Problem {
  return typeof rev === "number" ? { rev: String(rev) } : rev
}

function ageOf(ageMs: number | undefined): { ageMs?: number } {
  return ageMs === undefined ? {} : { ageMs: Math.round(ageMs) }
}

function noKind(kind: string): Problem {
  return problem("NOT_FOUND", `there are no holds of kind ${kind}`, { details: { kind } })
}

function noSession(id: string): Problem {
  return problem("NOT_FOUND", `there is no session ${id}`, { hint: "conclave sessions", details: { id } })
}

/** Takes as long wherever they differ. */
function isSame(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length
  for (let at = 0; at < a.length; at++) difference |= (a[at] as number) ^ (b[at] ?? 0)
  return difference === 0
}
