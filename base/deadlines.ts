import type { Millis } from "./ids.ts"

interface Entry<Key> {
  readonly key: Key
  readonly due: number
  readonly order: number
}

/**
 * Named deadlines, smallest first; equal ones in the order they were set.
 * Setting a name again replaces it; a replaced or cleared entry stays in the heap until it surfaces
 * (lazy deletion), and the heap is rebuilt when more than half of it is stale, so both stay O(log n) amortised.
 */
export class Deadlines<Key> {
  readonly #live: Map<Key, Entry<Key>> = new Map()
  #heap: Entry<Key>[] = []
  #order = 0

  get size(): number {
    return this.#live.size
  }

  /** When the earliest is due, or Infinity. */
  get next(): number {
    this.#dropStale()
    return this.#heap[0]?.due ?? Number.POSITIVE_INFINITY
  }

  set(key: Key, due: number): void {
    const entry = { key, due, order: this.#order++ }
    this.#live.set(key, entry)
    this.#heap.push(entry)
    this.#up(this.#heap.length - 1)
    if (this.#heap.length > 64 && this.#heap.length > 2 * this.#live.size) this.#rebuild()
  }

  clear(key: Key): void {
    this.#live.delete(key)
  }

  has(key: Key): boolean {
    return this.#live.has(key)
  }

  due(key: Key): Millis | undefined {
    return this.#live.get(key)?.due as Millis | undefined
  }

  /** Takes the earliest key that is due at `now`, with the time it was due. */
  take(now: number): { readonly key: Key; readonly due: number } | undefined {
    this.#dropStale()
    const first = this.#heap[0]
    if (first === undefined || first.due > now) return undefined
    this.#live.delete(first.key)
    this.#pop()
    return first
  }

  #dropStale(): void {
    for (let first = this.#heap[0]; first !== undefined; first = this.#heap[0]) {
      if (this.#live.get(first.key) === first) return
      this.#pop()
    }
  }

  #rebuild(): void {
    this.#heap = [...this.#live.values()].sort(inOrder)
  }

  #pop(): void {
    const last = this.#heap.pop()
    if (last === undefined || this.#heap.length === 0) return
    this.#heap[0] = last
    this.#down()
  }

  #up(start: number): void {
    const heap = this.#heap
    const entry = heap[start] as Entry<Key>
    let at = start
    while (at > 0) {
      const above = (at - 1) >> 1
      const parent = heap[above] as Entry<Key>
      if (inOrder(parent, entry) <= 0) break
      heap[at] = parent
      at = above
    }
    heap[at] = entry
  }

  #down(): void {
    const heap = this.#heap
    const entry = heap[0] as Entry<Key>
    let at = 0
    for (;;) {
      const left = 2 * at + 1
      if (left >= heap.length) break
      const right = left + 1
      const leftEntry = heap[left] as Entry<Key>
      const rightEntry = heap[right]
      const useRight = rightEntry !== undefined && inOrder(rightEntry, leftEntry) < 0
      const child = useRight ? rightEntry : leftEntry
      if (inOrder(entry, child) <= 0) break
      heap[at] = child
      at = useRight ? right : left
    }
    heap[at] = entry
  }
}

function inOrder<Key>(a: Entry<Key>, b: Entry<Key>): number {
  return a.due - b.due || a.order - b.order
}
