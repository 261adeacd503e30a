import { assert } from "@conclave/base"

/** How far back in `seq` the service keeps the answers of a session: what is older could not be asked again. */
export const SEQ_WINDOW = 128
/**
 * How many of the last requests keep back what the service may forget, for the sake of a hold that is still there: what
 * its release came to can be asked again then. An older hold, which may last for months, keeps nothing back.
 */
export const HELD_BACK = 16

/** The numbers of a session's requests: from 1, growing, never used twice. */
export class Seqs {
  #last = 0
  /** Both in the order in which they were drawn, hence the lowest first; the second are among the first. */
  readonly #open: Set<number> = new Set()
  readonly #unanswered: Set<number> = new Set()

  /** False while another one would push an unanswered one out of what the service remembers. */
  get mayDraw(): boolean {
    const [lowest] = this.#unanswered
    return lowest === undefined || this.#last + 1 - lowest < SEQ_WINDOW
  }

  /** All requests below it are answered for good: the service may forget them (RIFL, Lee et al., SOSP 2015, §4.3). */
  get floor(): number {
    const next = this.#last + 1
    const [unanswered = next] = this.#unanswered
    const [open = next] = this.#open
    return Math.max(open, Math.min(unanswered, next - HELD_BACK))
  }

  draw(): number {
    assert(this.mayDraw, "an unanswered request can still be asked again")
    const seq = ++this.#last
    this.#open.add(seq)
    this.#unanswered.add(seq)
    return seq
  }

  /** It is not lost any more if it is asked again: a hold that the service remembers in its queue. */
  answered(seq: number): void {
    this.#unanswered.delete(seq)
  }

  /** It will not be asked again. */
  over(seq: number): void {
    this.#open.delete(seq)
    this.#unanswered.delete(seq)
  }
}
