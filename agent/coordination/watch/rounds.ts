import type { Millis } from "@conclave/base"
import type { Alarm, Clock } from "../../ports.ts"
import type { Reader } from "./reader.ts"

/** Readers told in a second, in the long run: what that costs leaves an agent nine tenths of its time. */
export const TOLD_PER_S = 10_000
/** So long may what was told be ahead of that rate: a pause that is shorter is none. */
const AHEAD_MS = 5

/**
 * When readers are told that there is something to take. A few hear of each change at once. Of many, to each of whom it costs
 * a write of its own, all hear in rounds: what has come between two of them goes in one write to each. A thousand hear ten
 * times a second.
 */
export class Rounds {
  readonly #clock: Clock
  readonly #alarm: Alarm
  readonly #due: Set<Reader> = new Set()
  /** When all that was told is within the rate. */
  #paidMs = 0
  #isArmed = false

  constructor(clock: Clock) {
    this.#clock = clock
    this.#alarm = clock.alarm(() => this.#ring())
  }

  /** Each of them has something to take. */
  tell(readers: Iterable<Reader>): void {
    for (const reader of readers) this.#due.add(reader)
    if (this.#due.size === 0 || this.#isArmed) return
    const nextMs = this.#paidMs - AHEAD_MS
    if (this.#clock.now() >= nextMs) return this.#go()
    this.#isArmed = true
    this.#alarm.set(nextMs as Millis)
  }

  stop(): void {
    this.#alarm.clear()
    this.#due.clear()
  }

  #ring(): void {
    this.#isArmed = false
    this.#go()
  }

  #go(): void {
    const readers = [...this.#due]
    this.#due.clear()
    for (const reader of readers) reader.readable()
    this.#paidMs = Math.max(this.#clock.now(), this.#paidMs) + (readers.length / TOLD_PER_S) * 1000
  }
}
