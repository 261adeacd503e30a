import type { Millis, NodeId } from "@conclave/base"
import type { Member } from "@conclave/swim"
import { QUORUM_AT_RISK, quorumAtRisk } from "./api/no-quorum.ts"
import { type Problem, problem } from "./api/problem.ts"
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
    case "not-proposed": {
      const { up, needed } = outcome
      const message = `no leader with a quorum was reached that would keep ${name} out`
      return problem("NO_QUORUM", message, { hint: HINT, details: { up, needed } })
    }
  }
}

function refused(result: Refused, name: string): Problem {
  const { refusal } = result
  if (refusal.kind !== "conflict" || refusal.reason !== QUORUM_AT_RISK) {
    return refusalProblem(result, { op: "leave", name })
  }
  const { current: voters = 0 } = refusal
  const forced = "with --force it has left until it comes back by itself"
  if (voters === 1) {
    const message = `${name} is the only voter: without it nothing could be written any more`
    return quorumAtRisk(message, `first add agents until three vote (conclave raft status); ${forced}`, voters)
  }
  const message = `${name} is one of ${voters} voters, and without it those that are up are no quorum: nothing could be written any more`
  const hint = `bring back the voters that are down (conclave raft status), or first give its seat to another: conclave raft remove ${name}; ${forced}`
  return quorumAtRisk(message, hint, voters)
}

const HINT = "repeat it, or use --force: then it may come back by itself"
