import type { Millis } from "@conclave/base"
import type { Alarm, Clock } from "../../ports.ts"
import type { Reader } from "./reader.ts"

/** Readers told in a second, in the long run: what that costs leaves an agent nine tenths of its time. */
export const TOLD_PER_S = 10_000
/** So long may what was told be ahead of that rate: a pause that is shorter is none. */
const AHEAD_MS = 5

/**
 * When readers are told that there is something to take. A few hear of each change at once. Of many, to each of whom it
 * costs a write of its own, all hear in rounds: what has come between two of them goes in one write to each. A thousand
 * hear ten times a second.
 */
export class Rounds {
  readonly #clock: Clock
  readonly #alarm: Alarm
  readonly #due: Set<Iterable<Reader>> = new Set()
  /** When all that was told is within the rate. */
  #paidMs = 0
  #isArmed = false

  constructor(clock: Clock) {
    this.#clock = clock
    this.#alarm = clock.alarm(() => this.#ring())
  }

  /** Each of them has something to take: those who are among them when the round begins. */
  tell(readers: Iterable<Reader>): void {
    this.#due.add(readers)
    if (this.#isArmed) return
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
    const readers = new Set<Reader>()
    for (const each of this.#due) for (const reader of each) readers.add(reader)
    this.#due.clear()
    for (const reader of readers) reader.readable()
    this.#paidMs = Math.max(this.#clock.now(), this.#paidMs) + (readers.size / TOLD_PER_S) * 1000
  }
}
