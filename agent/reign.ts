import { type Group, isJoint, isReplicaId, type Raft, type ReplicaId, type Term, term } from "@conclave/consensus"

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

const encoder = new TextEncoder()
const decoder = new TextDecoder()

export function reignOf({ term, leader, group }: Pick<Raft, "term" | "leader" | "group">): Reign {
  return { term, leader, ...membersOf(group), isJoint: isJoint(group) }
}

export function encodeReign(reign: Reign): Uint8Array {
  return encoder.encode(JSON.stringify({ ...reign, leader: reign.leader ?? null }))
}

/** undefined for what no replica says. */
export function decodeReign(bytes: Uint8Array): Reign | undefined {
  let said: Partial<Record<keyof Reign, unknown>> | null
  try {
    said = JSON.parse(decoder.decode(bytes))
  } catch {
    return undefined
  }
  const { leader, voters, learners, isJoint: joint } = said ?? {}
  const reigned = said?.term
  if (!Number.isSafeInteger(reigned) || Number(reigned) < 0 || typeof joint !== "boolean") return undefined
  if (!isReplicas(voters) || !isReplicas(learners)) return undefined
  if (leader !== null && !isReplica(leader)) return undefined
  return { term: term(Number(reigned)), leader: leader ?? undefined, voters, learners, isJoint: joint }
}

function membersOf({ voters, learners, learnersNext }: Group): Pick<Reign, "voters" | "learners"> {
  return { voters, learners: [...learners, ...learnersNext] }
}

function isReplicas(value: unknown): value is readonly ReplicaId[] {
  return Array.isArray(value) && value.every(isReplica)
}

function isReplica(value: unknown): value is ReplicaId {
  return typeof value === "string" && isReplicaId(value)
}
