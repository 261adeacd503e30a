const WINDOW = 1024
const WORDS = WINDOW / 32

/**
 * Which counters of one sender have been seen: the highest, and of the 1,024 up to it each one (RFC 6479). What is
 * older counts as seen, so a datagram is late by 1,023 others at most.
 */
export class ReplayWindow {
  readonly #seen: Uint32Array = new Uint32Array(WORDS)
  #top: number

  /** One that goes on where another ended takes nothing up to the highest that was seen. */
  constructor(top = 0) {
    this.#top = top
    if (top > 0) this.#seen.fill(0xffff_ffff)
  }

  /** The highest counter that was seen; 0 before the first. */
  get top(): number {
    return this.#top
  }

  /** Counters begin with 1. */
  isFresh(counter: number): boolean {
    if (counter > this.#top) return true
    if (counter <= this.#top - WINDOW || counter < 1) return false
    const at = counter % WINDOW
    return ((this.#seen[at >>> 5] as number) & (1 << (at & 31))) === 0
  }

  /** Only what is fresh and authentic. */
  mark(counter: number): void {
    if (counter > this.#top) this.#advance(counter)
    const at = counter % WINDOW
    this.#seen[at >>> 5] = (this.#seen[at >>> 5] as number) | (1 << (at & 31))
  }

  #advance(counter: number): void {
    if (counter - this.#top >= WINDOW) this.#seen.fill(0)
    else
      for (let each = this.#top + 1; each <= counter; each++) {
        const at = each % WINDOW
        this.#seen[at >>> 5] = (this.#seen[at >>> 5] as number) & ~(1 << (at & 31))
      }
    this.#top = counter
  }
}
