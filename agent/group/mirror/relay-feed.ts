import type { Addr } from "@conclave/base"
import type { Clock, Links } from "../../ports.ts"
import { jittered } from "../../streams/jitter.ts"
import { KeptChannel } from "../../streams/kept-channel.ts"
import { encodeFrame, type Hello, type Purpose, STREAM_VERSION } from "../../streams/stream-frame.ts"
import { Timers } from "../../timers.ts"

/**
 * The first pause after a relay that broke off, and between looks for one where none is known; less a share of each.
 */
const RETRY_MIN_MS = 250

/** How a host reaches those that have a replica. */
export interface Outward {
  readonly clock: Clock
  readonly links: Pick<Links, "dial">
  readonly hello: () => Pick<Hello, "cluster" | "from">
  /** Who may be asked, the preferred one first. */
  readonly relays: () => readonly Addr[]
}

export interface RelayFeedOptions extends Outward {
  readonly purpose: Purpose
  /** Pauses after relays that broke off without a word double up to this. */
  readonly retryMaxMs: number
  /**
   * A relay that says nothing is asked as often whether it is there: whoever sends nothing is never told that it is
   * gone.
   */
  readonly askMs: number
  /** What each relay hears first; without it the greeting is enough. */
  readonly first?: () => Uint8Array
  /** False: it makes no sense, and the next relay may do better. */
  readonly onTold: (body: Uint8Array) => boolean
  /** What this relay has begun to tell it does not finish. */
  readonly onBroken?: () => void
}

/**
 * What a relay tells those that follow it: from one, or from the next when that breaks off, for as long as it is
 * wanted.
 */
export class RelayFeed {
  readonly #options: RelayFeedOptions
  readonly #timers: Timers
  #channel: KeptChannel | undefined
  #dialledMs = 0
  #retryMs = RETRY_MIN_MS
  #turns = 0
  #isOn = false

  constructor(options: RelayFeedOptions) {
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

  /** When a relay was dialled last. */
  get dialledMs(): number {
    return this.#dialledMs
  }

  /** This relay is left for the next one. */
  leave(): void {
    if (this.#channel !== undefined) this.#ended(this.#channel)
  }

  #dial(): void {
    const { links, clock, hello, relays, purpose, first } = this.#options
    const known = relays()
    const relay = known[this.#turns++ % Math.max(1, known.length)]
    if (relay === undefined) return this.#later(RETRY_MIN_MS)
    this.#dialledMs = clock.now()
    const channel: KeptChannel = new KeptChannel({
      links,
      clock,
      addr: () => relay,
      hello: () => ({ kind: "hello", version: STREAM_VERSION, purpose, to: "", ...hello() }),
      onFrame: (frame) => this.#heard(channel, frame.kind === "chunk" ? frame.body : undefined),
      onEnd: () => this.#ended(channel),
      onGone: () => {},
    })
    this.#channel = channel
    const isDialled = first === undefined ? channel.open() : channel.send(encodeFrame({ kind: "chunk", body: first() }))
    if (isDialled) this.#ask(channel)
    else this.#ended(channel)
  }

  #heard(channel: KeptChannel, body: Uint8Array | undefined): void {
    if (body !== undefined && this.#options.onTold(body)) this.#retryMs = RETRY_MIN_MS
    else this.#ended(channel)
  }

  #ask(channel: KeptChannel): void {
    if (this.#channel !== channel) return
    channel.ping()
    this.#timers.at(this.#options.clock.now() + this.#options.askMs, () => this.#ask(channel))
  }

  #ended(channel: KeptChannel): void {
    channel.close()
    if (this.#channel !== channel) return
    this.#channel = undefined
    this.#options.onBroken?.()
    this.#later(this.#retryMs)
    this.#retryMs = Math.min(2 * this.#retryMs, this.#options.retryMaxMs)
  }

  #later(ms: number): void {
    const { clock, hello } = this.#options
    this.#timers.at(clock.now() + jittered(ms, hello().from, this.#turns), () => this.#dial())
  }
}
