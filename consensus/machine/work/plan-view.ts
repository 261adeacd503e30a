import type { AssignedItem, FreeItem, WorkerView, WorkInput } from "../../planner/work/types.ts"
import { nameKey, type State } from "../state.ts"
import type { Hold } from "../types.ts"
import { ownerKey, type PoolBook } from "./book.ts"
import { isLeaving } from "./departures.ts"
import type { Item, Pool, Spread } from "./types.ts"

/** Free items that one plan looks at: more go into no entry. */
export const LOOK_MAX = 512

export interface PlanView {
  readonly input: WorkInput
  /** Where the next look begins; undefined = there is nothing behind this one. */
  readonly next: number | undefined
}

/**
 * A pool as the planner looks at it. `from`: so many of the free items that anybody may have were looked at before. Undefined
 * = it has no items.
 */
export function planView(state: State, name: string, from: number): PlanView | undefined {
  const [pool, book] = [state.work.pool(name), state.work.book(name)]
  if (pool === undefined || book === undefined) return undefined
  const holds = state.queue(nameKey("work", name))?.granted.items ?? []
  const workers = holds.map((hold) => workerView(state, book, hold, pool.config.spread))
  const open = workers.filter(({ capacity, used, isLeaving: leaves }) => !leaves && used < (capacity ?? used + 1))
  const next = open.length > 0 && from + LOOK_MAX < book.ready.size ? from + LOOK_MAX : undefined
  const input: WorkInput = {
    pool: name,
    items: book.items.size - book.counts.failed,
    workers,
    free: open.length === 0 ? [] : freeItems(book, open, from),
    isAll: next === undefined,
    misplaced: [...book.misplaced.values()].map(assignedItem),
    underWay: book.counts.revoking,
    isBraked: isBraked(pool),
    spread: pool.config.spread,
    itemsOf: (worker) => assignedOf(book, worker),
  }
  return { input, next }
}

function workerView(state: State, book: PoolBook, hold: Hold, spread: Spread): WorkerView {
  const { session: id, seq, worker } = hold
  const session = state.session(id)
  const load = book.loads.get(ownerKey(hold))
  const place = { none: "", host: session?.host ?? "", zone: worker?.zone ?? "" }[spread]
  return {
    id: hold.id ?? "",
    session: id,
    seq,
    capacity: worker?.capacity,
    place,
    isLeaving: isLeaving(hold) || session?.revoking !== undefined,
    used: load?.used ?? 0,
    outgoing: load?.outgoing ?? 0,
    incoming: book.incoming.get(hold.id ?? "") ?? 0,
  }
}

/** Those that wait for one of these workers alone, then those that anybody may have. */
function freeItems(book: PoolBook, workers: readonly WorkerView[], from: number): readonly FreeItem[] {
  const found: FreeItem[] = []
  for (const { id } of book.waiting.size === 0 ? [] : workers) {
    const left = LOOK_MAX - found.length
    for (const item of book.waiting.get(id)?.items.slice(0, left) ?? []) found.push(freeItem(item, id))
  }
  for (const item of book.ready.items.slice(from, from + LOOK_MAX)) found.push(freeItem(item, undefined))
  return found
}

function freeItem({ item, order, weight, target }: Item, only: string | undefined): FreeItem {
  return { item, order, weight, target, only }
}

function* assignedOf(book: PoolBook, { session, seq }: WorkerView): Generator<AssignedItem> {
  for (const item of book.loads.get(ownerKey({ session, seq }))?.items.values() ?? []) {
    if (item.state === "assigned") yield assignedItem(item)
  }
}

function assignedItem({ item, weight, owner, pin }: Item): AssignedItem {
  return { item, weight, token: owner?.token ?? (0 as AssignedItem["token"]), pin }
}

function isBraked({ brake }: Pool): boolean {
  return brake !== undefined
}
