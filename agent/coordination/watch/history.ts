import type { ToldChange } from "./scope.ts"

/** Revisions kept for readers who come back, and their bytes. */
export const PAST_MAX = 4096
export const PAST_BYTES_MAX: number = 8 * 1024 * 1024

/** All that one revision changed of one kind. */
export interface Step {
  readonly rev: number
  readonly changes: readonly ToldChange[]
  readonly bytes: number
}

/** The last revisions, from the one after `from` on without a gap. */
export class History<Kept extends { readonly rev: number; readonly bytes: number } = Step> {
  #steps: Kept[] = []
  #bytes = 0
  #from: number | undefined

  /** All that happened after this revision is known from now on, unless it is already of an earlier one. */
  begin(rev: number): void {
    this.#from ??= rev
  }

  keep(step: Kept): void {
    this.#steps.push(step)
    this.#bytes += step.bytes
    while (this.#steps.length > PAST_MAX || this.#bytes > PAST_BYTES_MAX) {
      const gone = this.#steps.shift()
      if (gone === undefined) return
      this.#bytes -= gone.bytes
      this.#from = gone.rev
    }
  }

  /** What followed a revision, oldest first; undefined = that is not known. Nothing has followed on the present one. */
  since(rev: number, present: number): readonly Kept[] | undefined {
    if (rev === present) return []
    // Behind the present nothing has happened, but for one who comes from another state.
    if (this.#from === undefined || rev < this.#from || rev > present) return undefined
    return this.#steps.slice(this.#placeAfter(rev))
  }

  forget(): void {
    this.#steps = []
    this.#bytes = 0
    this.#from = undefined
  }

  #placeAfter(rev: number): number {
    let low = 0
    let high = this.#steps.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#steps[middle] as Kept).rev <= rev) low = middle + 1
      else high = middle
    }
    return low
  }
}
