import type { Feed } from "../api/feed.ts"
import { cutOff, isPlace, type StreamName } from "../api/ops.ts"
import { isProblem, type Problem } from "../api/problem.ts"
import type { Clock } from "../ports.ts"
import { inSlices } from "../slices.ts"
import { exhausted } from "../watch-slots.ts"
import { bodyOf, eventBody, eventHead, FRAME_BYTES_MAX, failed, tooLong } from "./agent-frame.ts"
import { CREDIT_MAX } from "./client-frame.ts"

/** Events that a stream may send before the client grants more. */
const CREDIT = 64
/** Streams rest while this much is unsent: only answers can pile up further. */
const STREAM_BYTES_MAX = 64 * 1024
/** Holds of one connection: as many as one name may have. */
export const HOLDS_EACH_MAX = 10_000
/** Streams that speak in one turn of the loop; those behind them, and those that rested, speak in slices. */
const SPEAKERS_EACH_TURN = 64

export interface FrameStreamsOptions {
  readonly clock: Pick<Clock, "now" | "afterTurn">
  /** For one more stream that is no hold: what gives its place back, or why there is none. */
  readonly takeSlot: () => (() => void) | Problem
  readonly send: (...body: readonly Uint8Array[]) => void
  readonly unsentBytes: () => number
  /** Nothing is said to this client any more. */
  readonly isClosed: () => boolean
}

/** Which stream is asked for, how it is opened, and the number of the request. */
export interface StreamCall {
  readonly op: StreamName
  readonly seq: number | undefined
  readonly open: (onReadable: () => void) => Feed | Problem
}

interface Stream {
  readonly op: StreamName
  readonly seq: number | undefined
  readonly feed: Feed
  readonly release: () => void
  /** What stands before a line that is written out already. */
  readonly head: Uint8Array
  credit: number
}

/**
 * The streams of one connection. Each says what its reader has granted, all together what the wire has room for, and
 * in one turn of the loop only some of them: what is not said waits in the feed, and collapses there.
 */
export class FrameStreams {
  readonly #options: FrameStreamsOptions
  readonly #streams: Map<number, Stream> = new Map()
  /** Those that may have something to say, and wait until the wire or the loop has room. */
  readonly #resting: Set<number> = new Set()
  #speakers = 0
  #holds = 0

  constructor(options: FrameStreamsOptions) {
    this.#options = options
  }

  /** The answer to the call is the first event, or why there is no stream. */
  open(id: number, { op, seq, open }: StreamCall): void {
    const release = isPlace(op) ? this.#takeHold() : this.#options.takeSlot()
    if (typeof release !== "function") return this.#say({ id, error: release })
    const feed = open(() => this.#readable(id))
    if (isProblem(feed)) {
      release()
      return this.#say({ id, error: feed })
    }
    this.#streams.set(id, { op, seq, feed, release, head: eventHead(id), credit: CREDIT })
    this.#pump(id)
  }

  credit(id: number, more: number): void {
    const stream = this.#streams.get(id)
    if (stream === undefined) return
    stream.credit = Math.min(CREDIT_MAX, stream.credit + more)
    this.#pump(id)
  }

  /** The client wants no more of it. What ends by the cluster's word goes on until that word is there. */
  finish(id: number): void {
    const stream = this.#streams.get(id)
    if (stream === undefined) return
    if (stream.feed.finish === undefined) return this.#over(id, stream)
    stream.feed.finish()
    this.#pump(id)
  }

  /** Those that rested, until the wire is full again: what was written has left, or others had their turn. */
  goOn(): void {
    inSlices(this.#options.clock, () => {
      const [id] = this.#resting
      if (id === undefined || this.#options.isClosed() || this.#isFull) return true
      this.#resting.delete(id)
      this.#pump(id)
      return false
    })
  }

  /** Ends all of them by the agent's wish, and says so. */
  cutOff(why: Problem): void {
    for (const [id, { op }] of [...this.#streams]) this.#breakOff(id, op, why)
  }

  /** Nobody reads any of them any more. */
  close(): void {
    for (const id of [...this.#streams.keys()]) this.#drop(id)
  }

  /** Holds are bounded apart from watches: a client may hold much and watch little. */
  #takeHold(): (() => void) | Problem {
    if (this.#holds >= HOLDS_EACH_MAX) return exhausted("holds of one connection", HOLDS_EACH_MAX)
    this.#holds++
    return () => this.#holds--
  }

  /** Ten thousand holds may end at once. */
  #readable(id: number): void {
    if (!this.#streams.has(id)) return
    if (this.#speakers++ === 0) this.#options.clock.afterTurn(() => this.#turned())
    if (this.#speakers > SPEAKERS_EACH_TURN) this.#resting.add(id)
    else this.#pump(id)
  }

  #turned(): void {
    this.#speakers = 0
    this.goOn()
  }

  get #isFull(): boolean {
    return this.#options.unsentBytes() > STREAM_BYTES_MAX
  }

  #pump(id: number): void {
    const stream = this.#streams.get(id)
    if (stream === undefined) return
    const { feed, head, op } = stream
    while (stream.credit > 0 && !this.#options.isClosed()) {
      // `goOn` goes on from here.
      if (this.#isFull) return void this.#resting.add(id)
      const event = feed.take()
      if (event === undefined) break
      const body = eventBody(id, head, event)
      const length = body.reduce((sum, part) => sum + part.length, 0)
      // A frame that is too long would end the connection, and all else on it.
      if (length > FRAME_BYTES_MAX) return this.#breakOff(id, op, tooLong(`an event of ${op}`, length, op))
      stream.credit--
      this.#options.send(...body)
    }
    if (feed.isOver()) this.#over(id, stream)
  }

  #breakOff(id: number, op: StreamName, why: Problem): void {
    if (this.#drop(id)) this.#say({ id, error: cutOff(why, op) })
  }

  #over(id: number, { seq, feed }: Stream): void {
    const ending = (feed.isOver() ? feed.ending?.() : undefined) ?? { out: {} }
    if (!this.#drop(id)) return
    this.#say("error" in ending ? failed({ id, seq }, ending.error) : { id, ...ending })
  }

  #drop(id: number): boolean {
    const stream = this.#streams.get(id)
    if (stream === undefined) return false
    // First of all: a feed that closes says that it is over, and a hold that was cut off would look released.
    this.#streams.delete(id)
    this.#resting.delete(id)
    stream.feed.close()
    stream.release()
    return true
  }

  #say(message: object): void {
    this.#options.send(bodyOf(message))
  }
}
