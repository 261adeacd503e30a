import type { Addr } from "@conclave/base"
import type { Clock, Links } from "../ports.ts"
import { Timers } from "../timers.ts"
import { KeptChannel, type KeptEnd } from "./kept-channel.ts"
import { encodeFrame, type Hello, type Purpose, STREAM_VERSION, type StreamFrame } from "./stream-frame.ts"

/** Peers that calls go to: a channel that nobody used for longest gives way. */
const PEERS_MAX = 16
/** So much of the time left, at most, is kept for the way back: the callee gives up before its caller does. */
const RETURN_MS_MAX = 200
/** Of calls to one peer that wait for its channel; more are not sent. */
const WAITING_BYTES_MAX = 8 * 1024 * 1024

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
  /**
   * It must not be sent twice, so that not knowing its fate is the end of it: it leaves only for a peer that was heard
   * a moment ago, and what still waits for that is known to have reached nobody.
   */
  readonly isOnce?: boolean
}

interface Pending {
  /** What waits for the channel to be up, or to answer; undefined = it has left. */
  waiting: Call | undefined
  readonly cancel: () => void
  readonly done: (outcome: CallOutcome) => void
}

interface Peer {
  readonly channel: KeptChannel
  readonly pending: Map<number, Pending>
  isUp: boolean
  /** Some call waits. */
  isAwaited: boolean
  waitingBytes: number
}

export interface CallLinksOptions {
  readonly links: Pick<Links, "dial">
  readonly clock: Clock
  /** Who asks, and in which cluster: said anew at each dial. */
  readonly hello: () => Pick<Hello, "cluster" | "from">
  /** Of calls that others than the replicas answer. */
  readonly purpose?: Purpose
}

/**
 * Calls to other agents, many at a time over one kept channel a peer. A call leaves once the channel is up: the system
 * over there takes connections, and keeps what comes on them, for a process that stands still, and that would read it
 * long after the call was taken for one that never left.
 */
export class CallLinks {
  readonly #options: CallLinksOptions
  readonly #peers: Map<Addr, Peer> = new Map()
  readonly #timers: Timers
  #calls = 0

  constructor(options: CallLinksOptions) {
    this.#options = options
    this.#timers = new Timers(options.clock)
  }

  /**
   * Calls back once, never from within. What it gives takes the call back; false = it has left, and may be answered.
   */
  call(to: Addr, call: Call, done: (outcome: CallOutcome) => void): () => boolean {
    const { clock } = this.#options
    const peer = this.#peers.get(to) ?? this.#open(to)
    // The last used stands last.
    this.#peers.delete(to)
    this.#peers.set(to, peer)
    this.#calls = (this.#calls + 1) % 2 ** 32
    const number = this.#calls
    const leaves = peer.isUp && (call.isOnce !== true || peer.channel.answers)
    if (!(leaves ? this.#send(peer, number, call) : this.#keep(peer, call))) {
      clock.afterTurn(() => done({ kind: "unsent" }))
      return () => true
    }
    const cancel = this.#timers.at(call.untilMs, () => {
      if (peer.pending.delete(number)) done({ kind: fateOf(pending.waiting, true) })
    })
    const pending: Pending = { waiting: leaves ? undefined : call, cancel, done }
    peer.pending.set(number, pending)
    return () => {
      if (pending.waiting === undefined || !peer.pending.delete(number)) return false
      cancel()
      return true
    }
  }

  close(): void {
    this.#timers.stop()
    for (const peer of this.#peers.values()) {
      peer.channel.close()
      for (const { waiting, done } of [...peer.pending.values()]) done({ kind: fateOf(waiting, true) })
      peer.pending.clear()
    }
    this.#peers.clear()
  }

  #open(to: Addr): Peer {
    this.#makeRoom()
    const { links, clock, hello, purpose = "calls" } = this.#options
    const channel = new KeptChannel({
      links,
      clock,
      addr: () => to,
      hello: () => ({ kind: "hello", version: STREAM_VERSION, purpose, to: "", ...hello() }),
      onFrame: (frame) => this.#heard(peer, frame),
      onUp: () => {
        peer.isUp = true
        this.#sendWaiting(peer)
      },
      onHeard: () => this.#sendWaiting(peer),
      onEnd: (why) => this.#ended(peer, why),
      onGone: () => {},
    })
    const peer: Peer = { channel, pending: new Map(), isUp: false, isAwaited: false, waitingBytes: 0 }
    return peer
  }

  /** To be sent as soon as it may be; false = there is no room, or no channel to wait for. */
  #keep(peer: Peer, call: Call): boolean {
    const bytes = peer.waitingBytes + call.body.length
    if (bytes > WAITING_BYTES_MAX || !peer.channel.open()) return false
    peer.waitingBytes = bytes
    peer.isAwaited = true
    peer.channel.ping()
    return true
  }

  #send({ channel }: Peer, number: number, { what, body, untilMs }: Call): boolean {
    const leftMs = leftOf(Math.max(0, untilMs - this.#options.clock.now()))
    return channel.send(encodeFrame({ kind: "call", number, leftMs, what, body }))
  }

  #sendWaiting(peer: Peer): void {
    if (!peer.isAwaited) return
    peer.isAwaited = false
    peer.waitingBytes = 0
    for (const [number, pending] of [...peer.pending]) {
      const { waiting } = pending
      pending.waiting = undefined
      if (waiting === undefined || this.#send(peer, number, waiting)) continue
      peer.pending.delete(number)
      pending.cancel()
      pending.done({ kind: "unsent" })
    }
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

  /** What waited for a channel that never came up, or was sent on one whose hello was refused, reached nobody. */
  #ended(peer: Peer, why: KeptEnd): void {
    peer.isUp = false
    peer.isAwaited = false
    peer.waitingBytes = 0
    const pending = [...peer.pending.values()]
    peer.pending.clear()
    for (const { waiting, cancel, done } of pending) {
      cancel()
      done({ kind: fateOf(waiting, why !== "rejected") })
    }
  }
}

/** Of a call that gets no answer. */
function fateOf(waiting: Call | undefined, isTaken: boolean): "lost" | "unsent" {
  return waiting === undefined && isTaken ? "lost" : "unsent"
}

function leftOf(ms: number): number {
  return ms - Math.min(RETURN_MS_MAX, ms / 4)
}
