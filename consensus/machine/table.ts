import { assert } from "@conclave/base"
import type { Counted, StateHash, Weight } from "./state-hash.ts"

/** Of the entities of a table. */
export interface Records<Entity> {
  readonly encode: (entity: Entity) => Uint8Array
  /** See `Counted`. */
  readonly areLong: boolean
  /** May be as large as any record that waits to be weighed, or larger. */
  readonly isLarge?: (entity: Entity) => boolean
}

interface Place<Entity> {
  readonly key: string
  /** Rows stand in the order of their birth; a row that is replaced keeps its place. */
  readonly born: number
  readonly entity: Entity
}

class Row<Entity> implements Place<Entity>, Counted {
  readonly key: string
  readonly born: number
  readonly entity: Entity
  weight: Weight | undefined = undefined
  readonly #records: Records<Entity>

  constructor(key: string, born: number, entity: Entity, records: Records<Entity>) {
    this.key = key
    this.born = born
    this.entity = entity
    this.#records = records
  }

  get isLong(): boolean {
    return this.#records.areLong
  }

  encode(): Uint8Array {
    return this.#records.encode(this.entity)
  }
}

/**
 * Entities of one kind by key. What they contain adds up to the state's hash and size as they come and go. A copy of
 * the table as it was at one moment can be read while it changes: an entity that the copy has not come to yet is set
 * aside before its first change.
 */
export class Table<Entity> {
  readonly #records: Records<Entity>
  readonly #hash: StateHash
  readonly #rows: Map<string, Row<Entity>> = new Map()
  #born = 0
  readonly #copies: Set<TableCopy<Entity>> = new Set()

  constructor(hash: StateHash, records: Records<Entity>) {
    this.#hash = hash
    this.#records = records
  }

  get size(): number {
    return this.#rows.size
  }

  get(key: string): Entity | undefined {
    return this.#rows.get(key)?.entity
  }

  /** In no order that anything may depend on: replicas keep different ones. */
  *values(): IterableIterator<Entity> {
    for (const { entity } of this.#rows.values()) yield entity
  }

  put(key: string, entity: Entity): void {
    const old = this.#rows.get(key)
    if (old !== undefined) this.#leave(old)
    const row = new Row(key, old?.born ?? ++this.#born, entity, this.#records)
    if (this.#records.isLarge?.(entity) === true) this.#hash.addLarge(row)
    else this.#hash.add(row)
    this.#rows.set(key, row)
  }

  delete(key: string): void {
    const old = this.#rows.get(key)
    assert(old !== undefined, "what is deleted is there")
    this.#leave(old)
    this.#rows.delete(key)
  }

  /** The table as it is now, entity by entity; readers do not know of each other. */
  copy(): TableCopy<Entity> {
    const copy: TableCopy<Entity> = new TableCopy(this.#rows.values(), this.#born, () => this.#copies.delete(copy))
    this.#copies.add(copy)
    return copy
  }

  #leave(row: Row<Entity>): void {
    for (const copy of this.#copies) copy.beforeChange(row)
    this.#hash.subtract(row)
  }
}

/** One moment of a table; see `Table.copy`. */
export class TableCopy<Entity> {
  readonly #rows: Iterator<Place<Entity>>
  /** Rows born later are no part of the copy. */
  readonly #last: number
  readonly #end: () => void
  /** As they were, of those not handed out yet. */
  readonly #aside: Map<string, Entity> = new Map()
  #passed = 0
  #hasPassedAll = false

  constructor(rows: Iterator<Place<Entity>>, last: number, end: () => void) {
    this.#rows = rows
    this.#last = last
    this.#end = end
  }

  /** Undefined when all have been handed out. */
  next(): Entity | undefined {
    const row = this.#hasPassedAll ? undefined : this.#nextRow()
    if (row === undefined) return this.#nextAside()
    const old = this.#aside.get(row.key)
    this.#aside.delete(row.key)
    return old ?? row.entity
  }

  /** From now on the table forgets about the copy. */
  close(): void {
    this.#end()
  }

  beforeChange(row: Place<Entity>): void {
    const isPart = row.born > this.#passed && row.born <= this.#last
    if (isPart && !this.#hasPassedAll && !this.#aside.has(row.key)) this.#aside.set(row.key, row.entity)
  }

  #nextRow(): Place<Entity> | undefined {
    const { value, done } = this.#rows.next()
    if (done !== true && value.born <= this.#last) {
      this.#passed = value.born
      return value
    }
    this.#hasPassedAll = true
    return undefined
  }

  /** Those that were gone before the copy came to them. */
  #nextAside(): Entity | undefined {
    for (const [key, entity] of this.#aside) {
      this.#aside.delete(key)
      return entity
    }
    return undefined
  }
}
