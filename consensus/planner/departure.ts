import { survey } from "./survey.ts"
import type { VoterInput } from "./types.ts"

/**
 * What it means that an agent asks for its seat to be taken: `none` = it has none; `replaceable` = the planner will move
 * it; `needed` = it votes, and nobody could take its place. Of an even number one may go: it bears no loss.
 */
export type Leaving = "none" | "replaceable" | "needed"

/** Asked with the agent already marked as draining. */
export function leavingOf(agent: string, input: VoterInput): Leaving {
  const { voters, learners, warm, candidates } = survey(input)
  const isOf = (each: { readonly agent: { readonly agent: string } | undefined }): boolean =>
    each.agent?.agent === agent
  if (!voters.some(isOf)) return learners.some(isOf) ? "replaceable" : "none"
  const successors = warm.length + candidates.length + learners.filter(({ standing }) => standing === "sound").length
  return successors > 0 || voters.length % 2 === 0 ? "replaceable" : "needed"
}
