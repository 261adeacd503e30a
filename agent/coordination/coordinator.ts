import type { Millis } from "@conclave/base"
import type { Acquire, Command, HoldKind, Request, SessionId, Token } from "@conclave/consensus"
import type {
  Caller,
  CoordinatedName,
  Coordination,
  Hello,
  KvName,
  Seen,
  WatchQuery,
  WorkName,
} from "../api/coordination.ts"
import type { Feed } from "../api/feed.ts"
import { isHoldKind } from "../api/hold-objects.ts"
import type { JournalNote } from "../api/objects.ts"
import { invalid, isProblem, type Problem } from "../api/problem.ts"
import type { OpInput, OpOutput } from "../api/schema.ts"
import type { Clock, Processes, Secrets } from "../ports.ts"
import type { Deed } from "./audit.ts"
import type { Cluster, StateView } from "./cluster.ts"
import { ConnectionHold } from "./connection-hold.ts"
import { Drain } from "./drain.ts"
import { Elapsed } from "./elapsed.ts"
import { FramedLink } from "./framed-link.ts"
import { HoldDesk } from "./hold-desk.ts"
import { acquireOf, arrivalOf } from "./hold-input.ts"
import { holdReads, type ReadName } from "./hold-reads.ts"
import type { HoldStream } from "./hold-stream.ts"
import { HolderWrites } from "./holder-writes.ts"
import { HostLease } from "./host-lease.ts"
import { kvHandlers } from "./kv.ts"
import type { LocalSession, Speaker } from "./local-session.ts"
import { readState } from "./reads.ts"
import { noKind, nothingToWatch } from "./refusals.ts"
import { ReplicatedTime } from "./replicated-time.ts"
import { RequestRate } from "./request-rate.ts"
import { revoke } from "./revocation.ts"
import { see, seeing } from "./seen.ts"
import { leaving, SessionBook } from "./session-book.ts"
import { WaitingPlaces } from "./waiting-places.ts"
import { type ScopeOf, watchScopes } from "./watch/scopes.ts"
import { StateWatch } from "./watch/state-watch.ts"
import { workHandlers } from "./work.ts"
import { write } from "./writes.ts"

export interface CoordinatorOptions {
  readonly cluster: Cluster
  readonly clock: Clock
  readonly secrets: Secrets
  readonly processes: Processes
  /** This host's name. */
  readonly member: () => string
  /** A session's time to live where its application names none. */
  readonly ttlMs: number
  /** Told of what is done by force at this agent. */
  readonly audit: (deed: Deed) => void
  /** Into the journal of this host. */
  readonly tell: (note: JournalNote) => void
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
  readonly #places: WaitingPlaces
  readonly #drain: Drain
  readonly #writes: HolderWrites
  readonly #watch: StateWatch
  readonly #scopeOf: ScopeOf
  readonly #rate: RequestRate
  readonly #handlers: {
    readonly [Name in CoordinatedName]: (input: OpInput<Name>, caller: Caller, done: Done<Name>) => void
  }
  readonly #unlisten: () => void

  constructor(options: CoordinatorOptions) {
    this.#options = options
    this.ttlMs = options.ttlMs
    const { cluster, clock, secrets, member } = options
    const elapsed = new Elapsed(clock)
    this.#elapsed = elapsed
    this.#rate = new RequestRate(clock)
    this.#time = new ReplicatedTime(() => local()?.walls)
    const local = (): StateView | undefined => cluster.local()?.state
    this.#places = new WaitingPlaces({ clock, time: this.#time, local })
    this.#lease = new HostLease(cluster, clock, elapsed)
    this.#book = new SessionBook({
      cluster,
      clock,
      elapsed,
      lease: this.#lease,
      secrets,
      member,
      ttlMs: options.ttlMs,
      onOver: (session, cause) => this.#desk.sessionOver(session, cause),
    })
    this.#drain = new Drain({ cluster, clock, desk: this.#desk, member, tell: options.tell })
    this.#writes = new HolderWrites({ cluster, clock, secrets, book: this.#book, desk: this.#desk })
    this.#watch = new StateWatch({ clock, local })
    this.#scopeOf = watchScopes(this.#time)
    const by = { cluster, clock }
    this.#handlers = {
      ...this.#ofHolds,
      ...holdReads(by, this.#time),
      ...kvHandlers(by),
      ...workHandlers({ ...by, time: this.#time, writes: this.#writes }),
    }
    this.#unlisten = cluster.listen({
      changed: (rev, changes, state) => {
        this.#desk.changed(rev, changes, state)
        this.#book.changed(changes)
        this.#watch.changed(rev, changes, state)
      },
      replaced: (state) => {
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
    this.#drain.stop()
    this.#lease.stop()
    this.#book.stop()
    this.#watch.stop()
    this.#places.stop()
  }

  /** This host departs: what its applications lead and work on goes elsewhere first. */
  readonly drain = (graceMs: number | undefined, done: () => void): void => this.#drain.begin(graceMs, done)

  /**
   * This host departs: applications hear that their sessions are over, and none gets another. Calls back within that
   * time with whether nobody may still believe in a session of this host.
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
    // What is given back makes room.
    const refusal = op === "hold.release" ? undefined : this.#rate.take(caller)
    if (refusal !== undefined) return done(refusal)
    const handle = this.#handlers[op] as (input: OpInput<Name>, caller: Caller, done: Done<Name>) => void
    handle(input, caller, seeing(caller.seen, done))
  }

  readonly hold = (input: OpInput<"hold">, caller: Caller, onReadable: () => void): Feed | Problem => {
    const { kind } = input
    if (!isHoldKind(kind)) return noKind(kind)
    const refusal = this.#rate.take(caller) ?? this.#draining(kind, caller)
    if (refusal !== undefined) return refusal
    return this.#place((by) => acquireOf(kind, input, by), { caller, ttlMs: input.ttlMs, onReadable })
  }

  readonly barrier = (input: OpInput<"barrier">, caller: Caller, onReadable: () => void): Feed | Problem => {
    const refusal = this.#rate.take(caller)
    if (refusal !== undefined) return refusal
    return this.#place((by) => arrivalOf(input, by), { caller, ttlMs: undefined, onReadable })
  }

  /** Of a host that departs nobody begins to lead or to work; who does already, or its connection anew, goes on. */
  #draining(kind: HoldKind, caller: Caller): Problem | undefined {
    if (!this.#drain.hasBegun || (kind !== "election" && kind !== "work")) return undefined
    const { speaker } = caller
    const session = speaker instanceof FramedLink ? speaker.request(caller) : undefined
    const known = session === undefined || isProblem(session) ? undefined : session
    const { cluster } = this.#options
    const isThere = known !== undefined && cluster.local()?.state.hold(known.session.id, known.seq) !== undefined
    return isThere ? undefined : leaving()
  }

  /** A place in a queue: of the session of a framed connection, or of one that ends with the connection. */
  #place(
    commandOf: (by: Request) => Acquire | Problem,
    of: { readonly caller: Caller; readonly ttlMs: number | undefined; readonly onReadable: () => void },
  ): Feed | Problem {
    const { caller, onReadable } = of
    if (caller.speaker instanceof FramedLink) return this.#framedPlace(commandOf, caller, onReadable)
    const probe = commandOf({ session: "" as SessionId, seq: 1, floor: 0 })
    if (isProblem(probe)) return probe
    const { cluster, clock } = this.#options
    const { timeoutMs } = caller
    const ttlMs = of.ttlMs ?? this.#options.ttlMs
    return new ConnectionHold({
      book: this.#book,
      cluster,
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

  readonly watch = (query: WatchQuery, caller: Caller, onReadable: () => void): Feed | Problem => {
    const { kind, by, name, prefix } = query
    const scope = this.#scopeOf(kind, by)
    if (scope === undefined) return nothingToWatch(kind, by)
    if (by !== undefined && name === undefined) return invalid("name", "the holders of one name are watched by it")
    if (kind === "items" && name === undefined) return invalid("name", "the items of one pool are watched by its name")
    const refused = this.#rate.take(caller)
    if (refused !== undefined) return refused
    const from = query.from === undefined ? undefined : Number(query.from)
    const ready = (go: (refusal: Problem | undefined) => void): void => {
      // Who has seen more than this host, at another agent or before this one was started again, is not shown less.
      const isHere = from !== undefined && from <= (this.#options.cluster.local()?.state.rev ?? -1)
      readState(this.#options, caller, isHere, (state) => go(isProblem(state) ? state : undefined))
    }
    const of = by === undefined ? kind : `${kind} by ${by}`
    // Of a name that it may touch whoever asks sees all, and shares what is told with everybody else.
    const names = name === undefined ? caller.principal.names : undefined
    return this.#watch.watch(
      { scope, filter: { kind: of, name, prefix, names }, from, seen: caller.seen },
      ready,
      onReadable,
    )
  }

  readonly #ofHolds: {
    readonly [Name in Exclude<CoordinatedName, KvName | ReadName | WorkName>]: (
      input: OpInput<Name>,
      caller: Caller,
      done: Done<Name>,
    ) => void
  } = {
    "hold.release": (input, caller, done) => {
      const about = { ...input, op: "hold.release" }
      this.#writes.write(
        about,
        caller,
        (speaker, token) => ({ kind: "release", ...idOf(speaker), token }),
        (rev) => {
          done(typeof rev === "number" ? { rev: String(rev), released: true } : rev)
        },
      )
    },
    "hold.update": ({ note, value, ready, ...input }, caller, done) => {
      const about = { ...input, op: "hold.update" }
      const text = value === undefined ? undefined : JSON.stringify(value)
      const command = (speaker: Speaker, token: Token): Command => {
        return { kind: "update", ...idOf(speaker), token, note, value: text, ready }
      }
      this.#writes.write(about, caller, command, (rev) => done(revOf(rev)))
    },
    "hold.transfer": ({ to, ...input }, caller, done) => {
      const about = { ...input, op: "hold.transfer", kind: "election" }
      const command = (speaker: Speaker, token: Token): Command => ({ kind: "transfer", ...idOf(speaker), token, to })
      this.#writes.write(about, caller, command, (rev) => done(revOf(rev)))
    },
    "semaphore.resize": ({ name, limit }, caller, done) => {
      const { cluster, clock } = this.#options
      write(
        { cluster, clock },
        { op: "semaphore.resize", name, caller, expected: "written" },
        (request) => ({ kind: "resize", request, name, limit }),
        (result) => done(isProblem(result) ? result : { rev: String(result.rev) }),
      )
    },
    revoke: (input, caller, done) => {
      const { cluster, clock, member, audit } = this.#options
      revoke(input, `operator at ${member()}`, { cluster, clock, audit, deadline: this.#deadline(caller) }, done)
    },
  }

  #framedPlace(commandOf: (by: Request) => Acquire | Problem, caller: Caller, onReadable: () => void): Feed | Problem {
    const speaker = (caller.speaker as FramedLink).request(caller)
    if (isProblem(speaker)) return speaker
    const { session } = speaker
    const command = commandOf(idOf(speaker))
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
    const { seen, timeoutMs, credentials, onReadable } = more
    return this.#desk.open({
      timeoutMs,
      credentials,
      onReadable,
      cluster,
      clock,
      session,
      command,
      toldRev: seen.rev,
      places: this.#places,
      promise: () => this.#book.promise(session),
      beforeMs: (timeMs) => this.#lease.beforeMs(timeMs),
      onRev: (rev) => see(seen, rev),
    })
  }

  #deadline({ timeoutMs }: Caller): Millis {
    return (this.#options.clock.now() + timeoutMs) as Millis
  }
}

function idOf({ session, seq, floor }: Speaker): Request {
  return { session: session.id, seq, floor }
}

function revOf(rev: number | Problem): { rev: string } | Problem {
  return typeof rev === "number" ? { rev: String(rev) } : rev
}
