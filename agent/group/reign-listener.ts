import type { Addr } from "@conclave/base"
import type { Clock, Links } from "../ports.ts"
import { jittered } from "../streams/jitter.ts"
import { KeptChannel } from "../streams/kept-channel.ts"
import { encodeFrame, type Hello, STREAM_VERSION } from "../streams/stream-frame.ts"
import { Timers } from "../timers.ts"
import type { Reign } from "./reign.ts"
import { decodeReign } from "./wire-reign.ts"

/** Pauses after a relay that broke off double up to the last. */
const RETRY_MIN_MS = 250
const RETRY_MAX_MS = 8000
/** A relay that says nothing is asked as often whether it is there. */
const ASK_MS = 5000

export interface ReignListenerOptions {
  readonly clock: Clock
  readonly links: Pick<Links, "dial">
  readonly hello: () => Pick<Hello, "cluster" | "from">
  /** Who may be asked, the preferred one first. */
  readonly relays: () => readonly Addr[]
  readonly onReign: (reign: Reign) => void
}

/** What a host without a replica hears of who leads and who votes: from a relay, or the next when that breaks off. */
export class ReignListener {
  readonly #options: ReignListenerOptions
  readonly #timers: Timers
  #channel: KeptChannel | undefined
  #retryMs = RETRY_MIN_MS
  #turns = 0
  #isOn = false

  constructor(options: ReignListenerOptions) {
    this.#options = options
    this.#timers = new Timers(options.clock)
  }

  /** Begins, unless it has begun. */
  start(): void {
    if (this.#isOn) return
    this.#isOn = true
    this.#dial()
  }

  stop(): void {
    this.#isOn = false
    this.#timers.stop()
    this.#channel?.close()
    this.#channel = undefined
  }

  #dial(): void {
    const { links, clock, hello, relays } = this.#options
    const known = relays()
    const relay = known[this.#turns++ % Math.max(1, known.length)]
    if (relay === undefined) return this.#later(RETRY_MIN_MS)
    const channel: KeptChannel = new KeptChannel({
      links,
      clock,
      addr: () => relay,
      hello: () => ({ kind: "hello", version: STREAM_VERSION, purpose: "reign", to: "", ...hello() }),
      onFrame: (frame) => {
        const reign = frame.kind === "chunk" ? decodeReign(frame.body) : undefined
        if (reign === undefined) return this.#ended(channel)
        this.#retryMs = RETRY_MIN_MS
        this.#options.onReign(reign)
      },
      onEnd: () => this.#ended(channel),
      onGone: () => {},
    })
    this.#channel = channel
    // Sent to be dialled: whoever is greeted answers by itself.
    if (channel.send(encodeFrame({ kind: "ping", number: 0 }))) this.#ask(channel)
    else this.#ended(channel)
  }

  /** Whoever sends nothing is never told that the relay is gone. */
  #ask(channel: KeptChannel): void {
    if (this.#channel !== channel) return
    channel.ping()
    this.#timers.at(this.#options.clock.now() + ASK_MS, () => this.#ask(channel))
  }

  #ended(channel: KeptChannel): void {
    channel.close()
    if (this.#channel !== channel) return
    this.#channel = undefined
    this.#later(this.#retryMs)
    this.#retryMs = Math.min(2 * this.#retryMs, RETRY_MAX_MS)
  }

  #later(ms: number): void {
    const { clock, hello } = this.#options
    this.#timers.at(clock.now() + jittered(ms, hello().from, this.#turns), () => {
      if (this.#isOn && this.#channel === undefined) this.#dial()
    })
  }
}
