import { Duplex } from "node:stream"

/** Sent on one stream and not taken yet; beyond it the sender waits. */
export const WINDOW_BYTES: number = 256 * 1024
/** What was taken is told in portions: small pieces are not answered one by one. */
const TOLD_BYTES_MIN = WINDOW_BYTES / 4
/** Streams at once, and the longest piece of one: others come in between. */
export const STREAMS_MAX = 256
const PIECE_BYTES_MAX = 16 * 1024
const HEADER_BYTES = 5
/** The longest frame that there is. */
export const FRAME_BYTES_MAX: number = HEADER_BYTES + PIECE_BYTES_MAX

const KINDS = { open: 1, bytes: 2, taken: 3, end: 4, broken: 5 } as const

export interface MuxOptions {
  readonly isInitiator: boolean
  /** One frame, to be given whole to the `take` of the other end. */
  readonly send: (frame: Uint8Array) => void
  /** The other end has opened a stream. */
  readonly accept: (stream: Duplex) => void
}

/** Many streams in one, each with a window of its own: one that nobody reads holds up no other. */
export class Mux {
  readonly #options: MuxOptions
  readonly #streams: Map<number, MuxStream> = new Map()
  #next: number

  constructor(options: MuxOptions) {
    this.#options = options
    this.#next = options.isInitiator ? 1 : 2
  }

  /** undefined: there are too many. */
  open(): Duplex | undefined {
    if (this.#streams.size >= STREAMS_MAX) return undefined
    const number = this.#next
    this.#next += 2
    this.#send("open", number)
    return this.#add(number)
  }

  /** False: what the other end says makes no sense. */
  take(frame: Uint8Array): boolean {
    if (frame.length < HEADER_BYTES) return false
    const view = new DataView(frame.buffer, frame.byteOffset)
    const [kind, number, body] = [view.getUint8(0), view.getUint32(1), frame.subarray(HEADER_BYTES)]
    if (kind === KINDS.open) return this.#opened(number)
    // One that was broken off here may be spoken of for a moment.
    const stream = this.#streams.get(number)
    switch (kind) {
      case KINDS.bytes:
        return stream?.receive(body) ?? true
      case KINDS.taken:
        if (body.length !== 4) return false
        stream?.allow(new DataView(body.buffer, body.byteOffset).getUint32(0))
        return true
      case KINDS.end:
        stream?.push(null)
        return true
      case KINDS.broken:
        this.#streams.delete(number)
        stream?.destroy(new Error("the other end has broken it off"))
        return true
      default:
        return false
    }
  }

  close(): void {
    for (const stream of this.#streams.values()) stream.destroy()
  }

  #opened(number: number): boolean {
    const isTheirs = number % 2 !== this.#next % 2
    if (!isTheirs || this.#streams.has(number)) return false
    if (this.#streams.size >= STREAMS_MAX) this.#send("broken", number)
    else this.#options.accept(this.#add(number))
    return true
  }

  #add(number: number): MuxStream {
    const stream = new MuxStream((kind, body) => this.#send(kind, number, body))
    this.#streams.set(number, stream)
    stream.once("close", () => {
      if (!this.#streams.delete(number) || stream.isOver) return
      this.#send("broken", number)
    })
    return stream
  }

  #send(kind: keyof typeof KINDS, number: number, body: Uint8Array = new Uint8Array(0)): void {
    const frame = new Uint8Array(HEADER_BYTES + body.length)
    const view = new DataView(frame.buffer)
    view.setUint8(0, KINDS[kind])
    view.setUint32(1, number)
    frame.set(body, HEADER_BYTES)
    this.#options.send(frame)
  }
}

class MuxStream extends Duplex {
  readonly #send: (kind: "bytes" | "taken" | "end", body?: Uint8Array) => void
  #room = WINDOW_BYTES
  #waiting: { bytes: Uint8Array; readonly done: () => void } | undefined
  /** Received and not told to be taken: what the other end holds against its window. */
  #untaken = 0

  constructor(send: (kind: "bytes" | "taken" | "end", body?: Uint8Array) => void) {
    super({ allowHalfOpen: true })
    this.#send = send
    // Whoever uses it hears of it by its end, too.
    this.on("error", () => {})
  }

  /** Both sides have said their last word. */
  get isOver(): boolean {
    return this.readableEnded && this.writableFinished
  }

  /** False: more than it may send. */
  receive(bytes: Uint8Array): boolean {
    this.#untaken += bytes.length
    if (this.#untaken > WINDOW_BYTES) return false
    if (this.push(Buffer.from(bytes))) this.#tellTaken()
    return true
  }

  /** So much more may be sent. */
  allow(bytes: number): void {
    this.#room = Math.min(this.#room + bytes, WINDOW_BYTES)
    this.#sendWaiting()
  }

  override _read(): void {
    this.#tellTaken()
  }

  override _write(bytes: Uint8Array, _encoding: string, done: () => void): void {
    this.#waiting = { bytes, done }
    this.#sendWaiting()
  }

  override _final(done: () => void): void {
    this.#send("end")
    done()
  }

  #sendWaiting(): void {
    const waiting = this.#waiting
    if (waiting === undefined) return
    while (waiting.bytes.length > 0 && this.#room > 0) {
      const piece = waiting.bytes.subarray(0, Math.min(this.#room, PIECE_BYTES_MAX))
      waiting.bytes = waiting.bytes.subarray(piece.length)
      this.#room -= piece.length
      this.#send("bytes", piece)
    }
    if (waiting.bytes.length > 0) return
    this.#waiting = undefined
    waiting.done()
  }

  #tellTaken(): void {
    if (this.#untaken < TOLD_BYTES_MIN) return
    const body = new Uint8Array(4)
    new DataView(body.buffer).setUint32(0, this.#untaken)
    this.#untaken = 0
    this.#send("taken", body)
  }
}
