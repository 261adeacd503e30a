import type { Millis } from "@conclave/base"
import type { Command, SessionId } from "@conclave/consensus"
import { isHoldKind } from "../api/hold-objects.ts"
import { SESSION_ID } from "../api/hold-schema.ts"
import { atRev, type Problem, problem } from "../api/problem.ts"
import type { OpInput, OpOutput } from "../api/schema.ts"
import type { Clock } from "../ports.ts"
import type { Deed } from "./audit.ts"
import { awaitState } from "./await-state.ts"
import type { Cluster, StateView } from "./cluster.ts"
import { tokenOf } from "./hold-input.ts"
import { notProposed, type Refused, refusalProblem, unexpected, unknownOutcome } from "./refusals.ts"

/** Beyond the grace: until the cluster's own clock has come so far. */
const LATE_MS = 5000

export type Revoked = OpOutput<"revoke"> | Problem

export interface RevokeOptions {
  readonly cluster: Cluster
  readonly clock: Clock
  readonly deadline: Millis
  /** Told of what was done, and of what may have been. */
  readonly audit: (deed: Deed) => void
}

/**
 * Asks the holders to finish, and answers when none of those that were asked holds any more: the cluster breaks what is
 * left.
 */
export function revoke(
  input: OpInput<"revoke">,
  by: string,
  { cluster, clock, deadline, audit }: RevokeOptions,
  done: (revoked: Revoked) => void,
): void {
  const what = whatOf(input)
  if (what === undefined) {
    const message = `there is nothing of kind ${input.kind} to revoke`
    return done(problem("NOT_FOUND", message, { details: { kind: input.kind } }))
  }
  if (what.kind === "session" && !SESSION_ID.safeParse(what.id).success) return done(noSession(input.name))
  const { kind, name, graceMs, reason } = input
  const did = (tokens: readonly string[] | undefined): void => audit({ kind, name, by, reason, graceMs, tokens })
  cluster.propose({ kind: "revoke", what, graceMs, by, reason }, deadline, (outcome) => {
    if (outcome.kind === "not-proposed") return done(notProposed(outcome))
    if (outcome.kind === "unknown") {
      did(undefined)
      return done(unknownOutcome("revoke"))
    }
    const { result } = outcome
    if (result.kind === "refused") return done(refusal(result, input))
    if (result.kind !== "revoked") return done(unexpected("revoke", result.kind))
    const tokens = new Set<number>(result.tokens)
    const revoked = [...tokens].sort((a, b) => a - b).map(String)
    did(revoked)
    const isOver = (state: StateView): boolean => {
      if (what.kind === "session") return state.session(what.id) === undefined
      const isHeld = state
        .name(what.kind, what.name)
        .holders.some(({ token }) => token !== undefined && tokens.has(token))
      return !isHeld && !(what.token !== undefined && state.isAssigned(what.token))
    }
    awaitState(
      { cluster, clock, waitMs: graceMs + LATE_MS },
      (state) => state.rev >= result.rev && isOver(state),
      (state) => {
        if (state === undefined) done(unknownOutcome("revoke"))
        else done({ rev: String(state.rev), revoked })
      },
    )
  })
}

function whatOf({ kind, name, token }: OpInput<"revoke">): Extract<Command, { kind: "revoke" }>["what"] | undefined {
  if (kind === "session") return { kind, id: name as SessionId }
  if (!isHoldKind(kind)) return undefined
  return { kind, name, token: token === undefined ? undefined : tokenOf(token) }
}

/** A session that is not there is not found, rather than lost: nobody's own is meant. */
function refusal(refused: Refused, { name }: OpInput<"revoke">): Problem {
  const isNotThere = refused.refusal.kind === "session-lost"
  return isNotThere ? atRev(noSession(name), refused.rev) : refusalProblem(refused, { op: "revoke", name })
}

function noSession(name: string): Problem {
  return problem("NOT_FOUND", `there is no session ${name}`, { hint: "conclave sessions", details: { id: name } })
}
