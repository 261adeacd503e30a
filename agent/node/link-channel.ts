import type { Socket } from "node:net"
import { FrameOutbox, FrameReader } from "@conclave/base"
import type { Channel, ChannelEnd, ChannelEvent } from "../ports.ts"
import { atTurnEnd } from "./turn.ts"

/** The largest body of a frame; a stream with a larger one is broken off. */
export const CHANNEL_FRAME_BYTES_MAX = 4 * 1024 * 1024
/** Bytes that wait in this process for one channel; what comes on top is not taken. */
export const CHANNEL_WAITING_BYTES_MAX = 8 * 1024 * 1024
/** A channel that was closed here may still send what it has for so long. */
const LINGER_MS = 1000

/** Frames over one connection. */
export class SocketChannel implements Channel {
  readonly #socket: Socket
  readonly #outbox: FrameOutbox
  readonly #on: (event: ChannelEvent) => void
  readonly #reader: FrameReader = new FrameReader(CHANNEL_FRAME_BYTES_MAX)
  #isOver = false

  constructor(socket: Socket, on: (event: ChannelEvent) => void) {
    this.#socket = socket
    this.#outbox = new FrameOutbox({ write: (bytes) => socket.write(bytes), soon: atTurnEnd })
    this.#on = on
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

  readonly waitingBytes = (): number => this.#socket.writableLength + this.#outbox.bytes

  readonly close = (): void => {
    this.#isOver = true
    this.#outbox.flush()
    // Not at once: a reason that was just sent is worth more than a reset.
    this.#socket.destroySoon()
    const timer = setTimeout(() => this.#socket.destroy(), LINGER_MS)
    this.#socket.once("close", () => clearTimeout(timer))
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
    this.#socket.destroy()
    this.#on({ kind: "over", why })
  }
}
