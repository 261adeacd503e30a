import type { AssignedItem } from "./types.ts"

/**
 * Items of one worker that may go elsewhere, by weight; of equal ones the newest first, since it has cost least so far.
 */
export class Movable {
  readonly #byWeight: Map<number, AssignedItem[]> = new Map()

  /** `most`: no more of one weight are ever asked for. */
  constructor(items: Iterable<AssignedItem>, most: number) {
    for (const item of items) {
      if (item.pin !== undefined) continue
      const list = this.#byWeight.get(item.weight) ?? []
      this.#byWeight.set(item.weight, list)
      list.push(item)
      if (list.length >= 4 * most) keepNewest(list, most)
    }
    for (const list of this.#byWeight.values()) keepNewest(list, most)
  }

  get weights(): Iterable<number> {
    return this.#byWeight.keys()
  }

  /** Takes the newest of this weight away. */
  take(weight: number): AssignedItem | undefined {
    const list = this.#byWeight.get(weight)
    const item = list?.shift()
    if (list?.length === 0) this.#byWeight.delete(weight)
    return item
  }
}

function keepNewest(list: AssignedItem[], most: number): void {
  list.sort((a, b) => b.token - a.token)
  list.splice(most)
}
