import type { Addr } from "@conclave/base"
import type { Channel, ChannelEvent } from "./ports.ts"

/** What a cut withholds of one channel, in bytes each way; a real connection's buffers are no larger. */
const WITHHELD_BYTES_MAX = 8 * 1024 * 1024

type Handler = (event: ChannelEvent) => void

/**
 * One channel with a cut in it: while the address is cut off, nothing passes in either direction and nothing is lost;
 * when it is healed, what was withheld passes in order.
 */
export class FaultyChannel implements Channel {
  readonly #addr: Addr
  readonly #isCut: (addr: Addr) => boolean
  readonly #onOver: (channel: FaultyChannel) => void
  #real: Channel | undefined
  #on: Handler = () => {}
  #outgoing: Uint8Array[] = []
  #outgoingBytes = 0
  #incoming: ChannelEvent[] = []
  #incomingBytes = 0
  #isOver = false

  constructor(addr: Addr, isCut: (addr: Addr) => boolean, onOver: (channel: FaultyChannel) => void) {
    this.#addr = addr
    this.#isCut = isCut
    this.#onOver = onOver
  }

  /** Said once, before anything is sent. */
  connect(real: Channel, on: Handler): void {
    this.#real = real
    this.#on = on
  }

  readonly send = (body: Uint8Array): boolean => {
    if (this.#isOver) return false
    if (!this.#isCut(this.#addr)) return this.#real?.send(body) ?? false
    if (this.#outgoingBytes + body.length > WITHHELD_BYTES_MAX) return false
    this.#outgoing.push(body)
    this.#outgoingBytes += body.length
    return true
  }

  readonly waitingBytes = (): number => this.#outgoingBytes + (this.#real?.waitingBytes() ?? 0)

  readonly close = (): void => {
    if (this.#isOver) return
    this.#end()
    this.#real?.close()
  }

  /** Of the real channel. */
  readonly hear = (event: ChannelEvent): void => {
    if (this.#isOver) return
    if (event.kind === "frame" && this.#isCut(this.#addr)) {
      this.#incomingBytes += event.body.length
      // No buffer holds so much: the connection would stand still, and here it breaks.
      if (this.#incomingBytes > WITHHELD_BYTES_MAX) {
        this.#real?.close()
        this.#incoming.push({ kind: "over", why: "down" })
        return
      }
    }
    this.#incoming.push(event)
    this.heal()
  }

  /** Lets pass what was withheld, if nothing withholds it any more. */
  heal(): void {
    if (this.#isCut(this.#addr)) return
    for (const body of this.#outgoing.splice(0)) this.#real?.send(body)
    this.#outgoingBytes = 0
    this.#incomingBytes = 0
    for (const event of this.#incoming.splice(0)) {
      if (this.#isOver) return
      if (event.kind === "over") this.#end()
      this.#on(event)
    }
  }

  #end(): void {
    this.#isOver = true
    this.#outgoing = []
    this.#incoming = []
    this.#onOver(this)
  }
}
