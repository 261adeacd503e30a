import { unreachable } from "@conclave/base"
import type { Core } from "./core.ts"
import { Election, type Outcome } from "./election.ts"
import { Fellows } from "./fellows.ts"
import { isSound, takeAppend, takeHeartbeat, takeSnapshot } from "./follower.ts"
import { ForwardedReads } from "./forwarded-reads.ts"
import { isVoter, replicas } from "./group.ts"
import type { LogIndex, ReplicaId, Term } from "./ids.ts"
import { Leader } from "./leader.ts"
import { isUpToDate } from "./log.ts"
import type { Input, Message, SnapshotMeta } from "./types.ts"

/** Follower, candidate, leader: what each input means to a replica in its role, and when the role changes. */
export class Replica {
  readonly election: Election
  readonly fellows: Fellows
  readonly #core: Core
  readonly #forwarded: ForwardedReads
  #leader: Leader | undefined
  /** Ticks since a late one put an election off. */
  #ticksJudged = 0

  constructor(core: Core) {
    this.#core = core
    this.fellows = new Fellows(core)
    this.election = new Election(core, this.fellows)
    this.#forwarded = new ForwardedReads(core)
    // Alone there is nobody to disturb.
    if (core.isAlone) this.election.notAfter(core.nowMs)
  }

  get leader(): Leader | undefined {
    return this.#leader
  }

  get nextMs(): number {
    return Math.min(this.#leader?.nextMs ?? this.election.dueMs, this.#forwarded.nextMs)
  }

  take(input: Input): void {
    const core = this.#core
    switch (input.kind) {
      case "tick":
        return this.#tick()
      case "message":
        return this.#message(input.message)
      case "persisted":
        core.persisted(input.write, input.epoch)
        this.#leader?.persisted()
        return this.#settle(this.election.countOwn())
      case "propose":
        if (this.#leader !== undefined) return this.#leader.propose(input.proposals)
        for (const { call } of input.proposals) {
          core.effect({ kind: "refused", call, reason: "not-leader", leader: core.leader })
        }
        return
      case "changeGroup":
        if (this.#leader !== undefined) return this.#leader.changeGroup(input.call, input)
        return core.effect({ kind: "refused", call: input.call, reason: "not-leader", leader: core.leader })
      case "read":
        if (this.#leader !== undefined) return this.#leader.read(input.call, undefined)
        return this.#forwarded.ask(input.call)
      case "announce":
        return this.#leader?.announce(input.to)
      case "transfer":
        return this.#leader?.transfer(input.to)
      case "leaderGone":
        return this.#leaderGone(input.leader, input.yields === true)
      case "snapshotTaken":
        return core.compact(input.meta, this.#leader?.snapshotSending)
      case "snapshotSent":
        return this.#leader?.snapshotSent(input.sending, input.ok)
      case "snapshotReceived":
        return this.#snapshotReceived(input.from, input.term, input.meta)
      case "restored":
        if (core.installing?.index === input.index) core.installing = undefined
        return
      case "disk":
        return this.#disk(input.state)
      case "room":
        core.isFull = input.isFull
        return
      case "stalled":
        return this.#stalled(input.lostMs)
      default:
        return unreachable(input)
    }
  }

  /** Once everything else of a step is done: a leader that is no member any more leaves, and whoever ended says so. */
  finish(): void {
    if (this.#leader?.isRemoved === true) this.#leaveGroup(this.#leader)
    if (!this.#core.handOut()) this.#outgrown()
    if (this.#core.ended !== undefined) this.#stop()
  }

  #tick(): void {
    const { nowMs } = this.#core
    this.#ticksJudged++
    this.#forwarded.run()
    if (this.#leader !== undefined) {
      if (!this.#leader.hasQuorum) return this.#follow(this.#core.term, undefined)
      if (this.#mustGiveUp(this.#leader)) return this.#giveUp(this.#leader)
      this.#leader.tick()
    } else if (nowMs >= this.election.dueMs) this.#settle(this.election.preCampaign())
  }

  /**
   * This process did nothing for a while, so heartbeats may be waiting in its buffers. An election is put off by one
   * turn, at most one turn in ten, or a process that is always late would never vote. A leader that was away for a
   * whole election timeout may have a successor and says nothing before it has asked.
   */
  #stalled(lostMs: number): void {
    const { config, nowMs, term } = this.#core
    if (this.#leader !== undefined) {
      if (lostMs >= config.electionMs && !this.#core.isAlone) return this.#follow(term, undefined)
    } else if (this.#ticksJudged >= 10) {
      this.#ticksJudged = 0
      this.election.notBefore(nowMs + 1)
      return
    }
    this.#tick()
  }

  #message(message: Message): void {
    const core = this.#core
    if (message.to !== core.id || message.from === core.id) return
    if (!this.fellows.has(message.from)) return this.#stranger(message)
    core.heard(message.from)
    switch (message.kind) {
      case "preVote":
        return this.#preVoteAsked(message)
      case "vote":
        return this.#voteAsked(message)
      case "preVoteReply":
        // Granted, it names a term that nobody has entered.
        if (message.granted) return this.#settle(this.election.counted(message))
        this.election.refusedElsewhere(message)
        return this.#inTerm(message)
      case "voteReply":
        this.election.refusedElsewhere(message)
        return this.#inTerm(message)
      case "removed":
        return this.#removed(message.at)
      case "members":
        return this.fellows.told(message)
      case "append":
        return isSound(message) ? this.#inTerm(message) : undefined
      default:
        return this.#inTerm(message)
    }
  }

  /** Whoever is not believed may have belonged to the group, and is told what became of it; that is all. */
  #stranger({ kind, from, term }: Message): void {
    switch (kind) {
      case "preVote":
      case "vote":
        if (!this.#sayRemoved(from)) this.#introduce(from)
        return
      case "appended":
      case "appendRejected":
      case "heartbeatReply":
      case "readIndex":
        // Of a later term it may be of a group that we do not know.
        if (term > this.#core.term) return
        if (!this.#sayRemoved(from) && kind === "readIndex") this.#introduce(from)
        return
      default:
        return
    }
  }

  /** Raft §5.1: a later term is adopted, an earlier one is over. */
  #inTerm(message: Message): void {
    const core = this.#core
    const isFromLeader = message.kind === "append" || message.kind === "heartbeat"
    // Whoever has no vote is in a later term because those that have one are: they will say so.
    if (message.term > core.term && !isFromLeader && !isVoter(core.group, message.from)) return
    if (message.term > core.term) this.#follow(message.term, isFromLeader ? message.from : undefined)
    if (message.term === core.term) return this.#dispatch(message)
    // A leader of the past must hear that it is one, and a learner that asks for news that there is a group it does not
    // know, whose leader it would not believe; nothing else of the past needs an answer.
    if (isFromLeader) core.send(message.from, { kind: "heartbeatReply", round: 0, featureMax: 0 }, "durable")
    else if (message.kind === "readIndex") this.#introduce(message.from)
  }

  #dispatch(message: Message): void {
    const { from } = message
    switch (message.kind) {
      case "append":
        if (!this.#heardLeader(from)) return
        takeAppend(this.#core, message)
        return this.#core.heardCommit(message.commit)
      case "heartbeat":
        if (!this.#heardLeader(from)) return
        takeHeartbeat(this.#core, message)
        return message.isBehind === true ? undefined : this.#core.heardCommit(message.commit)
      case "appended":
        return this.#leader?.appended(from, message.match)
      case "appendRejected":
        return this.#leader?.appendRejected(from, message.rejected, message.hint)
      case "heartbeatReply":
        return this.#leader?.heartbeatReply(from, message)
      case "preVoteReply":
      case "voteReply":
        return this.#settle(this.election.counted(message))
      case "timeoutNow":
        return this.#timeoutNow(from)
      case "readIndex":
        return this.#readAsked(from, message.call)
      case "readIndexReply":
        return this.#forwarded.answered(message.call, message.index)
      case "preVote":
      case "vote":
      case "removed":
      case "members":
        return
      default:
        return unreachable(message)
    }
  }

  /**
   * Raft §5.2: whoever sends appends and heartbeats in this term leads it. A second one is a vote that was given twice,
   * by a member whose disk has lost the first or who speaks for another: going on would lose what was acknowledged. A
   * stranger who says so is not heard.
   */
  #heardLeader(from: ReplicaId): boolean {
    const core = this.#core
    if (core.leader !== undefined && core.leader !== from) {
      const isMember = replicas(core.group).has(from)
      if (isMember) core.terminate("two-leaders", `${core.leader} and ${from} in term ${core.term}`)
      return false
    }
    core.heardMs = core.nowMs
    if (core.leader !== from) this.#forwarded.failAll()
    core.become("follower", from)
    this.election.heardLeader()
    return true
  }

  #preVoteAsked(message: Extract<Message, { kind: "preVote" }>): void {
    if (!isUpToDate(message.last, this.#core.log.groupPosition)) this.#introduce(message.from)
    this.election.answerPreVote(message, this.#hearsLeader)
  }

  #voteAsked(message: Extract<Message, { kind: "vote" }>): void {
    const hearsLeader = !message.byTransfer && this.#hearsLeader
    if (message.term > this.#core.term && !hearsLeader) this.#follow(message.term, undefined)
    this.election.answerVote(message, hearsLeader)
  }

  /** Shorter than the shortest election timeout, or two that time out at once could refuse each other for ever. */
  get #hearsLeader(): boolean {
    const { nowMs, heardMs, config } = this.#core
    if (this.#leader !== undefined) return this.#leader.hasQuorum
    return nowMs - heardMs < config.electionMs - config.heartbeatMs
  }

  #settle(outcome: Outcome): void {
    if (outcome === "won") this.#lead()
    else if (outcome === "lost") this.#follow(this.#core.term, undefined)
  }

  #lead(): void {
    const core = this.#core
    this.election.rest()
    this.#forwarded.failAll()
    core.become("leader", core.id)
    this.#leader = new Leader(core)
  }

  /** Ends whatever this replica was; in a later term nothing of the old one stays. */
  #follow(term: Term, leader: ReplicaId | undefined): void {
    const core = this.#core
    if (term > core.term) core.enter(term, undefined)
    this.#stop()
    core.become("follower", leader)
    this.election.awaitLeader()
  }

  /** Whoever waits for an answer hears that there is none. */
  #stop(): void {
    this.#leader?.stop()
    this.#leader = undefined
    this.#forwarded.failAll()
  }

  /** Raft thesis §3.10: the leader wants us to succeed it; its own term ends with ours, so no pre-vote is asked for. */
  #timeoutNow(from: ReplicaId): void {
    const core = this.#core
    if (core.leader === from && core.mayCampaign) this.election.campaign(true)
  }

  #leaderGone(leader: ReplicaId, yields: boolean): void {
    if (this.#core.leader !== leader || this.#leader !== undefined) return
    if (this.election.leaderGone(leader, yields)) this.#forwarded.failAll()
  }

  #snapshotReceived(from: ReplicaId, term: Term, meta: SnapshotMeta): void {
    const core = this.#core
    if (!this.fellows.has(from)) return
    // No leader has what is of a later term than its own.
    if (term < core.term || meta.term > term) return
    if (term > core.term) this.#follow(term, from)
    if (this.#heardLeader(from)) takeSnapshot(core, from, meta)
  }

  #readAsked(from: ReplicaId, call: number): void {
    if (this.#leader !== undefined) this.#leader.read(call, from)
    else {
      this.#introduce(from)
      this.#core.send(from, { kind: "readIndexReply", call, index: undefined }, "now")
    }
  }

  /** Raft thesis §4.2.2: the change that took this leader out is committed, so its work is done. */
  #leaveGroup(leader: Leader): void {
    const core = this.#core
    leader.bid()
    this.#follow(core.term, undefined)
    core.handOut()
    if (!replicas(core.group).has(core.id)) core.terminate("removed")
  }

  /** To one who hears no leader, perhaps because its log does not name the one there is. */
  #introduce(to: ReplicaId): void {
    const { log, group } = this.#core
    if (group.voters.length > 0) this.#core.send(to, { kind: "members", at: log.groupPosition, group }, "durable")
  }

  /** Nobody else tells the removed that they are: they would campaign, or wait, for ever. */
  #sayRemoved(to: ReplicaId): boolean {
    const { group, log, commit } = this.#core
    const isKnown = this.#leader?.isSettled === true && log.groupIndex <= commit
    if (!isKnown || replicas(group).has(to)) return false
    this.#core.send(to, { kind: "removed", at: log.groupIndex }, "now")
    return true
  }

  /** A fact whatever the term; believed unless the group that we know is as new and has us. */
  #removed(at: LogIndex): void {
    const { log, group, id } = this.#core
    if (at > log.groupIndex || !replicas(group).has(id)) this.#core.terminate("removed")
  }

  #disk(state: Core["disk"]): void {
    this.#core.disk = state
    if (this.#leader !== undefined && this.#mustGiveUp(this.#leader)) this.#giveUp(this.#leader)
  }

  /**
   * A disk that stalls costs the leader its leadership where somebody is there whose disk is well. Where all are as
   * slow another could do no better, and each term would end before its first entry is committed; so it is alone, too.
   */
  #mustGiveUp(leader: Leader): boolean {
    const { disk, isDiskSick } = this.#core
    return disk === "dead" || (isDiskSick && leader.hasSoundHeir)
  }

  /** What the group has agreed on is beyond this program; a leader says who might go on instead. */
  #outgrown(): void {
    this.#leader?.bid()
    this.#core.terminate("feature-unknown")
  }

  #giveUp(leader: Leader): void {
    leader.bid()
    this.#follow(this.#core.term, undefined)
  }
}
