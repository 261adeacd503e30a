import type { ReplicaId } from "../ids.ts"
import { majority } from "../quorum.ts"
import { byRank, hasChosen, ineligibility } from "./eligible.ts"
import type { Place } from "./spread.ts"
import { type Member, memberOf } from "./standing.ts"
import type { AgentView, VoterInput } from "./types.ts"

/** An agent that may become a learner. */
export interface Candidate extends Place {
  readonly id: ReplicaId
  readonly agent: AgentView
  /** Its former replica has a seat, and is no more. */
  readonly isReturning: boolean
}

/** What the input means: who stays, who should go, who could come. */
export interface Survey {
  readonly input: VoterInput
  readonly voters: readonly Member[]
  readonly learners: readonly Member[]
  /** Voters with nothing, or not yet enough, against them. */
  readonly staying: readonly Member[]
  /** Voters that should be replaced, the most urgent first. */
  readonly going: readonly Member[]
  /** Learners that may vote at once, best first. */
  readonly warm: readonly Member[]
  /** Agents that could become learners, best first. */
  readonly candidates: readonly Candidate[]
  /** How many shall vote: odd, never fewer than the group can hold, as many as there are agents for. */
  readonly target: number
  /** Of everybody else some, and why not. */
  readonly excluded: readonly string[]
}

/** A fleet has many for the same reason. */
const EXCLUDED_MAX = 8
const URGENCY = ["replaced", "leaver", "dead", "unwanted"]

export function survey(input: VoterInput): Survey {
  const voters = input.group.voters.map((id) => memberOf(id, input))
  const learners = input.group.learners.map((id) => memberOf(id, input))
  const going = voters.filter(({ standing }) => URGENCY.includes(standing)).sort(byUrgency)
  const returning = new Set(voters.filter(({ standing }) => standing === "replaced").map(({ agent }) => agent?.agent))
  const areChosen = hasChosen(input)
  const why = (agent: AgentView) => ineligibility(agent, input, returning.has(agent.agent), areChosen)
  const taken = new Set([...voters, ...learners].filter(isPresent).map(({ agent }) => agent?.agent))
  const others = input.agents.filter(({ agent, status }) => !taken.has(agent) && status !== "left")
  const candidates = others.filter((agent) => why(agent) === undefined)
  const willing = learners.filter(({ agent, id }) => agent?.replica === id && why(agent) === undefined)
  const staying = voters.filter((each) => !going.includes(each))
  return {
    input,
    voters,
    learners,
    staying,
    going,
    warm: willing
      .filter(({ isCaughtUp, isHeard, standing }) => isCaughtUp && isHeard && standing === "sound")
      .sort(warmOrder(input.nowMs)),
    candidates: candidates
      .sort((one, other) => byRank(one, other, input.nowMs))
      .map((agent) => candidateOf(agent, returning.has(agent.agent))),
    target: targetOf(input, staying.length + willing.length + candidates.length),
    excluded: reasonsOf(others, why),
  }
}

function reasonsOf(agents: readonly AgentView[], why: (agent: AgentView) => string | undefined): readonly string[] {
  const reasons: string[] = []
  for (const agent of agents) {
    const reason = why(agent)
    if (reason === undefined) continue
    if (reasons.length === EXCLUDED_MAX) return [...reasons, "and others"]
    reasons.push(`${agent.name} may not vote: ${reason}`)
  }
  return reasons
}

/** Counted as one with a seat here, or a learner: its agent needs no second replica. */
function isPresent({ standing }: Member): boolean {
  return standing !== "replaced"
}

function candidateOf(agent: AgentView, isReturning: boolean): Candidate {
  const { host, zone, replica } = agent
  return { id: replica as ReplicaId, agent, isReturning, host, zone }
}

function byUrgency(one: Member, other: Member): number {
  const order = URGENCY.indexOf(one.standing) - URGENCY.indexOf(other.standing)
  return order !== 0 ? order : other.silentMs - one.silentMs
}

function warmOrder(nowMs: number): (one: Member, other: Member) => number {
  return ({ agent: one }, { agent: other }) => (one && other ? byRank(one, other, nowMs) : 0)
}

/** Gossip may make the group larger, never smaller: that few are seen is no reason to need fewer. */
function targetOf({ group, policy }: VoterInput, population: number): number {
  return Math.max(oddAtMost(group.voters.length), oddAtMost(Math.min(policy.seats, population)))
}

function oddAtMost(count: number): number {
  return Math.max(1, count % 2 === 1 ? count : count - 1)
}

/** How many more may fall silent before the quorum is lost; negative when it is. */
export function margin(voters: readonly Member[]): number {
  return voters.filter(({ isHeard }) => isHeard).length - majority(voters.length)
}
