import type { AssignedItem, FreeItem, WorkerView, WorkInput } from "../../planner/work/types.ts"
import { nameKey } from "../keys.ts"
import type { State } from "../state.ts"
import type { Hold } from "../types.ts"
import { isSuspect, ownerKey, type PoolBook } from "./book.ts"
import { isLeaving } from "./departures.ts"
import type { ItemList } from "./item-list.ts"
import type { Item, Spread } from "./types.ts"

/** Free items that one plan looks at, among those that some worker can bear: more go into no entry. */
export const LOOK_MAX = 512

/** A pool as the planner looks at it. Undefined = it has no items. */
export function planView(state: State, name: string): WorkInput | undefined {
  const [pool, book] = [state.work.pool(name), state.work.book(name)]
  if (pool === undefined || book === undefined) return undefined
  const holds = state.queue(nameKey("work", name))?.granted.items ?? []
  const workers = holds.map((hold) => workerView(state, book, hold, pool.config.spread))
  const takers = new Map(workers.filter((each) => !each.isLeaving).map((each) => [each.id, each]))
  const [own, ready] = [ownItems(book, takers), readyItems(book, takers)]
  return {
    pool: name,
    items: book.items.size - book.counts.failed,
    workers,
    free: [...own.items, ...ready.items],
    isAll: own.isAll && ready.isAll,
    misplaced: [...misplacedItems(book, takers)],
    underWay: book.counts.revoking,
    isBraked: pool.brake !== undefined,
    spread: pool.config.spread,
    itemsOf: (worker) => assignedOf(book, worker),
  }
}

function workerView(state: State, book: PoolBook, hold: Hold, spread: Spread): WorkerView {
  const { session: id, seq, worker } = hold
  const session = state.session(id)
  const load = book.loads.get(ownerKey(hold))
  const place = { none: "", host: session?.host ?? "", zone: worker?.zone ?? "" }[spread]
  const used = load?.used ?? 0
  return {
    id: hold.id ?? "",
    session: id,
    seq,
    capacity: worker?.capacity,
    place,
    isLeaving: isLeaving(hold) || session?.revoking !== undefined,
    used,
    outgoing: load?.outgoing ?? 0,
    hasSuspect: (load?.suspects ?? 0) > 0,
    incoming: incomingTo(book, hold.id ?? "", (worker?.capacity ?? Number.POSITIVE_INFINITY) - used),
  }
}

/** For what it cannot bear, as it has grown since or is kept for one that had more room, no room is kept. */
function incomingTo(book: PoolBook, id: string, room: number): number {
  const coming = book.incoming.get(id)
  if (coming === undefined || coming.weight <= room) return coming?.weight ?? 0
  let sum = 0
  for (const { weight } of coming.items.values()) if (weight <= room) sum += weight
  return sum
}

type Takers = ReadonlyMap<string, WorkerView>

/** Free items, and whether there are no more like them. */
interface Found {
  readonly items: readonly FreeItem[]
  readonly isAll: boolean
}

/** Those that wait for one of these workers alone and that it can bear: of each as many as of any other. */
function ownItems(book: PoolBook, takers: Takers): Found {
  const lists: [WorkerView, ItemList][] = []
  for (const [id, list] of book.waiting) {
    const taker = takers.get(id)
    if (taker !== undefined) lists.push([taker, list])
  }
  const share = Math.max(1, Math.floor(LOOK_MAX / lists.length))
  const all = lists.map(([taker, list]) => firstOf(list, share, (item) => hasRoom(taker, item)))
  const items = all.flatMap((found, at) => found.items.map((item) => freeItem(item, lists[at]?.[0].id)))
  return { items, isAll: all.every(({ isAll }) => isAll) }
}

/** Those that anybody may have and somebody can bear: what nobody can keeps no other one from being seen. */
function readyItems(book: PoolBook, takers: Takers): Found {
  let [most, mostOfSuspect] = [0, 0]
  let isAwaited = false
  for (const { capacity, used, incoming, hasSuspect } of takers.values()) {
    const room = capacity === undefined ? Number.POSITIVE_INFINITY : capacity - used - incoming
    most = Math.max(most, room)
    if (!hasSuspect) mostOfSuspect = Math.max(mostOfSuspect, room)
    if (incoming > 0) isAwaited = true
  }
  if (most === 0 && !isAwaited) return { items: [], isAll: true }
  const { items, isAll } = firstOf(book.ready, LOOK_MAX, (item) => {
    if (item.weight <= (isSuspect(item) ? mostOfSuspect : most)) return true
    const target = item.target === undefined ? undefined : takers.get(item.target)
    return target !== undefined && hasRoom(target, item)
  })
  return { items: items.map((item) => freeItem(item, undefined)), isAll }
}

function firstOf(
  { items }: ItemList,
  most: number,
  fits: (item: Item) => boolean,
): { readonly items: readonly Item[]; readonly isAll: boolean } {
  const found: Item[] = []
  for (const item of items) {
    if (!fits(item)) continue
    if (found.length === most) return { items: found, isAll: false }
    found.push(item)
  }
  return { items: found, isAll: true }
}

function hasRoom({ id, capacity, used, incoming, hasSuspect }: WorkerView, item: Item): boolean {
  if (hasSuspect && isSuspect(item)) return false
  if (capacity === undefined) return true
  return used + item.weight + (item.target === id ? 0 : incoming) <= capacity
}

function freeItem(each: Item, only: string | undefined): FreeItem {
  const { item, order, weight, target } = each
  return { item, order, weight, target, only, isSuspect: isSuspect(each) }
}

/** Where the worker that they are pinned to is here. */
function* misplacedItems(book: PoolBook, takers: Takers): Generator<AssignedItem> {
  for (const item of book.misplaced.values()) if (takers.has(item.pin ?? "")) yield assignedItem(item)
}

function* assignedOf(book: PoolBook, { session, seq }: WorkerView): Generator<AssignedItem> {
  for (const item of book.loads.get(ownerKey({ session, seq }))?.items.values() ?? []) {
    // A suspect stays: elsewhere it would be watched anew.
    if (item.state === "assigned" && !isSuspect(item)) yield assignedItem(item)
  }
}

function assignedItem({ item, weight, owner, pin }: Item): AssignedItem {
  return { item, weight, token: owner?.token ?? (0 as AssignedItem["token"]), pin }
}
