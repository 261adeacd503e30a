import { nameKey, type State, type Work } from "../state.ts"
import { change } from "./steps.ts"
import type { Loss, Pool } from "./types.ts"

/** Of a pool's workers, lost within this time: more are rather a fault of ours, or of what all of them run. */
const PERCENT = 30
const WITHIN_MS = 60_000
/** Of a few workers a third is one: two may die of themselves. */
const LOST_MIN = 3
/** It ends when no more than so many are missing, far enough below where it began that it does not flutter. */
const RELEASE_PERCENT = 15
/** Who has not come back by then is not waited for. */
export const BRAKE_MS = 300_000
/** Losses this near to each other are counted together, so that a pool remembers few. */
const TOGETHER_MS = 5000

/** A worker was lost against its will. */
export function countLoss(state: State, name: string): void {
  const pool = state.work.pool(name)
  if (pool === undefined) return
  const losses = counted(pool.losses, state.timeMs)
  const lost = losses.reduce((sum, { count }) => sum + count, 0)
  const of = workersOf(state, name) + lost
  const isMass = lost >= LOST_MIN && lost * 100 > of * PERCENT
  const brake = pool.brake ?? (isMass ? { untilMs: state.timeMs + BRAKE_MS, of } : undefined)
  putPool(state, { ...pool, losses, brake: brake === undefined ? undefined : { ...brake, of: Math.max(brake.of, of) } })
}

/** A worker has joined: where enough are back the brake ends, and what it kept is anybody's. */
export function* countJoin(state: State, name: string): Work {
  const pool = state.work.pool(name)
  if (pool?.brake === undefined || missing(state, pool) * 100 > pool.brake.of * RELEASE_PERCENT) return
  yield* release(state, pool)
}

/** Nobody is waited for any longer. */
export function* release(state: State, pool: Pool): Work {
  const { brake } = pool
  if (brake === undefined) return
  putPool(state, { ...pool, losses: [], brake: undefined })
  const book = state.work.book(pool.name)
  for (const id of [...(book?.waiting.keys() ?? [])].sort()) {
    for (const item of [...(book?.waiting.get(id)?.items ?? [])]) {
      if (item.keptUntilMs === brake.untilMs && item.target !== undefined)
        change(state, item, { keptUntilMs: undefined })
      if (state.tires()) yield
    }
  }
}

/** Workers that the brake waits for. */
export function missing(state: State, { name, brake }: Pool): number {
  return brake === undefined ? 0 : Math.max(0, brake.of - workersOf(state, name))
}

function counted(losses: readonly Loss[], nowMs: number): readonly Loss[] {
  const recent = losses.filter(({ atMs }) => nowMs - atMs < WITHIN_MS)
  const last = recent.at(-1)
  if (last === undefined || nowMs - last.atMs >= TOGETHER_MS) return [...recent, { atMs: nowMs, count: 1 }]
  return [...recent.slice(0, -1), { atMs: last.atMs, count: last.count + 1 }]
}

function putPool(state: State, pool: Pool): void {
  const before = state.work.pool(pool.name)
  state.work.putPool(pool)
  if (before?.brake !== pool.brake) state.changes.push({ kind: "pool", before, after: pool, rev: state.nextRev })
}

function workersOf(state: State, name: string): number {
  return state.queue(nameKey("work", name))?.granted.size ?? 0
}
