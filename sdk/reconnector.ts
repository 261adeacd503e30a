import { Connection } from "./connection.ts"
import { ConclaveError, closedError, invalidError, lostError, timeoutError } from "./errors.ts"
import { onAbort } from "./on-abort.ts"
import type { SdkPorts, Timer, Wire } from "./ports.ts"

const RETRY_MIN_MS = 20
const RETRY_MAX_MS = 1000
/** A connection that lives shorter than this was none: the next one is not opened at once. */
const STEADY_MS = 1000
/** What a timer can wait. */
const TIMER_MS_MAX = 2 ** 31 - 1

/**
 * Keeps at most one connection. It is opened when somebody needs it and opened again while somebody does; the process
 * is kept alive only while a call is pending.
 */
export class Reconnector {
  readonly ports: SdkPorts
  readonly #path: string
  readonly #app: string
  readonly #listeners: Set<(connection: Connection) => void> = new Set()
  readonly #closing: AbortController = new AbortController()
  #connection: Connection | undefined
  #opening: Promise<Connection> | undefined
  #timer: Timer | undefined
  #retryMs = RETRY_MIN_MS
  /** Of the connection, or of the attempt to open one. */
  #wire: Wire | undefined
  #pending = 0
  #openedAtMs = 0
  #lostAtMs = 0

  constructor(path: string, app: string, ports: SdkPorts) {
    this.ports = ports
    this.#path = path
    this.#app = app
  }

  get isClosed(): boolean {
    return this.#closing.signal.aborted
  }

  /** By the monotonic clock. */
  get nowMs(): number {
    return this.ports.clocks.monotonicMs()
  }

  /** How long the agent has not been heard of; 0 while connected. */
  get ageMs(): number {
    return this.#connection !== undefined ? 0 : Math.max(0, Math.round(this.nowMs - this.#lostAtMs))
  }

  /** Calls `on` with each new connection, the present one included, until the result is called. Keeps reconnecting. */
  subscribe(on: (connection: Connection) => void): () => void {
    this.#listeners.add(on)
    if (this.#connection !== undefined) on(this.#connection)
    else this.#retry(0)
    return () => {
      this.#listeners.delete(on)
    }
  }

  get path(): string {
    return this.#path
  }

  /** One attempt. */
  async once(signal: AbortSignal): Promise<Connection> {
    if (this.isClosed) throw closedError()
    if (this.#connection?.isOpen === true) return this.#connection
    this.#opening ??= this.#open().finally(() => {
      this.#opening = undefined
    })
    return await abortable(this.#opening, signal)
  }

  /** Attempts until one succeeds or `deadlineMs` (of `nowMs`) is near, where the last one is made; then its error. */
  async until(deadlineMs: number, signal: AbortSignal): Promise<Connection> {
    for (let waitMs = RETRY_MIN_MS; ; waitMs = Math.min(RETRY_MAX_MS, waitMs * 2)) {
      try {
        return await this.once(signal)
      } catch (error) {
        const final = !ConclaveError.is(error) || !error.retryable
        const leftMs = deadlineMs - RETRY_MIN_MS - this.nowMs
        if (final || this.isClosed || leftMs <= 0) throw error
        await abortable(this.pause(Math.min(waitMs, leftMs)), signal)
      }
    }
  }

  /** While `work` runs the process stays alive, and it ends by `timeoutMs` or `signal`. */
  async bounded<T>(
    op: string,
    limits: { readonly timeoutMs: number; readonly signal: AbortSignal | undefined },
    work: (signal: AbortSignal, deadlineMs: number) => Promise<T>,
  ): Promise<T> {
    const { timeoutMs, signal } = limits
    if (!(timeoutMs > 0)) throw invalidError("timeoutMs", "timeoutMs is a number over 0")
    signal?.throwIfAborted()
    if (this.isClosed) throw closedError()
    const mine = new AbortController()
    const forget = [
      onAbort(signal, () => mine.abort(signal?.reason)),
      onAbort(this.#closing.signal, () => mine.abort(closedError())),
    ]
    const late = (): void => mine.abort(timeoutError(op, timeoutMs, this.#connection !== undefined))
    const timer = timeoutMs > TIMER_MS_MAX ? undefined : this.ports.timer(timeoutMs, late)
    this.hold(1)
    try {
      return await abortable(work(mine.signal, this.nowMs + timeoutMs), mine.signal)
    } finally {
      this.hold(-1)
      timer?.clear()
      for (const each of forget) each()
    }
  }

  /** Keeps the process alive meanwhile. */
  pause(ms: number): Promise<void> {
    return new Promise((resolve) => this.ports.timer(ms, resolve))
  }

  /** A call begins (1) or ends (-1). */
  hold(by: 1 | -1): void {
    this.#pending += by
    this.#holdWire()
    this.#timer?.keepAlive(this.#pending > 0)
  }

  /** The present connection is used up: it is closed, and another one opened for the subscribers. */
  renew(): void {
    this.#connection?.close()
  }

  /** Called when the client is closed. */
  get closing(): AbortSignal {
    return this.#closing.signal
  }

  close(): void {
    if (this.isClosed) return
    this.#closing.abort(closedError())
    this.#timer?.clear()
    this.#listeners.clear()
    this.#connection?.close()
  }

  async #open(): Promise<Connection> {
    let opened: Connection | undefined
    const connection = await Connection.open(this.#path, {
      ports: this.ports,
      app: this.#app,
      signal: this.#closing.signal,
      onWire: (wire) => {
        this.#wire = wire
        this.#holdWire()
      },
      onClose: () => {
        if (opened !== undefined) this.#gone(opened)
      },
    })
    if (this.isClosed) connection.close()
    if (!connection.isOpen) throw this.isClosed ? closedError() : lostError("hello", true)
    opened = connection
    this.#connection = connection
    this.#openedAtMs = this.nowMs
    for (const listener of this.#listeners) listener(connection)
    return connection
  }

  #gone(connection: Connection): void {
    if (this.#connection !== connection) return
    this.#connection = undefined
    this.#lostAtMs = this.nowMs
    if (this.#lostAtMs - this.#openedAtMs > STEADY_MS) this.#retryMs = RETRY_MIN_MS
    if (this.#listeners.size > 0 && !this.isClosed) this.#retry(this.#retryMs)
  }

  #holdWire(): void {
    // One that is gone would keep a listener for each time that it is told.
    if (this.#wire?.isGone() === false) this.#wire.keepAlive(this.#pending > 0)
  }

  #retry(waitMs: number): void {
    this.#timer?.clear()
    // Clients of one agent do not come back all at once.
    const spreadMs = waitMs * (0.5 + this.ports.random() / 2)
    this.#timer = this.ports.timer(spreadMs, () => {
      this.#retryMs = Math.min(RETRY_MAX_MS, this.#retryMs * 2)
      this.once(this.#closing.signal).catch(() => {
        if (this.#listeners.size > 0 && !this.isClosed) this.#retry(this.#retryMs)
      })
    })
    this.#timer.keepAlive(this.#pending > 0)
  }
}

/** Rejects with the signal's reason, untouched, as soon as it aborts. */
function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) {
    promise.catch(() => {})
    return Promise.reject(signal.reason)
  }
  return new Promise((resolve, reject) => {
    const aborted = (): void => reject(signal.reason)
    signal.addEventListener("abort", aborted, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", aborted))
  })
}
