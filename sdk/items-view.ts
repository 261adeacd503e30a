export interface Change<T> {
  readonly rev: bigint
  readonly type: "put" | "delete"
  readonly item: T
  readonly reason?: string
}

/** A whole state and what changed since the last one that the same reader got. */
export interface View<T> {
  readonly rev: bigint
  /** Sorted; never changed after it was yielded. */
  readonly items: readonly T[]
  readonly changes: readonly Change<T>[]
  /** Changes were lost (a slow reader, a reconnect): compare `items` instead. */
  readonly reset: boolean
  /** How long ago the agent was last heard of, in ms; 0 while connected. */
  readonly ageMs: number
}

/** A line of a watch, its 64-bit numbers as such. */
export interface ItemsLine<T> {
  readonly type: "view" | "change" | "progress"
  readonly rev: bigint
  readonly items?: readonly T[] | undefined
  readonly more?: boolean | undefined
  readonly reset?: boolean | undefined
  readonly changes?:
    | readonly {
        readonly type: "put" | "delete"
        readonly item: T
        readonly reason?: string | undefined
        /** Where that is not the line's: it tells of several. */
        readonly rev?: bigint | undefined
      }[]
    | undefined
}

/** Changes kept for one reader that does not read. */
const CHANGES_MAX = 1024

export interface Reader<T> {
  changes: Change<T>[]
  reset: boolean
  readonly onReadable: () => void
}

/** What an item is called, and where it stands: two of one key have one place. */
export interface ItemsOptions<T> {
  readonly keyOf: (item: T) => string
  readonly compare: (a: T, b: T) => number
}

/** The items of a watch as the agent last told, and what each reader has not seen yet. Pure: it knows no connection. */
export class ItemsView<T> {
  readonly #keyOf: (item: T) => string
  readonly #compare: (a: T, b: T) => number
  readonly #byKey: Map<string, T> = new Map()
  readonly #readers: Set<Reader<T>> = new Set()
  #parts: T[] = []
  /** One that was handed out is frozen: the next change makes another. */
  #sorted: T[] = []
  #rev = 0n
  #views = 0

  constructor({ keyOf, compare }: ItemsOptions<T>) {
    this.#keyOf = keyOf
    this.#compare = compare
  }

  /** At least one whole view has come. */
  get isLoaded(): boolean {
    return this.#views > 0
  }

  get rev(): bigint {
    return this.#rev
  }

  /** Sorted; the same array until something changes. */
  items(): readonly T[] {
    return Object.freeze(this.#sorted)
  }

  /** A new connection: half a view from the old one is worth nothing. */
  restart(): void {
    this.#parts = []
  }

  take(line: ItemsLine<T>): void {
    if (typeof line.rev !== "bigint") throw new TypeError("a line of a watch has a revision")
    if (line.type === "view") return this.#view(line)
    this.#rev = line.rev
    for (const change of line.changes ?? []) this.#change(change.rev ?? line.rev, change)
  }

  /** Something else than items is to be told to every reader. */
  wake(): void {
    for (const reader of this.#readers) reader.onReadable()
  }

  addReader(onReadable: () => void): Reader<T> {
    const reader: Reader<T> = { changes: [], reset: false, onReadable }
    this.#readers.add(reader)
    return reader
  }

  removeReader(reader: Reader<T>): void {
    this.#readers.delete(reader)
  }

  #view(line: ItemsLine<T>): void {
    // Another view may begin before all parts of the last one have come.
    if (line.reset === true) this.#parts = []
    this.#parts.push(...(line.items ?? []))
    if (line.more === true) return
    this.#byKey.clear()
    for (const item of this.#parts) this.#byKey.set(this.#keyOf(item), item)
    this.#parts = []
    this.#sorted = [...this.#byKey.values()].sort(this.#compare)
    this.#rev = line.rev
    const isFirst = this.#views === 0
    this.#views++
    for (const reader of this.#readers) {
      reader.changes = []
      reader.reset = !isFirst
      reader.onReadable()
    }
  }

  #change(
    rev: bigint,
    change: { readonly type: "put" | "delete"; readonly item: T; readonly reason?: string | undefined },
  ): void {
    const { type, item, reason } = change
    this.#replace(item, type === "put")
    for (const reader of this.#readers) {
      if (reader.changes.length >= CHANGES_MAX) {
        reader.changes = []
        reader.reset = true
      } else if (!reader.reset) reader.changes.push({ rev, type, item, ...(reason === undefined ? {} : { reason }) })
      reader.onReadable()
    }
  }

  #replace(item: T, isPut: boolean): void {
    const key = this.#keyOf(item)
    const old = this.#byKey.get(key)
    if (Object.isFrozen(this.#sorted)) this.#sorted = [...this.#sorted]
    if (old !== undefined) this.#sorted.splice(this.#placeOf(old), 1)
    if (isPut) {
      this.#byKey.set(key, item)
      this.#sorted.splice(this.#placeOf(item), 0, item)
    } else this.#byKey.delete(key)
  }

  /** How many stand before it. */
  #placeOf(item: T): number {
    let low = 0
    let high = this.#sorted.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#compare(this.#sorted[middle] as T, item) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}
