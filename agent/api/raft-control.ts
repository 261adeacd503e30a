import type { StatusJson } from "./objects.ts"
import type { Problem } from "./problem.ts"
import type { RaftStatusJson } from "./raft-schema.ts"

/** The Raft group, as the API asks of the agent. What changes it calls back with undefined when it is done. */
export interface RaftControl {
  readonly status: () => RaftStatusJson
  /** In short; null before there is a group. */
  readonly summary: () => StatusJson["raft"]
  readonly clusterId: () => string | null
  readonly bootstrap: (done: (refusal: Problem | undefined) => void) => void
  readonly transfer: (to: string | undefined, timeoutMs: number, done: (refusal: Problem | undefined) => void) => void
  readonly add: (name: string, timeoutMs: number, done: (refusal: Problem | undefined) => void) => void
  readonly remove: (
    name: string,
    more: { readonly force: boolean; readonly timeoutMs: number },
    done: (refusal: Problem | undefined) => void,
  ) => void
}
