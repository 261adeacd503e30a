/** Parts of the view that are compared on their own. */
export const BUCKETS = 64

/**
 * Hashes of a view by bucket: each bucket is the sum of its rows' hashes, the root the sum of all, so that a change
 * costs O(1) and the order of changes does not matter.
 */
export class Digest {
  readonly #buckets: Uint32Array = new Uint32Array(BUCKETS)
  readonly #changedMs: Float64Array = new Float64Array(BUCKETS).fill(Number.NEGATIVE_INFINITY)
  #rows: Uint32Array = new Uint32Array(16)
  #root = 0

  /** Never 0: 0 on the wire means that the sender has nothing to compare. */
  get root(): number {
    return this.#root === 0 ? 1 : this.#root
  }

  static bucketOf(idHash: number): number {
    return idHash % BUCKETS
  }

  buckets(): number[] {
    return [...this.#buckets]
  }

  bucket(index: number): number {
    return this.#buckets[index] as number
  }

  isSettled(index: number, nowMs: number, settleMs: number): boolean {
    return nowMs - (this.#changedMs[index] as number) >= settleMs
  }

  /** Sets the hash of one row; 0 takes it out. */
  set(row: number, idHash: number, hash: number, nowMs: number): void {
    if (row >= this.#rows.length) {
      const grown = new Uint32Array(Math.max(row + 1, this.#rows.length * 2))
      grown.set(this.#rows)
      this.#rows = grown
    }
    const before = this.#rows[row] as number
    if (before === hash) return
    const bucket = Digest.bucketOf(idHash)
    this.#rows[row] = hash
    this.#buckets[bucket] = (this.#buckets[bucket] as number) - before + hash
    this.#root = (this.#root - before + hash) >>> 0
    this.#changedMs[bucket] = nowMs
  }
}
