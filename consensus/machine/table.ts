import { assert } from "@conclave/base"
import { type Counted, NO_WEIGHT, type StateHash, type Weight } from "./state-hash.ts"

/** Of the entities of a table. */
export interface Records<Entity> {
  /** See `Counted`. */
  readonly encode: (entity: Entity) => Uint8Array
  /** Of entities that are changed in place, for a reader who wants them as they were. */
  readonly copy?: (entity: Entity) => Entity
  /** May be as large as any record that waits to be weighed, or larger. */
  readonly isLarge?: (entity: Entity) => boolean
}

interface Place<Entity> {
  readonly key: string
  /** Rows stand in the order of their birth; one whose entity is replaced keeps its place. */
  readonly born: number
  readonly entity: Entity
}

class Row<Entity> implements Place<Entity>, Counted {
  readonly key: string
  readonly born: number
  entity: Entity
  weight: Weight = NO_WEIGHT
  isWaiting = false
  readonly #records: Records<Entity>

  constructor(key: string, born: number, entity: Entity, records: Records<Entity>) {
    this.key = key
    this.born = born
    this.entity = entity
    this.#records = records
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
    let row = this.#rows.get(key)
    if (row === undefined) {
      row = new Row(key, ++this.#born, entity, this.#records)
      this.#rows.set(key, row)
    } else {
      this.#setAside(row)
      row.entity = entity
    }
    if (this.#records.isLarge?.(entity) === true) this.#hash.countLarge(row)
    else this.#hash.count(row)
  }

  /** To be changed in place, where its own record does not change by that. */
  toChange(key: string): Entity | undefined {
    const row = this.#rows.get(key)
    if (row !== undefined) this.#setAside(row)
    return row?.entity
  }

  delete(key: string): void {
    const row = this.#rows.get(key)
    assert(row !== undefined, "what is deleted is there")
    this.#setAside(row)
    this.#hash.discount(row)
    this.#rows.delete(key)
  }

  /** The table as it is now, entity by entity; readers do not know of each other. */
  copy(): TableCopy<Entity> {
    const copy: TableCopy<Entity> = new TableCopy(this.#rows, this.#born, () => this.#copies.delete(copy))
    this.#copies.add(copy)
    return copy
  }

  #setAside(row: Row<Entity>): void {
    if (this.#copies.size === 0) return
    for (const copy of this.#copies) {
      if (copy.lacks(row)) copy.setAside(row.key, this.#records.copy?.(row.entity) ?? row.entity)
    }
  }
}

/** One moment of a table; see `Table.copy`. */
export class TableCopy<Entity> {
  readonly #rows: ReadonlyMap<string, Place<Entity>>
  readonly #rest: Iterator<Place<Entity>>
  /** Rows born later are no part of the copy. */
  readonly #last: number
  readonly #end: () => void
  /** As they were, of those not handed out yet. */
  readonly #aside: Map<string, Entity> = new Map()
  #passed = 0
  #hasPassedAll = false

  constructor(rows: ReadonlyMap<string, Place<Entity>>, last: number, end: () => void) {
    this.#rows = rows
    this.#rest = rows.values()
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

  /** The one of a key, as it was: of those that have not been handed out. */
  get(key: string): Entity | undefined {
    const row = this.#rows.get(key)
    return this.#aside.get(key) ?? (row !== undefined && row.born <= this.#last ? row.entity : undefined)
  }

  /** From now on the table forgets about the copy. */
  close(): void {
    this.#end()
  }

  /** Whether it has not come to that row yet, nor has it as it was. */
  lacks({ key, born }: Place<Entity>): boolean {
    const isPart = born > this.#passed && born <= this.#last
    return isPart && !this.#hasPassedAll && !this.#aside.has(key)
  }

  setAside(key: string, entity: Entity): void {
    this.#aside.set(key, entity)
  }

  #nextRow(): Place<Entity> | undefined {
    const { value, done } = this.#rest.next()
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
