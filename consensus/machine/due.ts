/** What falls due, in the order in which equal deadlines are taken. */
export const DUE_KINDS = [
  "session",
  "sessionRevoke",
  "holdRevoke",
  "maxHold",
  "name",
  "wait",
  "ended",
  "staged",
  "tombstone",
  "item",
  "pool",
] as const

export type DueKind = (typeof DUE_KINDS)[number]

interface Due {
  readonly id: string
  readonly atMs: number
}

/** The earliest of each kind, and of all: by (deadline, kind, id), the same on every replica whatever came first. */
export class Dues {
  readonly #heaps: Readonly<Record<DueKind, DueHeap>> = {
    session: new DueHeap(),
    sessionRevoke: new DueHeap(),
    holdRevoke: new DueHeap(),
    maxHold: new DueHeap(),
    name: new DueHeap(),
    wait: new DueHeap(),
    ended: new DueHeap(),
    staged: new DueHeap(),
    tombstone: new DueHeap(),
    item: new DueHeap(),
    pool: new DueHeap(),
  }

  set(kind: DueKind, id: string, atMs: number): void {
    this.#heaps[kind].set(id, atMs)
  }

  clear(kind: DueKind, id: string): void {
    this.#heaps[kind].clear(id)
  }

  /** When the earliest of all is due; Infinity when there is none. */
  get nextMs(): number {
    let next = Number.POSITIVE_INFINITY
    for (const kind of DUE_KINDS) next = Math.min(next, this.#heaps[kind].first()?.atMs ?? next)
    return next
  }

  first(): (Due & { readonly kind: DueKind }) | undefined {
    let first: Due | undefined
    let kindOfFirst: DueKind = "session"
    for (const kind of DUE_KINDS) {
      const due = this.#heaps[kind].first()
      if (due === undefined || (first !== undefined && due.atMs >= first.atMs)) continue
      first = due
      kindOfFirst = kind
    }
    return first === undefined ? undefined : { kind: kindOfFirst, id: first.id, atMs: first.atMs }
  }

  firstOf(kind: DueKind): Due | undefined {
    return this.#heaps[kind].first()
  }

  at(kind: DueKind, id: string): number | undefined {
    return this.#heaps[kind].at(id)
  }
}

/**
 * Deadlines by id, smallest first, equal ones by id. A replaced or cleared one stays in the heap until it surfaces, and
 * the heap is built anew when most of it is stale. Unlike `Deadlines` of the base its order says nothing of the order
 * of the calls: a replica that was restored made them in another one.
 */
export class DueHeap {
  readonly #live: Map<string, Due> = new Map()
  #heap: Due[] = []

  get size(): number {
    return this.#live.size
  }

  set(id: string, atMs: number): void {
    if (this.#live.get(id)?.atMs === atMs) return
    const due = { id, atMs }
    this.#live.set(id, due)
    this.#heap.push(due)
    this.#up(this.#heap.length - 1)
    if (this.#heap.length > 64 && this.#heap.length > 2 * this.#live.size) this.#rebuild()
  }

  clear(id: string): void {
    this.#live.delete(id)
  }

  at(id: string): number | undefined {
    return this.#live.get(id)?.atMs
  }

  first(): Due | undefined {
    for (let first = this.#heap[0]; first !== undefined; first = this.#heap[0]) {
      if (this.#live.get(first.id) === first) return first
      this.#pop()
    }
    return undefined
  }

  #rebuild(): void {
    this.#heap = [...this.#live.values()].sort((a, b) => (isBefore(a, b) ? -1 : 1))
  }

  #pop(): void {
    const last = this.#heap.pop()
    if (last === undefined || this.#heap.length === 0) return
    this.#heap[0] = last
    this.#down()
  }

  #up(start: number): void {
    const heap = this.#heap
    const due = heap[start] as Due
    let at = start
    while (at > 0) {
      const above = (at - 1) >> 1
      const parent = heap[above] as Due
      if (!isBefore(due, parent)) break
      heap[at] = parent
      at = above
    }
    heap[at] = due
  }

  #down(): void {
    const heap = this.#heap
    const due = heap[0] as Due
    let at = 0
    for (;;) {
      const left = 2 * at + 1
      const other = heap[left + 1]
      if (left >= heap.length) break
      const child = other !== undefined && isBefore(other, heap[left] as Due) ? left + 1 : left
      if (!isBefore(heap[child] as Due, due)) break
      heap[at] = heap[child] as Due
      at = child
    }
    heap[at] = due
  }
}

function isBefore(a: Due, b: Due): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.id < b.id)
}
