import type { Acquire } from "@conclave/consensus"
import type { NaiveHold } from "./naive-types.ts"

/** What was asked for at `time`, as it waits. */
export function queued(command: Acquire, order: number, time: number): NaiveHold {
  const { session, seq, hold: kind, mode, waitMs = Number.POSITIVE_INFINITY, priority, note, value } = command
  return {
    session,
    seq,
    kind,
    names: [...new Set(command.names)],
    exclusive: mode === "exclusive",
    order,
    priority,
    queuedAt: time,
    waitUntil: time + waitMs,
    maxHold: command.maxHoldMs ?? Number.POSITIVE_INFINITY,
    lockDelay: command.lockDelayMs,
    note,
    value,
    token: undefined,
    grantedAt: 0,
    revoking: undefined,
  }
}
