import type { Token } from "./types.ts"

/** Grants that a saved state may lack: what the counter is raised by when it goes on from one. */
const STRIDE = 2 ** 20
/** Revisions that it may lack. */
export const REVISIONS_LOST_MAX: number = 2 ** 20
/** Grants in a millisecond that a clock can keep ahead of. */
const A_MILLISECOND = 2 ** 10

/** Milliseconds since 1970 with which tokens stay far below 2⁵³: the year 2223. */
export const WALL_MS_MAX = 8_000_000_000_000

/** What tokens, revisions and other counters of a saved state may have come to: they go on from there for ever. */
export const COUNTER_MAX: number = 2 ** 53 - 2 ** 44

/**
 * Where tokens go on at a founding, a recovery and a restore, so that none is ever given twice: the counter may be the
 * one of an old backup, and the same backup may be restored again; then only the clock tells the lives apart.
 */
export function tokenFloor(counter: number, wallMs: number): Token {
  return Math.max(counter + STRIDE, wallMs * A_MILLISECOND) as Token
}
