import type { Socket } from "node:net"
import { Connection } from "./connection.ts"
import { ConclaveError, closedError, invalidError, lostError, timeoutError } from "./errors.ts"
import { onAbort } from "./on-abort.ts"

const RETRY_MIN_MS = 20
const RETRY_MAX_MS = 1000
/** A connection that lives shorter than this was none: the next one is not opened at once. */
const STEADY_MS = 1000
/** What a timer can wait. */
const TIMER_MS_MAX = 2 ** 31 - 1

/**
 * Keeps at most one connection. It is opened when somebody needs it and opened again while somebody does; the process is
 * kept alive only while a call is pending.
 */
export class Reconnector {
  readonly #path: string
  readonly #app: string
  readonly #listeners: Set<(connection: Connection) => void> = new Set()
  readonly #closing: AbortController = new AbortController()
  #connection: Connection | undefined
  #opening: Promise<Connection> | undefined
  #timer: NodeJS.Timeout | undefined
  #retryMs = RETRY_MIN_MS
  /** The socket of the connection, or of the attempt to open one. */
  #socket: Socket | undefined
  #pending = 0
  #openedAtMs = 0
  #lostAtMs = 0

  constructor(path: string, app: string) {
    this.#path = path
    this.#app = app
  }

  get isClosed(): boolean {
    return this.#closing.signal.aborted
  }

  /** How long the agent has not been heard of; 0 while connected. */
  get ageMs(): number {
    return this.#connection !== undefined ? 0 : Math.max(0, Math.round(performance.now() - this.#lostAtMs))
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

  /** Attempts until one succeeds or `deadlineMs` (of `performance.now()`) has passed; then the last error. */
  async until(deadlineMs: number, signal: AbortSignal): Promise<Connection> {
    for (let waitMs = RETRY_MIN_MS; ; waitMs = Math.min(RETRY_MAX_MS, waitMs * 2)) {
      try {
        return await this.once(signal)
      } catch (error) {
        const final = !ConclaveError.is(error) || !error.retryable
        if (final || this.isClosed || performance.now() + waitMs > deadlineMs) throw error
        await abortable(new Promise((resolve) => setTimeout(resolve, waitMs)), signal)
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
    const timer = timeoutMs > TIMER_MS_MAX ? undefined : setTimeout(late, timeoutMs)
    this.hold(1)
    try {
      return await abortable(work(mine.signal, performance.now() + timeoutMs), mine.signal)
    } finally {
      this.hold(-1)
      clearTimeout(timer)
      for (const each of forget) each()
    }
  }

  /** A call begins (1) or ends (-1). */
  hold(by: 1 | -1): void {
    this.#pending += by
    this.#holdSocket()
    if (this.#pending > 0) this.#timer?.ref()
    else this.#timer?.unref()
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
    clearTimeout(this.#timer)
    this.#listeners.clear()
    this.#connection?.close()
  }

  async #open(): Promise<Connection> {
    let opened: Connection | undefined
    const connection = await Connection.open(this.#path, {
      app: this.#app,
      signal: this.#closing.signal,
      onSocket: (socket) => {
        this.#socket = socket
        this.#holdSocket()
      },
      onClose: () => {
        if (opened !== undefined) this.#gone(opened)
      },
    })
    if (this.isClosed) connection.close()
    if (!connection.isOpen) throw this.isClosed ? closedError() : lostError("hello", true)
    opened = connection
    this.#connection = connection
    this.#openedAtMs = performance.now()
    for (const listener of this.#listeners) listener(connection)
    return connection
  }

  #gone(connection: Connection): void {
    if (this.#connection !== connection) return
    this.#connection = undefined
    this.#lostAtMs = performance.now()
    if (this.#lostAtMs - this.#openedAtMs > STEADY_MS) this.#retryMs = RETRY_MIN_MS
    if (this.#listeners.size > 0 && !this.isClosed) this.#retry(this.#retryMs)
  }

  #holdSocket(): void {
    // One that is gone would keep a listener for each time that it is told.
    if (this.#socket?.destroyed === true) return
    if (this.#pending > 0) this.#socket?.ref()
    else this.#socket?.unref()
  }

  #retry(waitMs: number): void {
    clearTimeout(this.#timer)
    // Clients of one agent do not come back all at once.
    const spreadMs = waitMs * (0.5 + Math.random() / 2)
    this.#timer = setTimeout(() => {
      this.#retryMs = Math.min(RETRY_MAX_MS, this.#retryMs * 2)
      this.once(this.#closing.signal).catch(() => {
        if (this.#listeners.size > 0 && !this.isClosed) this.#retry(this.#retryMs)
      })
    }, spreadMs)
    if (this.#pending === 0) this.#timer.unref()
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
