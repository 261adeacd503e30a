import type { Millis, NodeId } from "@conclave/base"
import type { Member } from "@conclave/swim"
import { QUORUM_AT_RISK, quorumAtRisk } from "./api/no-quorum.ts"
import { type Problem, problem } from "./api/problem.ts"
import type { NotProposed } from "./coordination/cluster.ts"
import { type Refused, refusalProblem } from "./coordination/refusals.ts"
import type { Consensus } from "./group/consensus.ts"
import type { Proposed } from "./group/shared-state.ts"
import type { Clock } from "./ports.ts"

export interface ExpulsionWish {
  /** Its row goes, too. */
  readonly prune: boolean
  /** Also where the group cannot be told, or would end by it: then it is kept out by nobody, should it come back. */
  readonly force: boolean
  readonly timeoutMs: number
}

export interface ExpulsionOptions {
  readonly clock: Clock
  readonly consensus: Pick<Consensus, "state" | "clusterId">
  /** Streams tell who is who, so that somebody can be kept out. */
  readonly isAsked: boolean
  /** Tells gossip that it has left. */
  readonly say: (id: NodeId, prune: boolean) => void
}

/**
 * Removes a member that is not alive, for good: the group remembers it, since its own generations outrank what gossip
 * says of it. One that has left by itself may come back, and so may everybody where nobody is asked who it is.
 */
export function expel(
  { clock, consensus, isAsked, say }: ExpulsionOptions,
  member: Member,
  { prune, force, timeoutMs }: ExpulsionWish,
  done: (problem: Problem | undefined) => void,
): void {
  const { id, state, record } = member
  const leave = (): void => {
    say(id, prune)
    done(undefined)
  }
  if (!isAsked || state === "left" || consensus.clusterId === undefined) return leave()
  const untilMs = (clock.now() + timeoutMs) as Millis
  consensus.state.propose({ kind: "removeHost", host: id }, untilMs, (outcome) => {
    const refusal = force ? undefined : refusalOf(outcome, record.name)
    if (refusal === undefined) leave()
    else done(refusal)
  })
}

function refusalOf(outcome: Proposed, name: string): Problem | undefined {
  switch (outcome.kind) {
    case "applied":
      return outcome.result.kind === "refused" ? refused(outcome.result, name) : undefined
    case "unknown":
      return problem("TIMEOUT", `it is not known whether the group will keep ${name} out`, { hint: HINT })
    case "not-proposed":
      return unreached(outcome, name)
  }
}

function unreached({ up, needed, unreachable = [] }: NotProposed, name: string): Problem {
  const message = `no leader with a quorum was reached that would keep ${name} out`
  const details = { up, needed }
  if (!unreachable.includes(name)) return problem("NO_QUORUM", message, { hint: HINT, details })
  const hint = `start ${name} again, or where too many voters are gone for good: conclave raft recover; ${FORCED}`
  return problem("NO_QUORUM", `${message}: it votes itself, and is missing`, { hint, details })
}

function refused(result: Refused, name: string): Problem {
  const { refusal } = result
  if (refusal.kind !== "conflict" || refusal.reason !== QUORUM_AT_RISK) {
    return refusalProblem(result, { op: "leave", name })
  }
  const { current: voters = 0 } = refusal
  if (voters === 1) {
    const message = `${name} is the only voter: without it nothing could be written any more`
    return quorumAtRisk(message, `first add agents until three vote (conclave raft status); ${FORCED}`, voters)
  }
  const message = `${name} is one of ${voters} voters, and without it those that are up are no quorum: nothing could be written any more`
  const hint = `bring back the voters that are down (conclave raft status), or first give its seat to another: conclave raft remove ${name}; ${FORCED}`
  return quorumAtRisk(message, hint, voters)
}

const FORCED = "with --force it has left until it comes back by itself"
const HINT = "repeat it, or use --force: then it may come back by itself"
