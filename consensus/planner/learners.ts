import type { Move } from "./moves.ts"
import { pick } from "./spread.ts"
import { goesAtOnce, type Member } from "./standing.ts"
import type { Candidate, Survey } from "./survey.ts"

/** At most so many learners wait without a seat in sight. */
const STANDBYS_MAX = 2

/** Keeps ready whoever is to vote next, and a standby; lets go of learners that will not. */
export function learners(survey: Survey): Move | undefined {
  const { input, staying, voters, target } = survey
  const seats = Math.max(0, target - staying.length)
  const leaving = survey.learners.filter((each) => whyGoes(each, survey) !== undefined)
  const sound = survey.learners.filter((each) => !leaving.includes(each))
  const tooMany = sound.length - seats - Math.max(STANDBYS_MAX, input.policy.standbys)
  const surplus = tooMany > 0 ? sound.filter((each) => !best(survey, sound, sound.length - tooMany).includes(each)) : []
  const coming = newcomers(survey, sound, seats + input.policy.standbys - sound.length)
  if (leaving.length + surplus.length + coming.length === 0) return undefined
  return {
    reason: "learners",
    voters,
    learners: [...sound.filter((each) => !surplus.includes(each)).map(({ id }) => id), ...coming.map(({ id }) => id)],
    because: [
      ...leaving.map((each) => `learner ${each.name} goes: ${whyGoes(each, survey)}`),
      ...surplus.map(({ name }) => `learner ${name} goes: more standbys than needed`),
      ...coming.map((each, place) => whyComes(each, place + sound.length < seats)),
    ],
    isUrgent:
      survey.going.some(({ standing }) => standing === "leaver") ||
      coming.some(({ isReturning }) => isReturning) ||
      leaving.some(goesAtOnce),
  }
}

function whyGoes(learner: Member, survey: Survey): string | undefined {
  if (learner.standing !== "sound" && learner.standing !== "silent") return learner.evidence
  return isStuck(learner, survey) && survey.candidates.length > 0
    ? "it does not become ready to vote, and another could"
    : undefined
}

/** Not ready to vote, long after it became a learner: too slow, too far, or its disk or loop is sick. */
export function isStuck(learner: Member, { warm, input }: Survey): boolean {
  const { nowMs, history, policy } = input
  const sinceMs = Math.max(history.settledMs, history.learnersSinceMs.get(learner.id) ?? nowMs)
  return !warm.includes(learner) && nowMs - sinceMs >= policy.stuckAfterMs
}

/** Those that have caught up first, then for the spread. */
function best({ staying }: Survey, sound: readonly Member[], count: number): readonly Member[] {
  const ready = pick(
    staying,
    sound.filter(({ isCaughtUp }) => isCaughtUp),
    count,
  )
  const late = sound.filter(({ isCaughtUp }) => !isCaughtUp)
  return [...ready, ...pick([...staying, ...ready], late, count - ready.length)]
}

/** Whoever returns has its seat waiting. */
function newcomers({ staying, candidates }: Survey, sound: readonly Member[], count: number): readonly Candidate[] {
  const returning = candidates.filter(({ isReturning }) => isReturning)
  const others = candidates.filter(({ isReturning }) => !isReturning)
  return [...returning, ...pick([...staying, ...sound, ...returning], others, Math.max(0, count - returning.length))]
}

function whyComes({ agent, isReturning }: Candidate, isToVote: boolean): string {
  if (isReturning) return `${agent.name} comes back with a new replica`
  return `${agent.name} becomes a learner: ${isToVote ? "a seat is open" : "a standby"}`
}
