import { Deadlines, type Millis } from "@conclave/base"
import type { Alarm, Clock } from "./ports.ts"

/** Many deadlines over one alarm, for waits that are not a core's. */
export class Timers {
  readonly #clock: Clock
  readonly #alarm: Alarm
  readonly #due: Deadlines<() => void> = new Deadlines()
  #armedMs = Number.POSITIVE_INFINITY

  constructor(clock: Clock) {
    this.#clock = clock
    this.#alarm = clock.alarm(() => this.#rang())
  }

  /** Acts at `atMs`, never from within; the result calls it off. */
  at(atMs: number, act: () => void): () => void {
    // A key of its own, whoever else waits with the same function.
    const key = (): void => act()
    this.#due.set(key, atMs)
    this.#arm()
    return () => this.#due.clear(key)
  }

  stop(): void {
    this.#alarm.clear()
    this.#armedMs = Number.POSITIVE_INFINITY
    for (let due = this.#due.take(Number.POSITIVE_INFINITY); due; due = this.#due.take(Number.POSITIVE_INFINITY));
  }

  #rang(): void {
    this.#armedMs = Number.POSITIVE_INFINITY
    const nowMs = this.#clock.now()
    for (let due = this.#due.take(nowMs); due !== undefined; due = this.#due.take(nowMs)) due.key()
    this.#arm()
  }

  #arm(): void {
    const { next } = this.#due
    if (next === this.#armedMs) return
    this.#armedMs = next
    if (next === Number.POSITIVE_INFINITY) this.#alarm.clear()
    else this.#alarm.set(next as Millis)
  }
}
