import type { Millis } from "@conclave/base"
import type { Alarm, Clock } from "conclave/ports"

/** Time that stands still until a test moves it. */
export class FakeClock implements Clock {
  #now = 1000
  readonly #alarms: Map<object, { at: number; ring: () => void }> = new Map()

  readonly now = (): Millis => this.#now as Millis
  readonly wallMs = (): number => this.#now
  readonly bootMs = (): number => this.#now
  readonly afterTurn = (done: () => void): void => void setImmediate(done)
  readonly afterSlice = (done: () => void): void => this.afterTurn(done)

  readonly alarm = (ring: () => void): Alarm => {
    const key = {}
    return { set: (at) => void this.#alarms.set(key, { at, ring }), clear: () => void this.#alarms.delete(key) }
  }

  /** When the next alarm rings. */
  get nextMs(): number {
    return Math.min(...[...this.#alarms.values()].map(({ at }) => at))
  }

  get armed(): number {
    return this.#alarms.size
  }

  advance(ms: number): void {
    this.#now += ms
    for (const [key, { at, ring }] of [...this.#alarms]) {
      if (at > this.#now) continue
      this.#alarms.delete(key)
      ring()
    }
  }
}
