export { RAFT_DEFAULTS, type RaftConfig, raftConfig } from "./config.ts"
export { foundingState } from "./founding.ts"
export { groupProblem, isJoint, isVoter, replicas } from "./group.ts"
export { type LogIndex, logIndex, type ReplicaId, type Term, term } from "./ids.ts"
export { EMPTY_SNAPSHOT } from "./log.ts"
export { hasQuorum, majority, quorumIndex } from "./quorum.ts"
export { Raft, type RaftOptions } from "./raft.ts"
export type {
  DiskState,
  Effect,
  EndReason,
  Entry,
  EntryKind,
  Group,
  HardState,
  Input,
  LogPosition,
  Message,
  MessageBody,
  ProposeRefusal,
  Role,
  SnapshotMeta,
  StoredState,
  VoteRefusal,
  Write,
} from "./types.ts"
