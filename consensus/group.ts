import { isReplicaId, type ReplicaId } from "./ids.ts"
import type { Group } from "./types.ts"

/** Of each kind in a group; a group is small, everybody else asks it. */
export const GROUP_REPLICAS_MAX = 64

export const NO_GROUP: Group = { voters: [], outgoing: [], learners: [], learnersNext: [] }

/** True between the two halves of a change: two majorities are needed (Raft thesis §4.3). */
export function isJoint(group: Group): boolean {
  return group.outgoing.length > 0
}

/** Counts in one of the majorities. */
export function isVoter(group: Group, id: ReplicaId): boolean {
  return group.voters.includes(id) || group.outgoing.includes(id)
}

/** Gets the log. */
export function isMember(group: Group, id: ReplicaId): boolean {
  return isVoter(group, id) || group.learners.includes(id) || group.learnersNext.includes(id)
}

/** Everybody who gets the log, each once. */
export function replicas(group: Group): ReadonlySet<ReplicaId> {
  return new Set([...group.voters, ...group.outgoing, ...group.learners, ...group.learnersNext])
}

/** What a group must be in itself; undefined when all is well. */
export function groupProblem({ voters, outgoing, learners, learnersNext }: Group): string | undefined {
  if (voters.length === 0) return "it has no voter"
  for (const list of [voters, outgoing, learners, learnersNext]) {
    if (list.length > GROUP_REPLICAS_MAX) return "it names more than 64 replicas of one kind"
    if (new Set(list).size !== list.length) return "it names a replica twice"
    if (!list.every(isReplicaId)) return "it names what is no id of a replica"
  }
  if (learners.some((id) => voters.includes(id) || outgoing.includes(id))) return "a learner is a voter"
  if (learnersNext.some((id) => !outgoing.includes(id) || voters.includes(id))) {
    return "a learner to be is no outgoing voter"
  }
  return undefined
}

export interface GroupTarget {
  readonly voters: readonly ReplicaId[]
  readonly learners: readonly ReplicaId[]
}

/** The first step towards a target: joint when the voters change, the target itself when only learners do. */
export function towards(group: Group, target: GroupTarget): Group {
  const voters = sorted(target.voters)
  if (sameMembers(voters, group.voters)) {
    return { voters, outgoing: [], learners: sorted(target.learners), learnersNext: [] }
  }
  const outgoing = sorted(group.voters)
  return {
    voters,
    outgoing,
    learners: sorted(target.learners.filter((id) => !outgoing.includes(id))),
    learnersNext: sorted(target.learners.filter((id) => outgoing.includes(id))),
  }
}

/** The second step: the outgoing majority is needed no more. */
export function leaveJoint(group: Group): Group {
  return {
    voters: group.voters,
    outgoing: [],
    learners: sorted([...group.learners, ...group.learnersNext]),
    learnersNext: [],
  }
}

export function sameGroup(a: Group, b: Group): boolean {
  return (
    sameMembers(a.voters, b.voters) &&
    sameMembers(a.outgoing, b.outgoing) &&
    sameMembers(a.learners, b.learners) &&
    sameMembers(a.learnersNext, b.learnersNext)
  )
}

function sameMembers(a: readonly ReplicaId[], b: readonly ReplicaId[]): boolean {
  return a.length === b.length && a.every((id) => b.includes(id))
}

function sorted(ids: readonly ReplicaId[]): readonly ReplicaId[] {
  return [...ids].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}
