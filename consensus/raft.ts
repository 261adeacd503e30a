import { assert, type Millis, Random, unreachable } from "@conclave/base"
import { Ballot } from "./ballot.ts"
import type { RaftConfig } from "./config.ts"
import { Core } from "./core.ts"
import { takeAppend, takeHeartbeat, takeSnapshot } from "./follower.ts"
import { ForwardedReads } from "./forwarded-reads.ts"
import { isVoter } from "./group.ts"
import { HintGuard } from "./hint-guard.ts"
import type { LogIndex, ReplicaId, Term } from "./ids.ts"
import { Leader } from "./leader.ts"
import { isUpToDate, Log } from "./log.ts"
import type { Effect, Group, HardState, Input, Message, Role, SnapshotMeta, StoredState, VoteRefusal } from "./types.ts"

/** What a replica begins with: a new one with nothing, another with what its disk held. */
export interface RaftOptions {
  readonly id: ReplicaId
  readonly config: RaftConfig
  /** Any 32-bit number. */
  readonly seed: number
  readonly nowMs: Millis
  /** Read from disk and durable there (written anew, since reading does not prove it); absent = a new replica. */
  readonly stored?: StoredState
}

const NOTHING: HardState = { term: 0 as Term, vote: undefined, commit: 0 as LogIndex }
const NO_EFFECTS: readonly Effect[] = []

/**
 * One replica of a Raft group (Ongaro, Ousterhout 2014; thesis 2014): elects a leader, replicates a log, changes its own
 * members.
 *
 * A pure state machine: it has no clock, no timer, no disk and no dice of its own. Feed it with `step`, do what the
 * returned effects say in their order, and call `step` with a `tick` not later than `nextDeadlineMs`. It throws only
 * `AssertionError`, which is a bug, and after which it must not go on. Pre-vote, check-quorum and stickiness of votes are
 * one package and always on: each alone leaves a hole through which a healthy group can be kept from working.
 */
export class Raft {
  readonly #core: Core
  readonly #hints: HintGuard
  readonly #forwarded: ForwardedReads
  #leader: Leader | undefined
  #ballot: Ballot | undefined
  #electionDueMs = Number.POSITIVE_INFINITY
  /** The campaign under way began because the leader's process is known to be gone. */
  #isHinted = false
  /** Ticks since a late one put an election off. */
  #ticksJudged = 0

  constructor(options: RaftOptions) {
    const { id, config, nowMs, stored } = options
    const log = stored === undefined ? new Log() : new Log(stored.snapshot, stored.entries)
    const hardState = stored?.hardState ?? NOTHING
    this.#core = new Core({ id, config, random: new Random(options.seed), log, hardState, nowMs })
    this.#hints = new HintGuard(config)
    this.#forwarded = new ForwardedReads(this.#core)
    this.#awaitLeader()
    // Alone there is nobody to disturb.
    if (this.#isAlone) this.#electionDueMs = nowMs
  }

  /** Takes one input at `nowMs`, which never falls, and returns what to do, in order. */
  step(nowMs: Millis, input: Input): readonly Effect[] {
    const core = this.#core
    if (core.ended !== undefined) return NO_EFFECTS
    core.begin(nowMs)
    this.#take(input)
    if (this.#leader?.isRemoved === true) {
      this.#leader.bid()
      this.#follow(core.term, undefined)
    }
    return core.ended === undefined ? core.end() : core.end().filter((effect) => effect.kind === "ended")
  }

  /** When the next `tick` is due; Infinity when there is nothing to wait for. */
  get nextDeadlineMs(): number {
    if (this.#core.ended !== undefined) return Number.POSITIVE_INFINITY
    return Math.min(this.#leader?.nextMs ?? this.#electionDueMs, this.#forwarded.nextMs)
  }

  get id(): ReplicaId {
    return this.#core.id
  }

  get term(): Term {
    return this.#core.term
  }

  get role(): Role {
    return this.#core.role
  }

  /** The leader of this term, as far as this replica knows. */
  get leader(): ReplicaId | undefined {
    return this.#core.leader
  }

  get commit(): LogIndex {
    return this.#core.commit
  }

  /** The group in force: of the last entry that changes it, committed or not. */
  get group(): Group {
    return this.#core.group
  }

  get log(): Log {
    return this.#core.log
  }

  get featureLevel(): number {
    return this.#core.featureLevel
  }

  /** What only the leader knows. */
  get reign(): Leader | undefined {
    return this.#leader
  }

  /** Who refused in the campaign under way, and why. */
  get refusals(): ReadonlyMap<ReplicaId, VoteRefusal | undefined> {
    return this.#ballot?.refusals ?? new Map()
  }

  #take(input: Input): void {
    const core = this.#core
    switch (input.kind) {
      case "tick":
        return this.#tick()
      case "message":
        return this.#message(input.message)
      case "persisted":
        core.persisted(input.write, input.epoch)
        this.#leader?.persisted()
        return this.#countOwnVote()
      case "propose":
        if (this.#leader !== undefined) return this.#leader.propose(input)
        return core.effect({ kind: "refused", call: input.call, reason: "not-leader", leader: core.leader })
      case "changeGroup":
        if (this.#leader !== undefined) return this.#leader.changeGroup(input.call, input)
        return core.effect({ kind: "refused", call: input.call, reason: "not-leader", leader: core.leader })
      case "read":
        if (this.#leader !== undefined) return this.#leader.read(input.call, undefined)
        return this.#forwarded.ask(input.call)
      case "transfer":
        return this.#leader?.transfer(input.to)
      case "leaderGone":
        return this.#leaderGone(input.leader)
      case "snapshotTaken":
        return core.log.compact(input.meta, core.config.keepEntries)
      case "snapshotSent":
        return this.#leader?.snapshotSent(input.to, input.ok)
      case "snapshotReceived":
        return this.#snapshotReceived(input.from, input.term, input.meta)
      case "restored":
        if (core.installing?.index === input.index) core.installing = undefined
        return
      case "disk":
        return this.#disk(input.state)
      case "stalled":
        return this.#stalled(input.lostMs)
      default:
        return unreachable(input)
    }
  }

  #tick(): void {
    const { nowMs } = this.#core
    this.#ticksJudged++
    this.#forwarded.run()
    if (this.#leader !== undefined) {
      if (!this.#leader.hasQuorum()) return this.#follow(this.#core.term, undefined)
      this.#leader.tick()
    } else if (nowMs >= this.#electionDueMs) this.#preCampaign()
  }

  /**
   * This process did nothing for a while, so heartbeats may be waiting in its buffers. An election is put off by one
   * turn, at most one turn in ten, or a process that is always late would never vote. A leader that was away for a whole
   * election timeout may have a successor and says nothing before it has asked.
   */
  #stalled(lostMs: number): void {
    const { config, nowMs, term } = this.#core
    if (this.#leader !== undefined) {
      if (lostMs >= config.electionMs && !this.#isAlone) return this.#follow(term, undefined)
    } else if (this.#ticksJudged >= 10) {
      this.#ticksJudged = 0
      this.#electionDueMs = Math.max(this.#electionDueMs, nowMs + 1)
      return
    }
    this.#tick()
  }

  #message(message: Message): void {
    const core = this.#core
    if (message.to !== core.id || message.from === core.id) return
    if (message.kind === "append" && !isSound(message)) return
    if (message.kind === "preVote") return this.#preVote(message)
    if (message.kind === "vote") return this.#voteAsked(message)
    // A granted pre-vote names the term it was asked for; nobody has entered it yet.
    const isPromise = message.kind === "preVoteReply" && message.granted
    if (message.term > core.term && !isPromise) {
      const isFromLeader = message.kind === "append" || message.kind === "heartbeat"
      this.#follow(message.term, isFromLeader ? message.from : undefined)
    }
    if (message.term < core.term) return this.#stale(message)
    this.#dispatch(message)
  }

  #dispatch(message: Message): void {
    const { from } = message
    switch (message.kind) {
      case "append":
        this.#heardLeader(from)
        return takeAppend(this.#core, message)
      case "heartbeat":
        this.#heardLeader(from)
        return takeHeartbeat(this.#core, message)
      case "appended":
        return this.#leader?.appended(from, message.match)
      case "appendRejected":
        return this.#leader?.appendRejected(from, message.rejected, message.hint)
      case "heartbeatReply":
        return this.#leader?.heartbeatReply(from, message.round, message.featureMax)
      case "preVoteReply":
        return this.#counted("preCandidate", message)
      case "voteReply":
        return this.#counted("candidate", message)
      case "timeoutNow":
        return this.#timeoutNow(from)
      case "readIndex":
        return this.#readAsked(from, message.call)
      case "readIndexReply":
        return this.#forwarded.answered(message.call, message.index)
      case "removed":
        return this.#removed(message.at)
      case "preVote":
      case "vote":
        return
      default:
        return unreachable(message)
    }
  }

  /** A leader of the past must hear that it is one; nothing else of the past needs an answer. */
  #stale({ kind, from }: Message): void {
    if (kind !== "append" && kind !== "heartbeat") return
    this.#core.send(from, { kind: "heartbeatReply", round: 0, featureMax: 0 }, "durable")
  }

  /** Raft §5.2: whoever sends appends and heartbeats in this term leads it. */
  #heardLeader(from: ReplicaId): void {
    const core = this.#core
    assert(core.role !== "leader", "a term has one leader")
    assert(core.leader === undefined || core.leader === from, "a term has one leader")
    core.heardMs = core.nowMs
    this.#ballot = undefined
    if (core.leader !== from) this.#forwarded.failAll()
    core.become("follower", from)
    this.#awaitLeader()
  }

  /** Thesis §9.6: would we vote in that term? Asks nothing of anybody and changes nothing. */
  #preVote(message: Extract<Message, { kind: "preVote" }>): void {
    const core = this.#core
    if (this.#sayRemoved(message.from)) return
    const isLater = message.term > core.term
    const refusal = isLater ? this.#refusal(message, false) : "stale-term"
    const granted = refusal === undefined
    // A refusal carries our own term, so that one who is behind catches up.
    const term = granted ? message.term : core.term
    const body = { kind: "preVoteReply" as const, granted, ...(granted ? {} : { refusal }) }
    core.send(message.from, body, "durable", term)
  }

  /** Raft §5.2, §5.4.1. The candidate's configuration decides who votes: ours may be older. */
  #voteAsked(message: Extract<Message, { kind: "vote" }>): void {
    const core = this.#core
    if (!message.byTransfer && this.#sayRemoved(message.from)) return
    const refuse = (refusal: VoteRefusal): void =>
      core.send(message.from, { kind: "voteReply", granted: false, refusal }, "durable")
    if (message.term < core.term) return refuse("stale-term")
    // Before the term is adopted: who hears its leader does not even learn of the candidate's term (thesis §4.2.3).
    if (!message.byTransfer && this.#hearsLeader) return refuse("leader-heard")
    if (message.term > core.term) this.#follow(message.term, undefined)
    const refusal = this.#refusal(message, message.byTransfer)
    if (refusal !== undefined) return refuse(refusal)
    if (core.vote !== undefined && core.vote !== message.from) return refuse("voted-for-another")
    core.voteFor(message.from)
    this.#hints.voted(message.term, message.byHint, core.nowMs)
    this.#drawElection()
    core.send(message.from, { kind: "voteReply", granted: true }, "durable")
  }

  #refusal(message: Extract<Message, { kind: "preVote" | "vote" }>, byTransfer: boolean): VoteRefusal | undefined {
    const { installing, disk, log } = this.#core
    if (!byTransfer && this.#hearsLeader) return "leader-heard"
    if (installing !== undefined) return "installing-snapshot"
    if (disk !== "ok") return "disk"
    return isUpToDate(message.last, log.lastPosition) ? undefined : "log-behind"
  }

  /** Shorter than the shortest election timeout, or two that time out at once could refuse each other for ever. */
  get #hearsLeader(): boolean {
    const { nowMs, heardMs, config } = this.#core
    if (this.#leader !== undefined) return this.#leader.hasQuorum()
    return nowMs - heardMs < config.electionMs - config.heartbeatMs
  }

  #counted(as: Role, message: Extract<Message, { kind: "preVoteReply" | "voteReply" }>): void {
    const { role, term } = this.#core
    const expected = as === "preCandidate" && message.granted ? term + 1 : term
    if (role !== as || message.term !== expected || this.#ballot === undefined) return
    if (message.granted) this.#ballot.grant(message.from)
    else this.#ballot.refuse(message.from, message.refusal)
    this.#tally()
  }

  /** Our own vote is one like all others: it counts when it is on disk. */
  #countOwnVote(): void {
    const { role, hasDurableVote, id } = this.#core
    if (role !== "candidate" || !hasDurableVote || this.#ballot === undefined) return
    this.#ballot.grant(id)
    this.#tally()
  }

  #tally(): void {
    const { group, role, term } = this.#core
    if (this.#ballot === undefined) return
    if (this.#ballot.isWon(group)) {
      if (role === "preCandidate") this.#campaign(false)
      else if (this.#core.hasDurableVote) this.#lead()
    } else if (this.#ballot.isLost(group)) this.#follow(term, undefined)
  }

  #preCampaign(): void {
    const core = this.#core
    this.#drawElection()
    if (!core.mayCampaign) return
    core.become("preCandidate", undefined)
    this.#ballot = new Ballot()
    this.#ballot.grant(core.id)
    const term = (core.term + 1) as Term
    const last = core.log.lastPosition
    for (const to of this.#otherVoters()) core.send(to, { kind: "preVote", last }, "now", term)
    this.#tally()
  }

  #campaign(byTransfer: boolean): void {
    const core = this.#core
    core.enter((core.term + 1) as Term, core.id)
    core.become("candidate", undefined)
    this.#drawElection()
    this.#ballot = new Ballot()
    const last = core.log.lastPosition
    const byHint = this.#isHinted
    this.#hints.voted(core.term, byHint, core.nowMs)
    for (const to of this.#otherVoters()) core.send(to, { kind: "vote", last, byTransfer, byHint }, "now")
  }

  #lead(): void {
    const core = this.#core
    this.#ballot = undefined
    this.#forwarded.failAll()
    core.become("leader", core.id)
    this.#electionDueMs = Number.POSITIVE_INFINITY
    this.#leader = new Leader(core)
  }

  /** Ends whatever this replica was; in a later term nothing of the old one stays. */
  #follow(term: Term, leader: ReplicaId | undefined): void {
    const core = this.#core
    if (term > core.term) core.enter(term, undefined)
    this.#leader?.stop()
    this.#leader = undefined
    this.#ballot = undefined
    this.#forwarded.failAll()
    core.become("follower", leader)
    this.#awaitLeader()
  }

  /** Raft thesis §3.10: the leader wants us to succeed it; its own term ends with ours, so no pre-vote is asked for. */
  #timeoutNow(from: ReplicaId): void {
    const core = this.#core
    if (core.leader !== from || !core.mayCampaign) return
    this.#isHinted = false
    this.#campaign(true)
  }

  /** The leader's process is gone, by our own evidence: it counts as not heard, and the voters stand one after the other. */
  #leaderGone(leader: ReplicaId): void {
    const core = this.#core
    if (core.leader !== leader || this.#leader !== undefined) return
    if (!this.#hints.allows(core.term, core.nowMs)) return
    core.heardMs = Number.NEGATIVE_INFINITY
    this.#forwarded.failAll()
    core.become("follower", undefined)
    this.#isHinted = true
    const rank = Math.max(0, core.group.voters.filter((id) => id !== leader).indexOf(core.id))
    this.#electionDueMs = Math.min(this.#electionDueMs, core.nowMs + rank * core.config.heartbeatMs)
  }

  #snapshotReceived(from: ReplicaId, term: Term, meta: SnapshotMeta): void {
    const core = this.#core
    if (term < core.term) return
    if (term > core.term) this.#follow(term, from)
    this.#heardLeader(from)
    takeSnapshot(core, from, meta)
  }

  #readAsked(from: ReplicaId, call: number): void {
    if (this.#leader !== undefined) this.#leader.read(call, from)
    else this.#core.send(from, { kind: "readIndexReply", call, index: undefined }, "now")
  }

  /** Nobody else tells the removed that they are: they would campaign for ever. */
  #sayRemoved(to: ReplicaId): boolean {
    const { group, log, commit } = this.#core
    const leader = this.#leader
    if (leader?.isSettled !== true || log.groupIndex > commit) return false
    if (leader.progress.has(to) || isVoter(group, to)) return false
    this.#core.send(to, { kind: "removed", at: log.groupIndex }, "now")
    return true
  }

  /** Believed only when the group that left us out is later than ours. */
  #removed(at: LogIndex): void {
    const core = this.#core
    if (at <= core.log.groupIndex && isVoter(core.group, core.id)) return
    core.ended = "removed"
    core.effect({ kind: "ended", reason: "removed" })
  }

  /** A disk that stalls costs the leader its leadership; alone there is nobody to take it. */
  #disk(state: Core["disk"]): void {
    this.#core.disk = state
    if (state === "ok" || this.#leader === undefined || this.#isAlone) return
    this.#leader.bid()
    this.#follow(this.#core.term, undefined)
  }

  get #isAlone(): boolean {
    const { group, id } = this.#core
    return this.#otherVoters().length === 0 && isVoter(group, id)
  }

  #otherVoters(): readonly ReplicaId[] {
    const { group, id } = this.#core
    return [...new Set([...group.voters, ...group.outgoing])].filter((each) => each !== id)
  }

  #awaitLeader(): void {
    this.#isHinted = false
    this.#drawElection()
  }

  /** Raft §5.2, §9.3: drawn anew each time, or the same two split every vote. */
  #drawElection(): void {
    const { nowMs, config, random } = this.#core
    this.#electionDueMs = nowMs + config.electionMs + random.below(config.electionMs)
  }
}

/** What is not even in itself a piece of a log comes from no replica of this program. */
function isSound({ term, prev, entries }: Extract<Message, { kind: "append" }>): boolean {
  let last = prev
  for (const entry of entries) {
    if (entry.index !== last.index + 1 || entry.term < last.term || entry.term > term) return false
    last = entry
  }
  return true
}
