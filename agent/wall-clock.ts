import type { Millis } from "@conclave/base"
import type { Clock } from "./ports.ts"

/** The wall clock may differ this much from what the monotonic one says before times are shown by it anew. */
const WALL_JITTER_MS = 50

/**
 * Shows times of the monotonic clock as people read them. The two clocks are read one after the other and tick
 * unevenly: small differences are ignored, so that a time that was shown once is shown so again; a clock that was set
 * is followed.
 */
export class WallClock {
  readonly #clock: Clock
  #offsetMs = Number.NEGATIVE_INFINITY

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Unix milliseconds. */
  of(at: Millis): number {
    const offset = this.#clock.wallMs() - this.#clock.now()
    if (Math.abs(offset - this.#offsetMs) > WALL_JITTER_MS) this.#offsetMs = offset
    return Math.round(at + this.#offsetMs)
  }
}
