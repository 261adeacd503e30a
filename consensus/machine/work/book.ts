import { assert } from "@conclave/base"
import type { Dues } from "../due.ts"
import type { StateHash } from "../state-hash.ts"
import { Table } from "../table.ts"
import type { HoldEnd, Token } from "../types.ts"
import { passingRecord } from "../wire-record.ts"
import { ItemList } from "./item-list.ts"
import { HARMLESS_AFTER_MS, SUSPECT_LOSSES } from "./limits.ts"
import type { Item, ItemState, Owner, Pool, Tombstone } from "./types.ts"

/** Of a payload with which a record may wait to be weighed (`RECORD_BYTES_MAX`), with what else an item has. */
const SMALL_CHARACTERS_MAX = 4096
/** Missing workers, each of a long id, with which the record of a pool may wait. */
const FEW_LOSSES_MAX = 64

/** What one worker has of a pool. */
export class Load {
  readonly items: Map<string, Item> = new Map()
  /** What its items weigh together, and those among them that it is asked to hand back. */
  used = 0
  outgoing = 0
  /** All its items are asked back, and no later than by then; infinite = not known. */
  askedUntilMs: number = Number.POSITIVE_INFINITY
  /** Items that are suspected, at most one. */
  suspects = 0
  /** Those that may go elsewhere, by what they weigh, the oldest assignment first. */
  readonly movable: Map<number, ItemList> = new Map()
}

/** What will come to one worker beside what it has. */
export class Coming {
  readonly items: Map<string, Item> = new Map()
  weight = 0
}

/** What is derived of one pool's items, kept as they come and go. */
export class PoolBook {
  readonly items: Map<string, Item> = new Map()
  readonly counts: Record<ItemState, number> = { free: 0, assigned: 0, revoking: 0, failed: 0 }
  /** Free, and any worker may have them. */
  readonly ready: ItemList = new ItemList(orderOf)
  /** Free, and one worker alone may have them, by its id. */
  readonly waiting: Map<string, ItemList> = new Map()
  /** By `ownerKey`. */
  readonly loads: Map<string, Load> = new Map()
  /** By the id of the worker. */
  readonly incoming: Map<string, Coming> = new Map()
  /** Assigned to another worker than the one that they are pinned to, by the id of that one. */
  readonly misplaced: Map<string, ItemList> = new Map()
}

/** A worker that joined, is asked to leave, or has gone: its items follow it in the same entry. */
export interface Departure {
  readonly pool: string
  readonly session: Owner["session"]
  readonly seq: number
  readonly id: string
  /** Its id was given by itself: the same worker may come back under it. */
  readonly isStable: boolean
  /** Of its session. */
  readonly ttlMs: number
  /** Undefined = its hold stands. */
  readonly how: HoldEnd | "joined" | undefined
}

/** Pools and their items, and what is derived of them. */
export class WorkBook {
  readonly pools: Table<Pool>
  readonly items: Table<Item>
  readonly tombstones: Table<Tombstone>
  readonly #books: Map<string, PoolBook> = new Map()
  readonly #byToken: Map<Token, Item> = new Map()
  readonly #dues: Dues
  /** Workers of the entry at work whose items must follow. */
  readonly departures: Map<string, Departure> = new Map()

  constructor(hash: StateHash, dues: Dues) {
    this.#dues = dues
    this.pools = new Table(hash, {
      encode: (pool) => passingRecord({ kind: "pool", pool }),
      isLarge: ({ losses }) => losses.length > FEW_LOSSES_MAX,
    })
    this.tombstones = new Table(hash, { encode: (tombstone) => passingRecord({ kind: "tombstone", tombstone }) })
    this.items = new Table(hash, {
      encode: (item) => passingRecord({ kind: "item", item }),
      isLarge: ({ payload = "" }) => payload.length > SMALL_CHARACTERS_MAX,
    })
  }

  pool(name: string): Pool | undefined {
    return this.pools.get(name)
  }

  item(pool: string, item: string): Item | undefined {
    return this.items.get(itemKey(pool, item))
  }

  /** Of an item of this name that was removed: while it stands, one that is put again is kept. */
  tombstone(pool: string, item: string): Tombstone | undefined {
    return this.tombstones.get(itemKey(pool, item))
  }

  byToken(token: Token): Item | undefined {
    return this.#byToken.get(token)
  }

  /** Its items follow before the entry ends. That it joined, and then that its hold is over, is not forgotten again. */
  follow(departure: Departure): void {
    const key = ownerKey(departure)
    const known = this.departures.get(key)?.how
    const isNews = known === undefined || (known === "joined" && departure.how !== undefined)
    if (isNews) this.departures.set(key, departure)
  }

  /** It has an item less: of a worker that leaves it may have been the last. */
  hasLess(pool: string, owner: Owner): void {
    this.follow({ pool, ...owner, isStable: false, ttlMs: 0, how: undefined })
  }

  /** Undefined: it has no item. */
  book(pool: string): PoolBook | undefined {
    return this.#books.get(pool)
  }

  putPool(pool: Pool): void {
    this.pools.put(pool.name, pool)
    if (pool.brake === undefined) this.#dues.clear("pool", pool.name)
    else this.#dues.set("pool", pool.name, pool.brake.untilMs)
  }

  dropPool(name: string): void {
    this.pools.delete(name)
    this.#dues.clear("pool", name)
  }

  putItem(item: Item): void {
    const key = itemKey(item.pool, item.item)
    const old = this.items.get(key)
    if (old !== undefined) this.#unlink(old)
    this.items.put(key, item)
    this.#link(item)
    const dueMs = dueOf(item)
    if (dueMs === undefined) this.#dues.clear("item", key)
    else this.#dues.set("item", key, dueMs)
  }

  dropItem(item: Item): void {
    const key = itemKey(item.pool, item.item)
    this.#unlink(item)
    if (this.#books.get(item.pool)?.items.size === 0) this.#books.delete(item.pool)
    this.items.delete(key)
    this.#dues.clear("item", key)
  }

  putTombstone(tombstone: Tombstone): void {
    const key = itemKey(tombstone.pool, tombstone.item)
    this.tombstones.put(key, tombstone)
    this.#dues.set("tombstone", key, tombstone.untilMs)
  }

  dropTombstone(key: string): void {
    this.tombstones.delete(key)
    this.#dues.clear("tombstone", key)
  }

  #link(item: Item): void {
    const book = this.#books.get(item.pool) ?? new PoolBook()
    this.#books.set(item.pool, book)
    book.items.set(item.item, item)
    book.counts[item.state]++
    const alone = waitsFor(item)
    if (isReady(item)) book.ready.add(item)
    else if (alone !== undefined) listAt(book.waiting, alone, orderOf).add(item)
    const incoming = incomingOf(item)
    if (incoming !== undefined) {
      const coming = book.incoming.get(incoming) ?? new Coming()
      book.incoming.set(incoming, coming)
      coming.items.set(item.item, item)
      coming.weight += item.weight
    }
    const { owner } = item
    if (owner === undefined) return
    this.#byToken.set(owner.token, item)
    const load = book.loads.get(ownerKey(owner)) ?? new Load()
    book.loads.set(ownerKey(owner), load)
    load.items.set(item.item, item)
    load.used += item.weight
    if ((item.revoking?.untilMs ?? Number.POSITIVE_INFINITY) > load.askedUntilMs)
      load.askedUntilMs = Number.POSITIVE_INFINITY
    if (isSuspect(item)) load.suspects++
    if (item.state === "revoking") load.outgoing += item.weight
    if (isMovable(item)) listAt(load.movable, item.weight, tokenOf).add(item)
    if (isMisplaced(item)) listAt(book.misplaced, item.pin, tokenOf).add(item)
  }

  #unlink(item: Item): void {
    const book = this.#books.get(item.pool)
    assert(book !== undefined, "an item stands in the book of its pool")
    book.items.delete(item.item)
    book.counts[item.state]--
    const alone = waitsFor(item)
    if (isReady(item)) book.ready.remove(item)
    else if (alone !== undefined) leaveList(book.waiting, alone, item)
    const incoming = incomingOf(item)
    if (incoming !== undefined) {
      const coming = book.incoming.get(incoming) as Coming
      coming.items.delete(item.item)
      coming.weight -= item.weight
      if (coming.items.size === 0) book.incoming.delete(incoming)
    }
    const { owner } = item
    if (owner === undefined) return
    this.#byToken.delete(owner.token)
    const load = book.loads.get(ownerKey(owner)) as Load
    load.items.delete(item.item)
    load.used -= item.weight
    if (isSuspect(item)) load.suspects--
    if (item.state === "revoking") load.outgoing -= item.weight
    if (load.items.size === 0) book.loads.delete(ownerKey(owner))
    if (isMovable(item)) leaveList(load.movable, item.weight, item)
    if (isMisplaced(item)) leaveList(book.misplaced, item.pin, item)
  }
}

/** The id of the only worker that may have a free item now; undefined = anybody may, or nobody yet. */
export function waitsFor({ state, pin, target, keptUntilMs }: Item): string | undefined {
  if (state !== "free" || (keptUntilMs !== undefined && target === undefined)) return undefined
  return pin ?? (keptUntilMs === undefined ? undefined : target)
}

/** Whether the worker of an id may have it at all; undefined = nobody in particular. */
export function mayGoTo({ pin }: Pick<Item, "pin">, id: string | undefined): boolean {
  return pin === undefined || id === undefined || pin === id
}

/** It may be what kills its workers. */
export function isSuspect({ losses }: Pick<Item, "losses">): boolean {
  return losses >= SUSPECT_LOSSES
}

/** When its time comes: to be taken away, to be suspected no more, or to be kept and to rest no more. */
export function dueOf(item: Item): number | undefined {
  switch (item.state) {
    case "revoking":
      return item.revoking?.untilMs
    case "assigned":
      return isSuspect(item) ? item.sinceMs + HARMLESS_AFTER_MS : undefined
    default:
      return item.keptUntilMs
  }
}

/** Free, and any worker may have it. */
export function isReady({ state, pin, keptUntilMs }: Item): boolean {
  return state === "free" && pin === undefined && keptUntilMs === undefined
}

export function isMisplaced(item: Item): item is Item & { readonly pin: string } {
  const { state, pin, owner } = item
  return state === "assigned" && pin !== undefined && pin !== owner?.id
}

/** Another worker may as well have it. A suspect stays: elsewhere it would be watched anew. */
export function isMovable(item: Item): boolean {
  return item.state === "assigned" && item.pin === undefined && !isSuspect(item)
}

/** Whose load it will be. */
export function incomingOf({ state, target }: Item): string | undefined {
  return state === "free" || state === "revoking" ? target : undefined
}

function listAt<Key>(lists: Map<Key, ItemList>, key: Key, numberOf: (item: Item) => number): ItemList {
  const list = lists.get(key) ?? new ItemList(numberOf)
  lists.set(key, list)
  return list
}

/** An empty one is no more. */
function leaveList<Key>(lists: Map<Key, ItemList>, key: Key, item: Item): void {
  const list = lists.get(key) as ItemList
  list.remove(item)
  if (list.size === 0) lists.delete(key)
}

/** The oldest first: so they stand on every replica. */
export function byAge(a: Item, b: Item): number {
  return a.order - b.order
}

function orderOf({ order }: Item): number {
  return order
}

function tokenOf({ owner }: Item): number {
  return owner?.token ?? 0
}

/** A blank is in no name. */
export function itemKey(pool: string, item: string): string {
  return `${pool} ${item}`
}

export function ownerKey({ session, seq }: Pick<Owner, "session" | "seq">): string {
  return `${session}/${seq}`
}
