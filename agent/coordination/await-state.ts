import type { Millis } from "@conclave/base"
import type { Clock } from "../ports.ts"
import type { Cluster, StateView } from "./cluster.ts"

/**
 * Looked at again after so long, whatever was told: the state moves without changes, too, and rests between entries
 * only.
 */
const LOOK_MS = 20

/** Calls back with the state of this host as soon as it is as wanted; with undefined when it is not in time. */
export function awaitState(
  { cluster, clock, waitMs }: { readonly cluster: Cluster; readonly clock: Clock; readonly waitMs: number },
  isWanted: (state: StateView) => boolean,
  done: (state: StateView | undefined) => void,
): void {
  const untilMs = clock.now() + waitMs
  const look = (): void => {
    const state = cluster.local()?.state
    if (state !== undefined && isWanted(state)) return done(state)
    if (clock.now() >= untilMs) return done(undefined)
    alarm.set(Math.min(untilMs, clock.now() + LOOK_MS) as Millis)
  }
  const alarm = clock.alarm(look)
  look()
}
