import { assert } from "@conclave/base"
import type { Item } from "./types.ts"

/** Free items, first put first: the same on every replica whatever came first. Of two no two are equal. */
export class ItemList {
  readonly #items: Item[] = []

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

  #placeOf({ order }: Item): number {
    let low = 0
    let high = this.#items.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#items[middle] as Item).order < order) low = middle + 1
      else high = middle
    }
    return low
  }
}
