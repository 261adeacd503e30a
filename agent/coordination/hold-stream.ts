import type { Millis } from "@conclave/base"
import {
  type Acquire,
  type Change,
  type CommandResult,
  type Hold,
  type HoldEnd,
  holdIdOf,
  type Session,
  type StoredResult,
} from "@conclave/consensus"
import type { Feed } from "../api/feed.ts"
import type { HoldEvent, LossReason } from "../api/hold-objects.ts"
import type { PlaceName } from "../api/ops.ts"
import { atRev, byLog, type Problem } from "../api/problem.ts"
import type { Alarm, Clock } from "../ports.ts"
import { awaitState } from "./await-state.ts"
import type { Cluster, StateView } from "./cluster.ts"
import { insist } from "./insist.ts"
import { ItemNews } from "./item-news.ts"
import type { LocalSession, SessionEnd } from "./local-session.ts"
import {
  grantLost,
  notProposed,
  otherRequest,
  resumed,
  sessionLost,
  unexpected,
  unknownOutcome,
  verdict,
} from "./refusals.ts"
import { waitTimeout } from "./wait-timeout.ts"
import { isSamePlace, type WaitingPlace, type WaitingPlaces } from "./waiting-places.ts"

/** Asked again after an answer that was lost. */
const RETRY_MS = 100
const TRY_MS = 5000

export interface HoldOptions {
  readonly cluster: Cluster
  readonly clock: Clock
  readonly session: LocalSession
  readonly command: Acquire
  /** The newest revision that its client had been told of when it asked: an older state says nothing new to it. */
  readonly toldRev: number
  /** How long may pass until a leader has it. */
  readonly timeoutMs: number
  /** Where it waits now, as far as this host knows. */
  readonly places: WaitingPlaces
  /** What the application may rely on, as a promise. */
  readonly promise: () => number
  /** How long the replicated clock has certainly not come to a moment. */
  readonly beforeMs: (timeMs: number) => number
  /** Over HTTP: what else `granted` says. */
  readonly credentials: () => Partial<Extract<HoldEvent, { type: "granted" }>>
  /** Told of each revision that the client is told of. */
  readonly onRev: (rev: number) => void
  readonly onReadable: () => void
  /** It is over, for good. */
  readonly onOver: () => void
}

type Revoking = NonNullable<Hold["revoking"]>

type Ending = { readonly out: object } | { readonly error: Problem }

/**
 * One place in a queue, from the request to its end, told as events. What the cluster decides comes twice, as the
 * answer to the request and as a change of the state, in any order: each step is taken once.
 */
export class HoldStream implements Feed {
  readonly #options: HoldOptions
  /** Made when they are taken: a duration counts from then. */
  readonly #events: (() => HoldEvent)[] = []
  readonly #retry: Alarm
  /** Of a worker. */
  readonly #items: ItemNews | undefined
  /** The newest word on its place: what was not read is replaced. */
  #queued: HoldEvent | undefined
  #toldPlace: WaitingPlace | undefined
  #toldRevoking = ""
  #token: number | undefined
  /** When (replicated time) the grant ends by itself, and why. */
  #bound: { readonly atMs: number; readonly reason: "max-hold" | "revoked" } | undefined
  #isKnown = false
  /** The state has said what it knows of the grant: all that comes later it tells by itself. */
  #isToldByState = false
  #isFinishing = false
  #isAhead = false
  #ending: Ending | undefined
  /** Nobody listens any more, though the cluster has not said what became of the hold. */
  #isLeft = false

  constructor(options: HoldOptions) {
    this.#options = options
    const { command, beforeMs, onReadable } = options
    if (command.hold === "work") this.#items = new ItemNews({ ...command, beforeMs, onReadable })
    this.#retry = options.clock.alarm(() => this.#ask(true))
  }

  get command(): Acquire {
    return this.#options.command
  }

  get #op(): PlaceName {
    return this.command.hold === "barrier" ? "barrier" : "hold"
  }

  get token(): number | undefined {
    return this.#token
  }

  /** It was told as lost by the clock of this host, and it is for the cluster to end it, for that very reason. */
  get isAhead(): boolean {
    return this.#isAhead
  }

  start(): void {
    const { cluster, session } = this.#options
    const state = cluster.local()?.state
    // What stands in the queue since before its session came here needs no asking, and is kept where nothing new is
    // taken.
    const isThere = state?.hold(session.id, this.command.seq) !== undefined && this.speaksOf(state.rev)
    if (isThere) this.#heard(state, state.rev)
    else this.#ask(false)
  }

  /**
   * Whether a state of this revision says what has become of the hold. An agent that was started again goes through all
   * that its applications have had before: of what they have since they are here it says nothing. And the state here
   * may be behind an answer that was passed on, such as that of an end after which the hold is asked for again.
   */
  speaksOf(rev: number): boolean {
    const { session, toldRev } = this.#options
    return rev >= Math.max(session.rev, toldRev)
  }

  /** The state was replaced and lacks this hold: the answer that is kept for its number tells what became of it. */
  askAgain(): void {
    this.#isKnown = false
    if (this.#isFinishing) this.#insist()
    else this.#ask(true)
  }

  readonly take = (): HoldEvent | undefined => {
    const queued = this.#queued
    this.#queued = undefined
    // Of a grant that is there, the way to it is no news.
    return this.#events.shift()?.() ?? this.#itemEvent() ?? queued
  }

  readonly isOver = (): boolean => this.#ending !== undefined && this.#events.length === 0
  readonly ending = (): Ending => this.#ending ?? { out: {} }

  /**
   * Gives it up, granted or not; the cluster's word on which it was ends the stream. A worker's is spoken when it has
   * handed back what it has.
   */
  readonly finish = (): void => {
    if (this.#isFinishing || this.#ending !== undefined) return
    this.#isFinishing = true
    this.#insist()
  }

  #insist(): void {
    const { cluster, clock, command } = this.#options
    const { session, seq, floor } = command
    insist(
      { kind: "cancel", session, seq, floor },
      {
        cluster,
        clock,
        // Also when nobody hears of it any more: it was promised that it never becomes a grant.
        isWanted: () => this.#ending === undefined || (this.#isLeft && isLiving(this.#options.session)),
        done: (result) => this.#answered(result),
      },
    )
  }

  /** Its connection is gone: what becomes of a hold that was not given up is the session's affair. */
  readonly close = (): void => {
    if (this.#ending === undefined) this.#leave({ out: {} })
  }

  /** It was asked for again under its number: what becomes of it is told there. */
  resumedElsewhere(): void {
    if (this.#ending === undefined) this.#leave({ error: resumed() })
  }

  /** What the state says of this hold now; undefined = it is over, for the reason given. */
  changed(
    rev: number,
    now: {
      readonly hold: Hold | undefined
      readonly end: HoldEnd | undefined
      readonly answer?: StoredResult | undefined
      readonly session: Session | undefined
    },
  ): void {
    if (this.#ending !== undefined) return
    this.#isKnown = true
    const { hold, end, answer, session } = now
    if (hold === undefined)
      return answer === undefined ? this.#gone(rev, end ?? "session-ended") : this.#answered(answer)
    if (hold.token === undefined) return this.#waits()
    const { token, maxHoldMs, grantedAtMs } = hold
    // What is granted while its session is asked to finish ends with it.
    const revoking = sooner(hold.revoking, session?.revoking)
    if (!this.#isToldByState) this.allItems(this.#options.cluster.local()?.state)
    this.#isToldByState = true
    if (maxHoldMs !== undefined) this.#limit(grantedAtMs + maxHoldMs, "max-hold")
    this.#granted(rev, token)
    if (revoking !== undefined) this.#revoking(token, revoking)
  }

  /** Of a worker: an item of its pool has changed. */
  itemChanged({ before, after, reason, rev }: Extract<Change, { kind: "item" }>): void {
    if (this.#ending === undefined && this.speaksOf(rev)) this.#items?.changed(after, before, { rev, reason })
  }

  /** Of a worker: all that it has, as the state says now. */
  allItems(state: StateView | undefined): void {
    const { names } = this.command
    if (state !== undefined) this.#items?.all(state.itemsOf(names[0] ?? "", this.command), state.rev)
  }

  /** After the grant itself was told, and not after its end. */
  #itemEvent(): HoldEvent | undefined {
    const isAtWork = this.#token !== undefined && this.#ending === undefined
    return isAtWork ? this.#items?.take() : undefined
  }

  /** How long the grant has certainly not ended by itself, in ms; 0 = perhaps it has. */
  get leftMs(): number {
    return this.#bound === undefined ? Number.POSITIVE_INFINITY : this.#options.beforeMs(this.#bound.atMs)
  }

  /** Nobody may act on it any more, whether or not the cluster has ended it already. */
  expired(): void {
    this.#isAhead = this.#ending === undefined
    if (this.#ending === undefined) this.#lost(this.#bound?.reason ?? "expired")
  }

  sessionOver(cause: SessionEnd): void {
    if (this.#ending !== undefined) return
    if (this.#token === undefined) return this.#end({ error: sessionLost(cause, "unknown") })
    this.#lost(lossOf(cause))
  }

  /** Asked to let go: said once for each new request, and for each that leaves less time. */
  #revoking(token: number, { by, reason, untilMs }: Revoking): void {
    const key = `${untilMs} ${by} ${reason}`
    if (this.#toldRevoking === key) return
    this.#toldRevoking = key
    if (untilMs !== undefined) this.#limit(untilMs, "revoked")
    const { beforeMs } = this.#options
    this.#tell(() => {
      const deadline = untilMs === undefined ? {} : { deadlineMs: beforeMs(untilMs) }
      return { type: "revoking", token: String(token), by, reason, ...deadline }
    })
  }

  #limit(atMs: number, reason: "max-hold" | "revoked"): void {
    if (atMs < (this.#bound?.atMs ?? Number.POSITIVE_INFINITY)) this.#bound = { atMs, reason }
  }

  #ask(isRetry: boolean): void {
    if (this.#ending !== undefined || this.#isFinishing) return
    const { cluster, clock, command, timeoutMs } = this.#options
    const deadline = (clock.now() + (isRetry ? TRY_MS : timeoutMs)) as Millis
    cluster.propose(command, deadline, (outcome) => {
      if (this.#ending !== undefined) return
      if (outcome.kind === "applied") return this.#answered(outcome.result)
      // What is known from the state needs no answer, and what is given up has its own.
      if (this.#isKnown || this.#isFinishing) return
      // A try that may have been applied is repeated under the same number.
      if (outcome.kind === "not-proposed" && !isRetry) return this.#end({ error: notProposed(outcome) })
      if (outcome.kind === "unknown" && this.#options.session.liveness === "connection") {
        return this.#end({ error: unknownOutcome(this.#op) })
      }
      this.#retry.set((clock.now() + RETRY_MS) as Millis)
    })
  }

  #answered(result: CommandResult): void {
    if (this.#ending !== undefined) return
    switch (result.kind) {
      case "queued":
        if (this.#token !== undefined) return
        this.#isKnown = true
        return this.#waits()
      case "granted":
        this.#isKnown = true
        return this.#grantedByAnswer(result)
      case "ended":
        return this.#ended(result)
      case "refused":
        return this.#end({ error: verdict(result, { op: this.#op, name: this.command.names[0] ?? null }) })
      case "opened":
        this.#options.onRev(result.rev)
        return this.#end({ out: openedJson(result) })
      case "done":
        // It drains: the state tells when it is over.
        return
      case "written":
        return this.#end({ error: otherRequest() })
      default:
        return this.#end({ error: unexpected(this.#op, result.kind) })
    }
  }

  /** Of a grant that is resumed the state may know more: when it ends, and that it is asked back. */
  #grantedByAnswer({ rev, token }: Extract<CommandResult, { kind: "granted" }>): void {
    if (this.#isToldByState) return
    const state = this.#options.cluster.local()?.state
    const { session, seq, maxHoldMs } = this.command
    const isThere = state?.hold(session, seq)?.token !== undefined && this.speaksOf(state.rev)
    if (isThere) return this.#heard(state, rev)
    // When a longest time ends the state alone tells.
    if (maxHoldMs === undefined) this.#granted(rev, token)
    // What a state lacks that can be asked, it will tell.
    if (maxHoldMs !== undefined || state === undefined || !this.speaksOf(state.rev)) this.#awaitGrant()
  }

  /** The state here has it already, or will: then it has been told. */
  #awaitGrant(): void {
    const { cluster, clock, command } = this.#options
    const { session, seq } = command
    const isOver = (): boolean => this.#ending !== undefined || this.#isToldByState
    awaitState(
      { cluster, clock, waitMs: TRY_MS },
      (state) => isOver() || (this.speaksOf(state.rev) && state.hold(session, seq)?.token !== undefined),
      (state) => {
        if (isOver()) return
        if (state === undefined) this.#retry.set((clock.now() + RETRY_MS) as Millis)
        else this.#heard(state, state.rev)
      },
    )
  }

  #heard(state: StateView, rev: number): void {
    const { session, seq } = this.command
    this.changed(rev, { hold: state.hold(session, seq), end: undefined, session: state.session(session) })
  }

  #ended({ how, token, rev }: Extract<StoredResult, { kind: "ended" }>): void {
    // Granted and over before this stream began: it is not told as a grant any more.
    this.#token ??= token
    this.#gone(rev, how)
  }

  #granted(rev: number, token: number): void {
    if (this.#token !== undefined) return
    this.#token = token
    this.#queued = undefined
    const { places, promise, credentials, onRev } = this.#options
    places.forget(this.#tellPlace)
    onRev(rev)
    const hasOwnEnd = this.command.maxHoldMs !== undefined
    const id = holdIdOf(this.command)
    this.#tell(() => {
      const { leftMs } = this
      const told = { token: String(token), rev: String(rev), validForMs: Math.min(promise(), leftMs) }
      // Under its number there may stand a hold that was asked for without an end.
      const ends = hasOwnEnd && Number.isFinite(leftMs)
      const own = { ...(id === undefined ? {} : { id }), ...(ends ? { maxHoldLeftMs: leftMs } : {}) }
      return { type: "granted", ...told, ...own, ...credentials() }
    })
  }

  #gone(rev: number, how: HoldEnd): void {
    const text = String(rev)
    this.#options.onRev(rev)
    switch (how) {
      case "released":
        this.#tell(() => ({ type: "released", rev: text }))
        return this.#end({ out: { released: true, rev: text } })
      case "cancelled":
        return this.#end({ out: { released: false, rev: text } })
      case "wait-timeout":
        return this.#end({ error: atRev(waitTimeout(this.command, this.#options.cluster.local()?.state), rev) })
      case "session-ended":
        return this.#end({ error: atRev(sessionLost(this.#cause(), "unknown"), rev) })
      case "too-heavy":
      case "opened":
        return this.#answeredByState()
      default:
        return this.#lost(how, rev)
    }
  }

  /** What there is to say is in the answer that is kept for its request. */
  #answeredByState(): void {
    const { cluster, session } = this.#options
    const answer = cluster.local()?.state.answer(session.id, this.command.seq)
    if (answer === undefined) this.askAgain()
    else this.#answered(answer)
  }

  /** The end of the hold is told before that of its session: the state knows both. */
  #cause(): Parameters<typeof sessionLost>[0] {
    const { session, cluster } = this.#options
    return session.end ?? cluster.local()?.state.endOf(session.id) ?? "unknown"
  }

  /** `rev`: the cluster has said so; undefined = it is over by the clock of this host. */
  #lost(reason: LossReason, rev?: number): void {
    const token = this.#token
    // It was over before it was told.
    if (token !== undefined) this.#tell(() => ({ type: "lost", token: String(token), reason }))
    this.#end({ error: rev === undefined ? grantLost(reason) : byLog(atRev(grantLost(reason), rev)) })
  }

  /** Its place is told as soon as it is known; from then on in the rounds of all who wait. */
  #waits(): void {
    if (this.#toldPlace === undefined) this.#tellPlace()
  }

  /** At most once a second, and only what is new. */
  readonly #tellPlace = (): void => {
    if (this.#ending !== undefined || this.#token !== undefined) return
    const { places, command, onReadable } = this.#options
    places.again(this.#tellPlace)
    const place = places.of(command)
    if (place === undefined || (this.#toldPlace !== undefined && isSamePlace(place, this.#toldPlace))) return
    this.#toldPlace = place
    this.#queued = { type: "queued", position: place.position, holders: place.holders.json }
    onReadable()
  }

  #tell(event: () => HoldEvent): void {
    this.#events.push(event)
    this.#options.onReadable()
  }

  #leave(ending: Ending): void {
    this.#isLeft = true
    this.#end(ending)
  }

  #end(ending: Ending): void {
    this.#ending = ending
    this.#retry.clear()
    this.#options.places.forget(this.#tellPlace)
    this.#queued = undefined
    this.#options.onOver()
    this.#options.onReadable()
  }
}

function openedJson({ generation, index, rev }: Extract<StoredResult, { kind: "opened" }>): object {
  return { rev: String(rev), generation: String(generation), index }
}

function sooner(one: Revoking | undefined, other: Revoking | undefined): Revoking | undefined {
  if (one === undefined || other === undefined) return one ?? other
  return (other.untilMs ?? FOREVER) < (one.untilMs ?? FOREVER) ? other : one
}

const FOREVER = Number.POSITIVE_INFINITY

/** Perhaps at another agent: what ends there ends for its holds. */
function isLiving({ end }: LocalSession): boolean {
  return end === undefined || end === "moved"
}

function lossOf(cause: SessionEnd): LossReason {
  return cause === "closed" || cause === "expired" || cause === "revoked" ? cause : "session-lost"
}
