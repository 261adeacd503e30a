import type { Millis } from "@conclave/base"
import { Ballot } from "./ballot.ts"
import type { Core } from "./core.ts"
import type { Fellows } from "./fellows.ts"
import { isVoter } from "./group.ts"
import { HintGuard } from "./hint-guard.ts"
import type { ReplicaId, Term } from "./ids.ts"
import { isUpToDate } from "./log.ts"
import type { Message, VoteRefusal } from "./types.ts"

type PreVote = Extract<Message, { kind: "preVote" }>
type Vote = Extract<Message, { kind: "vote" }>
type Answer = Extract<Message, { kind: "preVoteReply" | "voteReply" }>

/** One call for votes: under way, or the last that came to nothing. */
export interface Campaign {
  /** Asked only whether it would be elected (thesis §9.6). */
  readonly isPre: boolean
  /** That it is for. */
  readonly term: Term
  readonly ballot: Ballot
  readonly beganMs: Millis
}

/** What an input did to the campaign under way: undefined = it goes on. */
export type Outcome = "won" | "lost" | undefined

/**
 * Both sides of an election (Raft §5.2, §5.4.1): the campaign of this replica, and its answers to those of others.
 *
 * A replica first asks whether it would be elected (thesis §9.6) and enters a new term only then, so one that is cut
 * off does not come back with a term that ends a sound reign. A voter who hears its leader refuses both questions and
 * does not even learn the candidate's term (thesis §4.2.3); a leader asks for its successor itself, so that does not
 * count then. A vote is asked for once our own is on disk: a replica that fell back to the term before would ask a
 * second time in the same one, with a shorter log, and count the grants that the longer one had won.
 */
export class Election {
  readonly #core: Core
  readonly #fellows: Fellows
  readonly #hints: HintGuard
  #ballot: Ballot | undefined
  #campaign: Campaign | undefined
  #dueMs = Number.POSITIVE_INFINITY
  /**
   * In this term, until then, this replica stands because the leader is known to be gone, not because it was silent.
   */
  #hint: { readonly term: Term; readonly untilMs: number } | undefined

  constructor(core: Core, fellows: Fellows) {
    this.#core = core
    this.#fellows = fellows
    this.#hints = new HintGuard(core.config)
    this.awaitLeader()
  }

  /** When the next campaign is due; Infinity for a leader. */
  get dueMs(): number {
    return this.#dueMs
  }

  /** Who refused in the campaign under way, and why. */
  get refusals(): ReadonlyMap<ReplicaId, VoteRefusal | undefined> {
    return this.#ballot?.refusals ?? new Map()
  }

  /** The campaign under way, or the last one; none once a leader is heard. */
  get campaignKnown(): Campaign | undefined {
    return this.#campaign
  }

  /** Somebody leads: what came to nothing before is of no interest. */
  heardLeader(): void {
    this.#campaign = undefined
    this.#hint = undefined
    this.awaitLeader()
  }

  /** No campaign is under way, and the next one waits for silence. */
  awaitLeader(): void {
    this.#ballot = undefined
    this.#drawAgain()
  }

  /** A leader does not stand against itself. */
  rest(): void {
    this.#ballot = undefined
    this.#campaign = undefined
    this.#dueMs = Number.POSITIVE_INFINITY
  }

  notBefore(ms: number): void {
    this.#dueMs = Math.max(this.#dueMs, ms)
  }

  notAfter(ms: number): void {
    this.#dueMs = Math.min(this.#dueMs, ms)
  }

  /** Would the others vote for us in the next term? Changes nothing, here or there. */
  preCampaign(): Outcome {
    const core = this.#core
    this.#drawAgain()
    if (!isVoter(core.group, core.id)) this.#askForNews()
    // Our own vote is being written and nobody has been asked yet: asking anew would only write more.
    if (!core.mayCampaign || (core.role === "candidate" && !core.hasDurableVote)) return undefined
    core.become("preCandidate", undefined)
    const term = (core.term + 1) as Term
    this.#ballot = this.#begin(true, term)
    this.#ballot.grant(core.id)
    const last = core.log.lastPosition
    for (const to of this.#fellows.voters) core.send(to, { kind: "preVote", last }, "now", term)
    return this.#tally()
  }

  /** A new term, our own vote in it, and the question to all others. */
  campaign(byTransfer: boolean): void {
    const core = this.#core
    const byHint = !byTransfer && this.#isHinted
    core.enter((core.term + 1) as Term, core.id)
    core.become("candidate", undefined)
    this.#draw()
    this.#ballot = this.#begin(false, core.term)
    const last = core.log.lastPosition
    this.#hints.voted(core.term, byHint, core.nowMs)
    for (const to of core.otherVoters) core.send(to, { kind: "vote", last, byTransfer, byHint }, "durable")
  }

  /** An answer, of whichever term: one that does not belong to this campaign says nothing. */
  counted(message: Answer): Outcome {
    const { role, term } = this.#core
    const isPre = message.kind === "preVoteReply"
    const expected = isPre && message.granted ? term + 1 : term
    if (role !== (isPre ? "preCandidate" : "candidate") || message.term !== expected) return undefined
    if (message.granted) this.#ballot?.grant(message.from)
    else this.#ballot?.refuse(message.from, message.refusal)
    return this.#tally()
  }

  /**
   * A refusal in another term can be counted in none, but it is why this campaign failed: in a later one it ends it,
   * and who is in an earlier one does not enter ours for a mere question.
   */
  refusedElsewhere({ kind, from, term, granted, refusal }: Answer): void {
    const campaign = this.#campaign
    const isOfThis = term > this.#core.term || (kind === "preVoteReply" && campaign?.isPre === true)
    if (!granted && isOfThis && term !== this.#core.term) campaign?.ballot.told(from, refusal)
  }

  /** Our own vote is one like all others: it counts when it is on disk. */
  countOwn(): Outcome {
    const { role, hasDurableVote, id } = this.#core
    if (role !== "candidate" || !hasDurableVote) return undefined
    this.#ballot?.grant(id)
    return this.#tally()
  }

  answerPreVote(message: PreVote, hearsLeader: boolean): void {
    const core = this.#core
    const refusal = message.term > core.term ? this.#refusal(message, hearsLeader) : "stale-term"
    if (refusal === undefined) {
      // A grant names the term it was asked for; nobody has entered that yet.
      core.send(message.from, { kind: "preVoteReply", granted: true }, "durable", message.term)
    } else {
      // A refusal carries our own term, so that one who is behind catches up.
      core.send(message.from, { kind: "preVoteReply", granted: false, refusal }, "durable")
    }
  }

  /** The candidate's group decides who is asked; ours may be older, and have it as a learner (thesis §4.1). */
  answerVote(message: Vote, hearsLeader: boolean): void {
    const core = this.#core
    const refusal = message.term < core.term ? "stale-term" : this.#refusal(message, hearsLeader)
    if (refusal !== undefined) return this.#refuse(message.from, refusal)
    if (core.vote !== undefined && core.vote !== message.from) return this.#refuse(message.from, "voted-for-another")
    core.voteFor(message.from)
    this.#hints.voted(message.term, message.byHint, core.nowMs)
    this.#draw()
    core.send(message.from, { kind: "voteReply", granted: true }, "durable")
  }

  /**
   * The leader's process is gone, by our own evidence: it counts as not heard, and the voters stand one after the
   * other, whoever yields after all others. False when a hint may not end this reign yet.
   */
  leaderGone(leader: ReplicaId, yields: boolean): boolean {
    const core = this.#core
    if (!this.#hints.allows(core.term, core.nowMs)) return false
    core.heardMs = Number.NEGATIVE_INFINITY
    core.become("follower", undefined)
    this.#hint = { term: core.term, untilMs: core.nowMs + core.config.electionMs }
    const rank = Math.max(0, core.group.voters.filter((id) => id !== leader).indexOf(core.id))
    const turn = yields ? core.group.voters.length : rank
    this.notAfter(core.nowMs + turn * core.config.heartbeatMs)
    return true
  }

  /**
   * One that does not vote cannot ask for votes, and hears nothing any more if it was taken out: any question shows a
   * leader that it is still there. The answer is of no interest.
   */
  #askForNews(): void {
    for (const to of this.#fellows.voters) this.#core.send(to, { kind: "readIndex", call: 0 }, "now")
  }

  #begin(isPre: boolean, term: Term): Ballot {
    const ballot = new Ballot()
    this.#campaign = { isPre, term, ballot, beganMs: this.#core.nowMs }
    return ballot
  }

  #refuse(to: ReplicaId, refusal: VoteRefusal): void {
    this.#core.send(to, { kind: "voteReply", granted: false, refusal }, "durable")
  }

  #refusal(message: PreVote | Vote, hearsLeader: boolean): VoteRefusal | undefined {
    const { installing, isDiskSick, log } = this.#core
    if (hearsLeader) return "leader-heard"
    if (installing !== undefined) return "installing-snapshot"
    if (isDiskSick) return "disk"
    return isUpToDate(message.last, log.lastPosition) ? undefined : "log-behind"
  }

  #tally(): Outcome {
    const { group, role, hasDurableVote } = this.#core
    if (this.#ballot === undefined) return undefined
    if (this.#ballot.isLost(group)) return "lost"
    if (!this.#ballot.isWon(group)) return undefined
    if (role === "candidate") return hasDurableVote ? "won" : undefined
    this.campaign(false)
    return undefined
  }

  get #isHinted(): boolean {
    const { term, nowMs } = this.#core
    return this.#hint?.term === term && nowMs < this.#hint.untilMs
  }

  /** Others may find the leader gone a moment later: whoever has asked before is asked again once each had its turn. */
  #drawAgain(): void {
    this.#draw()
    if (!this.#isHinted) return
    const { nowMs, config, random, group } = this.#core
    const turns = Math.max(1, group.voters.length - 1)
    this.notAfter(nowMs + turns * config.heartbeatMs + random.below(config.heartbeatMs))
  }

  /** Raft §5.2, §9.3: drawn anew each time, or the same two split every vote. */
  #draw(): void {
    const { nowMs, config, random } = this.#core
    this.#dueMs = nowMs + config.electionMs + random.below(config.electionMs)
  }
}
