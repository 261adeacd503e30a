/** Keys of one run: what is put in moves at most so many. */
const RUN_KEYS_MAX = 512

/**
 * Texts in the order of their characters, each once, in runs that are short enough to be put into: of a hundred
 * thousand none is looked at that does not begin as it should.
 */
export class SortedKeys {
  /** None is empty. */
  readonly #runs: string[][] = []
  #size = 0

  get size(): number {
    return this.#size
  }

  /** One that is there stays. */
  add(key: string): void {
    const at = this.#runOf(key)
    const run = this.#runs[at]
    if (run === undefined) this.#runs.push([key])
    else {
      const place = placeIn(run, key)
      if (run[place] === key) return
      run.splice(place, 0, key)
      if (run.length > RUN_KEYS_MAX) this.#runs.splice(at + 1, 0, run.splice(RUN_KEYS_MAX / 2))
    }
    this.#size++
  }

  delete(key: string): void {
    const at = this.#runOf(key)
    const run = this.#runs[at]
    const place = run === undefined ? 0 : placeIn(run, key)
    if (run?.[place] !== key) return
    run.splice(place, 1)
    if (run.length === 0) this.#runs.splice(at, 1)
    this.#size--
  }

  /** Those that begin so, in order. Not to be changed meanwhile. */
  *from(prefix: string): IterableIterator<string> {
    const first = this.#runOf(prefix)
    for (let at = first; at < this.#runs.length; at++) {
      const run = this.#runs[at] as string[]
      for (let place = at === first ? placeIn(run, prefix) : 0; place < run.length; place++) {
        const key = run[place] as string
        if (!key.startsWith(prefix)) return
        yield key
      }
    }
  }

  /** The run in which a key is, or would be: the last that begins no later. */
  #runOf(key: string): number {
    let low = 0
    let high = this.#runs.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#runs[middle]?.[0] as string) <= key) low = middle + 1
      else high = middle
    }
    return Math.max(0, low - 1)
  }
}

/** How many stand before it. */
function placeIn(run: readonly string[], key: string): number {
  let low = 0
  let high = run.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((run[middle] as string) < key) low = middle + 1
    else high = middle
  }
  return low
}
