import type { Addr } from "@conclave/base"
import type { Channel, ChannelEvent, Links } from "../ports.ts"
import { decodeFrame, encodeFrame, type Hello, type Purpose, STREAM_VERSION, type StreamFrame } from "./stream-frame.ts"

/** One channel that somebody dialled and whose hello was taken. */
export interface Inbound {
  readonly onFrame: (frame: StreamFrame) => void
  readonly onEnd: () => void
}

export interface Dialler {
  readonly hello: Hello
  readonly source: Addr
  readonly send: (frame: StreamFrame) => boolean
  readonly waitingBytes: () => number
  readonly close: () => void
}

/** Takes a channel, or says in words for people why not. */
export type Acceptor = (dialler: Dialler) => Inbound | string

/** The accepting side of all channels between agents: reads the hello, answers pings, hands on the rest. */
export class StreamServer {
  readonly #acceptors: Map<Purpose, Acceptor> = new Map()
  readonly #open: Set<Channel> = new Set()
  readonly #onRefused: (source: Addr, reason: string) => void
  #received = 0

  constructor(links: Pick<Links, "onDial">, onRefused: (source: Addr, reason: string) => void) {
    this.#onRefused = onRefused
    links.onDial((source, channel) => this.#accept(source, channel))
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
    for (const channel of this.#open) channel.close()
    this.#open.clear()
  }

  #accept(source: Addr, channel: Channel): (event: ChannelEvent) => void {
    let inbound: Inbound | undefined
    this.#open.add(channel)
    const refuse = (reason: string): void => {
      this.#onRefused(source, reason)
      channel.send(encodeFrame({ kind: "refusal", reason }))
      this.#open.delete(channel)
      channel.close()
      inbound?.onEnd()
    }
    return (event) => {
      if (event.kind === "over") {
        this.#open.delete(channel)
        inbound?.onEnd()
      }
      if (event.kind !== "frame") return
      this.#received++
      const frame = decodeFrame(event.body)
      if (frame === undefined) return refuse("a frame cannot be read")
      if (frame.kind === "ping") return void channel.send(encodeFrame({ kind: "pong", number: frame.number }))
      if (inbound !== undefined) return inbound.onFrame(frame)
      const taken = frame.kind === "hello" ? this.#greet(frame, source, channel) : "a channel begins with a hello"
      if (typeof taken === "string") refuse(taken)
      else inbound = taken
    }
  }

  #greet(hello: Hello, source: Addr, channel: Channel): Inbound | string {
    if (hello.version !== STREAM_VERSION) {
      return `it speaks version ${hello.version} of the streams, this agent version ${STREAM_VERSION}`
    }
    const acceptor = this.#acceptors.get(hello.purpose)
    if (acceptor === undefined) return `this agent takes no channels for ${hello.purpose}`
    return acceptor({
      hello,
      source,
      send: (frame) => channel.send(encodeFrame(frame)),
      waitingBytes: () => channel.waitingBytes(),
      close: () => {
        this.#open.delete(channel)
        channel.close()
      },
    })
  }
}
