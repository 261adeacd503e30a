import type { Millis } from "@conclave/base"
import type { Command, CommandResult, Hold, HoldKind, Request, SessionId, Token } from "@conclave/consensus"
import type { Caller } from "../api/coordination.ts"
import { isHoldKind } from "../api/hold-objects.ts"
import { atRev, invalid, isProblem, type Problem } from "../api/problem.ts"
import type { Clock, Secrets } from "../ports.ts"
import type { Cluster, StateView } from "./cluster.ts"
import { FramedLink } from "./framed-link.ts"
import type { HoldDesk } from "./hold-desk.ts"
import { tokenOf } from "./hold-input.ts"
import type { Speaker } from "./local-session.ts"
import {
  elsewhere,
  grantLost,
  noKind,
  notProposed,
  notYours,
  otherRequest,
  sessionLost,
  unexpected,
  verdict,
} from "./refusals.ts"
import { request } from "./requests.ts"
import type { SessionBook } from "./session-book.ts"

export interface HolderWritesOptions {
  readonly cluster: Cluster
  readonly clock: Clock
  readonly secrets: Secrets
  readonly book: SessionBook
  readonly desk: HoldDesk
}

interface About {
  readonly op: string
  readonly kind: string
  readonly name: string
  readonly token: string
}

type Held = { readonly hold: HoldKind; readonly names: readonly string[] } | undefined

/**
 * What is asked on behalf of a holder: its session must be the caller's, and its token must be of the name that is
 * meant.
 */
export class HolderWrites {
  readonly #options: HolderWritesOptions

  constructor(options: HolderWritesOptions) {
    this.#options = options
  }

  /** `command` makes it, once it is known who speaks. */
  write(
    about: About,
    caller: Caller,
    command: (speaker: Speaker, token: Token) => Command,
    done: (rev: number | Problem) => void,
  ): void {
    const { kind, name } = about
    if (!isHoldKind(kind)) return done(noKind(kind))
    const token = tokenOf(about.token)
    this.#speaker(about, caller, (speaker) => {
      if (isProblem(speaker)) return done(speaker)
      const { session } = speaker
      this.#check({ kind, name, token, session: session.id }, caller, (why) => {
        if (why !== undefined) return done(why)
        this.#propose(command(speaker, token), { ...about, kind }, caller, done)
      })
    })
  }

  /**
   * What is asked on behalf of the worker that has an item: whether session and token are right the cluster alone says.
   */
  ofItem(
    about: Pick<About, "op" | "name">,
    caller: Caller,
    command: (request: Request) => Command,
    done: (rev: number | Problem) => void,
  ): void {
    const { cluster, clock } = this.#options
    this.#speaker(about, caller, (speaker) => {
      if (isProblem(speaker)) return done(speaker)
      const { session, seq, floor } = speaker
      const options = { cluster, clock, op: about.op, deadline: this.#deadline(caller) }
      request(command({ session: session.id, seq, floor }), options, (result) => {
        done(isProblem(result) ? result : written(result, { ...about, current: undefined }))
      })
    })
  }

  #propose(
    command: Command,
    { op, kind, name, token }: About & { readonly kind: HoldKind },
    caller: Caller,
    done: (rev: number | Problem) => void,
  ): void {
    const { cluster, clock } = this.#options
    request(command, { cluster, clock, op, deadline: this.#deadline(caller) }, (result) => {
      if (isProblem(result)) return done(result)
      const holder = this.#holder(kind, name)
      // What is known here may be older than the answer: what does not hold any more is not what holds instead.
      done(written(result, { op, name, kind, current: holder === tokenOf(token) ? undefined : holder }))
    })
  }

  /**
   * Whether the token is of another name: as its stream or the state here knows it, else as the cluster does. What the
   * session does not hold may be a request that was answered before: the cluster remembers.
   */
  #check(
    claim: { readonly kind: HoldKind; readonly name: string; readonly token: Token; readonly session: SessionId },
    caller: Caller,
    done: (why: Problem | undefined) => void,
  ): void {
    const { kind, name, token, session } = claim
    const { cluster, desk } = this.#options
    const judge = (held: Held, rev: number): void => {
      const isOther = held !== undefined && (held.hold !== kind || !held.names.includes(name))
      done(isOther ? atRev(grantLost("other-name", this.#holder(kind, name)), rev) : undefined)
    }
    const local = cluster.local()?.state
    const known = desk.holding(session, token) ?? heldIn(local, session, token)
    if (known !== undefined) return judge(known, Math.max(caller.seen.rev, local?.rev ?? 0))
    cluster.read(this.#deadline(caller), (read) => {
      if (read.kind === "read") judge(heldIn(read.state, session, token), read.state.rev)
      else done(notProposed(read))
    })
  }

  #holder(kind: HoldKind, name: string): Token | undefined {
    return this.#options.cluster.local()?.state.name(kind, name).holders[0]?.token
  }

  #speaker({ op, name }: Pick<About, "op" | "name">, caller: Caller, done: (speaker: Speaker | Problem) => void): void {
    const { speaker } = caller
    if (speaker instanceof FramedLink) return done(speaker.request(caller))
    if (typeof speaker !== "string") {
      const message = "the header Conclave-Session says who holds it: ID.SECRET, as given in granted"
      return done(invalid("Conclave-Session", message))
    }
    const dot = speaker.indexOf(".")
    const id = speaker.slice(0, Math.max(0, dot)) as SessionId
    const secretHash = this.#options.secrets.hash(speaker.slice(dot + 1))
    const session = this.#options.book.get(id)
    if (session === undefined) return this.#stranger(id, secretHash, caller, (why) => done(why ?? notYours(op, name)))
    // Requests over HTTP have no numbers of their own: the agent numbers them, for sessions that nobody else numbers.
    const isOwn = session.liveness === "connection" && isSame(session.secretHash, secretHash)
    if (!isOwn) return done(notYours(op, name))
    done(session.end === undefined ? { session, seq: session.nextSeq++, floor: 0 } : sessionLost(session.end))
  }

  /**
   * Why a session that this agent does not have cannot be spoken for here; undefined = nobody is told more than that.
   */
  #stranger(id: SessionId, secretHash: Uint8Array, caller: Caller, done: (why: Problem | undefined) => void): void {
    const { cluster } = this.#options
    const judge = (state: StateView): void => {
      const known = state.session(id)
      // Two agents that number the requests of one session would give one number twice: only the one that has it may.
      if (known?.liveness === "connection" && isSame(known.secretHash, secretHash))
        return done(atRev(elsewhere(known.member), state.rev))
      // Its secret is forgotten with it: who knows the id of a session that is over is told no more than that.
      const cause = state.endOf(id)
      done(cause === undefined ? undefined : atRev(sessionLost(cause), state.rev))
    }
    const local = cluster.local()?.state
    const isKnown = local !== undefined && (local.session(id) !== undefined || local.endOf(id) !== undefined)
    if (isKnown) return judge(local)
    // What was opened a moment ago may not be known here yet.
    cluster.read(this.#deadline(caller), (read) => (read.kind === "read" ? judge(read.state) : done(notProposed(read))))
  }

  #deadline({ timeoutMs }: Caller): Millis {
    return (this.#options.clock.now() + timeoutMs) as Millis
  }
}

function heldIn(state: StateView | undefined, session: SessionId, token: Token): Held {
  const holds = state?.holdsOf(session) ?? []
  // An item of work is a grant of its own, under the name of its pool.
  const has = (hold: Hold): boolean => hold.token === token || isOfItem(state, hold, token)
  const held = holds.find(has)
  return held === undefined ? undefined : { hold: held.kind, names: held.names }
}

function isOfItem(state: StateView | undefined, hold: Hold, token: Token): boolean {
  if (hold.kind !== "work" || hold.token === undefined) return false
  return state?.itemsOf(hold.names[0] ?? "", hold).some(({ owner }) => owner?.token === token) === true
}

function written(
  result: CommandResult,
  about: {
    readonly op: string
    readonly name: string
    readonly current: Token | undefined
    readonly kind?: HoldKind
  },
): number | Problem {
  if (result.kind === "written") return result.rev
  if (result.kind === "refused") return verdict(result, about)
  return result.kind === "ended" ? otherRequest() : unexpected(about.op, result.kind)
}

/** Takes as long wherever they differ. */
function isSame(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length
  for (let at = 0; at < a.length; at++) difference |= (a[at] as number) ^ (b[at] ?? 0)
  return difference === 0
}
