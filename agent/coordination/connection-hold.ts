import type { Millis } from "@conclave/base"
import type { Feed } from "../api/feed.ts"
import type { HoldEvent } from "../api/hold-objects.ts"
import { isProblem, type Problem } from "../api/problem.ts"
import type { Alarm, Clock } from "../ports.ts"
import { awaitState } from "./await-state.ts"
import type { Cluster } from "./cluster.ts"
import type { HoldStream } from "./hold-stream.ts"
import type { LocalSession, SessionOwner } from "./local-session.ts"
import type { SessionBook } from "./session-book.ts"

const BEAT_MS = 1000
/** So long the cluster has to end what it was to end by its own clock. */
const OWN_END_MS = 5000

export interface ConnectionHoldOptions {
  readonly book: SessionBook
  readonly cluster: Cluster
  readonly clock: Clock
  readonly ttlMs: number
  readonly timeoutMs: number
  readonly onReadable: () => void
  /** Asks for the hold, as the session's first request. */
  readonly start: (session: LocalSession, secret: string, onReadable: () => void) => HoldStream
}

/**
 * A hold over plain HTTP: it has a session of its own, which ends when the client closes the connection. Once a second
 * it says how long the grant is good for, and at which moment of the boot clock that was computed.
 */
export class ConnectionHold implements Feed, SessionOwner {
  readonly #options: ConnectionHoldOptions
  readonly #beats: Alarm
  #session: LocalSession | undefined
  #stream: HoldStream | undefined
  #refusal: Problem | undefined
  /** The newest word on how long it is good for: what was not read is replaced. */
  #beat: HoldEvent | undefined
  #isGranted = false
  #isInJeopardy = false
  /** Its client was told that its time is over: it has not closed it. */
  #isExpired = false
  #isClosed = false

  constructor(options: ConnectionHoldOptions) {
    this.#options = options
    this.#beats = options.clock.alarm(() => this.#tick())
    const { book, clock, ttlMs, timeoutMs, start, onReadable } = options
    const request = { ttlMs, liveness: "connection", app: "", pid: undefined, processes: [], owner: this } as const
    book.open(request, (clock.now() + timeoutMs) as Millis, (opened) => {
      if (isProblem(opened)) {
        this.#refusal = opened
        return onReadable()
      }
      const { session, secret } = opened
      this.#session = session
      if (this.#isClosed) return book.close(session, "closed", () => {})
      book.promise(session)
      this.#stream = start(session, secret, onReadable)
      // What it had to say at once was said before it was known here.
      onReadable()
    })
  }

  readonly take = (): HoldEvent | undefined => {
    const event = this.#stream?.take()
    if (event?.type === "granted") {
      this.#isGranted = true
      this.#arm()
    }
    if (event !== undefined) return event
    // After the last word of the hold nothing is said of it.
    if (this.isOver()) return undefined
    const beat = this.#beat
    this.#beat = undefined
    return beat
  }

  readonly isOver = (): boolean => this.#refusal !== undefined || (this.#stream?.isOver() ?? false)

  /** The loss was the last event; what never was granted, says why. */
  readonly ending = (): { readonly out: object } | { readonly error: Problem } => {
    if (this.#refusal !== undefined) return { error: this.#refusal }
    const ending = this.#stream?.ending() ?? { out: {} }
    return this.#stream?.token === undefined ? ending : { out: {} }
  }

  readonly close = (): void => {
    if (this.#isClosed) return
    this.#leave()
    const session = this.#session
    const stream = this.#stream
    if (session === undefined) return
    const end = (): void => {
      if (session.end === undefined) this.#options.book.close(session, this.#isExpired ? "silent" : "closed", () => {})
    }
    if (stream?.isAhead !== true) return end()
    // Its client did not give it back: the history is to say why it was lost, as the client was told.
    const { cluster, clock } = this.#options
    awaitState(
      { cluster, clock, waitMs: OWN_END_MS },
      (state) => state.hold(session.id, stream.command.seq) === undefined,
      end,
    )
  }

  /**
   * The client may act on a grant until its deadline, so that the time to live decides; whoever waits, waits no more.
   */
  readonly leave = (): void => {
    if (this.#stream?.token === undefined) this.close()
    else this.#leave()
  }

  #leave(): void {
    this.#isClosed = true
    this.#beats.clear()
    this.#stream?.close()
  }

  sessionOver(): void {
    this.#beats.clear()
  }

  #tick(): void {
    const session = this.#session
    if (session === undefined || this.#isClosed || this.isOver()) return
    const { book, clock, onReadable } = this.#options
    const atBootMs = clock.bootMs()
    const promisedMs = book.promise(session)
    const validForMs = Math.min(promisedMs, this.#stream?.leftMs ?? promisedMs)
    // Nobody may act on it any more, whether or not the cluster has ended it already.
    if (promisedMs === 0 && this.#isGranted) {
      this.#isExpired = true
      return this.#stream?.sessionOver("expired")
    }
    if (validForMs === 0 && this.#isGranted) return this.#stream?.expired()
    const wasInJeopardy = this.#isInJeopardy
    this.#isInJeopardy = promisedMs < session.ttlMs / 2
    const times = { validForMs, atBootMs }
    if (this.#isInJeopardy)
      this.#beat = { type: "jeopardy", ...times, cause: "the host's renewals are not acknowledged" }
    else this.#beat = { type: wasInJeopardy ? "safe" : "beat", ...times }
    this.#arm()
    onReadable()
  }

  #arm(): void {
    this.#beats.set((this.#options.clock.now() + BEAT_MS) as Millis)
  }
}
