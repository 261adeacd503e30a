import { ConclaveError } from "@conclave/sdk"
import type { Fleet } from "../fleet/fleet.ts"

/** The Raft group as the agents tell it. */
export interface Group {
  readonly term: bigint
  /** Name of the leader's agent. */
  readonly leader: string
  readonly voters: readonly string[]
  /** How many voters may still fail. */
  readonly canLose: number
}

const ASK_LIMIT_MS = 2000
/** What is waited for comes in tens of milliseconds at least. */
const POLL_MS = 10

/** What the agent with the newest term says; undefined while none of those asked knows a leader. */
export async function askGroup(fleet: Fleet, agents: readonly string[] = fleet.running): Promise<Group | undefined> {
  const told = await Promise.all(agents.map((agent) => askOne(fleet, agent)))
  return told.reduce(
    (newest, each) => (newest === undefined || (each !== undefined && each.term > newest.term) ? each : newest),
    undefined,
  )
}

async function askOne(fleet: Fleet, agent: string): Promise<Group | undefined> {
  try {
    const { term, leader, items, canLose } = await fleet
      .client(agent)
      .request("raft.status", {}, { timeoutMs: ASK_LIMIT_MS })
    const seats = items.filter(({ role }) => role !== "learner")
    const voters = seats.flatMap(({ name }) => name ?? [])
    // Soon after its start an agent may not have heard yet who is behind a seat.
    if (leader === null || voters.length < seats.length) return undefined
    return { term, leader, voters, canLose }
  } catch (error) {
    // It is being killed, stopped or started.
    if (ConclaveError.is(error)) return undefined
    throw error
  }
}

/** The group as soon as it is as wanted; undefined after `limitMs`. Rejects when the fleet is closed. */
export async function untilGroup(
  fleet: Fleet,
  wanted: (group: Group) => boolean,
  options: { readonly limitMs: number; readonly agents?: readonly string[] },
): Promise<Group | undefined> {
  const deadline = performance.now() + options.limitMs
  for (;;) {
    const group = await askGroup(fleet, options.agents)
    if (group !== undefined && wanted(group)) return group
    if (performance.now() > deadline) return undefined
    await fleet.until(() => false, POLL_MS)
  }
}
