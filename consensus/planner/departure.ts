import type { ReplicaId } from "../ids.ts"
import { survey } from "./survey.ts"
import type { VoterInput } from "./types.ts"

/**
 * What it means that an agent asks for its seat to be taken: `none` = it has none; `replaceable` = the planner will
 * move it; `needed` = it votes, and nobody could take its place. Of an even number one may go: it bears no loss.
 */
export type Leaving = "none" | "replaceable" | "needed"

/**
 * To whom a leader hands over that wants to go: the voter with the longest log of those that stay and are heard. Not to
 * those in `besides`: who handed over to it wants to go itself, or could not go on. Undefined = it goes from the lead.
 */
export function successorOf(input: VoterInput, besides: ReadonlySet<ReplicaId>): ReplicaId | undefined {
  const matchOf = (id: ReplicaId): number => input.replicas.get(id)?.match ?? 0
  const heirs = survey(input).staying.filter(({ id, isHeard }) => isHeard && id !== input.self && !besides.has(id))
  return heirs.map(({ id }) => id).sort((one, other) => matchOf(other) - matchOf(one))[0]
}

/** Asked with the agent already marked as draining. */
export function leavingOf(agent: string, input: VoterInput): Leaving {
  const { voters, learners, warm, candidates } = survey(input)
  const isOf = (each: { readonly agent: { readonly agent: string } | undefined }): boolean =>
    each.agent?.agent === agent
  if (!voters.some(isOf)) return learners.some(isOf) ? "replaceable" : "none"
  const successors = warm.length + candidates.length + learners.filter(({ standing }) => standing === "sound").length
  return successors > 0 || voters.length % 2 === 0 ? "replaceable" : "needed"
}
