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

/** A deadline, and where it stands in the heap. */
interface Placed {
  due: Due
  place: number
}

/**
 * Deadlines by id, smallest first, equal ones by id. Each knows its place, so that one that is replaced or cleared
 * moves alone: were it left until it surfaces, all would have to be sorted anew when most are stale. Unlike `Deadlines`
 * of the base its order says nothing of the order of the calls: a replica that was restored made them in another one.
 */
export class DueHeap {
  readonly #live: Map<string, Placed> = new Map()
  readonly #heap: Placed[] = []

  get size(): number {
    return this.#heap.length
  }

  set(id: string, atMs: number): void {
    const known = this.#live.get(id)
    if (known?.due.atMs === atMs) return
    const placed = known ?? { due: { id, atMs }, place: this.#heap.length }
    placed.due = { id, atMs }
    this.#live.set(id, placed)
    this.#settle(placed)
  }

  clear(id: string): void {
    const placed = this.#live.get(id)
    const last = this.#heap.at(-1)
    if (placed === undefined || last === undefined) return
    this.#live.delete(id)
    this.#heap.pop()
    if (last === placed) return
    last.place = placed.place
    this.#settle(last)
  }

  at(id: string): number | undefined {
    return this.#live.get(id)?.due.atMs
  }

  first(): Due | undefined {
    return this.#heap[0]?.due
  }

  /** To where it belongs, from where it says that it stands. */
  #settle(placed: Placed): void {
    this.#up(placed)
    this.#down(placed)
  }

  #up(placed: Placed): void {
    for (let at = placed.place; at > 0; at = placed.place) {
      const parent = this.#heap[(at - 1) >> 1] as Placed
      if (!isBefore(placed.due, parent.due)) break
      placed.place = parent.place
      this.#put(parent, at)
    }
    this.#put(placed, placed.place)
  }

  #down(placed: Placed): void {
    for (;;) {
      const at = placed.place
      const [left, right] = [this.#heap[2 * at + 1], this.#heap[2 * at + 2]]
      const child = left !== undefined && right !== undefined && isBefore(right.due, left.due) ? right : left
      if (child === undefined || !isBefore(child.due, placed.due)) break
      placed.place = child.place
      this.#put(child, at)
    }
    this.#put(placed, placed.place)
  }

  #put(placed: Placed, place: number): void {
    this.#heap[place] = placed
    placed.place = place
  }
}

function isBefore(a: Due, b: Due): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.id < b.id)
}
