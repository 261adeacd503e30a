import type { Raft, ReplicaId } from "@conclave/consensus"

/**
 * What another replica is to the one here:
 * - `fellow`: what it says counts;
 * - `asker`: the group that is known here does not name it. It may have belonged to it once, and is told what became of
 *   it; nothing else that it says has any effect;
 * - `stranger`: there is no group yet that has the replica here, and that one does not vote, as far as gossip tells.
 */
export type Relation = "fellow" | "asker" | "stranger"

/** `invites`: gossip says that it votes, so that a host which knows nothing of the group yet follows it. */
export function relationOf(
  raft: Pick<Raft, "believes" | "isNewcomer">,
  from: ReplicaId,
  invites: (replica: ReplicaId) => boolean,
): Relation {
  if (raft.isNewcomer) return invites(from) ? "fellow" : "stranger"
  return raft.believes(from) ? "fellow" : "asker"
}

/** Why a newcomer does not listen; for the other side's log. */
export function notInvited(from: string): string {
  return `this host has no part in the group yet, and knows of no vote of replica ${from}`
}
