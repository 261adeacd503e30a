import type { LogIndex, ReplicaId, Term } from "./ids.ts"

/** What an entry is to the core; a command is the state machine's affair. */
export type EntryKind = "noop" | "command" | "group" | "feature"

/** One entry of the log. */
export interface Entry {
  readonly index: LogIndex
  readonly term: Term
  readonly kind: EntryKind
  /** Replicated time in ms as the leader knew it; apply takes the maximum. 0 = says nothing. */
  readonly stampMs: number
  /** In force from this entry on; never falls along the log. */
  readonly featureLevel: number
  readonly data: Uint8Array
  /** Of kind `group`: the members from this entry on. */
  readonly group?: Group
}

/**
 * Who replicates the log (Raft thesis §4.3). `outgoing` is not empty while two majorities are needed; `learnersNext`
 * are outgoing voters that go on as learners.
 */
export interface Group {
  readonly voters: readonly ReplicaId[]
  readonly outgoing: readonly ReplicaId[]
  readonly learners: readonly ReplicaId[]
  readonly learnersNext: readonly ReplicaId[]
}

/** Durable before any answer that relies on it, in one record. */
export interface HardState {
  readonly term: Term
  readonly vote: ReplicaId | undefined
  /** A lower bound: what was known to be committed when it was written. */
  readonly commit: LogIndex
}

/** What a snapshot stands for: everything up to `index`. */
export interface SnapshotMeta {
  readonly index: LogIndex
  readonly term: Term
  /** The group at `index`, never a later one. */
  readonly group: Group
  /** The feature level at `index`. */
  readonly featureLevel: number
}

/** All that the group had agreed on at `ms` lies up to `index`. */
export interface AsOf {
  readonly index: LogIndex
  /** On the clock of whoever says so; -Infinity = nobody knows when. */
  readonly ms: number
}

/** What the disk of a replica holds. */
export interface StoredState {
  readonly hardState: HardState
  readonly snapshot: SnapshotMeta
  /** Those behind the snapshot. */
  readonly entries: readonly Entry[]
}

export interface LogPosition {
  readonly index: LogIndex
  readonly term: Term
}

/** Why a vote was refused. */
export type VoteRefusal =
  | "leader-heard"
  | "voted-for-another"
  | "log-behind"
  | "stale-term"
  | "installing-snapshot"
  | "disk"

/**
 * Why a replica must not go on: it was taken out of the group; its disk has lost what it acknowledged; the log has an
 * entry that this program does not understand (its disk is sound, and a newer program goes on with it); or two replicas
 * led in one term, so that one of the members has promised what it may not.
 */
export type EndReason = "removed" | "log-below-acknowledged" | "feature-unknown" | "two-leaders"

export type DiskState = "ok" | "stalled" | "dead"

interface Addressed {
  readonly from: ReplicaId
  readonly to: ReplicaId
  readonly term: Term
}

export type Message = Addressed & MessageBody

export type MessageBody =
  | {
      readonly kind: "append"
      readonly prev: LogPosition
      readonly entries: readonly Entry[]
      readonly commit: LogIndex
      /** Nothing but a commit index: no answer where the logs agree. */
      readonly isQuiet?: true
    }
  | { readonly kind: "appended"; readonly match: LogIndex }
  /** `rejected` repeats the index that did not match; `hint` is where the logs may agree (Raft §5.3). */
  | { readonly kind: "appendRejected"; readonly rejected: LogIndex; readonly hint: LogPosition }
  /**
   * `match`: what the receiver has acknowledged in this term; a log that ends below it has lost what others count on.
   */
  | {
      readonly kind: "heartbeat"
      readonly commit: LogIndex
      readonly match: LogIndex
      readonly round: number
      /** More is committed than the receiver has acknowledged. */
      readonly isBehind?: true
    }
  | {
      readonly kind: "heartbeatReply"
      readonly round: number
      readonly featureMax: number
      /** Its disk takes no new work. */
      readonly isFull?: true
      /** Its disk lets writes wait so long that it would not lead itself. */
      readonly isSlow?: true
    }
  /** `term` is the one that the sender would campaign in. */
  | { readonly kind: "preVote"; readonly last: LogPosition }
  | { readonly kind: "preVoteReply"; readonly granted: boolean; readonly refusal?: VoteRefusal }
  /** `byTransfer`: the old leader asked for it, so stickiness does not count. `byHint`: see `hint-guard.ts`. */
  | { readonly kind: "vote"; readonly last: LogPosition; readonly byTransfer: boolean; readonly byHint: boolean }
  | { readonly kind: "voteReply"; readonly granted: boolean; readonly refusal?: VoteRefusal }
  | { readonly kind: "timeoutNow" }
  | { readonly kind: "readIndex"; readonly call: number }
  | { readonly kind: "readIndexReply"; readonly call: number; readonly index: LogIndex | undefined }
  /** To one who is in the committed group no more. */
  | { readonly kind: "removed"; readonly at: LogIndex }
  /** To one who asks and may not know it: who belongs to the group, by what stands in the sender's log at `at`. */
  | { readonly kind: "members"; readonly at: LogPosition; readonly group: Group }

export type Input =
  /** Deadlines are judged by this alone: the driver sends it when no more input is waiting. */
  | { readonly kind: "tick" }
  | { readonly kind: "message"; readonly message: Message }
  /** The write and all before it are durable. */
  | { readonly kind: "persisted"; readonly write: number; readonly epoch: number }
  /** In this order; what comes together is sent and written together. */
  | { readonly kind: "propose"; readonly proposals: readonly Proposal[] }
  /** The group to come, whole. Who was taken out comes back as a new replica, with a new id. */
  | {
      readonly kind: "changeGroup"
      readonly call: number
      readonly voters: readonly ReplicaId[]
      readonly learners: readonly ReplicaId[]
    }
  | { readonly kind: "read"; readonly call: number }
  /** Somebody there waits for what was committed (`commitNewsMs`); without `to` perhaps at any of the others. */
  | { readonly kind: "announce"; readonly to?: ReplicaId }
  /** Without `to` the best voter is chosen. */
  | { readonly kind: "transfer"; readonly to?: ReplicaId }
  /**
   * Own evidence that the leader's process is gone: its connection was reset and the re-dial refused. `yields`: the
   * state machine here is far behind the log, so that others had better lead.
   */
  | { readonly kind: "leaderGone"; readonly leader: ReplicaId; readonly yields?: boolean }
  /** The state machine's own snapshot is durable; its `meta` is what `Log.metaAt` said of the place. */
  | { readonly kind: "snapshotTaken"; readonly meta: SnapshotMeta }
  /** The end of the sending of that number, once for each, whatever became of it. */
  | { readonly kind: "snapshotSent"; readonly sending: number; readonly ok: boolean }
  /** A whole snapshot has arrived and its file is durable. */
  | { readonly kind: "snapshotReceived"; readonly from: ReplicaId; readonly term: Term; readonly meta: SnapshotMeta }
  /** The state machine holds the snapshot's state. */
  | { readonly kind: "restored"; readonly index: LogIndex }
  | { readonly kind: "disk"; readonly state: DiskState }
  /** Whether the disk takes new work; it does until the driver says otherwise. */
  | { readonly kind: "room"; readonly isFull: boolean }
  /** This process did nothing for `lostMs`; sent instead of a tick. */
  | { readonly kind: "stalled"; readonly lostMs: number }

/** One entry to be. */
export interface Proposal {
  readonly call: number
  readonly data: Uint8Array
  /** A whole number. */
  readonly stampMs: number
  /** Relieves overload (release, renewal): may use the reserved share of the quota. */
  readonly relieves: boolean
}

export type ProposeRefusal =
  | "not-leader"
  | "transferring"
  | "overloaded"
  /** The disk here is full, or too many of the others are for a quorum. */
  | "disk-full"
  /** Beyond `ENTRY_DATA_BYTES_MAX`. */
  | "too-large"
  /** No entry of this term is committed yet. */
  | "not-ready"
  | "change-pending"
  | "not-caught-up"
  /** A newcomer, or a majority of those that vote or are to, has not answered within an election timeout. */
  | "silent"
  | "invalid-group"

/** One write of the log, in order: cut, append, hard state; all of it or nothing is there after a crash. */
export interface Write {
  readonly write: number
  /** Raised by each cut: an acknowledgement of an older epoch makes nothing stable. */
  readonly epoch: number
  /** Everything from here on is void. */
  readonly truncateFrom?: LogIndex
  readonly entries: readonly Entry[]
  readonly hardState: HardState
  /** The log begins anew after this snapshot. */
  readonly snapshot?: SnapshotMeta
}

export type Role = "follower" | "preCandidate" | "candidate" | "leader"

export type Effect =
  /** `durable`: not before every `persist` that came earlier has been reported as persisted. */
  | { readonly kind: "send"; readonly message: Message; readonly after: "now" | "durable" }
  | { readonly kind: "persist"; readonly write: Write }
  /** Committed and durable here: apply in this order. */
  | { readonly kind: "commit"; readonly entries: readonly Entry[] }
  | { readonly kind: "proposed"; readonly call: number; readonly at: LogPosition }
  | {
      readonly kind: "refused"
      readonly call: number
      readonly reason: ProposeRefusal
      readonly leader: ReplicaId | undefined
    }
  /** Linearizable once everything up to `index` is applied; undefined = ask again, nothing was read. */
  | { readonly kind: "readReady"; readonly call: number; readonly index: LogIndex | undefined }
  | {
      readonly kind: "roleChanged"
      readonly role: Role
      readonly term: Term
      readonly leader: ReplicaId | undefined
    }
  | { readonly kind: "groupChanged"; readonly group: Group; readonly index: LogIndex }
  /** One at a time: it takes the place of the one before, and who leads no more sends none. `sending` numbers them. */
  | { readonly kind: "sendSnapshot"; readonly sending: number; readonly to: ReplicaId; readonly meta: SnapshotMeta }
  | { readonly kind: "restore"; readonly meta: SnapshotMeta }
  /**
   * This replica must not go on: no message that still waits for its disk may leave, and no input is taken any more.
   */
  | { readonly kind: "ended"; readonly reason: EndReason; readonly evidence?: string }
