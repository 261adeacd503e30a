import { type Problem, problem } from "./problem.ts"
import type { RaftStatusJson } from "./raft-schema.ts"

/** Nothing was proposed: this agent is in no cluster that keeps holds and sessions. */
export function noCluster(): Problem {
  return problem("NO_QUORUM", "this agent is in no founded cluster yet", {
    hint: "conclave raft bootstrap, once, on one agent of the cluster",
    details: { up: 0, needed: 1 },
  })
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
