import type { Addr, Millis, NodeId } from "@conclave/base"
import type { Alarm, Channel, ChannelEnd, ChannelEvent, Clock, Links } from "../ports.ts"
import { jittered } from "./jitter.ts"
import { decodeFrame, encodeFrame, type Hello, type StreamFrame } from "./stream-frame.ts"

/**
 * A dial that takes longer is begun anew: after a cut the kernel's own pauses grow far longer than an election. Three
 * ways there and back it takes over a sealed stream, and a second more where a packet is lost (RFC 6298 §2.1): each
 * that was too short doubles the next, up to the last of these, and one that was long enough says how long is.
 */
const DIAL_LIMIT_MIN_MS = 1000
const DIAL_LIMIT_MAX_MS = 4000
/** Whoever sends wants to know that it arrives: asked at most so often, and answered within the limit. */
const PING_EVERY_MS = 500
const PONG_LIMIT_MS = 2000
/**
 * A dying process still accepts for a moment and then resets: that says nothing yet, so whether it listens is asked
 * again.
 */
const ASK_AGAIN_MS = 30
const ASKS_MAX = 4
/** Pauses between dials double from the first to the last, less a share of each. */
const RETRY_MIN_MS = 50
const RETRY_MAX_MS = 1000

/** Why it is down: the channel's own end, no answer to a ping, or the acceptor's refusal. */
export type KeptEnd = ChannelEnd | "silent" | "rejected"

export interface KeptChannelOptions {
  readonly links: Pick<Links, "dial">
  readonly clock: Clock
  /** Where the peer is now; undefined = nobody knows. */
  readonly addr: () => Addr | undefined
  /** Who must be there; absent = whoever lives there, as far as it is known. */
  readonly peer?: NodeId | undefined
  /** Asked anew at each dial. */
  readonly hello: () => Hello
  /** Frames that the channel does not deal with itself. */
  readonly onFrame: (frame: StreamFrame) => void
  readonly onUp?: () => void
  /** The peer's process has just shown that it reads. */
  readonly onHeard?: () => void
  /** It is over; the next `send` dials anew. `reason` is the acceptor's word. */
  readonly onEnd: (why: KeptEnd, reason: string) => void
  /** The peer's process is gone: the connection ended, and a dial right after was refused. */
  readonly onGone: () => void
}

/**
 * One outgoing channel that is there whenever something is sent: dialled at need, greeted with a hello, watched by
 * pings while it is used, dialled anew after it broke. What is sent while it cannot be had is dropped: whoever sends
 * repeats.
 */
export class KeptChannel {
  readonly #options: KeptChannelOptions
  readonly #alarm: Alarm
  #channel: Channel | undefined
  #isUp = false
  /** It has answered a ping, so it has taken the hello. */
  #isProven = false
  /** The connection ended, and whether the peer listens still has been asked so often; 0 = it is no question. */
  #asks = 0
  #dials = 0
  #dialAtMs = 0
  #retryMs = RETRY_MIN_MS
  #dialledMs = 0
  #dialLimitMs = DIAL_LIMIT_MIN_MS
  #pings = 0
  #ponged = 0
  #pingedMs = Number.NEGATIVE_INFINITY
  #heardMs = Number.NEGATIVE_INFINITY
  #isClosed = false

  constructor(options: KeptChannelOptions) {
    this.#options = options
    this.#alarm = options.clock.alarm(() => this.#rang())
  }

  /** What waits in this process to be sent. */
  get waitingBytes(): number {
    return this.#channel?.waitingBytes() ?? 0
  }

  /** The peer was heard a moment ago: what is sent now most likely arrives. */
  get answers(): boolean {
    return this.#isUp && this.#options.clock.now() - this.#heardMs < PING_EVERY_MS
  }

  /** Dials if need be; false = it cannot be had now. */
  open(): boolean {
    if (this.#channel === undefined) this.#dial()
    return this.#channel !== undefined
  }

  /** False = dropped. */
  send(frame: Uint8Array): boolean {
    this.open()
    const isTaken = this.#channel?.send(frame) ?? false
    this.ping()
    return isTaken
  }

  /** Asks whether the peer is still there, as everything that is sent does; at most so often. */
  ping(): void {
    const nowMs = this.#options.clock.now()
    if (!this.#isUp || this.#ponged < this.#pings || nowMs - this.#pingedMs < PING_EVERY_MS) return
    this.#pingedMs = nowMs
    this.#channel?.send(encodeFrame({ kind: "ping", number: ++this.#pings }))
    this.#alarm.set((nowMs + PONG_LIMIT_MS) as Millis)
  }

  close(): void {
    this.#isClosed = true
    this.#channel?.close()
    this.#forget()
  }

  #dial(): void {
    const { links, clock, hello } = this.#options
    const nowMs = clock.now()
    const addr = this.#options.addr()
    if (this.#isClosed || nowMs < this.#dialAtMs || addr === undefined) return
    this.#dialAtMs = nowMs + jittered(this.#retryMs, hello().from, ++this.#dials)
    this.#retryMs = Math.min(2 * this.#retryMs, RETRY_MAX_MS)
    const take = (event: ChannelEvent): void => {
      if (this.#channel === channel) this.#heard(event)
    }
    const channel: Channel = links.dial(addr, take, this.#options.peer)
    this.#channel = channel
    channel.send(encodeFrame(hello()))
    this.#dialledMs = nowMs
    this.#alarm.set((nowMs + this.#dialLimitMs) as Millis)
  }

  #heard(event: ChannelEvent): void {
    switch (event.kind) {
      case "up":
        this.#isUp = true
        this.#heardMs = this.#options.clock.now()
        this.#setDialLimit(4 * (this.#heardMs - this.#dialledMs))
        this.#asks = 0
        this.#alarm.clear()
        this.#ponged = this.#pings
        this.#pingedMs = Number.NEGATIVE_INFINITY
        this.#options.onUp?.()
        return this.ping()
      case "frame":
        return this.#frame(event.body)
      case "over":
        return this.#over(event.why)
    }
  }

  #frame(body: Uint8Array): void {
    const frame = decodeFrame(body)
    if (frame === undefined) return this.#drop("failed", "it does not speak as an agent does")
    this.#heardMs = this.#options.clock.now()
    if (frame.kind !== "refusal") this.#options.onHeard?.()
    switch (frame.kind) {
      case "ping":
        return void this.#channel?.send(encodeFrame({ kind: "pong", number: frame.number }))
      case "pong":
        this.#ponged = Math.max(this.#ponged, frame.number)
        this.#isProven = true
        this.#retryMs = RETRY_MIN_MS
        if (this.#ponged === this.#pings) this.#alarm.clear()
        return
      case "refusal":
        return this.#drop("rejected", frame.reason)
      default:
        return this.#options.onFrame(frame)
    }
  }

  #rang(): void {
    const { clock } = this.#options
    const channel = this.#channel
    // After a stall of our own the answer may be waiting to be read.
    clock.afterTurn(() => {
      if (this.#channel !== channel) return
      if (channel === undefined) this.#ask()
      else if (!this.#isUp) this.#dialTookTooLong()
      else if (this.#ponged < this.#pings && clock.now() - this.#pingedMs >= PONG_LIMIT_MS) this.#drop("silent", "")
    })
  }

  #dialTookTooLong(): void {
    this.#setDialLimit(2 * this.#dialLimitMs)
    this.#drop("failed", "")
  }

  #setDialLimit(ms: number): void {
    this.#dialLimitMs = Math.max(DIAL_LIMIT_MIN_MS, Math.min(ms, DIAL_LIMIT_MAX_MS))
  }

  #drop(why: KeptEnd, reason: string): void {
    this.#channel?.close()
    this.#forget()
    this.#options.onEnd(why, reason)
  }

  #over(why: ChannelEnd): void {
    const asks = this.#asks
    const isQuestion = asks === 0 ? this.#isProven && why === "down" : why === "failed" && asks < ASKS_MAX
    this.#forget()
    if (isQuestion) {
      this.#asks = asks + 1
      if (asks === 0) this.#ask()
      else this.#alarm.set((this.#options.clock.now() + ASK_AGAIN_MS) as Millis)
    }
    this.#options.onEnd(why, "")
    if (asks > 0 && why === "refused") this.#options.onGone()
  }

  #ask(): void {
    if (this.#asks === 0) return
    this.#dialAtMs = 0
    this.#dial()
  }

  #forget(): void {
    this.#channel = undefined
    this.#isUp = false
    this.#isProven = false
    this.#asks = 0
    this.#alarm.clear()
  }
}
