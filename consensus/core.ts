import { assert, type Millis, type Random } from "@conclave/base"
import type { RaftConfig } from "./config.ts"
import { isVoter, sameGroup } from "./group.ts"
import { INDEX_ZERO, type LogIndex, least, next, type ReplicaId, type Term } from "./ids.ts"
import type { Log } from "./log.ts"
import type {
  AsOf,
  DiskState,
  Effect,
  EndReason,
  Entry,
  EntryKind,
  Group,
  HardState,
  Message,
  MessageBody,
  Role,
  SnapshotMeta,
  Write,
} from "./types.ts"

interface Pending {
  readonly write: number
  readonly begunMs: Millis
  readonly epoch: number
  readonly last: LogIndex
  readonly hardState: HardState
}

/**
 * What one replica knows and has promised, and the one place where it changes. Whatever a step changes in log and hard
 * state becomes one write at its end, so a cut and what replaces it are never apart on disk; answers that rely on it
 * leave behind it.
 */
export class Core {
  readonly id: ReplicaId
  readonly config: RaftConfig
  readonly random: Random
  readonly log: Log
  nowMs: Millis
  term: Term
  vote: ReplicaId | undefined
  role: Role = "follower"
  /** The leader of this term, as far as known. */
  leader: ReplicaId | undefined
  /** Who led last before that, as far as known; none before the first change of leader. */
  formerLeader: ReplicaId | undefined
  /** When the leader was heard last; -Infinity = it counts as gone. */
  heardMs: number = Number.NEGATIVE_INFINITY
  /** Unlike `heardMs` it outlives the leader that said so. */
  asOf: AsOf = { index: INDEX_ZERO, ms: Number.NEGATIVE_INFINITY }
  /** When anything came from each of the others, since this start; for explanations alone. */
  readonly contacts: Map<ReplicaId, Millis> = new Map()
  commit: LogIndex
  /** The highest entry that is on disk here. */
  durable: LogIndex
  /** The last entry that was handed out to be applied. */
  handed: LogIndex
  featureLevel: number
  disk: DiskState = "ok"
  /** The disk here takes no new work; what is under way it does. */
  isFull = false
  /** A foreign snapshot is being taken over: no vote, no campaign, nothing to apply meanwhile. */
  installing: SnapshotMeta | undefined
  ended: EndReason | undefined
  #effects: Effect[] = []
  #behindWrite: Effect[] = []
  #truncateFrom: LogIndex | undefined
  #entries: Entry[] = []
  #snapshot: SnapshotMeta | undefined
  #written: HardState
  #pending: Pending[] = []
  #writes = 0
  /** The last write that ended here had waited for half an election timeout. */
  #wasSlow = false
  #epoch = 0
  #sendings = 0
  #shownGroup: Group
  #shownTerm: Term
  #durableHardState: HardState

  constructor(options: {
    readonly id: ReplicaId
    readonly config: RaftConfig
    readonly random: Random
    readonly log: Log
    readonly hardState: HardState
    readonly nowMs: Millis
  }) {
    const { id, config, random, log, hardState, nowMs } = options
    assert(hardState.term >= log.lastPosition.term, "the term is on disk before any entry of it")
    assert(hardState.commit <= log.last, "what is committed is in the log")
    this.id = id
    this.config = config
    this.random = random
    this.log = log
    this.nowMs = nowMs
    this.term = hardState.term
    this.vote = hardState.vote
    this.commit = Math.max(hardState.commit, log.snapshot.index) as LogIndex
    this.durable = log.last
    this.handed = log.snapshot.index
    this.featureLevel = log.snapshot.featureLevel
    this.#written = hardState
    this.#durableHardState = hardState
    this.#shownGroup = log.group
    this.#shownTerm = hardState.term
  }

  get group(): Group {
    return this.log.group
  }

  /** Our own vote in this term is on disk. */
  get hasDurableVote(): boolean {
    const { term, vote } = this.#durableHardState
    return term === this.term && vote === this.id
  }

  /** Those of both halves, without this replica. */
  get otherVoters(): readonly ReplicaId[] {
    const { voters, outgoing } = this.group
    return [...new Set([...voters, ...outgoing])].filter((each) => each !== this.id)
  }

  /** The only voter. */
  get isAlone(): boolean {
    return this.otherVoters.length === 0 && isVoter(this.group, this.id)
  }

  /**
   * A voter; also one whose removal is not known to be committed: it may have the longest log, and then nobody else can
   * win (thesis §4.2.2). It does not count itself.
   */
  get mayCampaign(): boolean {
    const isNeeded = isVoter(this.group, this.id) || isVoter(this.log.groupAt(this.commit), this.id)
    return isNeeded && this.installing === undefined && !this.isDiskSick
  }

  /** Since when the oldest write that is not durable yet has waited. */
  get waitingSinceMs(): Millis | undefined {
    return this.#pending[0]?.begunMs
  }

  /**
   * Said by the driver, or seen here: a write has waited for half an election timeout. Such a replica neither votes nor
   * campaigns, nor leads where another's disk is well, or a healthy group would wait for its disk. Alone there is
   * nobody to do it instead, and slow is better than nothing.
   */
  get isDiskSick(): boolean {
    if (this.isAlone) return this.disk === "dead"
    return this.disk !== "ok" || this.nowMs - (this.waitingSinceMs ?? this.nowMs) >= this.config.electionMs / 2
  }

  /** The same, and until a write has shown that it is over: between two slow writes nothing waits. */
  get isDiskSlow(): boolean {
    return this.#wasSlow || this.isDiskSick
  }

  begin(nowMs: Millis): void {
    assert(nowMs >= this.nowMs, "time never falls")
    this.nowMs = nowMs
    this.#effects = []
    this.#behindWrite = []
  }

  heard(from: ReplicaId): void {
    if (this.contacts.size < CONTACTS_MAX || this.contacts.has(from)) this.contacts.set(from, this.nowMs)
  }

  effect(effect: Effect): void {
    this.#effects.push(effect)
  }

  /** Requests may leave before our own write; answers rely on it (Raft §5.2, §5.3: "before responding to RPCs"). */
  send(to: ReplicaId, body: MessageBody, after: "now" | "durable", term: Term = this.term): void {
    const message: Message = { from: this.id, to, term, ...body }
    if (after === "now") this.#effects.push({ kind: "send", message, after })
    else this.#behindWrite.push({ kind: "send", message, after })
  }

  /** Numbers a snapshot to send; a later reign of this start does not use it again. */
  nextSending(): number {
    return ++this.#sendings
  }

  /** A later term: the vote of the old one means nothing in it. */
  enter(term: Term, vote: ReplicaId | undefined): void {
    assert(term > this.term, "a term is entered once")
    this.term = term
    this.vote = vote
  }

  voteFor(candidate: ReplicaId): void {
    assert(this.vote === undefined || this.vote === candidate, "one vote a term")
    this.vote = candidate
  }

  become(role: Role, leader: ReplicaId | undefined): void {
    if (this.role === role && this.leader === leader && this.#shownTerm === this.term) return
    // So long it may have led without a quorum.
    if (this.role === "leader") this.#agreedBy(this.#shownTerm, this.nowMs - this.config.electionMs)
    this.role = role
    if (this.leader !== undefined && this.leader !== leader) this.formerLeader = this.leader
    this.leader = leader
    this.#shownTerm = this.term
    this.effect({ kind: "roleChanged", role, term: this.term, leader })
  }

  /** The leader says how far it has come: as much is committed here, or there is more that is not here yet. */
  heardCommit(commit: LogIndex): void {
    if (this.commit >= commit) this.#agreedBy(this.term, this.nowMs)
  }

  /** Before it has committed an entry of its own a leader does not know how far those before it came (Raft §5.4.2). */
  #agreedBy(term: Term, ms: number): void {
    const { commit, asOf } = this
    if (this.log.term(commit) === term) this.asOf = { index: commit, ms: Math.max(asOf.ms, ms) }
  }

  /** A leader's own entry. */
  appendOwn(kind: EntryKind, fields: { data?: Uint8Array; stampMs?: number; group?: Group; level?: number }): Entry {
    assert(this.role === "leader", "a leader alone makes entries")
    const entry: Entry = {
      index: next(this.log.last),
      term: this.term,
      kind,
      stampMs: fields.stampMs ?? 0,
      featureLevel: fields.level ?? this.log.featureLevel,
      data: fields.data ?? NO_DATA,
      ...(fields.group === undefined ? {} : { group: fields.group }),
    }
    this.append(entry)
    return entry
  }

  append(entry: Entry): void {
    this.log.append(entry)
    this.#entries.push(entry)
  }

  /** Raft §5.3: an entry that conflicts with the leader's goes, and all behind it. */
  truncate(from: LogIndex): void {
    assert(from > this.commit, "what is committed is never cut")
    this.log.truncate(from)
    this.#entries = this.#entries.filter((entry) => entry.index < from)
    this.#truncateFrom = this.#truncateFrom === undefined ? from : least(this.#truncateFrom, from)
    this.durable = Math.min(this.durable, from - 1) as LogIndex
    this.#epoch++
  }

  /** Raft §7: the log begins anew behind a foreign snapshot. */
  replace(meta: SnapshotMeta): void {
    assert(meta.index > this.commit, "a snapshot of what is committed already replaces nothing")
    this.log.reset(meta)
    this.#entries = []
    this.#truncateFrom = undefined
    this.#snapshot = meta
    this.durable = INDEX_ZERO
    this.#epoch++
    this.installing = meta
    this.commit = meta.index
    this.handed = meta.index
    this.featureLevel = meta.featureLevel
  }

  commitTo(index: LogIndex): void {
    if (index <= this.commit) return
    assert(index <= this.log.last, "what is committed is in the log")
    this.commit = index
  }

  /** The log says that this write and all before it are on disk. */
  persisted(write: number, epoch: number): void {
    const known = this.#pending.findLast((each) => each.write <= write)
    if (known === undefined) return
    assert(known.write === write && known.epoch === epoch, "an acknowledgement names a write and its epoch")
    this.#wasSlow = this.nowMs - (this.waitingSinceMs ?? this.nowMs) >= this.config.electionMs / 2
    this.#pending = this.#pending.filter((each) => each.write > write)
    this.#durableHardState = known.hardState
    // An older epoch speaks of entries that were cut since: the write that cut them will speak for the rest.
    if (epoch === this.#epoch && known.last > this.durable) this.durable = known.last
  }

  /**
   * A snapshot of our own state machine is durable: the log behind it may go, but for what follows one that is being
   * sent.
   */
  compact(meta: SnapshotMeta, sent: LogIndex | undefined): void {
    assert(meta.index <= this.handed, "a snapshot holds what was handed out")
    const { keepEntries, keepBytes, pinnedBytesMax } = this.config
    const pinned = sent === undefined ? {} : { pinned: { index: sent, bytesMax: pinnedBytesMax } }
    this.log.compact(meta, { keepEntries, keepBytes, ...pinned })
  }

  /** This replica must not go on; the driver lets nothing more of it out. */
  terminate(reason: EndReason, evidence?: string): void {
    if (this.ended !== undefined) return
    this.ended = reason
    this.effect({ kind: "ended", reason, ...(evidence === undefined ? {} : { evidence }) })
  }

  /**
   * Hands out what is committed and durable here, since what is applied has effects outside; false when what follows is
   * beyond this program.
   */
  handOut(): boolean {
    if (this.ended !== undefined) return true
    const upTo = least(this.commit, this.durable)
    const due = this.installing === undefined && upTo > this.handed ? this.log.slice(next(this.handed), upTo) : []
    const beyond = due.findIndex((entry) => entry.featureLevel > this.config.featureLevelMax)
    const entries = beyond < 0 ? due : due.slice(0, beyond)
    const last = entries.at(-1)
    if (last !== undefined) {
      this.handed = last.index
      this.featureLevel = last.featureLevel
      this.effect({ kind: "commit", entries })
    }
    return beyond < 0 && this.featureLevel <= this.config.featureLevelMax
  }

  /** Writes what changed, and returns all effects in the order to be done. */
  end(): readonly Effect[] {
    if (!sameGroup(this.#shownGroup, this.group)) {
      this.#shownGroup = this.group
      this.effect({ kind: "groupChanged", group: this.group, index: this.log.groupIndex })
    }
    this.#write()
    // Whoever has ended answers nobody.
    if (this.ended === undefined) this.#effects.push(...this.#behindWrite)
    return this.#effects
  }

  #write(): void {
    const { term, vote } = this
    const isSame = this.#written.term === term && this.#written.vote === vote
    if (isSame && this.#entries.length === 0 && this.#truncateFrom === undefined && this.#snapshot === undefined) return
    const hardState = { term, vote, commit: this.commit }
    const write: Write = {
      write: ++this.#writes,
      epoch: this.#epoch,
      ...(this.#truncateFrom === undefined ? {} : { truncateFrom: this.#truncateFrom }),
      entries: this.#entries,
      hardState,
      ...(this.#snapshot === undefined ? {} : { snapshot: this.#snapshot }),
    }
    const { write: number, epoch } = write
    this.#pending.push({ write: number, begunMs: this.nowMs, epoch, last: this.log.last, hardState })
    this.#written = hardState
    this.#entries = []
    this.#truncateFrom = undefined
    this.#snapshot = undefined
    this.effect({ kind: "persist", write })
  }
}

/** More have never been in one group at once; the next ones are not remembered. */
const CONTACTS_MAX = 1024
const NO_DATA = new Uint8Array(0)
