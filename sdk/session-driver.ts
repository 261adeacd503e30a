import type { Connection } from "./connection.ts"
import { Elapsed } from "./elapsed.ts"
import { type ConclaveError, closedError, errorOf, invalidError } from "./errors.ts"
import { onAbort, unlessAborted } from "./on-abort.ts"
import type { Timer } from "./ports.ts"
import type { Reconnector } from "./reconnector.ts"
import type { Json } from "./session-core/outcomes.ts"
import { SessionCore } from "./session-core/session-core.ts"
import type { BarrierOpening, Effect, Input, PlaceRequest, SessionState } from "./session-core/types.ts"

/** What a timer can wait. */
const TIMER_MS_MAX = 2 ** 31 - 1

/** What happens to one hold, each at its time. */
export interface HoldListener {
  readonly queued?: (position: number, holders: readonly Json[]) => void
  /** `id`: of a member or a worker. */
  readonly granted?: (token: bigint, rev: bigint, id: string | undefined) => void
  readonly revoking?: (by: string | null, reason: string, deadlineMs: number | undefined) => void
  /** `rev`: of a worker that has handed back all, where it is known. */
  readonly lost?: (reason: string, rev?: bigint | undefined) => void
  /** Of a worker: each item that it is given, and what becomes of it. */
  readonly assigned?: (item: AssignedItem) => void
  readonly itemRevoking?: (
    item: NamedItem,
    asked: { readonly by: string | null; readonly reason: string; readonly deadlineMs: number | undefined },
  ) => void
  readonly itemLost?: (item: NamedItem, reason: string) => void
  /** Of a barrier. */
  readonly opened?: (opening: BarrierOpening) => void
  /** It was never granted. */
  readonly failed: (error: ConclaveError) => void
}

/** One assignment of an item. */
export interface NamedItem {
  readonly item: string
  readonly token: bigint
}

export interface AssignedItem extends NamedItem {
  readonly rev: bigint
  readonly payload: Json
  readonly checkpoint: Json
  readonly attempt: number
}

/** What passes between a session and its agent, as the agent has it; for whoever writes histories. */
export interface SessionTrace {
  /** Before the first byte of a frame is written; one that is sent again has the `seq` that it had. */
  readonly sent: (frame: TracedFrame) => void
  /** Before anything is made of it. */
  readonly told: (frame: TracedFrame, body: { readonly event: unknown } | { readonly out: unknown }) => void
}

export interface TracedFrame {
  readonly session: string | null
  readonly op: string
  readonly in: Readonly<Record<string, unknown>>
  readonly seq: number | undefined
}

/** A session as its application sees it. */
export interface SessionView {
  /** null until one was opened. */
  readonly id: string | null
  /** jeopardy = half the TTL has passed without an answer, or a fifth of it is left; lost = the deadline has passed. */
  readonly state: SessionState
  /** Why it is not live. */
  readonly cause?: string
  /** Up to the deadline, in ms. */
  readonly remainingMs: number
}

interface Held {
  readonly listener: HoldListener
  readonly request: PlaceRequest
  token: bigint | undefined
}

/** How an operation that acts for a holder names the grant; without `kind` it is an election. */
export interface GrantNamed {
  readonly kind?: string
  readonly name: string
  readonly token: bigint
}

interface CallTimes {
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
}

interface Waiting {
  readonly resolve: (out: unknown) => void
  readonly reject: (error: unknown) => void
}

/**
 * Puts the session core into the world: the clock, one alarm, and the connection of the day. Promises begin here. The
 * process is kept alive while a hold waits, a grant is held or a call is pending.
 */
export class SessionDriver {
  readonly #reconnector: Reconnector
  readonly #health: (() => boolean | Promise<boolean>) | undefined
  readonly #trace: SessionTrace | undefined
  readonly #clock: Elapsed
  readonly #core: SessionCore
  readonly #holds: Map<number, Held> = new Map()
  /** What is granted, by its token. */
  readonly #granted: Map<bigint, number> = new Map()
  /** Who waits for a release. */
  readonly #releases: Map<number, (error: ConclaveError | undefined, rev: bigint | undefined) => void> = new Map()
  readonly #tickets: Map<number, Waiting> = new Map()
  readonly #watchers: Set<() => void> = new Set()
  /** Inputs that came while another one was taken. */
  readonly #inputs: Input[] = []
  #isStepping = false
  #connection: Connection | undefined
  /** How to finish the streams of the present connection. */
  #ends: Map<number, () => void> = new Map()
  #timer: Timer | undefined
  /** When it fires, by the monotonic clock. */
  #firesMs = 0
  #unsubscribe: (() => void) | undefined
  #last = 0
  #closing: Promise<void> | undefined
  #onClosed: () => void = () => {}

  constructor(
    reconnector: Reconnector,
    options: {
      readonly ttlMs?: number | undefined
      readonly health?: (() => boolean | Promise<boolean>) | undefined
      readonly trace?: SessionTrace | undefined
    },
  ) {
    this.#reconnector = reconnector
    this.#clock = new Elapsed(reconnector.ports.clocks)
    this.#trace = options.trace
    this.#health = options.health
    this.#core = new SessionCore({ ttlMs: options.ttlMs, hasHealth: options.health !== undefined }, this.#clock.read())
  }

  get isClosed(): boolean {
    return this.#closing !== undefined || this.#reconnector.isClosed
  }

  get session(): SessionView {
    const { cause, ...view } = this.#core.sessionAt(this.#clock.read())
    return cause === undefined ? view : { ...view, cause }
  }

  /** Calls `on` at each change of the session's state until the result is called. */
  watch(on: () => void): () => void {
    this.#watchers.add(on)
    return () => {
      this.#watchers.delete(on)
    }
  }

  /** Starts a hold; the result names it. */
  hold(request: PlaceRequest, waitMs: number, listener: HoldListener): number {
    const hold = ++this.#last
    this.#holds.set(hold, { listener, request, token: undefined })
    this.#reconnector.hold(1)
    this.#feed({ kind: "hold", hold, request, waitMs })
    return hold
  }

  /** It never becomes ours; nothing more is heard of it. */
  cancel(hold: number): void {
    this.#forget(hold)
    this.#feed({ kind: "cancel", hold })
  }

  /** `settle` is called once: committed at a revision, or why not. */
  release(
    hold: number,
    timeoutMs: number,
    settle: (error: ConclaveError | undefined, rev: bigint | undefined) => void,
  ): void {
    this.#releases.set(hold, settle)
    this.#feed({ kind: "release", hold, timeoutMs })
  }

  /** A worker gets nothing any more; `lost` with `released` says that it has given back what it had. */
  drain(hold: number): void {
    this.#feed({ kind: "drain", hold })
  }

  /** An item is given back: nothing more is heard of it. */
  settled(hold: number, { item, token }: NamedItem): void {
    this.#feed({ kind: "settled", hold, item, token })
  }

  /** What is left of an item of a worker, by the clock and not by any event. */
  itemRemainingMs(hold: number, { item, token }: NamedItem): number {
    return this.#core.itemRemainingMs(hold, item, token, this.#clock.read())
  }

  /** What is left of a grant, by the clock and not by any event; 0 where there is none. */
  remainingMs(hold: number): number {
    return this.#core.remainingMs(hold, this.#clock.read())
  }

  /** What a renewal of the session is good for, in ms; 0 while there is no session. */
  get ttlMs(): number {
    return this.#core.ttlMs
  }

  /** How long it takes to jeopardy if no answer comes, in ms; none where it is there already. */
  get calmMs(): number {
    return this.#core.calmMs(this.#clock.read())
  }

  /**
   * A write with one answer, applied at most once; one that is insistent until it is decided, whoever waits for that.
   */
  call(
    op: string,
    input: Readonly<Record<string, unknown>>,
    o: CallTimes & { readonly hold?: number; readonly isInsistent?: boolean },
  ): Promise<unknown> {
    const { timeoutMs, hold, isInsistent } = o
    return this.#answered(o, (ticket) => ({ kind: "call", ticket, op, in: input, hold, isInsistent, timeoutMs }))
  }

  /**
   * An operation that acts for a holder. Where that is a grant of this session, whoever acts under it hears first of
   * what ends it.
   */
  async act(op: string, input: GrantNamed, o: CallTimes): Promise<unknown> {
    const hold = this.#holdNamed(input)
    if (hold === undefined) return await this.call(op, { ...input }, o)
    if (op !== "hold.release") return await this.call(op, { ...input }, { hold, ...o })
    o.signal?.throwIfAborted()
    const released = new Promise<unknown>((resolve, reject) =>
      this.release(hold, o.timeoutMs, (error, rev) =>
        error === undefined ? resolve({ rev: String(rev), released: true }) : reject(error),
      ),
    )
    return await unlessAborted(released, o.signal)
  }

  #holdNamed({ kind = "election", name, token }: GrantNamed): number | undefined {
    const hold = this.#granted.get(token)
    const request = hold === undefined ? undefined : this.#holds.get(hold)?.request
    if (request?.kind !== kind) return undefined
    const { names = [] } = request as { readonly names?: readonly string[] }
    return request.name === name || names.includes(name) ? hold : undefined
  }

  /** Resolves when the agent knows that a process group acts for the session, as every later one will be told. */
  async bind(processGroup: number, o: CallTimes): Promise<void> {
    await this.#answered(o, (ticket) => ({ kind: "bind", ticket, processGroup, timeoutMs: o.timeoutMs }))
  }

  /** A process group has ended: no agent is told of it any more. */
  unbind(processGroup: number): void {
    this.#feed({ kind: "unbind", processGroup })
  }

  async #answered({ timeoutMs, signal }: CallTimes, inputOf: (ticket: number) => Input): Promise<unknown> {
    if (!(timeoutMs > 0)) throw invalidError("timeoutMs", "timeoutMs is a number over 0")
    signal?.throwIfAborted()
    if (this.isClosed) throw closedError()
    const ticket = ++this.#last
    this.#reconnector.hold(1)
    let forget = (): void => {}
    try {
      return await new Promise((resolve, reject) => {
        this.#tickets.set(ticket, { resolve, reject })
        forget = onAbort(signal, () => {
          reject(signal?.reason)
          this.#feed({ kind: "forget", ticket })
        })
        this.#feed(inputOf(ticket))
      })
    } finally {
      forget()
      this.#tickets.delete(ticket)
      this.#reconnector.hold(-1)
    }
  }

  /** Gives everything back and ends the session; resolves when the agent knows, or cannot be told. */
  close(): Promise<void> {
    this.#closing ??= new Promise((resolve) => {
      this.#onClosed = resolve
      this.#reconnector.hold(1)
      this.#feed({ kind: "close" })
    })
    return this.#closing
  }

  #feed(input: Input): void {
    this.#inputs.push(input)
    if (this.#isStepping) return
    this.#isStepping = true
    try {
      for (let next = this.#inputs.shift(); next !== undefined; next = this.#inputs.shift())
        for (const effect of this.#core.step(this.#clock.read(), next)) this.#do(effect)
    } finally {
      this.#isStepping = false
      this.#arm()
    }
  }

  /** Most deadlines are put off again and again: a timer that is early enough stays, and finds out when it fires. */
  #arm(): void {
    const waitMs = Math.min(Math.max(0, this.#core.nextDeadlineMs - this.#clock.read()), TIMER_MS_MAX)
    const { nowMs, ports } = this.#reconnector
    if (this.#timer !== undefined && this.#firesMs <= nowMs + waitMs) return
    this.#timer?.clear()
    this.#timer = undefined
    if (this.#core.nextDeadlineMs === Number.POSITIVE_INFINITY) return
    this.#firesMs = nowMs + waitMs
    this.#timer = ports.timer(waitMs, () => {
      this.#timer = undefined
      this.#feed({ kind: "tick" })
    })
    // What keeps the process alive is the socket, or the attempt to open one.
    this.#timer.keepAlive(false)
  }

  #do(effect: Effect): void {
    switch (effect.kind) {
      case "connect":
        this.#unsubscribe ??= this.#reconnector.subscribe((connection) => this.#connected(connection))
        return
      case "reconnect":
        return this.#reconnector.renew()
      case "send":
        return this.#send(effect)
      case "end":
        this.#ends.get(effect.call)?.()
        return
      case "checkHealth":
        this.#checkHealth()
        return
      case "session":
        for (const each of [...this.#watchers]) each()
        return
      case "settled": {
        const waiting = this.#tickets.get(effect.ticket)
        if (effect.failure === undefined) waiting?.resolve(effect.out)
        else waiting?.reject(errorOf(effect.failure))
        return
      }
      case "closed":
        this.#unsubscribe?.()
        this.#reconnector.hold(-1)
        return this.#onClosed()
      default:
        return this.#tell(effect)
    }
  }

  #tell(effect: Effect & { readonly hold: number }): void {
    const { hold } = effect
    const held = this.#holds.get(hold)
    const listener = held?.listener
    switch (effect.kind) {
      case "queued":
        listener?.queued?.(effect.position, effect.holders)
        return
      case "granted":
        if (held !== undefined) held.token = effect.token
        this.#granted.set(effect.token, hold)
        return listener?.granted?.(effect.token, effect.rev, effect.id)
      case "revoking":
        return listener?.revoking?.(effect.by, effect.reason, effect.deadlineMs)
      case "lost":
        // The answer to a release is waited for.
        if (effect.reason !== "released" || !this.#releases.has(hold)) this.#forget(hold)
        return listener?.lost?.(effect.reason, effect.rev)
      case "assigned":
        return listener?.assigned?.(effect)
      case "itemRevoking":
        return listener?.itemRevoking?.(effect, effect)
      case "itemLost":
        return listener?.itemLost?.(effect, effect.reason)
      case "opened": {
        this.#forget(hold)
        const { generation, index, rev } = effect
        return listener?.opened?.({ generation, index, rev })
      }
      case "failed":
        this.#forget(hold)
        return listener?.failed(errorOf(effect.failure))
      case "released": {
        this.#forget(hold)
        const settle = this.#releases.get(hold)
        this.#releases.delete(hold)
        return settle?.(effect.failure === undefined ? undefined : errorOf(effect.failure), effect.rev)
      }
    }
  }

  #forget(hold: number): void {
    const held = this.#holds.get(hold)
    if (held === undefined) return
    this.#holds.delete(hold)
    if (held.token !== undefined) this.#granted.delete(held.token)
    this.#reconnector.hold(-1)
  }

  #connected(connection: Connection): void {
    this.#connection = connection
    this.#ends = new Map()
    connection.attend({
      goaway: () => this.#feed({ kind: "goaway" }),
      closed: () => {
        if (this.#connection !== connection) return
        this.#connection = undefined
        this.#feed({ kind: "disconnected" })
      },
    })
    this.#feed({ kind: "connected", ...connection.rhythm })
  }

  #send({ call, op, in: input, seq, floor, timeoutMs }: Effect & { readonly kind: "send" }): void {
    const frame = { session: this.#trace === undefined ? null : this.session.id, op, in: input, seq }
    if (this.#connection !== undefined) this.#trace?.sent(frame)
    const end = this.#connection?.begin(
      { op, in: input, seq, floor, timeoutMs },
      {
        event: (event) => {
          this.#trace?.told(frame, { event })
          this.#feed({ kind: "event", call, event })
        },
        answer: (answer) => {
          this.#ends.delete(call)
          if ("out" in answer) {
            this.#trace?.told(frame, answer)
            return this.#feed({ kind: "out", call, out: answer.out })
          }
          const { code, message, outcome, retryable, hint, details } = answer.error
          const failure = { code, message, outcome, retryable, hint, details }
          this.#feed({ kind: "error", call, failure, isDecided: answer.isDecided })
        },
      },
    )
    if (end !== undefined && (op === "hold" || op === "barrier")) this.#ends.set(call, end)
  }

  async #checkHealth(): Promise<void> {
    let isWell = false
    try {
      isWell = (await this.#health?.()) === true
    } catch {
      // What cannot tell whether it is well is not.
    }
    this.#feed({ kind: "health", isWell })
  }
}
