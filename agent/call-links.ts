import type { Addr } from "@conclave/base"
import { KeptChannel, type KeptEnd } from "./kept-channel.ts"
import type { Clock, Links } from "./ports.ts"
import { encodeFrame, type Hello, STREAM_VERSION, type StreamFrame } from "./stream-frame.ts"
import { Timers } from "./timers.ts"

/** Peers that calls go to: a channel that nobody used for longest gives way. */
const PEERS_MAX = 16
/** So much of the time left, at most, is kept for the way back: the callee gives up before its caller does. */
const RETURN_MS_MAX = 200

export type CallOutcome =
  | { readonly kind: "answer"; readonly how: number; readonly body: Uint8Array }
  /** It never left, or whoever got it did not take it. */
  | { readonly kind: "unsent" }
  /** Nobody knows what became of it. */
  | { readonly kind: "lost" }

export interface Call {
  readonly what: number
  readonly body: Uint8Array
  /** The callee need not try any longer; the caller asks for no answer after it. */
  readonly untilMs: number
}

interface Pending {
  readonly cancel: () => void
  readonly done: (outcome: CallOutcome) => void
}

interface Peer {
  readonly channel: KeptChannel
  readonly pending: Map<number, Pending>
  /** The channel has stood since the oldest pending call. */
  wasUp: boolean
}

export interface CallLinksOptions {
  readonly links: Pick<Links, "dial">
  readonly clock: Clock
  /** Who asks, and in which cluster: said anew at each dial. */
  readonly hello: () => Pick<Hello, "cluster" | "from">
}

/** Calls to other agents, many at a time over one kept channel a peer. */
export class CallLinks {
  readonly #options: CallLinksOptions
  readonly #peers: Map<Addr, Peer> = new Map()
  readonly #timers: Timers
  #calls = 0

  constructor(options: CallLinksOptions) {
    this.#options = options
    this.#timers = new Timers(options.clock)
  }

  /** Calls back once, never from within. */
  call(to: Addr, call: Call, done: (outcome: CallOutcome) => void): void {
    const { clock } = this.#options
    const peer = this.#peers.get(to) ?? this.#open(to)
    // The last used stands last.
    this.#peers.delete(to)
    this.#peers.set(to, peer)
    this.#calls = (this.#calls + 1) % 2 ** 32
    const number = this.#calls
    const { what, body, untilMs } = call
    const frame = encodeFrame({ kind: "call", number, leftMs: leftOf(untilMs - clock.now()), what, body })
    if (!peer.channel.send(frame)) return clock.afterTurn(() => done({ kind: "unsent" }))
    const cancel = this.#timers.at(untilMs, () => {
      if (peer.pending.delete(number)) done({ kind: "lost" })
    })
    peer.pending.set(number, { cancel, done })
  }

  close(): void {
    this.#timers.stop()
    for (const peer of this.#peers.values()) {
      peer.channel.close()
      for (const { done } of [...peer.pending.values()]) done({ kind: "lost" })
      peer.pending.clear()
    }
    this.#peers.clear()
  }

  #open(to: Addr): Peer {
    this.#makeRoom()
    const { links, clock, hello } = this.#options
    const channel = new KeptChannel({
      links,
      clock,
      addr: () => to,
      hello: () => ({ kind: "hello", version: STREAM_VERSION, purpose: "calls", to: "", ...hello() }),
      onFrame: (frame) => this.#heard(peer, frame),
      onUp: () => {
        peer.wasUp = true
      },
      onEnd: (why) => this.#ended(peer, why),
      onGone: () => {},
    })
    const peer: Peer = { channel, pending: new Map(), wasUp: false }
    return peer
  }

  #makeRoom(): void {
    if (this.#peers.size < PEERS_MAX) return
    for (const [addr, peer] of this.#peers) {
      if (peer.pending.size > 0) continue
      peer.channel.close()
      this.#peers.delete(addr)
      return
    }
  }

  #heard(peer: Peer, frame: StreamFrame): void {
    if (frame.kind !== "answer") return
    const call = peer.pending.get(frame.number)
    peer.pending.delete(frame.number)
    call?.cancel()
    call?.done({ kind: "answer", how: frame.how, body: frame.body })
  }

  /** What was sent on a channel that never came up, or whose hello was refused, reached nobody. */
  #ended(peer: Peer, why: KeptEnd): void {
    const kind = peer.wasUp && why !== "rejected" ? "lost" : "unsent"
    peer.wasUp = false
    const pending = [...peer.pending.values()]
    peer.pending.clear()
    for (const { cancel, done } of pending) {
      cancel()
      done({ kind })
    }
  }
}

function leftOf(ms: number): number {
  return ms - Math.min(RETURN_MS_MAX, ms / 4)
}
