import type { Socket } from "node:net"
import { FrameOutbox, FrameReader } from "@conclave/base"
import type { Channel, ChannelEnd, ChannelEvent } from "../../ports.ts"
import { atTurnEnd } from "../turn.ts"

/** The largest body of a frame; a stream with a larger one is broken off. */
export const CHANNEL_FRAME_BYTES_MAX = 4 * 1024 * 1024
/** Bytes that wait in this process for one channel; what comes on top is not taken. */
export const CHANNEL_WAITING_BYTES_MAX = 8 * 1024 * 1024
/** A channel that was closed here may still send what it has for so long. */
const LINGER_MS = 1000

/** Frames over one connection, also over one that is still being made. */
export class SocketChannel implements Channel {
  readonly #on: (event: ChannelEvent) => void
  /** Ends a connection that is still being made. */
  readonly #giveUp: () => void
  readonly #outbox: FrameOutbox
  readonly #reader: FrameReader = new FrameReader(CHANNEL_FRAME_BYTES_MAX)
  #socket: Socket | undefined
  /** What was sent before there was a connection. */
  #early: Uint8Array[] = []
  #earlyBytes = 0
  #isOver = false

  constructor(on: (event: ChannelEvent) => void, giveUp: () => void = () => {}) {
    this.#on = on
    this.#giveUp = giveUp
    this.#outbox = new FrameOutbox({ write: (bytes) => this.#write(bytes), soon: atTurnEnd })
  }

  get isOver(): boolean {
    return this.#isOver
  }

  readonly send = (body: Uint8Array): boolean => {
    const waiting = this.waitingBytes() + body.length
    if (this.#isOver || body.length > CHANNEL_FRAME_BYTES_MAX || waiting > CHANNEL_WAITING_BYTES_MAX) return false
    this.#outbox.add(body)
    return true
  }

  readonly waitingBytes = (): number => {
    return this.#outbox.bytes + this.#earlyBytes + (this.#socket?.writableLength ?? 0)
  }

  readonly close = (): void => {
    this.#isOver = true
    const socket = this.#socket
    if (socket === undefined) return this.#giveUp()
    this.#outbox.flush()
    // Not at once: a reason that was just sent is worth more than a reset.
    socket.destroySoon()
    const timer = setTimeout(() => socket.destroy(), LINGER_MS)
    socket.once("close", () => clearTimeout(timer))
  }

  /** The connection is there, and takes frames. */
  attach(socket: Socket): void {
    this.#socket = socket
    for (const bytes of this.#early.splice(0)) socket.write(bytes)
    this.#earlyBytes = 0
  }

  /** Bytes of the stream, cut anywhere. */
  read(chunk: Uint8Array): void {
    const bodies = this.#reader.push(chunk)
    if (bodies === "oversize") return this.end("down")
    for (const body of bodies) {
      if (this.#isOver) return
      this.#on({ kind: "frame", body })
    }
  }

  /** The connection is of no more use, and whoever has the channel is told so, once. */
  end(why: ChannelEnd): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#giveUp()
    this.#socket?.destroy()
    this.#on({ kind: "over", why })
  }

  #write(bytes: Uint8Array): void {
    if (this.#socket !== undefined) return void this.#socket.write(bytes)
    this.#early.push(bytes)
    this.#earlyBytes += bytes.length
  }
}
