import type { PoolConfig } from "./types.ts"

export const PAYLOAD_BYTES_MAX: number = 64 * 1024
export const CHECKPOINT_BYTES_MAX = 4096
export const WEIGHT_MAX = 1_000_000
export const ATTEMPTS_MAX = 1_000_000
/** Of one partition, with a rest after each: nobody sees as many. */
export const FAILURES_MAX: number = 2 ** 31
/** What a worker says of a failure. */
export const MESSAGE_BYTES_MAX = 256
/** Steps of an item that are remembered. */
export const DECISIONS_MAX = 6
/** Of one entry: the planner goes on with the next. */
export const MOVES_MAX = 256

/** What a pool does that nobody has configured. */
export const POOL_DEFAULTS: PoolConfig = {
  partitions: 0,
  handoffTimeoutMs: 30_000,
  restartGraceMs: 30_000,
  spread: "host",
  maxAttempts: 10,
}

const BACKOFF_MIN_MS = 1000
const BACKOFF_MAX_MS = 60_000
/** From here on doubling says nothing new. */
const DOUBLINGS_MAX = 6

/** How long an item rests after its `failures`th failure: 1 s, doubling to 60 s. */
export function backoffMs(failures: number): number {
  if (failures < 1) return 0
  return Math.min(BACKOFF_MAX_MS, BACKOFF_MIN_MS * 2 ** Math.min(failures - 1, DOUBLINGS_MAX))
}

/** From so many losses on a task is suspected to be what kills its workers: no worker has two such at a time. */
export const SUSPECT_LOSSES = 2
/** A suspected task whose worker has lived with it for so long is suspected no more. */
export const HARMLESS_AFTER_MS = 10_000

/** A partition that was handed back unasked rests: a worker that does so each time would spin. */
export const HANDED_BACK_REST_MS = 1000
/** A partition that was worked on for so long starts its count of failures anew. */
export const SOUND_AFTER_MS = 60_000
