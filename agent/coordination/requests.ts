import type { Millis } from "@conclave/base"
import type { Command, CommandResult } from "@conclave/consensus"
import type { Problem } from "../api/problem.ts"
import type { Clock } from "../ports.ts"
import type { Cluster } from "./cluster.ts"
import { notProposed, unknownOutcome } from "./refusals.ts"

const PAUSE_MS = 50

/**
 * Proposes a request that has a number: its answer is kept under it, so that a try whose answer was lost is repeated
 * until the deadline. `op` names it in an error.
 */
export function request(
  command: Command,
  {
    cluster,
    clock,
    deadline,
    op,
  }: { readonly cluster: Cluster; readonly clock: Clock; readonly deadline: Millis; readonly op: string },
  done: (result: CommandResult | Problem) => void,
): void {
  let isUnknown = false
  const go = (): void => {
    cluster.propose(command, deadline, (outcome) => {
      if (outcome.kind === "applied") return done(outcome.result)
      isUnknown ||= outcome.kind === "unknown"
      const againAt = clock.now() + PAUSE_MS
      if (isUnknown && againAt < deadline) return alarm.set(againAt as Millis)
      done(outcome.kind === "unknown" || isUnknown ? unknownOutcome(op) : notProposed(outcome))
    })
  }
  const alarm = clock.alarm(go)
  go()
}
