import { assert } from "./assert.ts"

const HEADER_BYTES = 4

/** One frame: four bytes of big-endian length, then the body. */
export function frame(body: Uint8Array): Uint8Array {
  assert(body.length <= 0xffffffff, "a frame's length fits its header")
  const bytes = new Uint8Array(HEADER_BYTES + body.length)
  new DataView(bytes.buffer).setUint32(0, body.length)
  bytes.set(body, HEADER_BYTES)
  return bytes
}

/**
 * Cuts a byte stream into frames. A frame over `bytesMax` is refused before a byte of its body is kept.
 * Bodies are copies: the chunk they came in can be reused.
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
    const frames: Uint8Array[] = []
    let at = 0
    while (at < chunk.length) {
      if (this.#body === undefined) {
        this.#header[this.#headerHave++] = chunk[at++] as number
        if (this.#headerHave < HEADER_BYTES) continue
        const length = new DataView(this.#header.buffer).getUint32(0)
        if (length > this.#bytesMax) return "oversize"
        this.#headerHave = 0
        this.#body = new Uint8Array(length)
        this.#bodyHave = 0
        if (length > 0) continue
      }
      const want = Math.min(this.#body.length - this.#bodyHave, chunk.length - at)
      this.#body.set(chunk.subarray(at, at + want), this.#bodyHave)
      this.#bodyHave += want
      at += want
      if (this.#bodyHave === this.#body.length) {
        frames.push(this.#body)
        this.#body = undefined
      }
    }
    return frames
  }
}
