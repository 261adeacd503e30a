import { assert, unreachable } from "@conclave/base"
import { readOpened, readValidFor } from "./answers.ts"
import { Bindings } from "./bindings.ts"
import { agentTimeoutMs } from "./call-timeout.ts"
import { type Call, Calls } from "./calls.ts"
import type { Core, Meaning } from "./core.ts"
import { failureOf } from "./failures.ts"
import { Holds } from "./holds.ts"
import { Lease } from "./lease.ts"
import { Ops, RETRY_MS } from "./ops.ts"
import { Pulse } from "./pulse.ts"
import { Seqs } from "./seqs.ts"
import type { Effect, Failure, Input, SessionConfig, SessionState } from "./types.ts"

/** What the agent has to say goodbye to a session. */
export const CLOSE_MS = 1000

/**
 * May I still act? The application's side of one session and of all that it holds.
 *
 * A pure state machine: it has no clock, no timer, no socket and no promise. `step` takes what happened and returns
 * what to do, in order; a `tick` is due at `nextDeadlineMs`. Time is the caller's, and never falls: the longer of what
 * the monotonic and the boot clock have counted, so that a suspend is a jump.
 *
 * Loss is decided by the clock alone and before anything else in a step, so an answer that comes too late changes
 * nothing, and `untilMs` may be compared with the clock at any time, in a loop that is blocked, too.
 */
export class SessionCore {
  readonly #core: Core
  readonly #pulse: Pulse
  readonly #holds: Holds
  readonly #ops: Ops
  readonly #bindings: Bindings
  readonly #ttlMs: number | undefined
  /** What the connection's agent said; undefined while there is no connection. */
  #greeting: { readonly heartbeatMs: number; readonly ttlMs: number } | undefined
  /** The connection has been given a session: it can carry no other. */
  #isUsed = false
  #isOpening = false
  /** Another connection has been asked for. */
  #isAsked = false
  #isClosed = false
  /** Not opened or attached before this. */
  #retryMs = 0
  #closeUntilMs = Number.POSITIVE_INFINITY
  #isLeaving = false
  #refusal: string | undefined
  #lostCause: string | undefined
  #told: SessionState = "none"
  #toldId: string | null = null

  constructor(config: SessionConfig, nowMs: number) {
    this.#ttlMs = config.ttlMs
    this.#core = { nowMs, effects: [], calls: new Calls(), session: undefined, isAttached: false }
    this.#pulse = new Pulse(this.#core, config.hasHealth)
    this.#holds = new Holds(this.#core)
    this.#ops = new Ops(this.#core, this.#holds)
    this.#bindings = new Bindings(this.#core)
  }

  step(nowMs: number, input: Input): readonly Effect[] {
    assert(nowMs >= this.#core.nowMs, "time never falls")
    this.#core.nowMs = nowMs
    this.#core.effects = []
    this.#judge()
    this.#take(input)
    this.#establish()
    this.#bindings.flush()
    this.#holds.flush()
    this.#ops.flush()
    this.#tell()
    return this.#core.effects
  }

  /** When the next `tick` is due; Infinity when there is nothing to wait for. */
  get nextDeadlineMs(): number {
    const { session, nowMs } = this.#core
    const jeopardyMs = session?.lease.jeopardyMs ?? Number.POSITIVE_INFINITY
    const isRetried = this.#greeting !== undefined && !this.#core.isAttached && this.#retryMs > nowMs
    return Math.min(
      session?.lease.untilMs ?? Number.POSITIVE_INFINITY,
      jeopardyMs > nowMs ? jeopardyMs : Number.POSITIVE_INFINITY,
      isRetried ? this.#retryMs : Number.POSITIVE_INFINITY,
      this.#pulse.nextMs,
      this.#holds.nextMs,
      this.#ops.nextMs,
      this.#bindings.nextMs,
      this.#closeUntilMs,
    )
  }

  /** True while the grant is certain at `nowMs`. */
  isHeld(hold: number, nowMs: number): boolean {
    return nowMs < this.#holds.untilMs(hold)
  }

  /** What is left of a grant at `nowMs`; 0 where there is none. */
  remainingMs(hold: number, nowMs: number): number {
    return Math.max(0, this.#holds.untilMs(hold) - nowMs)
  }

  /** The same of one item of a worker. */
  itemRemainingMs(hold: number, item: string, token: bigint, nowMs: number): number {
    return Math.max(0, this.#holds.itemUntilMs(hold, item, token) - nowMs)
  }

  /** What a renewal is good for; 0 while there is no session. */
  get ttlMs(): number {
    return this.#core.session?.lease.ttlMs ?? 0
  }

  /** How long the session stays out of jeopardy without an answer. */
  calmMs(nowMs: number): number {
    const jeopardyMs = this.#core.session?.lease.jeopardyMs ?? Number.NEGATIVE_INFINITY
    return Math.max(0, jeopardyMs - nowMs)
  }

  /** What may be said of the session at `nowMs`. */
  sessionAt(nowMs: number): {
    readonly id: string | null
    readonly state: SessionState
    readonly cause: string | undefined
    readonly remainingMs: number
  } {
    const { session } = this.#core
    if (session === undefined) {
      const state = this.#lostCause === undefined ? "none" : "lost"
      return { id: this.#toldId, state, cause: this.#lostCause, remainingMs: 0 }
    }
    const state = session.lease.stateAt(nowMs)
    const cause = state === "live" ? undefined : state === "lost" ? "expired" : this.#cause()
    return { id: session.id, state, cause, remainingMs: Math.max(0, session.lease.untilMs - nowMs) }
  }

  #judge(): void {
    const { session, nowMs } = this.#core
    if (session !== undefined && nowMs >= session.lease.untilMs) this.#lose("expired")
    this.#holds.judge()
    this.#ops.judge()
    this.#bindings.judge()
    this.#pulse.judge()
    if (nowMs >= this.#closeUntilMs) this.#closed()
  }

  #take(input: Input): void {
    switch (input.kind) {
      case "tick":
        return
      case "connected":
        return this.#connected(input)
      case "disconnected":
        return this.#disconnected()
      case "goaway":
        this.#isLeaving = true
        // The last chance before the agent is away for a while.
        return this.#pulse.beat()
      case "health":
        return this.#pulse.answered(input.isWell)
      case "event": {
        const call = this.#core.calls.get(input.call)
        if (call?.meaning.kind === "hold") this.#holds.event(call.meaning.hold, input.event, call.sentMs)
        // It was silent for too long, with all that it held: who asks now gets another one.
        if (isLostBy(input.event, "expired")) this.#lose("expired")
        // Why the session is over only an answer says.
        if (isLostBy(input.event, "session-lost")) this.#pulse.beat()
        return
      }
      case "out":
        return this.#out(this.#core.calls.take(input.call), input.out)
      case "error":
        return this.#error(this.#core.calls.take(input.call), input.failure, input.isDecided)
      case "hold":
        return this.#holds.start(input)
      case "cancel":
        return this.#holds.cancel(input.hold)
      case "release":
        return this.#holds.release(input.hold, input.timeoutMs)
      case "drain":
        return this.#holds.drain(input.hold)
      case "settled":
        return this.#holds.items.settled(input.hold, input.item, input.token)
      case "call":
        return this.#ops.add(input)
      case "bind":
        return this.#bindings.add(input)
      case "unbind":
        return this.#bindings.remove(input.processGroup)
      case "forget":
        return this.#ops.forget(input.ticket)
      case "close":
        return this.#close()
      default:
        return unreachable(input)
    }
  }

  #connected({ heartbeatMs, ttlMs }: { readonly heartbeatMs: number; readonly ttlMs: number }): void {
    if (this.#greeting !== undefined) this.#disconnected()
    this.#greeting = { heartbeatMs, ttlMs }
    this.#isAsked = false
    this.#isUsed = false
    this.#isLeaving = false
    this.#refusal = undefined
  }

  #disconnected(): void {
    const core = this.#core
    this.#greeting = undefined
    this.#isAsked = false
    this.#isOpening = false
    this.#retryMs = 0
    core.isAttached = false
    core.calls.clear()
    this.#pulse.stop()
    this.#holds.disconnected()
    this.#ops.disconnected()
    this.#bindings.disconnected()
    if (this.#closeUntilMs !== Number.POSITIVE_INFINITY) this.#closed()
  }

  #out(call: Call<Meaning> | undefined, out: unknown): void {
    if (call === undefined) return
    const { meaning, sentMs } = call
    switch (meaning.kind) {
      case "hold":
        return this.#holds.out(meaning.hold, out)
      case "op":
        return this.#ops.out(meaning.op, out)
      case "bind":
        return this.#bindings.out(meaning.binding)
      case "unbind":
        return
      case "close":
        return this.#closed()
      case "goodbye":
        return
      case "open":
        return this.#opened(sentMs, out)
      case "attach":
      case "heartbeat":
        return this.#acknowledged(meaning.kind, sentMs, out)
      default:
        return unreachable(meaning)
    }
  }

  #error(call: Call<Meaning> | undefined, failure: Failure, isDecided: boolean): void {
    if (call === undefined) return
    const { meaning } = call
    if (meaning.kind === "goodbye") return
    if (meaning.kind === "close") return this.#closed()
    if (meaning.kind === "op") this.#ops.error(meaning.op, failure, isDecided)
    if (meaning.kind === "open") return this.#notOpened(failure)
    if (meaning.kind === "attach") {
      this.#isOpening = false
      this.#isUsed = false
      this.#retryMs = this.#core.nowMs + RETRY_MS
    }
    // The service has spoken; every other error before the deadline is jeopardy and no loss.
    if (failure.code === "SESSION_LOST") return this.#ended(failure)
    if (meaning.kind === "hold") this.#holds.error(meaning.hold, failure, isDecided)
    // Nothing that it says is about the session's life.
    if (meaning.kind === "bind") return this.#bindings.error(meaning.binding, failure)
    if (meaning.kind === "unbind") return
    this.#refusal = failure.code.toLowerCase().replaceAll("_", "-")
  }

  #opened(sentMs: number, out: unknown): void {
    this.#isOpening = false
    const opened = readOpened(out)
    if (opened === undefined)
      return this.#notOpened(failureOf("INTERNAL", "session.open cannot be understood", { outcome: "unknown" }))
    const lease = new Lease(this.#ttlMs ?? this.#greeting?.ttlMs ?? 0, sentMs, opened.validForMs)
    // It has run out on its way. The next one needs another connection.
    if (lease.stateAt(this.#core.nowMs) === "lost") return
    this.#core.session = { id: opened.id, secret: opened.secret, lease, seqs: new Seqs() }
    this.#attached(sentMs)
  }

  #notOpened(failure: Failure): void {
    this.#isOpening = false
    // Perhaps it was opened after all: then the connection can carry no other.
    this.#isUsed = failure.outcome !== "not-applied"
    this.#retryMs = this.#core.nowMs + RETRY_MS
    // What waits for the session has certainly not been sent.
    const obstacle: Failure = { ...failure, outcome: "not-applied" }
    this.#holds.refused(obstacle)
    this.#ops.refused(obstacle)
    this.#bindings.refused(obstacle)
  }

  #acknowledged(by: "attach" | "heartbeat", sentMs: number, out: unknown): void {
    const validForMs = readValidFor(out)
    const { session } = this.#core
    if (validForMs === undefined || session === undefined) return
    session.lease.acknowledged(sentMs, validForMs)
    this.#refusal = undefined
    if (by === "attach") this.#attached(sentMs)
  }

  #attached(sentMs: number): void {
    this.#isOpening = false
    this.#core.isAttached = true
    this.#lostCause = undefined
    this.#holds.obstacle = undefined
    this.#ops.obstacle = undefined
    this.#bindings.obstacle = undefined
    const heartbeatMs = this.#greeting?.heartbeatMs ?? Number.POSITIVE_INFINITY
    const ttlMs = this.#core.session?.lease.ttlMs ?? Number.POSITIVE_INFINITY
    // Four chances within a TTL, whatever it is.
    this.#pulse.start(Math.min(heartbeatMs, ttlMs / 4), sentMs)
  }

  /** Gets a session where one is needed, or takes the one there is to a new connection. */
  #establish(): void {
    const { session, nowMs, isAttached, calls } = this.#core
    if (this.#isClosed || isAttached || this.#isOpening || nowMs < this.#retryMs) return
    if (session === undefined && !this.#isWanted) return
    if (this.#greeting === undefined) return this.#ask("connect")
    if (session === undefined && this.#isUsed) return this.#ask("reconnect")
    this.#isOpening = true
    this.#isUsed = true
    if (session !== undefined) {
      const { id, secret } = session
      calls.send(this.#core, { kind: "attach" }, { op: "session.attach", in: { id, secret } })
      return
    }
    const input = this.#ttlMs === undefined ? {} : { ttlMs: this.#ttlMs }
    const timeoutMs = agentTimeoutMs(this.#patienceMs)
    calls.send(this.#core, { kind: "open" }, { op: "session.open", in: input, timeoutMs })
  }

  /** Once for each connection. */
  #ask(kind: "connect" | "reconnect"): void {
    if (!this.#isAsked) this.#core.effects.push({ kind })
    this.#isAsked = true
  }

  /**
   * A host that leaves for good ends its sessions when nobody believes in them: all that this one held has been told as
   * lost, so that it need not wait for the deadline. Where other processes act for the session, only that proves it.
   */
  #ended({ details }: Failure): void {
    const core = this.#core
    const isAlone = this.#bindings.isEmpty
    this.#lose("session-lost")
    if (details["cause"] !== "left" || !isAlone) return
    core.calls.send(core, { kind: "goodbye" }, { op: "session.close", in: {} })
  }

  #lose(cause: string): void {
    const core = this.#core
    const { session } = core
    if (session === undefined) return
    core.session = undefined
    core.isAttached = false
    this.#isOpening = false
    this.#retryMs = 0
    this.#lostCause = cause
    this.#toldId = session.id
    this.#pulse.stop()
    this.#holds.lost(cause)
    this.#ops.lost(cause)
    this.#bindings.lost(cause)
    core.calls.clear()
    if (this.#closeUntilMs !== Number.POSITIVE_INFINITY) this.#closed()
  }

  #close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    const core = this.#core
    this.#holds.close()
    this.#ops.close()
    this.#bindings.close()
    this.#pulse.stop()
    if (core.session === undefined || !core.isAttached) return this.#closed()
    core.calls.clear()
    core.calls.send(core, { kind: "close" }, { op: "session.close", in: {} })
    this.#closeUntilMs = core.nowMs + CLOSE_MS
  }

  #closed(): void {
    this.#closeUntilMs = Number.POSITIVE_INFINITY
    this.#core.session = undefined
    this.#core.isAttached = false
    this.#lostCause = "closed"
    this.#core.effects.push({ kind: "closed" })
  }

  #tell(): void {
    const { state, cause, id } = this.sessionAt(this.#core.nowMs)
    if (state === this.#told && id === this.#toldId) return
    this.#told = state
    this.#toldId = id
    this.#core.effects.push({ kind: "session", state, cause })
  }

  get #isWanted(): boolean {
    return this.#holds.wantsSession || this.#ops.wantsSession || this.#bindings.wantsSession
  }

  /** How long whoever waits for a session is ready to wait for this try. */
  get #patienceMs(): number {
    return Math.max(this.#holds.patienceMs, this.#ops.patienceMs, this.#bindings.patienceMs)
  }

  /** Why no answer comes, as far as this side knows. */
  #cause(): string {
    if (this.#greeting === undefined) return "agent-gone"
    if (!this.#pulse.isWell) return "unhealthy"
    if (this.#isLeaving) return "draining"
    return this.#refusal ?? "no-answer"
  }
}

function isLostBy(event: unknown, reason: string): boolean {
  if (typeof event !== "object" || event === null) return false
  return "type" in event && event.type === "lost" && "reason" in event && event.reason === reason
}
