import { type Client, ConclaveError } from "@conclave/sdk"
import type { Test } from "tap"
import { conclave, type Ended } from "../program.ts"
import type { StartedAgent } from "./started-agent.ts"

/** `raft recover WORDS --json`. */
export function recover(t: Test, ...words: readonly string[]): Promise<Ended> {
  return conclave(t, "raft", "recover", ...words, "--json").ended
}

export async function answerOf<Answer>(asked: Promise<Ended>): Promise<Answer> {
  const { code, stdout, stderr } = await asked
  if (code !== 0) throw new Error(stderr)
  return JSON.parse(stdout) as Answer
}

export async function refusalOf(
  asked: Promise<Ended>,
): Promise<{ readonly code: number | null; readonly message: string }> {
  const { code, stderr } = await asked
  return { code, message: (JSON.parse(stderr.trimEnd().split("\n").at(-1) ?? "") as { error: Error }).error.message }
}

/**
 * Until so many vote, as this agent knows, and all but a minority may go: while the group changes a voter is shown as
 * one, and the group before decides as well.
 */
/**
 * Why `client` has not had a lock. An agent that is late with its word on a machine under load says nothing by that: it
 * is asked again.
 */
export async function lockRefusal(client: Client): Promise<unknown> {
  for (;;) {
    const error = await client.tryLock("a").catch((cause: unknown) => cause)
    if (!ConclaveError.is(error, "AGENT_UNAVAILABLE")) return error
  }
}

export async function untilVoters(t: Test, { socket }: Pick<StartedAgent, "socket">, count: number): Promise<void> {
  for (;;) {
    const { stdout } = await conclave(t, "raft", "status", "--json", "--socket", socket).ended
    const { items, canLose } = JSON.parse(stdout) as RaftSeen
    const voters = items.filter(({ role, up }) => role !== "learner" && up)
    if (voters.length === count && canLose === (count - 1) >> 1) return
  }
}

/** Until each log has what the leader's has: from then on any one of them is enough. */
export async function untilAlike(t: Test, agents: readonly Pick<StartedAgent, "socket">[]): Promise<void> {
  for (;;) {
    for (const { socket } of agents) {
      const { stdout } = await conclave(t, "raft", "status", "--json", "--socket", socket).ended
      const { items } = JSON.parse(stdout) as RaftSeen
      if (items.length === agents.length && items.every(({ lag }) => lag === 0)) return
    }
  }
}

interface RaftSeen {
  readonly items: readonly { readonly role: string; readonly up: boolean; readonly lag: number | null }[]
  readonly canLose: number
}

export async function die(...agents: readonly StartedAgent[]): Promise<void> {
  for (const { program } of agents) program.signal("SIGKILL")
  await Promise.all(agents.map(({ program }) => program.ended))
}
