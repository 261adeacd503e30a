/**
 * The first of some, by an order that changes under them: when one of them has changed, or takes part no more, the
 * first is found again in as many looks as the number of them has digits. Each inner node of a tree knows which of
 * those below it is first; a heap would need to know where in it each of them stands.
 */
export class Tournament<T> {
  readonly #all: readonly T[]
  readonly #isBefore: (a: T, b: T) => boolean
  readonly #leaves: number
  /** Places in the list, -1 = nobody. The root is 1, below `node` are `2 node` and `2 node + 1`. */
  readonly #firsts: Int32Array

  /** No two are alike in the order. */
  constructor(all: readonly T[], isBefore: (a: T, b: T) => boolean, isIn: (each: T) => boolean = () => true) {
    this.#all = all
    this.#isBefore = isBefore
    this.#leaves = 2 ** Math.ceil(Math.log2(Math.max(1, all.length)))
    this.#firsts = new Int32Array(2 * this.#leaves).fill(-1)
    for (const [at, each] of all.entries()) if (isIn(each)) this.#firsts[this.#leaves + at] = at
    for (let node = this.#leaves - 1; node > 0; node--) this.#judge(node)
  }

  get first(): T | undefined {
    return this.#at(1)
  }

  /** Of the one at this place in the list something has changed. */
  update(at: number, isIn: boolean): void {
    const leaf = this.#leaves + at
    this.#firsts[leaf] = isIn ? at : -1
    for (let node = leaf >> 1; node > 0; node >>= 1) this.#judge(node)
  }

  #judge(node: number): void {
    const [a, b] = [this.#at(2 * node), this.#at(2 * node + 1)]
    const isLeft = b === undefined || (a !== undefined && this.#isBefore(a, b))
    this.#firsts[node] = this.#firsts[isLeft ? 2 * node : 2 * node + 1] ?? -1
  }

  #at(node: number): T | undefined {
    const at = this.#firsts[node] ?? -1
    return at < 0 ? undefined : this.#all[at]
  }
}
