import type { Command } from "@conclave/consensus"
import type { NaiveBackup, NaivePast, NaiveState } from "./naive-types.ts"

type Restore = Extract<Command, { kind: "restore" }>

/** What a backup of this moment takes along; later changes leave it as it is. */
export function backupOf({ time, rev, token, order, wall, quiet, quietUntil, history }: NaiveState): NaiveBackup {
  return { time, rev, token, order, wall, quiet: { ...quiet }, quietUntil, history: { ...history } }
}

/** What a backup makes of the state, when all sessions are over; for `waits` longer nobody is granted anything. */
export function restored(
  now: NaiveState,
  saved: NaiveBackup,
  command: Restore,
  waits: number,
): Omit<NaiveState, "time"> {
  const { wallMs, savedWallMs, quietMs } = command
  const savedQuiet = Math.max(0, saved.quietUntil, ...Object.values(saved.quiet)) - saved.time
  const longest = Math.max(quietMs, savedQuiet, waits)
  return {
    history: movedBy(saved.history, now.time - saved.time - (wallMs - savedWallMs)),
    quiet: {},
    quietUntil: Math.max(now.quietUntil, now.time + longest, ...Object.values(now.quiet)),
    rev: Math.max(now.rev, saved.rev),
    token: Math.max(Math.max(now.token, saved.token) + 2 ** 20, wallMs * 2 ** 10),
    order: Math.max(now.order, saved.order),
    wall: wallMs,
  }
}

/** Replicated time counts from another moment in each life of a cluster. */
function movedBy(history: NaiveBackup["history"], by: number): Record<string, NaivePast[]> {
  const at = (time: number): number => Math.max(0, time + by)
  const moved = (past: NaivePast): NaivePast => ({ ...past, since: at(past.since), until: at(past.until) })
  return Object.fromEntries(Object.entries(history).map(([key, past]) => [key, past.map(moved)]))
}
