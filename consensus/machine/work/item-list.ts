import { assert } from "@conclave/base"
import type { Item } from "./types.ts"

/** Items by a number of theirs, each its own: the same on every replica whatever came first. */
export class ItemList {
  readonly #numberOf: (item: Item) => number
  readonly #items: Item[] = []

  constructor(numberOf: (item: Item) => number) {
    this.#numberOf = numberOf
  }

  get size(): number {
    return this.#items.length
  }

  get items(): readonly Item[] {
    return this.#items
  }

  add(item: Item): void {
    const at = this.#placeOf(item)
    if (at === this.#items.length) this.#items.push(item)
    else this.#items.splice(at, 0, item)
  }

  remove(item: Item): void {
    const at = this.#placeOf(item)
    assert(this.#items[at] === item, "what leaves a list stands in it")
    if (at === 0) this.#items.shift()
    else this.#items.splice(at, 1)
  }

  #placeOf(item: Item): number {
    const number = this.#numberOf(item)
    let low = 0
    let high = this.#items.length
    // What comes last mostly comes at the end.
    if (high > 0 && this.#numberOf(this.#items[high - 1] as Item) < number) return high
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#numberOf(this.#items[middle] as Item) < number) low = middle + 1
      else high = middle
    }
    return low
  }
}
