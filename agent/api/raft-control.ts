import type { StatusJson } from "./objects.ts"
import type { Problem } from "./problem.ts"
import type { RaftStatusJson } from "./raft-schema.ts"

type Done = (result: RaftStatusJson | Problem) => void

/**
 * The Raft group, as the API asks of the agent. What changes it is asked of whoever leads, and tells the group as it is
 * then.
 */
export interface RaftControl {
  readonly status: () => RaftStatusJson
  /** In short; null before there is a group. */
  readonly summary: () => StatusJson["raft"]
  readonly clusterId: () => string | null
  readonly bootstrap: (done: Done) => void
  readonly transfer: (to: string | undefined, timeoutMs: number, done: Done) => void
  readonly add: (name: string, timeoutMs: number, done: Done) => void
  readonly remove: (name: string, more: { readonly force: boolean; readonly timeoutMs: number }, done: Done) => void
}
