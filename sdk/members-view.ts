import type { Member, WatchLine } from "./wire.gen.ts"

export interface Change<T> {
  readonly rev: bigint
  readonly type: "put" | "delete"
  readonly item: T
  readonly reason?: string
}

/** A whole state and what changed since the last one that the same reader got. */
export interface View<T> {
  readonly rev: bigint
  /** Sorted by name; never changed after it was yielded. */
  readonly items: readonly T[]
  readonly changes: readonly Change<T>[]
  /** Changes were lost (a slow reader, a reconnect): compare `items` instead. */
  readonly reset: boolean
  /** How long ago the agent was last heard of, in ms; 0 while connected. */
  readonly ageMs: number
}

/** Changes kept for one reader that does not read. */
const CHANGES_MAX = 1024

export interface Reader {
  changes: Change<Member>[]
  reset: boolean
  readonly onReadable: () => void
}

/** The members as the agent last told, and what each reader has not seen yet. Pure: it knows no connection. */
export class MembersView {
  readonly #byId: Map<string, Member> = new Map()
  readonly #readers: Set<Reader> = new Set()
  #parts: Member[] = []
  #sorted: readonly Member[] | undefined
  #rev = 0n
  #views = 0

  /** At least one whole view has come. */
  get isLoaded(): boolean {
    return this.#views > 0
  }

  get rev(): bigint {
    return this.#rev
  }

  /** Sorted by name; the same array until something changes. */
  items(): readonly Member[] {
    this.#sorted ??= Object.freeze([...this.#byId.values()].sort(inOrder))
    return this.#sorted
  }

  /** A new connection: half a view from the old one is worth nothing. */
  restart(): void {
    this.#parts = []
  }

  take(line: WatchLine): void {
    if (typeof line.rev !== "bigint") throw new TypeError("a line of a watch has a revision")
    if (line.type === "view") return this.#view(line)
    this.#rev = line.rev
    for (const change of line.changes ?? []) this.#change(line.rev, change)
  }

  /** Something else than members is to be told to every reader. */
  wake(): void {
    for (const reader of this.#readers) reader.onReadable()
  }

  addReader(onReadable: () => void): Reader {
    const reader: Reader = { changes: [], reset: false, onReadable }
    this.#readers.add(reader)
    return reader
  }

  removeReader(reader: Reader): void {
    this.#readers.delete(reader)
  }

  #view(line: WatchLine): void {
    this.#parts.push(...(line.items ?? []))
    if (line.more === true) return
    this.#byId.clear()
    for (const member of this.#parts) this.#byId.set(member.id, member)
    this.#parts = []
    this.#sorted = undefined
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
    change: { readonly type: "put" | "delete"; readonly item: Member; readonly reason?: string | undefined },
  ): void {
    const { type, item, reason } = change
    if (type === "put") this.#byId.set(item.id, item)
    else this.#byId.delete(item.id)
    this.#sorted = undefined
    for (const reader of this.#readers) {
      if (reader.changes.length >= CHANGES_MAX) {
        reader.changes = []
        reader.reset = true
      } else if (!reader.reset) reader.changes.push({ rev, type, item, ...(reason === undefined ? {} : { reason }) })
      reader.onReadable()
    }
  }
}

/** By name; of two that share one, a dead and its successor, by id. */
function inOrder(a: Member, b: Member): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1
  return a.id < b.id ? -1 : 1
}
