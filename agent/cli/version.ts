import { VERSION } from "../version.ts"
import { commitOf } from "./commit.ts"
import { withAgent } from "./terminal/agent-link.ts"
import type { Context } from "./terminal/command.ts"
import { EXIT, failureOf } from "./terminal/failure.ts"

/** Newest version of the local protocol that this program speaks. */
const PROTOCOL = 1

interface AgentVersion {
  readonly version: string
  readonly name: string
  readonly id: string
}

/** `version`: this program's and the agent's; without an agent its own alone, and no failure. */
export async function version(context: Context): Promise<number> {
  const { output } = context
  const client = { version: VERSION, commit: commitOf(), node: process.versions.node, protocol: PROTOCOL }
  const { agent, problem } = await askAgent(context)
  if (output.isJson) {
    output.json({ client, agent })
    return EXIT.ok
  }
  const commit = client.commit === null ? "" : `, commit ${client.commit.slice(0, 10)}`
  output.line(`client  ${client.version}${commit}, node ${client.node}, protocol ${client.protocol}`)
  output.line(agent === null ? `agent   none: ${problem}` : `agent   ${agent.version} (${agent.name})`)
  if (agent !== null && agent.version !== VERSION) output.note("The two differ: restart the agent after an upgrade.")
  return EXIT.ok
}

async function askAgent(context: Context): Promise<{ readonly agent: AgentVersion | null; readonly problem?: string }> {
  try {
    const { version, name, id } = await withAgent(context, async (link) => link.agent)
    return { agent: { version, name, id } }
  } catch (error) {
    const { message, why } = failureOf(error, false)
    return { agent: null, problem: why === undefined ? message : `${message}. ${why}` }
  }
}
