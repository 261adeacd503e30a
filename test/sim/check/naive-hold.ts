import type { Acquire, CommandResult, EndCause, HoldEnd, StoredResult } from "@conclave/consensus"
import type { NaiveHold } from "./naive-types.ts"

/** How the holds of a session end with it. */
export const LOSS: Record<EndCause, HoldEnd> = {
  closed: "closed",
  exited: "session-lost",
  silent: "expired",
  left: "session-lost",
  revoked: "revoked",
  expired: "expired",
}

/** Against the will of the holder: its names rest. */
export const INVOLUNTARY: readonly string[] = ["expired", "session-lost", "revoked", "max-hold"]

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
    weight: command.weight ?? 1,
    id: kind === "group" || kind === "work" ? (command.id ?? `${session}.${seq}`) : undefined,
    ready: kind === "group" ? (command.ready ?? true) : undefined,
    capacity: command.worker?.capacity,
    isLeaving: false,
    token: undefined,
    grantedAt: 0,
    revoking: undefined,
    askedAt: undefined,
  }
}

/** What is answered again to the same request. */
export function isStored(result: CommandResult): result is StoredResult {
  return ["ended", "written", "removed", "refused", "opened"].includes(result.kind)
}
