import type { Clock } from "./ports.ts"

/**
 * The replicated time as a leader advances it: it begins where the state's time is when the leader's first entry is
 * applied, and goes on by the leader's own monotonic clock. Time in which the leader did nothing is dropped for good:
 * over any interval it advances no more than that clock, so no session ends early.
 */
export class Stamps {
  readonly #clock: Clock
  /** Replicated time minus own time; undefined = this replica does not lead, or not yet. */
  #offsetMs: number | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  begin(timeMs: number): void {
    this.#offsetMs = timeMs - this.#clock.now()
  }

  end(): void {
    this.#offsetMs = undefined
  }

  /** This process stood still for so long: who renewed meanwhile was not heard. */
  lose(ms: number): void {
    if (this.#offsetMs !== undefined) this.#offsetMs -= ms
  }

  /** What an entry of now carries; 0 = nothing can be said. */
  now(): number {
    return this.#offsetMs === undefined ? 0 : Math.max(0, Math.floor(this.#clock.now() + this.#offsetMs))
  }

  /** When the own clock will show that replicated time; Infinity for one that does not lead. */
  ownMs(timeMs: number): number {
    return this.#offsetMs === undefined ? Number.POSITIVE_INFINITY : Math.ceil(timeMs - this.#offsetMs)
  }
}
