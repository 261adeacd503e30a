/** What an event wakes. `op` and `n` are the owner's own; `x` and `y` its cargo. */
export interface EventOwner {
  /** Names the owner's kind in the trace. */
  readonly tag: number
  readonly fire: (event: SimEvent) => void
}

/** One entry of the heap. Taken from a pool and used again: never keep one after `fire`. */
export class SimEvent {
  atUs = 0
  order = 0
  op = 0
  n = 0
  owner: EventOwner | undefined = undefined
  x: unknown = undefined
  y: unknown = undefined
}

const WAYS = 4
const POOL_MAX = 65_536

/**
 * Every future event of a virtual world, earliest first, equal times in the order they were asked for.
 * A 4-ary heap of pooled entries: a packet costs no allocation.
 */
export class EventHeap {
  readonly #heap: SimEvent[] = []
  readonly #pool: SimEvent[] = []
  #order = 0

  get size(): number {
    return this.#heap.length
  }

  /** When the earliest is due, or Infinity. */
  get nextUs(): number {
    return this.#heap[0]?.atUs ?? Number.POSITIVE_INFINITY
  }

  push(atUs: number, owner: EventOwner, op: number, n: number, x: unknown, y: unknown): void {
    const event = this.#pool.pop() ?? new SimEvent()
    event.atUs = atUs
    event.order = this.#order++
    event.owner = owner
    event.op = op
    event.n = n
    event.x = x
    event.y = y
    const heap = this.#heap
    let at = heap.length
    heap.push(event)
    while (at > 0) {
      const above = (at - 1) >> 2
      const parent = heap[above] as SimEvent
      if (parent.atUs <= atUs) break
      heap[at] = parent
      at = above
    }
    heap[at] = event
  }

  /** Takes the earliest. Give it back with `recycle` once it has been used. */
  pop(): SimEvent | undefined {
    const heap = this.#heap
    const first = heap[0]
    const last = heap.pop()
    if (first === undefined || last === undefined || heap.length === 0) return first
    this.#sink(last)
    return first
  }

  recycle(event: SimEvent): void {
    event.owner = undefined
    event.x = undefined
    event.y = undefined
    if (this.#pool.length < POOL_MAX) this.#pool.push(event)
  }

  #sink(entry: SimEvent): void {
    const heap = this.#heap
    const size = heap.length
    let at = 0
    for (;;) {
      const first = at * WAYS + 1
      if (first >= size) break
      let least = first
      let child = heap[first] as SimEvent
      const end = Math.min(first + WAYS, size)
      for (let index = first + 1; index < end; index++) {
        const other = heap[index] as SimEvent
        if (isBefore(other, child)) {
          least = index
          child = other
        }
      }
      if (!isBefore(child, entry)) break
      heap[at] = child
      at = least
    }
    heap[at] = entry
  }
}

function isBefore(a: SimEvent, b: SimEvent): boolean {
  return a.atUs < b.atUs || (a.atUs === b.atUs && a.order < b.order)
}
