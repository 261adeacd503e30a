import type { Millis } from "@conclave/base"
import type { Command, CommandResult } from "@conclave/consensus"
import type { Clock } from "../ports.ts"
import type { Cluster } from "./cluster.ts"

/** One try, and the pause before the next one. */
const TRY_MS = 5000
const PAUSE_MS = 100
const PAUSE_MAX_MS = 1000

export interface Insistence {
  readonly cluster: Cluster
  readonly clock: Clock
  /** Asked before each try: an end that came about in another way needs no more of it. */
  readonly isWanted: () => boolean
  /** `rev`: of the state in which that is the answer. */
  readonly done?: (result: CommandResult, rev: number) => void
}

/**
 * Proposes a command that may be applied twice (an end, a detach, a cancel) until it is decided, through every change
 * of leader.
 */
export function insist(command: Command, { cluster, clock, isWanted, done }: Insistence): void {
  let pauseMs = PAUSE_MS
  const go = (): void => {
    if (!isWanted()) return
    cluster.propose(command, (clock.now() + TRY_MS) as Millis, (outcome) => {
      if (outcome.kind === "applied") return done?.(outcome.result, outcome.rev)
      alarm.set((clock.now() + pauseMs) as Millis)
      pauseMs = Math.min(PAUSE_MAX_MS, pauseMs * 2)
    })
  }
  const alarm = clock.alarm(go)
  go()
}
