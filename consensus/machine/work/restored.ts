import { isJsonText } from "../json-text.ts"
import { isName } from "../limits.ts"
import { sortedAtWork } from "../merge-sort.ts"
import type { State, Work } from "../state.ts"
import type { StateRecord } from "../wire-record.ts"
import { byAge, itemKey } from "./book.ts"
import { CHECKPOINT_BYTES_MAX, FAILURES_MAX, PAYLOAD_BYTES_MAX, WEIGHT_MAX } from "./limits.ts"
import { configProblem } from "./pools.ts"
import type { Item, Pool } from "./types.ts"

/** Of a backup, by `itemKey` and by name. */
export interface SavedWork {
  readonly pools: Map<string, Pool>
  readonly items: Map<string, Item>
}

/**
 * Pools and items of a backup take the place of those of now. No worker outlives a restore, so all that was assigned is
 * free; nobody joins before what was promised to any worker of either past has run out, so nothing has two.
 */
export function* replaceWork(state: State, { pools, items }: SavedWork): Work {
  for (const { pool, item } of state.work.tombstones.values()) {
    state.work.dropTombstone(itemKey(pool, item))
    if (state.tires()) yield
  }
  for (const item of state.work.items.values()) {
    state.work.dropItem(item)
    if (state.tires()) yield
  }
  for (const { name } of state.work.pools.values()) {
    state.work.dropPool(name)
    if (state.tires()) yield
  }
  for (const pool of pools.values()) {
    const configuredAt = pool.configuredAt === 0 ? 0 : state.nextRev
    state.work.putPool({ ...pool, configuredAt, losses: [], brake: undefined })
    if (state.tires()) yield
  }
  for (const item of yield* sortedAtWork(state, items.values(), byAge)) {
    state.meta.order++
    state.work.putItem(freed(state, item))
    if (state.tires()) yield
  }
}

/** False: it is not what any program saved. Pools come before their items. */
export function keepWork(saved: SavedWork, record: Extract<StateRecord, { kind: "pool" | "item" }>): boolean {
  if (record.kind === "pool") {
    saved.pools.set(record.pool.name, record.pool)
    return isName(record.pool.name)
  }
  saved.items.set(itemKey(record.item.pool, record.item.item), record.item)
  return isSoundItem(record.item, saved)
}

/** All that was read of them: pools have what they are for. */
export function* isSoundWork(state: State, { pools, items }: SavedWork): Work<boolean> {
  const { workItems } = state.limits
  if (items.size > workItems) return false
  const counts = new Map<string, number>()
  for (const item of items.values()) {
    const partitions = pools.get(item.pool)?.config.partitions ?? 0
    if (partitions > 0 && !isPartition(item, partitions)) return false
    counts.set(item.pool, (counts.get(item.pool) ?? 0) + 1)
    if (state.tires()) yield
  }
  for (const { name, config, configuredAt } of pools.values()) {
    const count = counts.get(name) ?? 0
    const isRight = configProblem(config, workItems) === undefined && (configuredAt > 0 || count > 0)
    if (!isRight || (config.partitions > 0 && count !== config.partitions)) return false
    if (state.tires()) yield
  }
  return true
}

function isPartition({ item, state }: Item, partitions: number): boolean {
  const number = Number(item)
  return Number.isInteger(number) && String(number) === item && number < partitions && state !== "failed"
}

function isSoundItem(item: Item, { pools }: SavedWork): boolean {
  const { pool, item: name, payload, weight, pin, checkpoint, attempt } = item
  if (pools.get(pool) === undefined || !isName(name) || weight < 1 || weight > WEIGHT_MAX) return false
  if (attempt < 1 || attempt > FAILURES_MAX || (pin !== undefined && !isName(pin))) return false
  if (payload !== undefined && !isJsonText(payload, PAYLOAD_BYTES_MAX)) return false
  return checkpoint === undefined || isJsonText(checkpoint, CHECKPOINT_BYTES_MAX)
}

/** Its steps were of revisions of another past. */
function freed(state: State, item: Item): Item {
  return {
    ...item,
    order: state.meta.order,
    state: item.state === "failed" ? "failed" : "free",
    sinceMs: state.timeMs,
    owner: undefined,
    target: undefined,
    keptUntilMs: undefined,
    revoking: undefined,
    losses: 0,
    decisions: [],
  }
}
