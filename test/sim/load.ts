/** What a run came to. */
export interface Load {
  readonly agents: number
  readonly seconds: number
  readonly faults: number
  /** Operations of the group that were answered, pings and heartbeats not among them. */
  readonly ops: number
}

/** A run that came to less says nothing about the group. */
export const COUNTS: Load = { agents: 3, seconds: 120, faults: 5, ops: 200 }

export function isEnough(load: Load, leastOps: number = COUNTS.ops): boolean {
  const { agents, seconds, faults, ops } = load
  return agents >= COUNTS.agents && seconds >= COUNTS.seconds && faults >= COUNTS.faults && ops >= leastOps
}
