import { Elapsed } from "./elapsed.ts"
import { closedError, errorOf, invalidError } from "./errors.ts"
import { type GrantNamed, type HoldListener, HoldListeners, type NamedItem, type Released } from "./hold-listeners.ts"
import { onAbort, unlessAborted } from "./on-abort.ts"
import type { Timer } from "./ports.ts"
import type { Reconnector } from "./reconnector.ts"
import { SessionConnection, type SessionTrace } from "./session-connection.ts"
import { SessionCore } from "./session-core/session-core.ts"
import type { Effect, Input, PlaceRequest, SessionState } from "./session-core/types.ts"

/** What a timer can wait. */
const TIMER_MS_MAX = 2 ** 31 - 1

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
  readonly #clock: Elapsed
  readonly #core: SessionCore
  readonly #holds: HoldListeners
  readonly #connection: SessionConnection
  readonly #tickets: Map<number, Waiting> = new Map()
  readonly #watchers: Set<() => void> = new Set()
  /** Inputs that came while another one was taken. */
  readonly #inputs: Input[] = []
  #isStepping = false
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
    this.#health = options.health
    this.#core = new SessionCore({ ttlMs: options.ttlMs, hasHealth: options.health !== undefined }, this.#clock.read())
    this.#holds = new HoldListeners((by) => reconnector.hold(by))
    this.#connection = new SessionConnection({
      feed: (input) => this.#feed(input),
      sessionId: () => this.session.id,
      trace: options.trace,
    })
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
    this.#holds.add(hold, request, listener)
    this.#feed({ kind: "hold", hold, request, waitMs })
    return hold
  }

  /** It never becomes ours; nothing more is heard of it. */
  cancel(hold: number): void {
    this.#holds.forget(hold)
    this.#feed({ kind: "cancel", hold })
  }

  /** `settle` is called once. */
  release(hold: number, timeoutMs: number, settle: Released): void {
    this.#holds.awaitRelease(hold, settle)
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
    const hold = this.#holds.granted(input)
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
        this.#unsubscribe ??= this.#reconnector.subscribe((connection) => this.#connection.use(connection))
        return
      case "reconnect":
        return this.#reconnector.renew()
      case "send":
        return this.#connection.send(effect)
      case "end":
        return this.#connection.end(effect.call)
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
        return this.#holds.tell(effect)
    }
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
