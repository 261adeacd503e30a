import type { NodeId } from "@conclave/base"
import { type Group, isJoint, type Raft, type ReplicaId, type Term } from "@conclave/consensus"

/** Who leads the group and who belongs to it, as one replica knows it. */
export interface Reign {
  readonly term: Term
  /** Undefined = nobody, as far as it knows. */
  readonly leader: ReplicaId | undefined
  readonly voters: readonly ReplicaId[]
  readonly learners: readonly ReplicaId[]
  /** Between the two halves of a change. */
  readonly isJoint: boolean
}

/** As a relay tells it. */
export interface ToldReign extends Reign {
  /** Hosts that operators have removed, as far as whoever hears it has not been told. */
  readonly removed: readonly NodeId[]
}

export function reignOf({ term, leader, group }: Pick<Raft, "term" | "leader" | "group">): Reign {
  return { term, leader, ...membersOf(group), isJoint: isJoint(group) }
}

function membersOf({ voters, learners, learnersNext }: Group): Pick<Reign, "voters" | "learners"> {
  return { voters, learners: [...learners, ...learnersNext] }
}
