import type { ReplicaId } from "./ids.ts"

/** What a sentence is about, for programs; they must not read the text. */
export type FindingKind =
  | "ended"
  | "disk"
  | "snapshot"
  | "no-leader"
  | "leader-silent"
  | "campaign"
  | "vote"
  | "not-settled"
  | "quorum"
  | "commit-waits"
  | "change-pending"
  | "transfer"
  | "learner"
  | "follower"
  | "feature"

export interface Finding {
  readonly kind: FindingKind
  /** Whom it is about, where that is another replica. */
  readonly about?: ReplicaId
  /** One sentence for people, with its evidence. */
  readonly text: string
}
