import { assert } from "@conclave/base"
import { duration } from "../explain-wording.ts"
import { groupProblem, isJoint } from "../group.ts"
import type { ReplicaId } from "../ids.ts"
import { alarmsOf } from "./alarms.ts"
import { learners } from "./learners.ts"
import { even, grow, type Move, replace, shrink, spread } from "./moves.ts"
import { margin, type Survey, survey } from "./survey.ts"
import type { VoterInput, VoterPlan } from "./types.ts"

/**
 * Who shall vote: asked by the leader now and then, and when gossip has news. Returns at most one change, which the
 * driver proposes with `changeGroup` and logs together with its evidence; or nothing, and what stands against any.
 *
 * A pure function. Gossip brings candidates and evidence and decides nothing: nobody becomes a voter before it has
 * caught up as a learner, nobody loses its seat unless another is ready for it, a death needs the leader's own silence
 * beside the word of gossip, and the number of voters never falls because few are seen (five with two dead become
 * three, which needs fewer to go on). Each change leaves at least as many voters to lose as before.
 */
export function planVoters(input: VoterInput): VoterPlan {
  const seen = survey(inOrder(input))
  const alarms = alarmsOf(seen)
  const nothing = (because: readonly string[]): VoterPlan => ({ kind: "nothing", because, alarms })
  const leads = input.group.voters.includes(input.self)
  if (!input.isReady || isJoint(input.group) || !leads)
    return nothing(["a change, a hand-over or a new term is under way"])
  const moves = [grow, even, replace, shrink, spread, learners].flatMap((make) => make(seen) ?? [])
  const against: string[] = []
  for (const move of moves) {
    const why = unsafe(seen, move) ?? early(seen, move)
    if (why === undefined) return { kind: "change", ...asChange(move), alarms }
    against.push(`${move.because.join("; ")}; ${why}`)
  }
  return nothing([...against, ...waiting(seen)])
}

/** The order in which things were told must not matter. */
function inOrder(input: VoterInput): VoterInput {
  const { group, agents } = input
  return {
    ...input,
    group: { ...group, voters: [...group.voters].sort(), learners: [...group.learners].sort() },
    agents: [...agents].sort((one, other) => (one.agent < other.agent ? -1 : one.agent > other.agent ? 1 : 0)),
  }
}

/** Both quorums must be reachable now. */
function unsafe({ voters }: Survey, move: Move): string | undefined {
  if (margin(voters) < 0) return "no quorum is heard, so nothing can be changed"
  assert(margin(move.voters) >= margin(voters), "no change leaves less to lose than there was")
  return undefined
}

function early({ input }: Survey, { isUrgent }: Move): string | undefined {
  const { nowMs, policy, history } = input
  const quietMs = history.settledMs + policy.quietMs - nowMs
  const settleMs = (history.changedMs ?? Number.NEGATIVE_INFINITY) + policy.settleMs - nowMs
  if (isUrgent) return undefined
  if (quietMs > 0) return `this reign is young: in ${duration(quietMs)}`
  return settleMs > 0 ? `the last change has to settle: in ${duration(settleMs)}` : undefined
}

function asChange({
  reason,
  voters,
  learners: next,
  because,
}: Move): Omit<Extract<VoterPlan, { kind: "change" }>, "kind" | "alarms"> {
  const ids = voters.map(({ id }) => id)
  const group = { voters: inIdOrder(ids), outgoing: [], learners: inIdOrder(next), learnersNext: [] }
  assert(groupProblem(group) === undefined, "a plan names a group that may be")
  return { reason, voters: group.voters, learners: group.learners, because }
}

function inIdOrder(ids: readonly ReplicaId[]): readonly ReplicaId[] {
  return [...ids].sort((one, other) => (one < other ? -1 : one > other ? 1 : 0))
}

/** Where nothing is to be done, whom it waits for. */
function waiting({ target, staying, voters, warm, learners: all }: Survey): readonly string[] {
  const silent = voters.filter(({ standing }) => standing === "silent")
  const late = all.filter((each) => !warm.includes(each))
  return [
    ...silent.map(({ name, evidence }) => `${name} keeps its seat: ${evidence}`),
    ...(target > staying.length && late.length > 0
      ? late.map(({ name }) => `${name} has not caught up or may not vote yet`)
      : []),
  ]
}
