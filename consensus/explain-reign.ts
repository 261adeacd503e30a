import type { Wording } from "./explain-wording.ts"
import type { Finding } from "./finding.ts"
import { isJoint, isVoter } from "./group.ts"
import type { ReplicaId } from "./ids.ts"
import type { Leader } from "./leader.ts"
import type { Progress } from "./progress.ts"
import type { Raft } from "./raft.ts"

/** What a leader alone knows: who follows, and what waits for whom. */
export function ofReign(raft: Raft, reign: Leader, words: Wording): readonly Finding[] {
  return [
    ...ofQuorum(raft, reign, words),
    ...ofCommit(raft, reign, words),
    ...ofChange(raft, reign, words),
    ...ofTransfer(reign, words),
    ...[...reign.progress].flatMap(([id, progress]) => ofReplica(raft, reign, { id, progress, words })),
    ...ofFeature(raft, reign, words),
  ]
}

function ofQuorum(raft: Raft, reign: Leader, words: Wording): readonly Finding[] {
  if (reign.hasQuorum) return []
  const heard = words.quorum(raft.group, (id) => reign.isHeard(id))
  return [{ kind: "quorum", text: `hears ${heard} of the voters; it stops leading at its next turn` }]
}

function ofCommit(raft: Raft, reign: Leader, words: Wording): readonly Finding[] {
  const { log, commit, term, group } = raft
  if (commit === log.last) return []
  const has = words.quorum(group, (id) => reign.matchOf(id) > commit)
  if (!reign.isSettled) {
    const text = `no entry of term ${term} is committed yet, so nothing is served: on disk at ${has}`
    return [{ kind: "not-settled", text }]
  }
  const which = commit + 1 === log.last ? `entry ${log.last} waits` : `entries ${commit + 1} to ${log.last} wait`
  return [{ kind: "commit-waits", text: `${which} for a quorum: on disk at ${has}` }]
}

function ofChange(raft: Raft, reign: Leader, words: Wording): readonly Finding[] {
  const { log, commit, group } = raft
  if (reign.changing !== undefined) return ofPendingChange(reign.changing, words)
  if (!isJoint(group) && log.groupIndex <= commit) return []
  const what = isJoint(group)
    ? `voters change from ${words.list(group.outgoing)} to ${words.list(group.voters)}`
    : `the group becomes ${words.list(group.voters)}${group.learners.length === 0 ? "" : `, learners ${words.list(group.learners)}`}`
  const has = words.quorum(group, (id) => reign.matchOf(id) >= log.groupIndex)
  const text = `${what} (entry ${log.groupIndex}), and no other change begins before that is committed: on disk at ${has}`
  return [{ kind: "change-pending", text }]
}

function ofPendingChange(
  { group, isThere }: Exclude<Leader["changing"], undefined>,
  words: Wording,
): readonly Finding[] {
  const silent = [...new Set([...group.voters, ...group.outgoing])].filter((id) => !isThere(id)).sort()
  const what = `voters change from ${words.list(group.outgoing)} to ${words.list(group.voters)}`
  const text = `${what} once the newcomers and a majority of each have just answered; not yet ${words.list(silent)}`
  return [{ kind: "change-pending", text }]
}

function ofTransfer(reign: Leader, words: Wording): readonly Finding[] {
  const to = reign.transferTo
  if (to === undefined) return []
  return [{ kind: "transfer", about: to, text: `hands over to ${words.name(to)} and takes no proposal meanwhile` }]
}

interface Followed {
  readonly id: ReplicaId
  readonly progress: Progress
  readonly words: Wording
}

/** Why a learner is not ready to vote, or what keeps a voter back. */
function ofReplica(raft: Raft, reign: Leader, { id, progress, words }: Followed): readonly Finding[] {
  const why = lag(raft, reign, { id, progress, words })
  const name = words.name(id)
  if (isVoter(raft.group, id)) {
    return why === undefined ? [] : [{ kind: "follower", about: id, text: `${name} votes, but ${why}` }]
  }
  const text = why === undefined ? ready(raft, reign, { id, progress, words }) : `${name} may not vote yet: ${why}`
  return [{ kind: "learner", about: id, text }]
}

function lag(raft: Raft, reign: Leader, { id, progress, words }: Followed): string | undefined {
  const gap = raft.log.last - progress.match
  if (!reign.isHeard(id)) return `nothing was heard of it ${words.heard(raft.contacts.get(id))}`
  if (progress.state === "snapshot") return `it is sent a snapshot of everything up to entry ${progress.snapshot}`
  if (progress.state === "probe") return `it is not known yet where its log and ours agree, at most ${gap} entries back`
  const most = raft.config.promoteGapMax
  return gap > most
    ? `it lacks ${gap} entries (has ${progress.match} of ${raft.log.last}), at most ${most} may be missing`
    : undefined
}

/** A learner that lacks nothing: what else a change would be refused for. */
function ready(raft: Raft, reign: Leader, { id, words }: Followed): string {
  const name = words.name(id)
  if (!reign.isSettled) return `${name} has caught up, but no entry of term ${raft.term} is committed yet`
  if (reign.changing !== undefined || isJoint(raft.group) || raft.log.groupIndex > raft.commit)
    return `${name} has caught up, but a change is under way`
  if (reign.transferTo !== undefined) return `${name} has caught up, but the leadership is being handed over`
  return `${name} has caught up and may vote when a change asks for it`
}

function ofFeature(raft: Raft, reign: Leader, words: Wording): readonly Finding[] {
  const level = raft.featureLevel + 1
  if (level > raft.config.featureLevelMax) return []
  return [...reign.progress]
    .filter(([, { featureMax }]) => featureMax > 0 && featureMax < level)
    .map(([id, { featureMax }]) => {
      const text = `feature level ${level} waits for ${words.name(id)}, which knows ${featureMax}`
      return { kind: "feature", about: id, text }
    })
}
