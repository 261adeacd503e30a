import type { Clock } from "../ports.ts"

/**
 * Time that never falls and also counts while the machine is suspended: the later of what the monotonic and the boot
 * clock say. Deadlines that others act upon live here.
 */
export class Elapsed {
  readonly #clock: Clock
  readonly #startMs: number
  readonly #startBootMs: number

  constructor(clock: Clock) {
    this.#clock = clock
    this.#startMs = clock.now()
    this.#startBootMs = clock.bootMs()
  }

  now(): number {
    return Math.max(this.#clock.now() - this.#startMs, this.#clock.bootMs() - this.#startBootMs)
  }
}
