import type { Addr, NodeId } from "@conclave/base"
import type { Channel, ChannelEvent, Clock, Links } from "../ports.ts"
import { Timers } from "../timers.ts"
import { Admission } from "./admission.ts"
import { decodeFrame, encodeFrame, type Hello, type Purpose, STREAM_VERSION, type StreamFrame } from "./stream-frame.ts"

/** One channel that somebody dialled and whose hello was taken. */
export interface Inbound {
  readonly onFrame: (frame: StreamFrame) => void
  readonly onEnd: () => void
}

export interface Dialler {
  readonly hello: Hello
  readonly source: Addr
  /** Who it has shown to be; absent where nobody is asked. */
  readonly peer?: NodeId | undefined
  readonly send: (frame: StreamFrame) => boolean
  readonly waitingBytes: () => number
  readonly close: () => void
}

/** A channel as it comes. */
interface Dialled extends Pick<Dialler, "source" | "peer"> {
  readonly channel: Channel
}

/** A channel that has not said by then what it is for is closed. */
export const HELLO_LIMIT_MS = 10_000
/** Of those that have not said it; beyond, the one that has taken longest gives way. */
export const STRANGERS_MAX = 256
/** What the many dial; replicas are few, and so are their hosts. */
const OF_CLIENTS: ReadonlySet<Purpose> = new Set(["calls", "mirror", "reign", "keys", "founding"])
/** That there are too many of them is said as often. */
const BUSY_SAID_MS = 60_000

/** Takes a channel, or says in words for people why not. */
export type Acceptor = (dialler: Dialler) => Inbound | string

/** The accepting side of all channels between agents: reads the hello, answers pings, hands on the rest. */
export class StreamServer {
  readonly #acceptors: Map<Purpose, Acceptor> = new Map()
  readonly #open: Set<Channel> = new Set()
  /** Without a hello so far, the oldest first, and what ends each. */
  readonly #strangers: Map<Channel, () => void> = new Map()
  readonly #admission: Admission = new Admission()
  readonly #clock: Clock
  readonly #timers: Timers
  readonly #onRefused: (source: Addr, reason: string) => void
  readonly #isRelay: (from: string) => boolean
  readonly #objection: (hello: Hello, peer: NodeId) => string | undefined
  #received = 0
  #busySaidMs = Number.NEGATIVE_INFINITY

  constructor(
    links: Pick<Links, "onDial">,
    clock: Clock,
    by: {
      readonly onRefused: (source: Addr, reason: string) => void
      /** Whoever passes on what many ask: it need not stand in line with them. */
      readonly isRelay: (from: string) => boolean
      /** Why whoever has the key of `peer` may not speak as it does; undefined = it may. */
      readonly objection?: (hello: Hello, peer: NodeId) => string | undefined
    },
  ) {
    this.#clock = clock
    this.#timers = new Timers(clock)
    this.#onRefused = by.onRefused
    this.#isRelay = by.isRelay
    this.#objection = by.objection ?? (() => undefined)
    links.onDial((source, channel, peer) => this.#accept({ source, channel, peer }))
  }

  /** Frames so far: whoever judges deadlines waits until it stands still. */
  get received(): number {
    return this.#received
  }

  /** Replaces who takes the channels of this purpose; undefined = nobody. */
  serve(purpose: Purpose, acceptor: Acceptor | undefined): void {
    if (acceptor === undefined) this.#acceptors.delete(purpose)
    else this.#acceptors.set(purpose, acceptor)
  }

  close(): void {
    this.#acceptors.clear()
    this.#timers.stop()
    for (const channel of this.#open) channel.close()
    this.#open.clear()
  }

  #accept(dialled: Dialled): (event: ChannelEvent) => void {
    const { source, channel } = dialled
    let inbound: Inbound | undefined
    this.#open.add(channel)
    const refuse = (reason: string): void => {
      known()
      if (reason !== BUSY || this.#saysBusy()) this.#onRefused(source, reason)
      channel.send(encodeFrame({ kind: "refusal", reason }))
      this.#open.delete(channel)
      channel.close()
      inbound?.onEnd()
    }
    const known = this.#meet(channel, () => refuse("it has not said what it is for"))
    return (event) => {
      if (event.kind === "over") {
        known()
        this.#open.delete(channel)
        inbound?.onEnd()
      }
      if (event.kind !== "frame") return
      this.#received++
      const frame = decodeFrame(event.body)
      if (frame === undefined) return refuse("a frame cannot be read")
      if (frame.kind === "ping") return void channel.send(encodeFrame({ kind: "pong", number: frame.number }))
      if (inbound !== undefined) return inbound.onFrame(frame)
      const taken = frame.kind === "hello" ? this.#greet(frame, dialled) : "a channel begins with a hello"
      if (typeof taken === "string") return refuse(taken)
      known()
      inbound = taken
    }
  }

  /**
   * Whoever opens channels without a word costs only others like it. The result is called when it is a stranger no
   * more.
   */
  #meet(channel: Channel, end: () => void): () => void {
    const [oldest] = this.#strangers.values()
    if (this.#strangers.size >= STRANGERS_MAX) oldest?.()
    const calm = this.#timers.at(this.#clock.now() + HELLO_LIMIT_MS, end)
    this.#strangers.set(channel, end)
    return () => {
      calm()
      this.#strangers.delete(channel)
    }
  }

  #saysBusy(): boolean {
    const nowMs = this.#clock.now()
    if (nowMs - this.#busySaidMs < BUSY_SAID_MS) return false
    this.#busySaidMs = nowMs
    return true
  }

  #greet(hello: Hello, { source, channel, peer }: Dialled): Inbound | string {
    if (hello.version !== STREAM_VERSION) {
      return `it speaks version ${hello.version} of the streams, this agent version ${STREAM_VERSION}`
    }
    const objection = peer && this.#objection(hello, peer)
    if (objection !== undefined) return objection
    const acceptor = this.#acceptors.get(hello.purpose)
    if (acceptor === undefined) return `this agent takes no channels for ${hello.purpose}`
    if (OF_CLIENTS.has(hello.purpose) && !this.#isRelay(hello.from)) {
      if (!this.#admission.admits(peer ?? source, this.#clock.now())) return BUSY
    }
    return acceptor({
      hello,
      source,
      peer,
      send: (frame) => channel.send(encodeFrame(frame)),
      waitingBytes: () => channel.waitingBytes(),
      close: () => {
        this.#open.delete(channel)
        channel.close()
      },
    })
  }
}

const BUSY = "too many come at once: later"
