import type { AssignedItem, FreeItem, Stock, WorkerView, WorkInput } from "../../planner/work/types.ts"
import type { State } from "../state.ts"
import { isSuspect, ownerKey, type PoolBook } from "./book.ts"
import type { ItemList } from "./item-list.ts"
import type { Roster } from "./roster.ts"
import type { Item } from "./types.ts"

/** Free items that one plan looks at, among those that some worker can bear: more go into no entry. */
export const LOOK_MAX = 512

/** A pool as the planner looks at it, with workers that are known as they are now. Undefined = it has no items. */
export function planView(state: State, roster: Roster): WorkInput | undefined {
  const [pool, book] = [state.work.pool(roster.pool), state.work.book(roster.pool)]
  if (pool === undefined || book === undefined) return undefined
  const [own, ready] = [ownItems(book, roster), readyItems(book, roster)]
  return {
    items: book.items.size - book.counts.failed,
    workers: [...roster.workers],
    free: [...own.items, ...ready.items],
    isAll: own.isAll && ready.isAll,
    misplaced: misplacedItems(book, roster),
    underWay: book.counts.revoking,
    isBraked: pool.brake !== undefined,
    spread: pool.config.spread,
    stockOf: (worker) => book.loads.get(ownerKey(worker))?.movable ?? NOTHING,
  }
}

const NOTHING: Stock = new Map()

/** Free items, and whether there are no more like them. */
interface Found {
  readonly items: readonly FreeItem[]
  readonly isAll: boolean
}

/** Those that wait for one of these workers alone and that it can bear: of each as many as of any other. */
function ownItems({ waiting }: PoolBook, roster: Roster): Found {
  const lists = listsOf(waiting, roster)
  const share = Math.max(1, Math.floor(LOOK_MAX / lists.length))
  const all = lists.map(([taker, list]) => firstOf(list, share, (item) => hasRoom(taker, item)))
  const items = all.flatMap((found, at) => found.items.map((item) => freeItem(item, lists[at]?.[0].id)))
  return { items, isAll: all.every(({ isAll }) => isAll) }
}

/** Of lists by the id of a worker those of workers that take items. */
function listsOf(byId: ReadonlyMap<string, ItemList>, roster: Roster): readonly (readonly [WorkerView, ItemList])[] {
  const ids = byId.size <= roster.size ? byId.keys() : [...roster.workers].map(({ id }) => id)
  const lists: [WorkerView, ItemList][] = []
  for (const id of ids) {
    const [taker, list] = [roster.taker(id), byId.get(id)]
    if (taker !== undefined && list !== undefined) lists.push([taker, list])
  }
  return lists
}

/** Those that anybody may have and somebody can bear: what nobody can keeps no other one from being seen. */
function readyItems(book: PoolBook, roster: Roster): Found {
  let [most, mostOfSuspect] = [0, 0]
  let isAwaited = false
  for (const { isLeaving, capacity, used, incoming, hasSuspect } of roster.workers) {
    if (isLeaving) continue
    const room = capacity === undefined ? Number.POSITIVE_INFINITY : capacity - used - incoming
    most = Math.max(most, room)
    if (!hasSuspect) mostOfSuspect = Math.max(mostOfSuspect, room)
    if (incoming > 0) isAwaited = true
  }
  if (most === 0 && !isAwaited) return { items: [], isAll: true }
  const { items, isAll } = firstOf(book.ready, LOOK_MAX, (item) => {
    if (item.weight <= (isSuspect(item) ? mostOfSuspect : most)) return true
    const target = item.target === undefined ? undefined : roster.taker(item.target)
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

/** Where the worker that they are pinned to is here and can bear them: of each as many as of any other. */
function misplacedItems({ misplaced }: PoolBook, roster: Roster): readonly AssignedItem[] {
  const lists = listsOf(misplaced, roster)
  const share = Math.max(1, Math.floor(LOOK_MAX / lists.length))
  return lists.flatMap(([taker, list]) => {
    return firstOf(list, share, (item) => hasRoom(taker, item)).items.map(assignedItem)
  })
}

function assignedItem({ item, weight, owner, pin }: Item): AssignedItem {
  return { item, weight, token: owner?.token ?? (0 as AssignedItem["token"]), pin }
}
