import type { NodeId } from "@conclave/base"
import { halves, hasQuorum } from "@conclave/consensus"
import { hostOf } from "../wal/replica-id.ts"
import type { RunningReplica } from "./running-replica.ts"

/**
 * Whether a group goes on where nobody listens to `host` any more, which keeps its seat until another has taken it:
 * those whom its leader hears must be a quorum without it. `removed`: nobody listens to these already.
 */
export function canSpare({ raft }: Pick<RunningReplica, "raft">, host: NodeId, removed: ReadonlySet<NodeId>): boolean {
  const isGone = (owner: NodeId | undefined): boolean => owner !== undefined && (owner === host || removed.has(owner))
  const group = raft.reign?.changing?.group ?? raft.group
  const isVoter = halves(group).some((voters) => voters.some((each) => hostOf(each) === host))
  if (removed.has(host) || !isVoter) return true
  return hasQuorum(group, (each) => raft.reign?.isHeard(each) === true && !isGone(hostOf(each)))
}
