import { duration } from "../explain-wording.ts"
import type { ReplicaId } from "../ids.ts"
import { isBetter, oneZoneBreaks, pick, spreadOf } from "./spread.ts"
import { goesAtOnce, type Member, type Standing } from "./standing.ts"
import type { Survey } from "./survey.ts"
import type { ChangeReason } from "./types.ts"

/** A change that would do good, before it is asked whether now is the time. */
export interface Move {
  readonly reason: ChangeReason
  readonly voters: readonly Member[]
  readonly learners: readonly ReplicaId[]
  readonly because: readonly string[]
  /** It neither waits for a quiet reign nor for the last change to settle. */
  readonly isUrgent: boolean
}

/**
 * From one to three, or from three to five: at once, when all that come have caught up, so that nothing rests between.
 */
export function grow({ voters, staying, going, warm, target, input }: Survey): Move | undefined {
  const missing = target - staying.length
  if (target <= voters.length || warm.length < missing) return undefined
  const coming = pick(staying, warm, missing)
  return {
    reason: "grow",
    voters: [...staying, ...coming],
    isUrgent: false,
    learners: without(input.group.learners, coming),
    because: [
      `${target} shall vote, and ${names(coming)} ${coming.length === 1 ? "has" : "have"} caught up`,
      ...going.map(({ name, evidence }) => `${name} goes: ${evidence}`),
    ],
  }
}

/**
 * One that must or should go makes room for one that is ready, in one joint change. Nobody goes without a replacement.
 */
export function replace({ voters, going, warm, input }: Survey): Move | undefined {
  for (const gone of going) {
    const rest = voters.filter((each) => each !== gone)
    const own = warm.filter(({ agent }) => agent !== undefined && agent.agent === gone.agent?.agent)
    const choices = [...own, ...pick(rest, warm, warm.length)]
    const coming = choices.find((each) => mayTake(each, gone, { voters, rest, zoneWaitMs: input.policy.zoneWaitMs }))
    if (coming === undefined) continue
    return {
      reason: gone.standing === "leaver" ? "leave" : "replace",
      voters: [...rest, coming],
      learners: without(input.group.learners, [coming]),
      because: [`${gone.name} goes: ${gone.evidence}`, `${coming.name} has caught up and takes its place`],
      isUrgent: goesAtOnce(gone),
    }
  }
  return undefined
}

/** A replacement that would put the quorum into one zone waits for the one that is gone; a leaver cannot come back. */
function mayTake(
  coming: Member,
  gone: Member,
  { voters, rest, zoneWaitMs }: { voters: readonly Member[]; rest: readonly Member[]; zoneWaitMs: number },
): boolean {
  if (gone.standing === "leaver" || gone.silentMs >= zoneWaitMs) return true
  return oneZoneBreaks(voters) || !oneZoneBreaks([...rest, coming])
}

/** Those that may be gone for good: a leaver that is silent for long was removed when it was dead. */
const GONE: ReadonlySet<Standing> = new Set<Standing>(["dead", "leaver"])

/** Five with two dead need three of three; three with none dead need two. Only where nobody could replace them. */
export function shrink({ voters, going, warm, input }: Survey): Move | undefined {
  const dead = going.filter((each) => GONE.has(each.standing) && each.silentMs >= input.policy.deadAlarmMs)
  if (voters.length < 5 || dead.length < 2 || warm.length > 0) return undefined
  const leaving = dead.slice(0, 2)
  return {
    reason: "shrink",
    voters: voters.filter((each) => !leaving.includes(each)),
    isUrgent: false,
    learners: input.group.learners,
    because: leaving.map(({ name, evidence }) => `${name} goes: ${evidence}; no standby is warm`),
  }
}

/** An even number needs as many as the odd one above and bears as little as the one below. */
export function even({ voters, going, target, input }: Survey): Move | undefined {
  if (voters.length % 2 === 1 || target > voters.length) return undefined
  // Who is only silent so far may come back; taking a healthy one instead would leave the silent one to be counted on.
  if (going.length === 0 && voters.some(({ isHeard }) => !isHeard)) return undefined
  // Gossip that does not even know the voters, but one that left and was forgotten, says nothing of who else there is.
  if (voters.some(({ agent, standing }) => agent === undefined && standing !== "leaver")) return undefined
  const others = voters.filter(({ id }) => id !== input.self)
  // The leader goes itself where it wants to and no other does: it leads until that is committed (Raft thesis §4.2.2).
  const leaving = going.find(({ id }) => id !== input.self) ?? going[0] ?? worst(voters, others)
  if (leaving === undefined) return undefined
  return {
    reason: "even",
    voters: voters.filter((each) => each !== leaving),
    isUrgent: goesAtOnce(leaving),
    learners: leaving.standing === "sound" ? [...input.group.learners, leaving.id] : input.group.learners,
    because: [`${voters.length} voters bear no more than ${voters.length - 1}, and nobody can be added`],
  }
}

/** The one without whom the rest are spread best. */
function worst(voters: readonly Member[], among: readonly Member[]): Member | undefined {
  const value = (leaving: Member) => spreadOf(voters.filter((each) => each !== leaving))
  return among.reduce<Member | undefined>((best, each) => {
    return best === undefined || isBetter(value(each), value(best)) ? each : best
  }, undefined)
}

/** A healthy voter moves only for hosts or zones gained, never the leader, and seldom. */
export function spread({ voters, going, warm, input }: Survey): Move | undefined {
  const { nowMs, policy, history, self } = input
  const sinceMs = nowMs - (history.spreadMs ?? history.settledMs)
  const areWell = going.length === 0 && voters.every(({ standing, isHeard }) => standing === "sound" && isHeard)
  if (!areWell || sinceMs < policy.spreadEveryMs) return undefined
  let best: { readonly leaving: Member; readonly coming: Member; readonly value: readonly number[] } | undefined
  for (const leaving of voters.filter(({ id }) => id !== self)) {
    for (const coming of warm) {
      const value = spreadOf([...voters.filter((each) => each !== leaving), coming])
      if (isBetter(value, best?.value ?? spreadOf(voters))) best = { leaving, coming, value }
    }
  }
  if (best === undefined) return undefined
  const { leaving, coming, value } = best
  const [hosts, zones] = value
  return {
    reason: "spread",
    voters: [...voters.filter((each) => each !== leaving), coming],
    isUrgent: false,
    learners: [...without(input.group.learners, [coming]), leaving.id],
    because: [
      `${coming.name} instead of ${leaving.name} spreads the voters over ${hosts} hosts and ${zones} zones`,
      `the last such move was ${duration(sinceMs)} ago or longer`,
    ],
  }
}

function without(ids: readonly ReplicaId[], members: readonly Member[]): readonly ReplicaId[] {
  return ids.filter((id) => !members.some((each) => each.id === id))
}

function names(members: readonly Member[]): string {
  return members.map(({ name }) => name).join(" and ")
}
