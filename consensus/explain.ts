import { unreachable } from "@conclave/base"
import type { Campaign } from "./election.ts"
import { ofReign } from "./explain-reign.ts"
import { Wording } from "./explain-wording.ts"
import type { Finding } from "./finding.ts"
import { isVoter, replicas } from "./group.ts"
import type { ReplicaId } from "./ids.ts"
import type { Raft } from "./raft.ts"
import type { DiskState, EndReason, VoteRefusal } from "./types.ts"

/**
 * Why things are as they are, as one replica sees it: why there is no leader, who refused a vote and why, what a commit
 * or a change of the group waits for, why a learner does not vote yet. Nothing where all is well.
 *
 * Looks and changes nothing. `nameOf` gives what people call a replica (default: its id); `nowMs` is not before the
 * last step. What a leader alone knows is said by the leader alone.
 */
export function explain(raft: Raft, nowMs: number, nameOf: (id: ReplicaId) => string = String): readonly Finding[] {
  const words = new Wording(nameOf, nowMs)
  if (raft.ended !== undefined) return [{ kind: "ended", text: endedText(raft.ended) }]
  const own = ofItself(raft, words)
  if (raft.reign !== undefined) return [...own, ...ofReign(raft, raft.reign, words)]
  return [...own, ...(raft.leader === undefined ? ofNoLeader(raft, words) : ofSilence(raft, raft.leader, words))]
}

function endedText(reason: EndReason): string {
  switch (reason) {
    case "removed":
      return "this replica was taken out of the group and has ended; a seat here begins with a new replica"
    case "log-below-acknowledged":
      return "this replica has ended: its log ends below what it had acknowledged, so its disk has lost entries"
    case "feature-unknown":
      return "this replica has ended: the log holds what this version does not understand; a newer one goes on with it"
    case "two-leaders":
      return "this replica has ended: it heard two leaders in one term, so a member has voted twice, or its disk lost a vote"
    default:
      return unreachable(reason)
  }
}

function ofItself({ disk, installing, isDiskSick, waitingSinceMs }: Raft, words: Wording): readonly Finding[] {
  const findings: Finding[] = []
  if (disk !== "ok") findings.push({ kind: "disk", text: diskText(disk) })
  else if (isDiskSick) {
    const text = `its own disk lets a write wait ${words.heard(waitingSinceMs)}: it neither votes nor campaigns until that ends`
    findings.push({ kind: "disk", text })
  }
  if (installing !== undefined) {
    const text = `takes over a snapshot of everything up to entry ${installing.index}; neither votes nor campaigns meanwhile`
    findings.push({ kind: "snapshot", text })
  }
  return findings
}

function diskText(disk: Exclude<DiskState, "ok">): string {
  return disk === "stalled"
    ? "its own disk stalls: it neither votes nor campaigns until a write ends"
    : "its own disk is dead: it neither votes nor campaigns any more"
}

function ofNoLeader(raft: Raft, words: Wording): readonly Finding[] {
  const { group, id, campaign, term } = raft
  const none = (why: string): Finding => ({ kind: "no-leader", text: `no leader is known in term ${term}: ${why}` })
  if (replicas(group).size === 0) return [none("this replica is new and waits until a leader sends it the log")]
  if (!isVoter(group, id)) return [none(`this replica does not vote and waits for one of ${words.list(group.voters)}`)]
  const due = words.until(raft.nextDeadlineMs)
  if (campaign === undefined) return [none(`nothing was heard ${words.heard(raft.heardMs)}; it campaigns ${due}`)]
  const isOver = raft.role !== "preCandidate" && raft.role !== "candidate"
  const again = isOver ? `; the next campaign begins ${due}` : `; it asks again ${due}`
  return [
    none(`its own campaign ${isOver ? "was not won" : "is under way"}${again}`),
    { kind: "campaign", text: campaignText(raft, campaign, words) },
    ...raft.otherVoters.flatMap((each) => ofVote(raft, campaign, each, words)),
  ]
}

function campaignText(raft: Raft, { isPre, term, ballot, beganMs }: Campaign, words: Wording): string {
  const asked = isPre ? `asked whether it would be elected in term ${term}` : `asked for votes in term ${term}`
  return `${asked} ${words.since(beganMs)}: has ${words.quorum(raft.group, (id) => ballot.granted.has(id))}`
}

/** What one voter said to it; nothing for those who voted for it. */
function ofVote(raft: Raft, { ballot }: Campaign, id: ReplicaId, words: Wording): readonly Finding[] {
  if (ballot.granted.has(id)) return []
  const name = words.name(id)
  const heard = words.heard(raft.contacts.get(id))
  const text = ballot.refusals.has(id)
    ? `${name} refused: ${refusalText(raft, ballot.refusals.get(id))}`
    : `${name} has not answered; nothing was heard of it ${heard}`
  return [{ kind: "vote", about: id, text }]
}

function refusalText({ log, term }: Raft, refusal: VoteRefusal | undefined): string {
  const { index, term: last } = log.lastPosition
  switch (refusal) {
    case "leader-heard":
      return "it hears a leader"
    case "voted-for-another":
      return `it has voted for another in term ${term}`
    case "log-behind":
      return `its log is newer than ours, which ends at entry ${index} of term ${last}`
    case "stale-term":
      return "it was in a later term already"
    case "installing-snapshot":
      return "it takes over a snapshot"
    case "disk":
      return "its disk is sick"
    case undefined:
      return "it gave no reason that this version knows"
    default:
      return unreachable(refusal)
  }
}

/** A leader is known, but two of its heartbeats are missing. */
function ofSilence(raft: Raft, leader: ReplicaId, words: Wording): readonly Finding[] {
  if (words.nowMs - raft.heardMs <= 2 * raft.config.heartbeatMs) return []
  const what = isVoter(raft.group, raft.id)
    ? `a campaign begins ${words.until(raft.nextDeadlineMs)}`
    : "it does not vote"
  const text = `${words.name(leader)} leads term ${raft.term}, but was not heard ${words.heard(raft.heardMs)}; ${what}`
  return [{ kind: "leader-silent", about: leader, text }]
}
