import { type Problem, problem } from "./problem.ts"
import type { RaftStatusJson } from "./raft-schema.ts"

/**
 * Nothing was proposed: this agent is in no cluster that keeps holds and sessions. `awaitsFounding`: it is to found one
 * with others, which is not to be overtaken.
 */
export function noCluster(awaitsFounding: boolean): Problem {
  const details = { up: 0, needed: 1 }
  if (awaitsFounding) {
    const message = "this agent is in no founded cluster yet: it waits to found one with others"
    return problem("NO_QUORUM", message, { hint: "conclave status tells for whom", details })
  }
  const hint = "conclave raft bootstrap, once, on one agent of the cluster"
  return problem("NO_QUORUM", "this agent is in no founded cluster yet", { hint, details })
}

/** `details.reason` of what is refused because the group would have no quorum after it, or less to lose. */
export const QUORUM_AT_RISK = "quorum-at-risk"

export function quorumAtRisk(message: string, hint: string, voters: number): Problem {
  return problem("CONFLICT", message, { hint, details: { reason: QUORUM_AT_RISK, current: voters } })
}

/** What is known of the Raft group before there is one. */
export const UNFOUNDED: RaftStatusJson = {
  term: "0",
  leader: null,
  commitIndex: "0",
  appliedIndex: "0",
  quorum: 0,
  canLose: 0,
  items: [],
}
