import { duration } from "../explain-wording.ts"
import type { ReplicaId } from "../ids.ts"
import { unwanted } from "./eligible.ts"
import type { Place } from "./spread.ts"
import type { AgentView, VoterInput } from "./types.ts"

/**
 * How a member of the group stands:
 * - `sound`: nothing against it;
 * - `silent`: gone to gossip (dead, left, or without a replica) and to the leader, but not for long enough yet;
 * - `dead`: for long enough for a warm standby to take its place;
 * - `replaced`: its agent lives and says that this replica is no more; nobody else can make it come back;
 * - `leaver`: its agent asked to leave, or was removed; `unwanted`: its owner does not want it to vote.
 */
export type Standing = "sound" | "silent" | "dead" | "replaced" | "leaver" | "unwanted"

/** It does not come back, and there is nothing to wait for. */
export function goesAtOnce({ standing }: Pick<Member, "standing">): boolean {
  return standing === "leaver" || standing === "replaced"
}

export interface Member extends Place {
  readonly id: ReplicaId
  /** What people call it. */
  readonly name: string
  readonly agent: AgentView | undefined
  readonly standing: Standing
  /** The evidence, as half a sentence. */
  readonly evidence: string
  /** How long gossip and the leader have both had nothing of it. */
  readonly silentMs: number
  /** Reachable for the leader within an election timeout. */
  readonly isHeard: boolean
  readonly isCaughtUp: boolean
}

export function memberOf(id: ReplicaId, input: VoterInput): Member {
  const agent = ownerOf(id, input)
  const heardMs = id === input.self ? input.nowMs : (input.replicas.get(id)?.heardMs ?? input.history.settledMs)
  const silence = { toLeaderMs: input.nowMs - heardMs, toGossipMs: goneToGossip(agent, input) }
  const isHeard = silence.toLeaderMs < input.electionMs
  return {
    id,
    name: agent?.name ?? id,
    agent,
    // Where nobody knows where it is, it is nowhere else.
    host: agent?.host ?? id,
    zone: agent?.zone ?? "",
    silentMs: Math.min(silence.toLeaderMs, silence.toGossipMs),
    isHeard,
    isCaughtUp: id === input.self || (input.replicas.get(id)?.isCaughtUp ?? false),
    ...standingOf(id, agent, { isHeard, input, ...silence }),
  }
}

/** The agent that has this replica now, or had it. */
function ownerOf(id: ReplicaId, { agents, history, cluster }: VoterInput): AgentView | undefined {
  const ours = agents.filter((each) => each.cluster === undefined || each.cluster === cluster)
  const owner = history.owners.get(id)
  return ours.find(({ replica }) => replica === id) ?? ours.find(({ agent }) => agent === owner)
}

/**
 * How long gossip has called it dead. Where it says something else than when, nobody knows for how long: one that it
 * does not know at all was forgotten some time in this reign, and an agent that lives without a replica lost it some
 * time.
 */
function goneToGossip(agent: AgentView | undefined, { nowMs, history }: VoterInput): number {
  if (agent === undefined || (agent.status === "alive" && agent.replica === undefined)) return nowMs - history.settledMs
  return agent.status === "dead" || agent.status === "left" ? nowMs - agent.statusSinceMs : 0
}

interface Evidence {
  readonly toLeaderMs: number
  readonly toGossipMs: number
  readonly isHeard: boolean
  readonly input: VoterInput
}

function standingOf(
  id: ReplicaId,
  agent: AgentView | undefined,
  { toLeaderMs, toGossipMs, isHeard, input }: Evidence,
): Pick<Member, "standing" | "evidence"> {
  const { policy } = input
  // Whoever asked for it, or was removed, will not come back, so its silence is waited for no longer.
  if (isRemoved(id, input)) return { standing: "leaver", evidence: "an operator has removed its host" }
  if (agent?.isDraining === true) return { standing: "leaver", evidence: unwanted(agent, input) ?? "it is leaving" }
  const silent = `silent to the leader for ${duration(toLeaderMs)}`
  if (agent?.status === "alive" && agent.replica !== undefined && agent.replica !== id && !isHeard)
    return { standing: "replaced", evidence: `its agent has a new replica, and it is ${silent}` }
  if (toGossipMs > 0 && !isHeard) {
    const isLong = Math.min(toGossipMs, toLeaderMs) >= (agent === undefined ? policy.deadAlarmMs : policy.deadAfterMs)
    const evidence = `${gossipWord(agent, toGossipMs)} and ${silent}`
    return { standing: isLong ? "dead" : "silent", evidence }
  }
  const reason = agent === undefined ? undefined : unwanted(agent, input)
  if (reason !== undefined) return { standing: "unwanted", evidence: reason }
  return { standing: "sound", evidence: isHeard ? "heard by the leader" : silent }
}

function isRemoved(id: ReplicaId, { removed, history }: VoterInput): boolean {
  const owner = history.owners.get(id)
  return owner !== undefined && removed.has(owner)
}

function gossipWord(agent: AgentView | undefined, toGossipMs: number): string {
  if (agent === undefined) return "unknown to gossip"
  return agent.status === "alive" ? "without a replica" : `${agent.status} to gossip for ${duration(toGossipMs)}`
}
