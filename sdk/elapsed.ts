import { uptime } from "node:os"

/**
 * Milliseconds since it was made, suspends included: a clock for deadlines that never falls.
 *
 * The monotonic clock stands still while the machine is suspended, the boot clock does not but has steps of 10 ms
 * (proc_uptime(5)). So the monotonic one is read, and moved on by as much as the boot clock has ever been ahead of it.
 */
export class Elapsed {
  readonly #monotonicMs: () => number
  readonly #bootMs: () => number
  readonly #monotonicStartMs: number
  readonly #bootStartMs: number
  #aheadMs = 0

  constructor(monotonicMs: () => number = () => performance.now(), bootMs: () => number = bootClockMs) {
    this.#monotonicMs = monotonicMs
    this.#bootMs = bootMs
    this.#monotonicStartMs = monotonicMs()
    this.#bootStartMs = bootMs()
  }

  read(): number {
    const monotonicMs = this.#monotonicMs() - this.#monotonicStartMs
    const bootMs = this.#bootMs() - this.#bootStartMs
    this.#aheadMs = Math.max(this.#aheadMs, bootMs - monotonicMs)
    return monotonicMs + this.#aheadMs
  }
}

/** Where the system does not tell, it is never ahead. */
function bootClockMs(): number {
  try {
    return uptime() * 1000
  } catch {
    return 0
  }
}
