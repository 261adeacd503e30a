import type { Clock } from "../../ports.ts"
import type { Timers } from "../../timers.ts"

/** First pause before another try, doubled up to the last. */
const FIRST_MS = 20
const LAST_MS = 320

/** How long the next pause of one task is. */
export interface Pause {
  nextMs: number
}

export function firstPause(): Pause {
  return { nextMs: FIRST_MS }
}

/** What is tried again after a pause, or as soon as there is a reason to hope. */
export class Retries {
  readonly #clock: Pick<Clock, "now">
  readonly #timers: Timers
  readonly #waiting: Set<() => void> = new Set()

  constructor(clock: Pick<Clock, "now">, timers: Timers) {
    this.#clock = clock
    this.#timers = timers
  }

  /** `again` is called once, at the latest when the task has to end. */
  later(pause: Pause, untilMs: number, again: () => void): void {
    const nowMs = this.#clock.now()
    const atMs = Math.min(nowMs + pause.nextMs, Math.max(untilMs, nowMs))
    pause.nextMs = Math.min(2 * pause.nextMs, LAST_MS)
    const act = (): void => {
      cancel()
      this.#waiting.delete(act)
      again()
    }
    const cancel = this.#timers.at(atMs, act)
    this.#waiting.add(act)
  }

  /** All that waits is tried at once. */
  wake(): void {
    for (const act of [...this.#waiting]) act()
  }

  /** Nothing is tried again; whoever owns the timers stops them. */
  stop(): void {
    this.#waiting.clear()
  }
}
