export { ENTRY_DATA_BYTES_MAX, RAFT_DEFAULTS, type RaftConfig, raftConfig } from "./config.ts"
export { explain, type Finding, type FindingKind } from "./explain.ts"
export { foundingState } from "./founding.ts"
export { groupProblem, isJoint, isVoter, replicas } from "./group.ts"
export {
  type ClusterId,
  isClusterId,
  isReplicaId,
  type LogIndex,
  logIndex,
  type ReplicaId,
  type Term,
  term,
} from "./ids.ts"
export { EMPTY_SNAPSHOT } from "./log.ts"
export type {
  Acquire,
  Attach,
  Command,
  CommandKind,
  HeldName,
  Open,
  Renewal,
  Request,
  Revoke,
} from "./machine/command.ts"
export type {
  Answer,
  Applied,
  Change,
  CommandResult,
  EndCause,
  EndedSession,
  Hold,
  HoldEnd,
  HoldKind,
  Host,
  Liveness,
  LockMode,
  LogEntry,
  LossReason,
  Name,
  PastGrant,
  Refusal,
  RenewalOutcome,
  Revoking,
  Session,
  SessionId,
  StopReason,
  StoredResult,
  Token,
} from "./machine/types.ts"
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
