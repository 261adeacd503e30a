import { assert } from "@conclave/base"

/**
 * Lifeguard §IV-A: how much we doubt ourselves, 0 (well) to `max`.
 * Our timeouts, windows and probe interval stretch by score + 1.
 */
export class LocalHealth {
  readonly #max: number
  #score = 0

  constructor(max: number) {
    this.#max = max
  }

  get score(): number {
    return this.#score
  }

  /** The factor for our own timeouts. */
  get stretch(): number {
    return this.#score + 1
  }

  change(by: number): void {
    this.#score = Math.max(0, Math.min(this.#max, this.#score + by))
    assert(this.#score >= 0 && this.#score <= this.#max, "the local health score is in range")
  }
}
