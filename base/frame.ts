import { assert } from "./assert.ts"

const HEADER_BYTES = 4

/** One frame: four bytes of big-endian length, then the body. */
export function frame(body: Uint8Array): Uint8Array {
  return frames([body])
}

/** Several frames, one behind the other. */
export function frames(bodies: readonly Uint8Array[]): Uint8Array {
  const parts = bodies.map((body) => [body])
  const length = parts.reduce((sum, body) => sum + HEADER_BYTES + lengthOf(body), 0)
  return fill(new Uint8Array(length), parts)
}

function fill(bytes: Uint8Array, bodies: readonly (readonly Uint8Array[])[]): Uint8Array {
  let at = 0
  for (const body of bodies) {
    const length = lengthOf(body)
    assert(length <= 0xffffffff, "a frame's length fits its header")
    for (let shift = 24; shift >= 0; shift -= 8) bytes[at++] = length >>> shift
    for (const part of body) {
      bytes.set(part, at)
      at += part.length
    }
  }
  return bytes
}

function lengthOf(body: readonly Uint8Array[]): number {
  let length = 0
  for (const part of body) length += part.length
  return length
}

/** More is not kept back for the rest of a turn. */
const KEPT_BYTES_MAX = 16 * 1024

export interface FrameOutboxOptions {
  readonly write: (bytes: Uint8Array) => void
  /** Calls back when this turn is over, or nearly so. */
  readonly soon: (act: () => void) => void
  /** So many bytes to write into, whatever is in them; by default new ones. */
  readonly room?: (bytes: number) => Uint8Array
}

/** What is said in one turn leaves in one piece. */
export class FrameOutbox {
  readonly #options: FrameOutboxOptions
  #bodies: (readonly Uint8Array[])[] = []
  #bytes = 0

  constructor(options: FrameOutboxOptions) {
    this.#options = options
  }

  /** What has not left yet. */
  get bytes(): number {
    return this.#bytes
  }

  /** One body, in parts where it is put together here: not to be changed before it has left. */
  add(...body: readonly Uint8Array[]): void {
    this.#bodies.push(body)
    this.#bytes += HEADER_BYTES + lengthOf(body)
    if (this.#bytes > KEPT_BYTES_MAX) this.flush()
    else if (this.#bodies.length === 1) this.#options.soon(() => this.flush())
  }

  flush(): void {
    if (this.#bodies.length === 0) return
    const bodies = this.#bodies
    const bytes = this.#options.room?.(this.#bytes) ?? new Uint8Array(this.#bytes)
    this.#bodies = []
    this.#bytes = 0
    this.#options.write(fill(bytes, bodies))
  }
}

/**
 * Cuts a byte stream into frames. A frame over `bytesMax` is refused before a byte of its body is kept.
 * A body that came in one piece is a view of it: whoever keeps a small one for long copies it.
 */
export class FrameReader {
  readonly #bytesMax: number
  readonly #header: Uint8Array = new Uint8Array(HEADER_BYTES)
  #headerHave = 0
  #body: Uint8Array | undefined
  #bodyHave = 0

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
  }

  /** True while a frame has begun and not ended. */
  get unfinished(): boolean {
    return this.#headerHave > 0 || this.#body !== undefined
  }

  /** The frames completed by `chunk`, or "oversize"; after that the stream is of no more use. */
  push(chunk: Uint8Array): readonly Uint8Array[] | "oversize" {
    const bodies: Uint8Array[] = []
    let at = 0
    while (at < chunk.length) {
      if (this.#body !== undefined) {
        at = this.#goOn(chunk, at, bodies)
        continue
      }
      if (this.#headerHave > 0 || chunk.length - at < HEADER_BYTES) {
        this.#header[this.#headerHave++] = chunk[at++] as number
        if (this.#headerHave < HEADER_BYTES) continue
        this.#headerHave = 0
      } else {
        for (let n = 0; n < HEADER_BYTES; n++) this.#header[n] = chunk[at++] as number
      }
      const length = lengthIn(this.#header)
      if (length > this.#bytesMax) return "oversize"
      if (at + length <= chunk.length) {
        bodies.push(chunk.subarray(at, at + length))
        at += length
      } else {
        this.#body = new Uint8Array(length)
        this.#bodyHave = 0
      }
    }
    return bodies
  }

  /** More of a body that came in pieces; returns where the chunk goes on. */
  #goOn(chunk: Uint8Array, at: number, bodies: Uint8Array[]): number {
    const body = this.#body as Uint8Array
    const want = Math.min(body.length - this.#bodyHave, chunk.length - at)
    body.set(chunk.subarray(at, at + want), this.#bodyHave)
    this.#bodyHave += want
    if (this.#bodyHave === body.length) {
      bodies.push(body)
      this.#body = undefined
    }
    return at + want
  }
}

function lengthIn(header: Uint8Array): number {
  let length = 0
  for (let at = 0; at < HEADER_BYTES; at++) length = length * 256 + (header[at] as number)
  return length
}
