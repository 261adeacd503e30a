import { timeText } from "../api/member-json.ts"
import type { Clock } from "../ports.ts"

/** What is shown moves only when the two clocks have grown apart by more than this. */
const JITTER_MS = 1000

/**
 * The replicated clock in terms of the wall clock, for people. It stands still where the cluster could not count, so that
 * the two drift apart: the newest comparison is taken.
 */
export class ReplicatedTime {
  readonly #clock: Clock
  #offsetMs: number | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** The replicated clock shows `timeMs` now. */
  seen(timeMs: number): void {
    const offsetMs = this.#clock.wallMs() - timeMs
    if (this.#offsetMs === undefined || Math.abs(offsetMs - this.#offsetMs) > JITTER_MS) this.#offsetMs = offsetMs
  }

  text(timeMs: number): string {
    return timeText(Math.round(timeMs + (this.#offsetMs ?? 0)))
  }
}
