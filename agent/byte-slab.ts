/** Pieces are cut out of so much at a time; what is longer has its own. */
const SLAB_BYTES = 32 * 1024
const PIECE_BYTES_MAX = 4 * 1024

/** Small pieces of bytes: to allocate each by itself costs more than to write into it. */
export class ByteSlab {
  #slab: Uint8Array = new Uint8Array(0)
  #used = 0

  /** So many bytes that nobody else has, all zero. */
  take(bytes: number): Uint8Array {
    if (bytes > PIECE_BYTES_MAX) return new Uint8Array(bytes)
    if (this.#used + bytes > this.#slab.length) {
      this.#slab = new Uint8Array(SLAB_BYTES)
      this.#used = 0
    }
    const start = this.#used
    this.#used += bytes
    return this.#slab.subarray(start, this.#used)
  }
}
