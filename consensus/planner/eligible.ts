import { duration } from "../explain-wording.ts"
import type { AgentView, VoterInput } from "./types.ts"

/**
 * Why an agent is not made a learner or voter; undefined when it may be. A voter that is one keeps its seat. One that
 * returns with an empty disk was a voter a moment ago: it need not prove itself again.
 */
export function ineligibility(
  agent: AgentView,
  input: VoterInput,
  isReturning: boolean,
  areChosen: boolean = hasChosen(input),
): string | undefined {
  return (
    unwanted(agent, input, areChosen) ?? unsound(agent, input) ?? (isReturning ? undefined : unproven(agent, input))
  )
}

/** What its owner said against it: this moves also one that votes already. */
export function unwanted(
  agent: AgentView,
  input: VoterInput,
  areChosen: boolean = hasChosen(input),
): string | undefined {
  if (agent.isDraining) return "it is leaving"
  if (agent.wish === "never") return "it is not to vote"
  if (agent.isEphemeral) return "its data do not survive a restart"
  if (agent.wish === undefined) return undefined
  return agent.wish !== "yes" && areChosen ? "only agents that say yes vote here" : undefined
}

/**
 * Anybody of this cluster who says yes, dead or alive: a crash does not change who was chosen. The same for all agents:
 * whoever asks after each of a large fleet asks this once.
 */
export function hasChosen({ agents, cluster }: VoterInput): boolean {
  return agents.some(({ wish, status, cluster: of }) => wish === "yes" && status !== "left" && of === cluster)
}

/** It keeps a newcomer out, and nobody else. */
function unsound(agent: AgentView, { cluster, featureLevel }: VoterInput): string | undefined {
  if (agent.cluster !== undefined && agent.cluster !== cluster) return `it is of another cluster, ${agent.cluster}`
  if (agent.status !== "alive") return `it is ${agent.status}`
  if (agent.replica === undefined) return "it offers no replica"
  if (agent.featureMin > featureLevel || agent.featureMax < featureLevel)
    return `it knows feature levels ${agent.featureMin} to ${agent.featureMax}, and ${featureLevel} is in force`
  return agent.isDegraded ? "it says that it is degraded" : undefined
}

/** What is measured. */
function unproven({ startedMs, syncP99Ms, rttMs }: AgentView, { nowMs, policy }: VoterInput): string | undefined {
  if (nowMs - startedMs < policy.uptimeMinMs) return `it runs for ${duration(nowMs - startedMs)} only`
  if (Number.isFinite(policy.syncP99MaxMs)) {
    if (syncP99Ms === undefined) return "its disk was not tried yet"
    if (syncP99Ms > policy.syncP99MaxMs) return `its disk takes ${duration(syncP99Ms)} for a sync`
  }
  if (rttMs !== undefined && rttMs > policy.rttMaxMs) return `it is ${duration(rttMs)} away`
  return undefined
}

/** Better first; equal ones by their id, so that the order of the input does not matter. */
export function byRank(one: AgentView, other: AgentView, nowMs: number): number {
  const difference = rankOf(other, nowMs) - rankOf(one, nowMs)
  if (difference !== 0) return difference
  return one.agent < other.agent ? -1 : one.agent > other.agent ? 1 : 0
}

/** In steps, so that nobody is moved for a little: wish, then stability, then disk. */
function rankOf({ wish, startedMs, syncP99Ms = Number.POSITIVE_INFINITY }: AgentView, nowMs: number): number {
  const uptimeMs = nowMs - startedMs
  const stability = uptimeMs >= 3_600_000 ? 2 : uptimeMs >= 600_000 ? 1 : 0
  const disk = syncP99Ms <= 5 ? 2 : syncP99Ms <= 20 ? 1 : 0
  return (wish === "yes" ? 100 : 0) + 10 * stability + disk
}
