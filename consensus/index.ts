export { ENTRY_DATA_BYTES_MAX, RAFT_DEFAULTS, type RaftConfig, raftConfig } from "./config.ts"
export { explain } from "./explain.ts"
export type { Finding, FindingKind } from "./finding.ts"
export { founderOf, otherNumbers } from "./founding/candidates.ts"
export type {
  Answer as FoundingAnswer,
  Ask as FoundingAsk,
  Attempt,
  Candidate,
  Failure as FoundingFailure,
  FoundingEffect,
  FoundingNews,
  FoundingRecord,
  FoundingState,
  Heard as FoundingHeard,
  Pledge,
} from "./founding/types.ts"
export { foundingBegins, Unanimity } from "./founding/unanimity.ts"
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
export type { Applied, Change, StopReason } from "./machine/applied.ts"
export { CHUNK_BYTES, ChunkWriter, recordsOf } from "./machine/chunks.ts"
export type {
  Acquire,
  Attach,
  Attachment,
  Command,
  CommandKind,
  Guard,
  HeldName,
  KvDelete,
  KvPut,
  KvWrite,
  Open,
  Renewal,
  Resize,
  Revoke,
  WriteCommand,
} from "./machine/command.ts"
export { NO_FIGURES } from "./machine/figures.ts"
export { holdIdOf } from "./machine/holds.ts"
export { Install, type InstallProblem } from "./machine/install.ts"
export { MACHINE_LIMITS, type MachineLimits } from "./machine/limits.ts"
export type { ListedHold, ListedName, ListedPool, ListedSession, Listing } from "./machine/listing.ts"
export { HASH_EVERY, Machine, type PoolView } from "./machine/machine.ts"
export type { NameView, Verification } from "./machine/queries.ts"
export { RecordCheck } from "./machine/record-check.ts"
export { NO_TERMS } from "./machine/requests.ts"
export { restorable } from "./machine/restore.ts"
export { lossOf } from "./machine/sessions.ts"
export type { SnapshotReader } from "./machine/snapshot.ts"
export { STAGED_BYTES_MAX } from "./machine/staging.ts"
export { type Hearing, STEP_MS_MAX, StampClock } from "./machine/stamp-clock.ts"
export type {
  Answer,
  CommandResult,
  EndCause,
  EndedSession,
  Entry as KvEntry,
  Figure,
  Figures,
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
  Request,
  RestoreId,
  Revoking,
  Session,
  SessionId,
  StoredResult,
  Tag,
  Token,
  Worker,
} from "./machine/types.ts"
export { WALL_DRIFT_MS, type Wall, wallMsAt } from "./machine/walls.ts"
export { type CommandProblem, type DecodedCommand, decodeCommand, encodeCommand } from "./machine/wire-command.ts"
export type { Move, Settlement, WorkCommand, WorkWrite } from "./machine/work/commands.ts"
export { POOL_DEFAULTS } from "./machine/work/limits.ts"
export { Roster } from "./machine/work/roster.ts"
export type { Decision, Item, ItemState, Owner, Pool, PoolConfig, Spread, Tombstone } from "./machine/work/types.ts"
export { type Leaving, leavingOf, successorOf } from "./planner/departure.ts"
export { voterPolicy } from "./planner/policy.ts"
export type {
  AgentView,
  Alarm,
  AlarmKind,
  ChangeReason,
  ReplicaView,
  VoterHistory,
  VoterInput,
  VoterPlan,
  VoterPolicy,
  VoterWish,
} from "./planner/types.ts"
export { planVoters } from "./planner/voters.ts"
export { planSteps, planWork } from "./planner/work/work.ts"
export { halves, hasQuorum, majority, quorumIndex } from "./quorum.ts"
export { Raft, type RaftOptions } from "./raft.ts"
export type {
  AsOf,
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
  Proposal,
  ProposeRefusal,
  Role,
  SnapshotMeta,
  StoredState,
  VoteRefusal,
  Write,
} from "./types.ts"
