import type { Core } from "./core.ts"
import type { Row } from "./member-table.ts"

/**
 * The order in which members are probed: shuffled anew for each round, so that none waits longer than two (SWIM §4.3).
 */
export class ProbeRound {
  readonly #core: Core
  /** The present round; rows before `#at` were probed. */
  #order: Row[] = []
  #at = 0

  constructor(core: Core) {
    this.#core = core
  }

  /** SWIM §4.3: a newcomer enters the present round at a random place. */
  insert(row: Row): void {
    const place = this.#at + this.#core.random.below(this.#order.length - this.#at + 1)
    const moved = this.#order[place]
    if (moved === undefined) this.#order.push(row)
    else {
      this.#order.push(moved)
      this.#order[place] = row
    }
  }

  /** The next row that is probed at all; undefined when there is none. */
  next(isProbed: (row: Row) => boolean): Row | undefined {
    for (let pass = 0; pass < 2; pass++) {
      while (this.#at < this.#order.length) {
        const row = this.#order[this.#at++] as Row
        if (isProbed(row)) return row
      }
      this.#order = [...this.#core.table.living]
      this.#core.random.shuffle(this.#order)
      this.#at = 0
    }
    return undefined
  }
}
