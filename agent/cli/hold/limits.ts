import type { SessionDriver } from "@conclave/sdk/session-driver"
import { bootMs } from "./boot-clock.ts"
import type { Limits } from "./keeper-words.ts"

/** A command has so long between its KILL and the moment in which somebody else may act; less of a shorter grant. */
const KILL_MARGIN_MIN_MS = 200
const KILL_MARGIN_MAX_MS = 1000

/**
 * Up to when a command may run under a grant of which `leftMs` are left, and which lasts no longer than `maxHoldMs`.
 */
export function limitsOf(driver: SessionDriver, leftMs: number, maxHoldMs: number = Number.POSITIVE_INFINITY): Limits {
  const nowMs = bootMs()
  const { ttlMs, session, calmMs } = driver
  const graceMs = Math.min(ttlMs / 2, maxHoldMs / 4)
  const marginMs = Math.min(Math.max(ttlMs / 10, KILL_MARGIN_MIN_MS), KILL_MARGIN_MAX_MS, graceMs / 2)
  // Its own end, where that comes before the session's.
  const ownMs = leftMs < session.remainingMs ? leftMs - graceMs : Number.POSITIVE_INFINITY
  return { termMs: nowMs + Math.min(calmMs, ownMs), killMs: nowMs + leftMs - marginMs }
}
