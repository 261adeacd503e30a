/** Time as this process sees it: by a clock that is never set, and by the one on the wall. */
export interface SealClock {
  readonly now: () => number
  readonly wallMs: () => number
}

const BOOT_MS = 3_600_000
/** Shorter stalls happen on every busy machine. */
const STOOD_MS = 2000
/** By how much the two clocks may part between two datagrams. */
const APART_MS = 1000

/**
 * Says when a boot has been used for long enough. A machine that was copied while it ran goes on twice, each copy with
 * the same boot and the same counter: what one has sealed since, and what the other has, would have the same nonces. A
 * copy does not learn that it is one; but it usually stood still, or finds the wall clock set right, and after an hour
 * the two part in any case.
 */
export class BootAge {
  readonly #clock: SealClock
  #drawnMs = 0
  #aheadMs = 0

  constructor(clock: SealClock) {
    this.#clock = clock
    this.drawn()
  }

  /** A boot begins. */
  drawn(): void {
    this.#drawnMs = this.#clock.now()
    this.#aheadMs = this.#clock.wallMs() - this.#drawnMs
  }

  /** This process did nothing for so long. */
  stood(lostMs: number): void {
    if (lostMs >= STOOD_MS) this.#drawnMs = Number.NEGATIVE_INFINITY
  }

  /** Asked before each datagram. */
  isOver(): boolean {
    const nowMs = this.#clock.now()
    const aheadMs = this.#clock.wallMs() - nowMs
    const isSet = Math.abs(aheadMs - this.#aheadMs) > APART_MS
    // A wall clock that runs fast or slow parts from the other little by little.
    this.#aheadMs = aheadMs
    return isSet || nowMs - this.#drawnMs >= BOOT_MS
  }
}
