import { uptime } from "node:os"

/** The clocks of a system, in ms. */
export interface SystemClocks {
  /** Stands still while the machine is suspended. */
  readonly monotonicMs: () => number
  /** Goes on meanwhile, and may be set. */
  readonly wallMs: () => number
  /** Goes on meanwhile, is never set, and has steps of 10 ms: /proc/uptime or CLOCK_BOOTTIME (proc_uptime(5)). */
  readonly bootMs: () => number
}

/** Awake, the boot clock itself is read as often. */
const READ_EVERY_MS = 100
/** By how much the wall clock may part from the monotonic one meanwhile. */
const APART_MS = 3

/**
 * Milliseconds since the machine was started, suspends included; it never falls.
 *
 * Each look at the boot clock opens a file, so in between the monotonic clock moves on what was read. A suspend cannot
 * hide in between: the kernel moves wall and boot clock on by it at once, and where the wall clock has parted from the
 * monotonic one the boot clock is read. Whoever sets the wall clock back by just that much hides it for
 * `READ_EVERY_MS`.
 */
export class BootClock {
  readonly #clocks: SystemClocks
  #readMs = Number.NEGATIVE_INFINITY
  #wallAheadMs = 0
  #aheadMs = Number.NEGATIVE_INFINITY

  constructor(clocks: SystemClocks = SYSTEM) {
    this.#clocks = clocks
  }

  read(): number {
    const monotonicMs = this.#clocks.monotonicMs()
    const wallAheadMs = this.#clocks.wallMs() - monotonicMs
    if (monotonicMs - this.#readMs >= READ_EVERY_MS || Math.abs(wallAheadMs - this.#wallAheadMs) > APART_MS) {
      this.#readMs = monotonicMs
      this.#wallAheadMs = wallAheadMs
      this.#aheadMs = Math.max(this.#aheadMs, this.#clocks.bootMs() - monotonicMs)
    }
    return monotonicMs + this.#aheadMs
  }
}

const SYSTEM: SystemClocks = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
  bootMs: () => uptime() * 1000,
}
