/** Samples after which an estimate says something. */
const SAMPLES_MIN = 3

/** Smoothed round trip and its mean deviation over many peers (Jacobson and Karels 1988). */
export class RoundTrip {
  #samples = 0
  #smoothedMs = 0
  #deviationMs = 0

  sample(rttMs: number): void {
    if (this.#samples === 0) {
      this.#smoothedMs = rttMs
      this.#deviationMs = rttMs / 2
    } else {
      const error = rttMs - this.#smoothedMs
      this.#smoothedMs += error / 8
      this.#deviationMs += (Math.abs(error) - this.#deviationMs) / 4
    }
    this.#samples++
  }

  /** Smoothed + 4 × deviation; undefined with fewer than three samples. */
  get boundMs(): number | undefined {
    return this.#samples < SAMPLES_MIN ? undefined : this.#smoothedMs + 4 * this.#deviationMs
  }
}
