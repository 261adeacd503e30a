import type { Millis } from "@conclave/base"
import type { Command, CommandResult, Request } from "@conclave/consensus"
import type { Caller } from "../api/coordination.ts"
import { isProblem, type Problem } from "../api/problem.ts"
import { FramedLink } from "./framed-link.ts"
import type { ReadBy } from "./reads.ts"
import { notProposed, otherRequest, refusalProblem, unknownOutcome, unnumbered, verdict } from "./refusals.ts"
import { request } from "./requests.ts"

export interface WriteAbout {
  readonly op: string
  readonly name: string | null
}

type Result<Kind extends CommandResult["kind"]> = Extract<CommandResult, { kind: Kind }>

/**
 * A write that anybody may send. With a number in the session of its framed connection it is a request of that session:
 * an answer that was lost is asked for again, and the same number gets the same answer. Every other, over HTTP above
 * all, is nobody's and sent once: what became of it is not known where its answer is lost. `expected` is what its
 * command results in unless it is refused.
 */
export function write<Kind extends "written" | "removed">(
  { cluster, clock }: ReadBy,
  { caller, expected, ...about }: WriteAbout & { readonly caller: Caller; readonly expected: Kind },
  command: (request: Request | undefined) => Command,
  done: (result: Result<Kind> | Problem) => void,
): void {
  const own = ownRequest(caller)
  if (own !== undefined && isProblem(own)) return done(own)
  const deadline = (clock.now() + caller.timeoutMs) as Millis
  const settle = (result: CommandResult): void => {
    if (result.kind === "refused") return done((own === undefined ? refusalProblem : verdict)(result, about))
    // The number was of a request of another kind.
    done(result.kind === expected ? (result as Result<Kind>) : otherRequest())
  }
  if (own !== undefined) {
    const options = { cluster, clock, deadline, op: about.op }
    return request(command(own), options, (result) => (isProblem(result) ? done(result) : settle(result)))
  }
  cluster.propose(command(undefined), deadline, (outcome) => {
    if (outcome.kind === "applied") settle(outcome.result)
    else done(outcome.kind === "unknown" ? unnumbered(unknownOutcome(about.op)) : notProposed(outcome))
  })
}

/** Undefined: nobody's. */
function ownRequest(caller: Caller): Request | Problem | undefined {
  const { speaker, seq } = caller
  if (!(speaker instanceof FramedLink) || seq === undefined) return undefined
  const own = speaker.request(caller)
  return isProblem(own) ? own : { session: own.session.id, seq: own.seq, floor: own.floor }
}
