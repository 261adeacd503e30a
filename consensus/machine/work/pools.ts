import { refused } from "../answers.ts"
import { nameKey } from "../keys.ts"
import { DURATION_MS_MAX, isName } from "../limits.ts"
import type { State, Work } from "../state.ts"
import type { CommandResult } from "../types.ts"
import type { WorkConfigure } from "./commands.ts"
import { ATTEMPTS_MAX, POOL_DEFAULTS } from "./limits.ts"
import { create, takeAway } from "./steps.ts"
import type { Pool, PoolConfig } from "./types.ts"

/**
 * Settings, and with them the partitions that there are. Those that are too many end at once, those that lack come to
 * be.
 */
export function* configure(state: State, command: WorkConfigure): Work<CommandResult> {
  const { pool: name, config: wanted, ifRev } = command
  const known = state.work.pool(name)
  if (!isName(name)) return refused(state, { kind: "invalid", field: "name" })
  const current = known?.configuredAt ?? 0
  if (ifRev !== undefined && ifRev !== current) return refused(state, { kind: "conflict", reason: "rev", current })
  const config = merged(wanted, known?.config ?? POOL_DEFAULTS)
  const field = configProblem(config, state.limits.workItems)
  if (field !== undefined) return refused(state, { kind: "invalid", field })
  if (current > 0 && isSame(config, known?.config ?? POOL_DEFAULTS)) return { kind: "written", rev: current }
  const isOfTasks = (known?.config.partitions ?? 0) === 0
  const items = state.work.book(name)?.items.size ?? 0
  if (config.partitions > 0 && isOfTasks && items > 0) return refused(state, { kind: "conflict", reason: "tasks" })
  const limit = exhausted(state, name, Math.max(0, config.partitions - items))
  if (limit !== undefined) return refused(state, { kind: "exhausted", limit })
  const before = known ?? undefined
  const pool: Pool = {
    name,
    config,
    configuredAt: state.nextRev,
    losses: known?.losses ?? [],
    brake: known?.brake,
  }
  state.work.putPool(pool)
  state.changes.push({ kind: "pool", before, after: pool, rev: state.nextRev })
  if (config.partitions > 0 || !isOfTasks) yield* resize(state, pool, known?.config.partitions ?? 0)
  return { kind: "written", rev: state.rev }
}

/** What `put` needs: a pool that nobody has configured has the defaults. */
export function poolFor(state: State, name: string): Pool {
  const known = state.work.pool(name)
  if (known !== undefined) return known
  const pool: Pool = { name, config: POOL_DEFAULTS, configuredAt: 0, losses: [], brake: undefined }
  state.work.putPool(pool)
  state.changes.push({ kind: "pool", before: undefined, after: pool, rev: state.nextRev })
  return pool
}

/** A pool that nobody has configured is there for its items. */
export function forgetIdle(state: State, name: string): void {
  const pool = state.work.pool(name)
  if (pool === undefined || pool.configuredAt > 0 || state.work.book(name) !== undefined) return
  state.work.dropPool(name)
  state.changes.push({ kind: "pool", before: pool, after: undefined, rev: state.nextRev })
}

/** Why there is no room for so many more items of a pool. What makes the state no larger goes on beyond its limit. */
export function exhausted(state: State, pool: string, items: number): string | undefined {
  if ((items > 0 || state.work.pool(pool) === undefined) && !state.hasRoom) return "state"
  const isNew = state.work.pool(pool) === undefined && state.queue(nameKey("work", pool)) === undefined
  if (isNew && state.resources >= state.limits.names) return "names"
  const { workItems } = state.limits
  const isFull = state.work.items.size + items > workItems || (items > 0 && state.work.tombstones.size >= workItems)
  return isFull ? "work items" : undefined
}

function* resize(state: State, { name, config }: Pool, old: number): Work {
  for (let number = config.partitions; number < old; number++) {
    const item = state.work.item(name, String(number))
    if (item !== undefined) takeAway(state, item)
    if (state.tires()) yield
  }
  for (let number = old; number < config.partitions; number++) {
    create(state, { pool: name, item: String(number), payload: undefined, weight: 1, pin: undefined })
    if (state.tires()) yield
  }
}

function merged(wanted: WorkConfigure["config"], known: PoolConfig): PoolConfig {
  return {
    partitions: wanted.partitions ?? known.partitions,
    handoffTimeoutMs: wanted.handoffTimeoutMs ?? known.handoffTimeoutMs,
    restartGraceMs: wanted.restartGraceMs ?? known.restartGraceMs,
    spread: wanted.spread ?? known.spread,
    maxAttempts: wanted.maxAttempts ?? known.maxAttempts,
  }
}

function isSame(a: PoolConfig, b: PoolConfig): boolean {
  return (
    a.partitions === b.partitions &&
    a.handoffTimeoutMs === b.handoffTimeoutMs &&
    a.restartGraceMs === b.restartGraceMs &&
    a.spread === b.spread &&
    a.maxAttempts === b.maxAttempts
  )
}

/** The setting that cannot be. */
export function configProblem(config: PoolConfig, itemsMax: number): string | undefined {
  if (config.partitions > itemsMax) return "partitions"
  if (config.handoffTimeoutMs > DURATION_MS_MAX) return "handoffTimeoutMs"
  if (config.restartGraceMs > DURATION_MS_MAX) return "restartGraceMs"
  return config.maxAttempts < 1 || config.maxAttempts > ATTEMPTS_MAX ? "maxAttempts" : undefined
}
