import { isJsonText } from "../json-text.ts"
import type { State } from "../state.ts"
import {
  dueOf,
  incomingOf,
  isMisplaced,
  isMovable,
  isReady,
  isSuspect,
  itemKey,
  mayGoTo,
  ownerKey,
  type PoolBook,
  waitsFor,
} from "./book.ts"
import { isLeaving } from "./departures.ts"
import type { ItemList } from "./item-list.ts"
import { CHECKPOINT_BYTES_MAX, DECISIONS_MAX, PAYLOAD_BYTES_MAX } from "./limits.ts"
import type { Item, Pool, Tombstone } from "./types.ts"

const NEVER_MS = Number.POSITIVE_INFINITY

/** What must hold of pools and items after every entry and does not. Looks at all of them. */
export function* workProblems(state: State): Generator<string> {
  const orders = new Set<number>()
  for (const item of state.work.items.values()) {
    yield* itemProblems(state, item)
    if (orders.has(item.order) || item.order > state.meta.order) yield `${wordOf(item)} has a place that is not its own`
    orders.add(item.order)
  }
  for (const tombstone of state.work.tombstones.values()) yield* tombstoneProblems(state, tombstone)
  for (const pool of state.work.pools.values()) yield* poolProblems(state, pool)
  for (const hold of state.holds.values()) {
    const load = state.work.book(hold.names[0] as string)?.loads.get(ownerKey(hold))
    if (hold.kind === "work" && isLeaving(hold) && load === undefined)
      yield `a worker of ${hold.names[0]} has left and is there`
  }
  if (state.work.departures.size > 0) yield "a worker's items have not followed it"
  if (state.work.items.size > state.limits.workItems) yield "there are too many items"
  if (state.work.tombstones.size > 2 * state.limits.workItems) yield "too many items are remembered"
}

function* tombstoneProblems(state: State, { pool, item: name, untilMs }: Tombstone): Generator<string> {
  const key = itemKey(pool, name)
  const item = state.work.items.get(key)
  if (untilMs !== state.dues.at("tombstone", key)) yield `what was ${key} is forgotten at another time`
  if (untilMs <= state.timeMs && !state.isBehind) yield `what was ${key} is remembered for too long`
  if (item !== undefined && (item.owner !== undefined || item.keptUntilMs !== untilMs))
    yield `item ${key} may have two workers that believe in it`
}

function* itemProblems(state: State, item: Item): Generator<string> {
  const { pool, owner, revoking, keptUntilMs } = item
  if (state.work.pool(pool) === undefined) yield `${wordOf(item)} has no pool`
  if ((owner !== undefined) !== (item.state === "assigned" || item.state === "revoking"))
    yield `${wordOf(item)} is ${item.state} and has ${owner === undefined ? "no" : "a"} worker`
  if ((revoking !== undefined) !== (item.state === "revoking"))
    yield `${wordOf(item)} is ${item.state} and is asked back`
  if (keptUntilMs !== undefined && item.state !== "free") yield `${wordOf(item)} is kept and is not free`
  if (item.target !== undefined && item.state !== "free" && item.state !== "revoking")
    yield `${wordOf(item)} is on its way from nowhere`
  if (!mayGoTo(item, item.target)) yield `${wordOf(item)} is on its way to one that may not have it`
  const dueMs = dueOf(item)
  if (dueMs !== state.dues.at("item", itemKey(pool, item.item))) yield `${wordOf(item)} is due at another time`
  if ((dueMs ?? NEVER_MS) <= state.timeMs && !state.isBehind) yield `${wordOf(item)} is overdue`
  if (!isJsonText(item.payload ?? "0", PAYLOAD_BYTES_MAX) || !isJsonText(item.checkpoint ?? "0", CHECKPOINT_BYTES_MAX))
    yield `${wordOf(item)} carries what is no JSON`
  if (item.decisions.length > DECISIONS_MAX) yield `${wordOf(item)} remembers too much`
  if (owner === undefined) return
  const hold = state.hold(owner.session, owner.seq)
  if (hold?.kind !== "work" || hold.token === undefined || hold.names[0] !== pool || hold.id !== owner.id)
    yield `${wordOf(item)} has a worker that does not work`
  else if (isLeaving(hold) && item.state === "assigned") yield `${wordOf(item)} is not asked back from one that leaves`
  if (
    owner.token > state.meta.token ||
    state.byToken(owner.token) !== undefined ||
    state.work.byToken(owner.token) !== item
  )
    yield `${wordOf(item)} has a token that is not its own`
}

function* poolProblems(state: State, { name, config, configuredAt, brake }: Pool): Generator<string> {
  const book = state.work.book(name)
  const items = [...(book?.items.values() ?? [])]
  if (configuredAt === 0 && items.length === 0) yield `pool ${name} is of no use`
  if ((brake?.untilMs ?? NEVER_MS) <= state.timeMs && !state.isBehind) yield `pool ${name} is braked for too long`
  if (config.partitions > 0) {
    if (items.length !== config.partitions) yield `pool ${name} has ${items.length} of ${config.partitions} partitions`
    if (items.some(({ item }) => String(Number(item)) !== item || Number(item) >= config.partitions))
      yield `pool ${name} has a partition too many`
    if (items.some((each) => each.state === "failed")) yield `pool ${name} has given a partition up`
  }
  if (book !== undefined) yield* bookProblems(state, name, book)
}

function* bookProblems(state: State, name: string, book: PoolBook): Generator<string> {
  const items = [...book.items.values()]
  for (const [word, count] of Object.entries(book.counts)) {
    if (items.filter((each) => each.state === word).length !== count) yield `pool ${name} miscounts what is ${word}`
  }
  if (items.filter(isReady).length !== book.ready.size) yield `pool ${name} does not know what is ready`
  if (items.filter((each) => waitsFor(each) !== undefined).length !== sizeOf(book.waiting))
    yield `pool ${name} forgets who waits`
  if (items.filter(isMisplaced).length !== sizeOf(book.misplaced)) yield `pool ${name} does not know what is misplaced`
  const incoming = new Map<string, number>()
  for (const each of items) {
    const id = incomingOf(each)
    if (id !== undefined) incoming.set(id, (incoming.get(id) ?? 0) + each.weight)
  }
  const ids = new Set([...incoming.keys(), ...book.incoming.keys()])
  if ([...ids].some((id) => incoming.get(id) !== book.incoming.get(id)?.weight))
    yield `pool ${name} miscounts what will come`
  for (const [key, load] of book.loads) {
    const own = items.filter(({ owner }) => owner !== undefined && ownerKey(owner) === key)
    const used = own.reduce((sum, { weight }) => sum + weight, 0)
    const first = own[0]?.owner
    const hold = first === undefined ? undefined : state.hold(first.session, first.seq)
    const outgoing = own.reduce((sum, { state: now, weight }) => sum + (now === "revoking" ? weight : 0), 0)
    if (own.length !== load.items.size || used !== load.used || outgoing !== load.outgoing)
      yield `pool ${name} miscounts a worker`
    if (own.some(({ revoking }) => (revoking?.untilMs ?? NEVER_MS) > load.askedUntilMs))
      yield `pool ${name} takes an item for one that is asked back`
    if (own.filter(isMovable).length !== sizeOf(load.movable)) yield `pool ${name} does not know what may be moved`
    if (own.filter(isSuspect).length !== load.suspects || load.suspects > 1)
      yield `a worker of ${name} has two suspects`
    if (used > (hold?.worker?.capacity ?? NEVER_MS)) yield `a worker of ${name} has more than it can bear`
  }
}

function sizeOf(lists: ReadonlyMap<unknown, ItemList>): number {
  return [...lists.values()].reduce((sum, { size }) => sum + size, 0)
}

function wordOf({ pool, item }: Item): string {
  return `item ${pool} ${item}`
}
