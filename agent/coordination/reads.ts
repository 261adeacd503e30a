import type { Millis } from "@conclave/base"
import type { Caller } from "../api/coordination.ts"
import type { Problem } from "../api/problem.ts"
import type { Clock } from "../ports.ts"
import { awaitState } from "./await-state.ts"
import type { Cluster, StateView } from "./cluster.ts"
import { notProposed } from "./refusals.ts"

export interface ReadBy {
  readonly cluster: Cluster
  readonly clock: Clock
}

/** The state, fresh or as it is here, but never older than what the caller has seen. `ageMs` where it is as it is here. */
export function readState(
  { cluster, clock }: ReadBy,
  caller: Pick<Caller, "timeoutMs" | "seen">,
  isStale: boolean,
  done: (state: StateView | Problem, ageMs?: number) => void,
): void {
  const { timeoutMs, seen } = caller
  const readFresh = (): void =>
    cluster.read((clock.now() + timeoutMs) as Millis, (read) =>
      done(read.kind === "read" ? read.state : notProposed(read)),
    )
  if (!isStale) return readFresh()
  // Where this host has no replica, others are asked at once.
  const waiting = { cluster, clock, waitMs: cluster.hasState() ? timeoutMs : 0 }
  awaitState(
    waiting,
    (state) => state.rev >= seen.rev,
    (state) => {
      const ageMs = cluster.local()?.ageMs
      if (state === undefined) readFresh()
      else done(state, ageMs)
    },
  )
}

/** The age of an answer that was read here. */
export function ageOf(ageMs: number | undefined): { ageMs?: number } {
  return ageMs === undefined ? {} : { ageMs: Math.round(ageMs) }
}
