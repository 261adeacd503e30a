import { assert } from "@conclave/base"

/** How far back in `seq` the service keeps the answers of a session: what is older could not be asked again. */
export const SEQ_WINDOW = 128

/** The numbers of a session's requests: from 1, growing, never used twice. */
export class Seqs {
  #last = 0
  /** In the order in which they were drawn, hence the lowest first. */
  readonly #unanswered: Set<number> = new Set()

  /** False while another one would push an unanswered one out of what the service remembers. */
  get mayDraw(): boolean {
    const [lowest] = this.#unanswered
    return lowest === undefined || this.#last + 1 - lowest < SEQ_WINDOW
  }

  draw(): number {
    assert(this.mayDraw, "an unanswered request can still be asked again")
    this.#unanswered.add(++this.#last)
    return this.#last
  }

  /** It will not be asked again, or the service remembers it by other means: a hold in its queue. */
  answered(seq: number): void {
    this.#unanswered.delete(seq)
  }
}
