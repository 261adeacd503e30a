import { assert } from "@conclave/base"
import { ENTRY_DATA_BYTES_MAX } from "./config.ts"
import type { Core } from "./core.ts"
import { type GroupTarget, groupProblem, isJoint, isVoter, leaveJoint, replicas, towards } from "./group.ts"
import { type LogIndex, next, type ReplicaId } from "./ids.ts"
import { bytesOf } from "./log.ts"
import type { Progress } from "./progress.ts"
import { hasQuorum, majority, quorumIndex } from "./quorum.ts"
import { Reads } from "./reads.ts"
import { Replication } from "./replication.ts"
import type { Entry, Group, LogPosition, MessageBody, Proposal, ProposeRefusal } from "./types.ts"

type HeartbeatReply = Extract<MessageBody, { kind: "heartbeatReply" }>

interface Transfer {
  readonly to: ReplicaId
  readonly untilMs: number
  isAsked: boolean
}

/** A change of voters that begins once all that it needs have answered a round of heartbeats. */
interface PendingChange {
  readonly call: number
  readonly target: GroupTarget
  readonly round: number
  readonly untilMs: number
}

/** Who has answered is there for so many heartbeats. */
const THERE_HEARTBEATS = 2

/**
 * What only a leader has: made when a term is won, gone when it ends, so nothing of one reign can leak into the next.
 * Replicates the log (Raft §5.3), counts what is committed (§5.4.2), confirms reads, changes the group, hands over.
 */
export class Leader {
  readonly #core: Core
  readonly #replication: Replication
  readonly #reads: Reads = new Reads()
  /** The empty entry of this term: until it is committed nothing of the past is known to be (Raft §5.4.2, §8). */
  readonly #firstOwn: LogIndex
  #heartbeatDueMs: number
  #transfer: Transfer | undefined
  #change: PendingChange | undefined
  #uncommittedBytes = 0
  /** Who left the group in force, and is to be told once that is committed. */
  readonly #leaving: Set<ReplicaId> = new Set()

  constructor(core: Core) {
    assert(core.role === "leader", "a reign belongs to a leader")
    this.#core = core
    this.#replication = new Replication(core)
    for (const entry of tailOf(core)) this.#uncommittedBytes += bytesOf(entry)
    this.#firstOwn = this.#append("noop", {}).index
    this.#heartbeatDueMs = core.nowMs
    this.#startRound()
    this.#replication.toAll()
  }

  get nextMs(): number {
    const untilMs = (pending: { readonly untilMs: number } | undefined) => pending?.untilMs ?? Number.POSITIVE_INFINITY
    const { newsDueMs } = this.#replication
    return Math.min(this.#heartbeatDueMs, untilMs(this.#transfer), untilMs(this.#change), newsDueMs)
  }

  /** Raft §5.4.2: true once an entry of this term is committed. */
  get isSettled(): boolean {
    return this.#core.commit >= this.#firstOwn
  }

  get transferTo(): ReplicaId | undefined {
    return this.#transfer?.to
  }

  /** The joint group that is in force once those that it needs have answered, and who has. */
  get changing(): { readonly group: Group; readonly isThere: (id: ReplicaId) => boolean } | undefined {
    const change = this.#change
    if (change === undefined) return undefined
    return { group: towards(this.#core.group, change.target), isThere: (id) => this.#isThere(id, change) }
  }

  /**
   * Heartbeats and deadlines. A leader whose quorum is silent for T must not go on; the caller asks `hasQuorum` first.
   */
  tick(): void {
    const { nowMs } = this.#core
    if (this.#transfer !== undefined && nowMs >= this.#transfer.untilMs) this.#transfer = undefined
    if (this.#change !== undefined && nowMs >= this.#change.untilMs) this.#endChange("silent")
    this.#replication.tellNews()
    if (nowMs < this.#heartbeatDueMs) return
    this.#startRound()
    // Elsewhere the answers to a round are what it is judged by; alone there are none.
    if (this.#core.isAlone) this.#raiseFeatureLevel()
  }

  get hasQuorum(): boolean {
    return this.#replication.hasQuorum
  }

  /** The disks of a quorum take new work, this one's among them. */
  get hasRoom(): boolean {
    return this.#replication.hasRoom
  }

  /** One of the other voters is there, and has said that its disk is well. */
  get hasSoundHeir(): boolean {
    const { group } = this.#core
    return group.voters.some((id) => this.isHeard(id) && this.progress.get(id)?.isSlow === false)
  }

  /** Something came from it within an election timeout. */
  isHeard(id: ReplicaId): boolean {
    return this.#replication.isHeard(id)
  }

  /** Ready to vote: appends flow, it is there, and what it lacks is little. */
  isCaughtUp(id: ReplicaId): boolean {
    const { log, config } = this.#core
    const progress = this.progress.get(id)
    if (progress?.state !== "replicate" || !this.isHeard(id)) return false
    return log.last - progress.match <= config.promoteGapMax
  }

  /** What it is known to have on disk. */
  matchOf(id: ReplicaId): LogIndex {
    return this.#replication.matchOf(id)
  }

  /** What is known of each of the others. */
  get progress(): ReadonlyMap<ReplicaId, Progress> {
    return this.#replication.progress
  }

  appended(from: ReplicaId, match: LogIndex): void {
    if (!this.progress.has(from)) return
    if (this.#replication.appended(from, match)) this.#advance()
    this.#replication.to(from, false)
    this.#handOver(from)
  }

  appendRejected(from: ReplicaId, rejected: LogIndex, hint: LogPosition): void {
    this.#replication.rejected(from, rejected, hint)
  }

  heartbeatReply(from: ReplicaId, { round, featureMax, isFull, isSlow }: HeartbeatReply): void {
    const progress = this.#replication.heard(from)
    if (progress === undefined || round > this.#reads.round) return
    progress.round = Math.max(progress.round, round)
    progress.featureMax = featureMax
    progress.isFull = isFull === true
    progress.isSlow = isSlow === true
    this.#replication.answered(from)
    this.#confirmReads()
    this.#makeChange()
    this.#raiseFeatureLevel()
  }

  /** Our own write counts for us only now. */
  persisted(): void {
    this.#advance()
  }

  propose(proposals: readonly Proposal[]): void {
    for (const proposal of proposals) {
      const { call, data, stampMs } = proposal
      assert(Number.isSafeInteger(stampMs) && stampMs >= 0, "a stamp is the same number on every replica")
      const reason = this.#refusesCommand(proposal)
      if (reason !== undefined) {
        this.#refuse(call, reason)
        continue
      }
      const { index, term } = this.#append("command", { data, stampMs })
      this.#core.effect({ kind: "proposed", call, at: { index, term } })
    }
    this.#replication.toAll()
    this.#advance()
  }

  /**
   * Raft thesis §4.3: through a joint group whenever voters change, one change at a time. There is no way back from a
   * joint group without both majorities, and who counts as heard may have been gone for most of an election timeout:
   * so first the newcomers and both majorities answer a round of heartbeats that begins now, all within two of them.
   */
  changeGroup(call: number, target: GroupTarget): void {
    const reason = this.#refusesChange(target)
    if (reason !== undefined) return this.#refuse(call, reason)
    if (!isJoint(towards(this.#core.group, target))) return this.#appendChange(call, target)
    this.#startRound()
    const { nowMs, config } = this.#core
    this.#change = { call, target, round: this.#reads.round, untilMs: nowMs + config.electionMs }
  }

  read(call: number, from: ReplicaId | undefined): void {
    const { config, commit } = this.#core
    if (this.#reads.size >= config.readsMax) return this.#answerRead(call, from, undefined)
    // Before that, entries that were answered as committed may lie beyond our commit index.
    const index = this.isSettled ? commit : this.#firstOwn
    this.#reads.add({ call, from, index })
    if (!this.#reads.isUnderWay) this.#startRound()
  }

  announce(to: ReplicaId | undefined): void {
    for (const id of to === undefined ? [...this.progress.keys()] : [to]) this.#replication.announce(id)
  }

  transfer(to: ReplicaId | undefined): void {
    const target = to ?? this.#bestVoter()
    if (target === undefined || target === this.#core.id || !this.#core.group.voters.includes(target)) return
    this.#transfer = { to: target, untilMs: this.#core.nowMs + this.#core.config.electionMs, isAsked: false }
    this.#replication.to(target, true)
    this.#handOver(target)
  }

  /** What the snapshot that is on its way to somebody stands for. */
  get snapshotSending(): LogIndex | undefined {
    return this.#replication.snapshotSending
  }

  snapshotSent(sending: number, ok: boolean): void {
    this.#replication.snapshotSent(sending, ok)
  }

  /** Nothing that waited is answered by a leader that leads no more. */
  stop(): void {
    this.#endChange("not-leader")
    for (const { call, from } of this.#reads.takeAll()) this.#answerRead(call, from, undefined)
  }

  /** True when this leader is in the committed group no more: it has done its work (Raft thesis §4.2.2). */
  get isRemoved(): boolean {
    const { group, log, commit, id } = this.#core
    return !isJoint(group) && log.groupIndex <= commit && !isVoter(group, id)
  }

  /** Tells the best voter to campaign at once. */
  bid(): void {
    const to = this.#bestVoter()
    if (to !== undefined) this.#core.send(to, { kind: "timeoutNow" }, "now")
  }

  #append(kind: Entry["kind"], fields: { data?: Uint8Array; stampMs?: number; group?: Group; level?: number }): Entry {
    const entry = this.#core.appendOwn(kind, fields)
    this.#uncommittedBytes += bytesOf(entry)
    return entry
  }

  #sync(): void {
    for (const id of this.#replication.sync()) this.#leaving.add(id)
  }

  #refuse(call: number, reason: ProposeRefusal): void {
    this.#core.effect({ kind: "refused", call, reason, leader: this.#core.id })
  }

  #refusesCommand({ data, relieves }: Proposal): ProposeRefusal | undefined {
    const { config } = this.#core
    if (data.length > ENTRY_DATA_BYTES_MAX) return "too-large"
    if (this.#transfer !== undefined) return "transferring"
    // What the state machine has not applied yet it cannot have judged: nothing is served before (Raft §8).
    if (!this.isSettled) return "not-ready"
    if (!relieves && !this.hasRoom) return "disk-full"
    const limit = config.uncommittedBytesMax + (relieves ? config.uncommittedReserveBytes : 0)
    // The first always passes, however large: nothing else would ever make room for it.
    const isOver = this.#uncommittedBytes > 0 && this.#uncommittedBytes + data.length > limit
    return isOver ? "overloaded" : undefined
  }

  #refusesChange(target: GroupTarget): ProposeRefusal | undefined {
    const { group, log, commit } = this.#core
    const { voters, learners } = target
    if (groupProblem({ voters, outgoing: [], learners, learnersNext: [] }) !== undefined) return "invalid-group"
    if (this.#transfer !== undefined) return "transferring"
    if (this.#change !== undefined) return "change-pending"
    // An own entry must be committed first, and the change before (raft-dev 2015, the bug of single-server changes).
    if (!this.isSettled) return "not-ready"
    if (isJoint(group) || log.groupIndex > commit) return "change-pending"
    const newcomers = newcomersOf(group, target)
    const areReady = newcomers.every((id) => this.isCaughtUp(id)) && this.#areKnown(newcomers, voters)
    return areReady ? undefined : "not-caught-up"
  }

  /**
   * Whoever votes hears only those whom its log names, or whom one of these names. So all that are to vote must have
   * the group in which the newcomers learn; or so few lack it that in no majority they are alone with newcomers.
   */
  #areKnown(newcomers: readonly ReplicaId[], voters: readonly ReplicaId[]): boolean {
    const { groupIndex } = this.#core.log
    const lacking = voters.filter((id) => this.matchOf(id) < groupIndex)
    if (lacking.length === 0 || newcomers.length === 0) return true
    const areAware = newcomers.every((id) => !lacking.includes(id))
    return areAware && lacking.length + newcomers.length < majority(voters.length)
  }

  /** Once all that it needs have answered. */
  #makeChange(): void {
    const change = this.#change
    if (change === undefined) return
    const { call, target } = change
    const { group } = this.#core
    const isThere = (id: ReplicaId): boolean => this.#isThere(id, change)
    if (!newcomersOf(group, target).every(isThere) || !hasQuorum(towards(group, target), isThere)) return
    this.#change = undefined
    const reason = this.#refusesChange(target)
    if (reason !== undefined) return this.#refuse(call, reason)
    this.#appendChange(call, target)
  }

  #isThere(id: ReplicaId, { round }: PendingChange): boolean {
    const { nowMs, config } = this.#core
    const progress = this.progress.get(id)
    if (progress === undefined) return id === this.#core.id
    return progress.round >= round && nowMs - progress.heardMs < THERE_HEARTBEATS * config.heartbeatMs
  }

  #appendChange(call: number, target: GroupTarget): void {
    const { index, term } = this.#append("group", { group: towards(this.#core.group, target) })
    this.#core.effect({ kind: "proposed", call, at: { index, term } })
    this.#sync()
    this.#replication.toAll()
    this.#advance()
  }

  #endChange(reason: ProposeRefusal): void {
    const change = this.#change
    this.#change = undefined
    const leader = reason === "not-leader" ? undefined : this.#core.id
    if (change !== undefined) this.#core.effect({ kind: "refused", call: change.call, reason, leader })
  }

  /** Raft §5.4.2: only entries of the own term are committed by counting; what lies before is committed with them. */
  #advance(): void {
    const { log, group, term, commit } = this.#core
    const index = quorumIndex(group, (id) => this.#replication.matchOf(id))
    if (index <= commit || log.term(index) !== term) return
    for (const entry of log.slice(next(commit), index)) this.#uncommittedBytes -= bytesOf(entry)
    assert(this.#uncommittedBytes >= 0, "no more is committed than was appended")
    const isOfGroup = log.groupIndex > commit && log.groupIndex <= index
    this.#core.commitTo(index)
    if (isOfGroup) this.#replication.hasten()
    this.#leaveJoint()
    this.#sayRemoved()
    this.#replication.toAll()
    this.#confirmReads()
  }

  /** The second half of a change, once the first is committed under both majorities; never before. */
  #leaveJoint(): void {
    const { group, log, commit } = this.#core
    if (!isJoint(group) || log.groupIndex > commit) return
    this.#append("group", { group: leaveJoint(group) })
    this.#sync()
    this.#replication.toAll()
    this.#advance()
  }

  /** As soon as it is certain; whoever does not hear it is told again when it asks. */
  #sayRemoved(): void {
    const { group, log, commit } = this.#core
    if (log.groupIndex > commit) return
    for (const to of this.#leaving) {
      if (!replicas(group).has(to)) this.#core.send(to, { kind: "removed", at: log.groupIndex }, "now")
    }
    this.#leaving.clear()
  }

  #raiseFeatureLevel(): void {
    const { group, id, config, featureLevel, log, commit, handed } = this.#core
    const level = featureLevel + 1
    if (level > config.featureLevelMax || !this.isSettled || handed < commit) return
    const isKnown = [...replicas(group)].every(
      (each) => each === id || (this.progress.get(each)?.featureMax ?? 0) >= level,
    )
    if (!isKnown || log.featureLevel >= level || log.groupIndex > commit) return
    this.#append("feature", { level })
    this.#replication.toAll()
    this.#advance()
  }

  #startRound(): void {
    const { nowMs, config } = this.#core
    const round = this.#reads.begin()
    this.#heartbeatDueMs = nowMs + config.heartbeatMs
    this.#replication.heartbeats(round)
    this.#confirmReads()
  }

  #confirmReads(): void {
    if (this.#reads.size === 0 || !this.isSettled) return
    const { group, id } = this.#core
    const round = quorumIndex(group, (each) => {
      return (each === id ? this.#reads.round : (this.progress.get(each)?.round ?? 0)) as LogIndex
    })
    for (const { call, from, index } of this.#reads.confirmed(round)) this.#answerRead(call, from, index)
    if (this.#reads.wantsRound && !this.#reads.isUnderWay) this.#startRound()
  }

  #answerRead(call: number, from: ReplicaId | undefined, index: LogIndex | undefined): void {
    if (from === undefined) this.#core.effect({ kind: "readReady", call, index })
    else {
      if (index !== undefined) this.#replication.announce(from)
      this.#core.send(from, { kind: "readIndexReply", call, index }, "now")
    }
  }

  /** Raft thesis §3.10: to one that has everything, and nothing new meanwhile. */
  #handOver(to: ReplicaId): void {
    const transfer = this.#transfer
    if (transfer?.to !== to || transfer.isAsked || this.#replication.matchOf(to) !== this.#core.log.last) return
    transfer.isAsked = true
    this.#core.send(to, { kind: "timeoutNow" }, "now")
  }

  #bestVoter(): ReplicaId | undefined {
    const { group, id } = this.#core
    let best: ReplicaId | undefined
    for (const each of group.voters) {
      if (each === id || !this.#replication.isHeard(each)) continue
      if (best === undefined || this.#isBetter(each, best)) best = each
    }
    return best
  }

  /** A disk that is well before a longer log: the one without it would hand over at once. */
  #isBetter(one: ReplicaId, other: ReplicaId): boolean {
    const slowness = (id: ReplicaId): number => Number(this.progress.get(id)?.isSlow === true)
    if (slowness(one) !== slowness(other)) return slowness(one) < slowness(other)
    return this.#replication.matchOf(one) > this.#replication.matchOf(other)
  }
}

function newcomersOf(group: Group, { voters }: GroupTarget): readonly ReplicaId[] {
  return voters.filter((id) => !isVoter(group, id))
}

/** What is appended and not yet committed. */
function tailOf({ log, commit }: Core): readonly Entry[] {
  return commit < log.last ? log.slice(next(commit), log.last) : []
}
