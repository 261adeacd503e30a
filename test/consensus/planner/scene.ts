import type { AgentView, ReplicaId, ReplicaView, VoterHistory, VoterInput, VoterPolicy } from "@conclave/consensus"
import { voterPolicy } from "@conclave/consensus"
import { at, groupOf, id } from "../stage.ts"

export const NOW_MS = 100_000_000
export const MINUTE_MS = 60_000
export const ELECTION_MS = 1200
export const POLICY: VoterPolicy = voterPolicy("lan", { electionMs: ELECTION_MS })

/** A sound agent with a replica of one letter, on a host of its own. */
export function agentOf(letter: string, changes: Partial<AgentView> = {}): AgentView {
  return {
    ...{ agent: `agent-${letter}`, name: `n${letter}`, cluster: "c", replica: id(letter), status: "alive" },
    ...{ statusSinceMs: 0, startedMs: NOW_MS - 5 * MINUTE_MS, zone: "", host: letter, wish: "auto" },
    ...{ isEphemeral: false, isDraining: false, isDegraded: false, syncP99Ms: 1, rttMs: 1 },
    ...{ featureMin: 1, featureMax: 1 },
    ...changes,
  }
}

export interface Scene {
  readonly voters: string
  readonly learners?: string
  /** Letters of agents beside those of the group. */
  readonly others?: string
  readonly self?: string
  readonly isReady?: boolean
  readonly featureLevel?: number
  /** What gossip says otherwise of an agent; `null`: nothing at all. */
  readonly agents?: Readonly<Record<string, Partial<AgentView> | null>>
  /** Letters of agents that an operator has removed. */
  readonly removed?: string
  /** What the leader knows otherwise of a replica. */
  readonly replicas?: Readonly<Record<string, Partial<ReplicaView>>>
  readonly policy?: Partial<VoterPolicy>
  readonly history?: Partial<VoterHistory>
}

/** A group whose members are all heard and have caught up, an hour into the reign of the first. */
export function inputOf(scene: Scene): VoterInput {
  const { voters, learners = "", others = "", self = voters[0] ?? "", agents = {}, replicas = {} } = scene
  const members = [...voters, ...learners]
  const views = [...members, ...others].flatMap((letter) => {
    const changes = agents[letter]
    return changes === null ? [] : [agentOf(letter, changes)]
  })
  const known = members.map((letter): [ReplicaId, ReplicaView] => {
    return [id(letter), { heardMs: NOW_MS, isCaughtUp: true, match: at(9), ...replicas[letter] }]
  })
  return {
    ...{ nowMs: NOW_MS, cluster: "c", self: id(self), group: groupOf(voters, { learners }) },
    ...{ isReady: scene.isReady ?? true, electionMs: ELECTION_MS, featureLevel: scene.featureLevel ?? 1 },
    replicas: new Map(known.filter(([each]) => each !== self)),
    agents: views,
    removed: new Set([...(scene.removed ?? "")].map((letter) => `agent-${letter}`)),
    policy: { ...POLICY, ...scene.policy },
    history: {
      ...{ settledMs: NOW_MS - 60 * MINUTE_MS, changedMs: undefined, spreadMs: undefined },
      learnersSinceMs: new Map([...learners].map((letter) => [id(letter), NOW_MS - MINUTE_MS])),
      owners: new Map(members.map((letter) => [id(letter), `agent-${letter}`])),
      ...scene.history,
    },
  }
}

/** Gossip has called it dead, and the leader heard nothing, for so long. */
export function dead(ms: number): Partial<AgentView> {
  return { status: "dead", statusSinceMs: NOW_MS - ms }
}

export function silent(ms: number): Partial<ReplicaView> {
  return { heardMs: NOW_MS - ms, isCaughtUp: false }
}
