import type { LogIndex, ReplicaId } from "./ids.ts"
import type { Group } from "./types.ts"

/** How many of `count` are a majority. */
export function majority(count: number): number {
  return Math.floor(count / 2) + 1
}

/** True when a majority, in a joint group one of each half, is `counted` (Raft thesis §4.3). */
export function hasQuorum(group: Group, counted: (id: ReplicaId) => boolean): boolean {
  return halves(group).every((voters) => voters.filter(counted).length >= majority(voters.length))
}

/** True when a quorum cannot come about any more: too many have refused. */
export function isLost(group: Group, refused: (id: ReplicaId) => boolean): boolean {
  return halves(group).some((voters) => voters.length - voters.filter(refused).length < majority(voters.length))
}

/**
 * The highest index that a quorum has (Raft §5.3): sorted anew each time. At most seven numbers; structures that
 * keep them sorted have committed without a quorum.
 */
export function quorumIndex(group: Group, matchOf: (id: ReplicaId) => LogIndex): LogIndex {
  const reached = halves(group).map((voters) => {
    const matches = voters.map(matchOf).sort((a, b) => b - a)
    return matches[majority(matches.length) - 1] ?? 0
  })
  return Math.min(...reached) as LogIndex
}

/** The majorities that are needed: one, in a joint group two, the new one first. */
export function halves(group: Group): readonly (readonly ReplicaId[])[] {
  return group.outgoing.length > 0 ? [group.voters, group.outgoing] : [group.voters]
}
