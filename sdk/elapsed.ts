import { uptime } from "node:os"

/** Awake, the boot clock itself is read as often. */
const READ_EVERY_MS = 100
/** By how much the wall clock may part from the monotonic one meanwhile. */
const APART_MS = 3

/** Where the time comes from, in ms. */
export interface Clocks {
  readonly monotonicMs: () => number
  readonly bootMs: () => number
  readonly wallMs: () => number
}

/**
 * Milliseconds since it was made, suspends included: a clock for deadlines that never falls.
 *
 * The monotonic clock stands still while the machine is suspended, the boot clock does not but has steps of 10 ms
 * (proc_uptime(5)). So the monotonic one is read, and moved on by as much as the boot clock has ever been ahead of it.
 *
 * Each look at the boot clock opens a file, so it is read ten times a second, and whenever the wall clock has parted
 * from the monotonic one: the kernel moves wall and boot clock on by a suspend at once. Whoever sets the wall clock
 * back by just that much hides it for `READ_EVERY_MS`.
 */
export class Elapsed {
  readonly #clocks: Clocks
  readonly #monotonicStartMs: number
  readonly #bootStartMs: number
  #readMs: number
  #wallAheadMs: number
  #aheadMs = 0

  constructor(clocks: Clocks) {
    this.#clocks = clocks
    this.#monotonicStartMs = clocks.monotonicMs()
    this.#bootStartMs = clocks.bootMs()
    this.#readMs = this.#monotonicStartMs
    this.#wallAheadMs = clocks.wallMs() - this.#monotonicStartMs
  }

  read(): number {
    const nowMs = this.#clocks.monotonicMs()
    const monotonicMs = nowMs - this.#monotonicStartMs
    const wallAheadMs = this.#clocks.wallMs() - nowMs
    if (nowMs - this.#readMs >= READ_EVERY_MS || Math.abs(wallAheadMs - this.#wallAheadMs) > APART_MS) {
      this.#readMs = nowMs
      this.#wallAheadMs = wallAheadMs
      this.#aheadMs = Math.max(this.#aheadMs, this.#clocks.bootMs() - this.#bootStartMs - monotonicMs)
    }
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

export const SYSTEM_CLOCKS: Clocks = {
  monotonicMs: () => performance.now(),
  bootMs: bootClockMs,
  wallMs: () => Date.now(),
}
