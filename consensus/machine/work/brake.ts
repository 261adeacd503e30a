import { nameKey } from "../keys.ts"
import { sortedAtWork } from "../merge-sort.ts"
import type { State, Work } from "../state.ts"
import { byAge, type Departure } from "./book.ts"
import { change } from "./steps.ts"
import type { Item, Loss, Pool } from "./types.ts"

/** Of a pool's workers, lost within this time: more are rather a fault of ours, or of what all of them run. */
const PERCENT = 30
const WITHIN_MS = 60_000
/** Of a few workers a third is one: two may die of themselves. */
const LOST_MIN = 3
/** It ends when no more than so many are missing, far enough below where it began that it does not flutter. */
const RELEASE_PERCENT = 15
/** Who has not come back by then is not waited for. */
export const BRAKE_MS = 300_000
/** Missing workers that a pool knows by their ids; the others it counts. */
export const MISSING_IDS_MAX = 256
/** Those that are counted together were lost this near to each other, so that a pool remembers few. */
const TOGETHER_MS = 5000

/** A worker was lost against its will. However often it was lost it is missing once, and not at all when it is back. */
export function countLoss(state: State, { pool: name, id, isStable }: Departure): void {
  const pool = state.work.pool(name)
  if (pool === undefined) return
  const losses = missed(recent(pool, state.timeMs), isStable ? id : undefined, state.timeMs)
  const lost = total(losses)
  const of = workersOf(state, name) + lost
  const isMass = lost >= LOST_MIN && lost * 100 > of * PERCENT
  const brake = pool.brake ?? (isMass ? { untilMs: state.timeMs + BRAKE_MS, of } : undefined)
  putPool(state, { ...pool, losses, brake: brake === undefined ? undefined : { ...brake, of: Math.max(brake.of, of) } })
}

/** A worker has joined: where enough are back the brake ends, and what it kept is anybody's. */
export function* countJoin(state: State, { pool: name, id }: Departure): Work {
  const pool = state.work.pool(name)
  if (pool === undefined || pool.losses.length === 0) return
  const after = { ...pool, losses: back(recent(pool, state.timeMs), id) }
  putPool(state, after)
  if (after.brake === undefined || missing(after) * 100 > after.brake.of * RELEASE_PERCENT) return
  yield* release(state, after)
}

/** Nobody is waited for any longer. */
export function* release(state: State, pool: Pool): Work {
  const { brake } = pool
  if (brake === undefined) return
  putPool(state, { ...pool, losses: [], brake: undefined })
  const kept: Item[] = []
  for (const item of state.work.book(pool.name)?.items.values() ?? []) {
    const isWithheld = state.work.tombstone(pool.name, item.item) !== undefined
    if (item.keptUntilMs === brake.untilMs && !isWithheld) kept.push(item)
    if (state.tires()) yield
  }
  for (const item of yield* sortedAtWork(state, kept, byAge)) {
    change(state, item, { keptUntilMs: undefined })
    if (state.tires()) yield
  }
}

/** Workers that the brake waits for. */
export function missing({ brake, losses }: Pool): number {
  return brake === undefined ? 0 : total(losses)
}

/** While the brake holds all are remembered. */
function recent({ losses, brake }: Pool, nowMs: number): readonly Loss[] {
  return brake === undefined ? losses.filter(({ atMs }) => nowMs - atMs < WITHIN_MS) : losses
}

function missed(losses: readonly Loss[], id: string | undefined, atMs: number): readonly Loss[] {
  const others = id === undefined ? losses : losses.filter((each) => each.id !== id)
  const isKnown = id !== undefined && others.filter((each) => each.id !== undefined).length < MISSING_IDS_MAX
  if (isKnown) return [...others, { atMs, id, count: 1 }]
  const last = others.findLast((each) => each.id === undefined)
  if (last === undefined || atMs - last.atMs >= TOGETHER_MS) return [...others, { atMs, id: undefined, count: 1 }]
  return others.map((each) => (each === last ? { ...last, count: last.count + 1 } : each))
}

/** One less is missing: the one of that id, or else one that has no name. */
function back(losses: readonly Loss[], id: string): readonly Loss[] {
  const found = losses.find((each) => each.id === id) ?? losses.find((each) => each.id === undefined)
  return losses.flatMap((each) => {
    if (each !== found) return [each]
    return each.count === 1 ? [] : [{ ...each, count: each.count - 1 }]
  })
}

function total(losses: readonly Loss[]): number {
  return losses.reduce((sum, { count }) => sum + count, 0)
}

function putPool(state: State, pool: Pool): void {
  const before = state.work.pool(pool.name)
  state.work.putPool(pool)
  // How many are missing is shown while the brake holds.
  const isTold = before?.brake !== pool.brake || pool.brake !== undefined
  if (isTold) state.changes.push({ kind: "pool", before, after: pool, rev: state.nextRev })
}

function workersOf(state: State, name: string): number {
  return state.queue(nameKey("work", name))?.granted.size ?? 0
}
