import type { Millis, NodeId } from "@conclave/base"
import type { Member } from "@conclave/swim"
import { type Problem, problem } from "./api/problem.ts"
import type { Consensus } from "./group/consensus.ts"
import type { Clock } from "./ports.ts"

export interface ExpulsionWish {
  /** Its row goes, too. */
  readonly prune: boolean
  /** Also where the group cannot be told: then it is kept out by nobody, should it come back. */
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
    if (outcome.kind === "applied" || force) return leave()
    const hint = "repeat it, or use --force: then it may come back by itself"
    if (outcome.kind === "unknown") {
      return done(problem("TIMEOUT", `it is not known whether the group will keep ${record.name} out`, { hint }))
    }
    const { up, needed } = outcome
    const details = { up, needed }
    done(
      problem("NO_QUORUM", `no leader with a quorum was reached that would keep ${record.name} out`, { hint, details }),
    )
  })
}
