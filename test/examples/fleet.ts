import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import tap, { type Test } from "tap"
import { untilVoters } from "../e2e/recovering.ts"
import { type StartedAgent, startAgent } from "../e2e/started-agent.ts"
import { Program } from "../program.ts"

/** What this example needs more time for than this does not end. */
export const LONG = { timeout: 300_000 }

/** Three real agents, which all examples share: each leaves them as it found them, but for the last. */
export interface Agents {
  readonly n1: StartedAgent
  readonly n2: StartedAgent
  /** The one that is killed. */
  n3: StartedAgent
  /** Starts it again, and waits until the group could lose another one. */
  readonly revive: (t: Test) => Promise<void>
}

let agents: Promise<Agents> | undefined

export function theAgents(t: Test): Promise<Agents> {
  agents ??= start(t)
  return agents
}

async function start(t: Test): Promise<Agents> {
  const folder = mkdtempSync(join(tmpdir(), "conclave-test-"))
  // Longer than the test that comes first.
  const whole = { teardown: (ended: () => unknown): void => tap.teardown(ended) }
  whole.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const n1 = await startAgent(whole, { folder, name: "n1" }, "--bootstrap")
  const join_ = (name: string): Promise<StartedAgent> => startAgent(whole, { folder, name }, "--join", n1.addr)
  const [n2, n3] = await Promise.all([join_("n2"), join_("n3")])
  await untilVoters(t, n1, 3)
  const made: Agents = {
    ...{ n1, n2, n3 },
    revive: async (test) => {
      made.n3 = await join_("n3")
      await untilVoters(test, n1, 3)
    },
  }
  return made
}

/** An example as its user starts it on the host of an agent. */
export function example(t: Test, { socket }: StartedAgent, name: string, ...args: readonly string[]): Program {
  return onHost(t, socket, [process.execPath, compiled(name), ...args])
}

export function onHost(t: Test, socket: string, command: readonly string[]): Program {
  return new Program(t, command, { env: { ...process.env, CONCLAVE_SOCKET: socket } })
}

export function compiled(name: string): string {
  return fileURLToPath(new URL(`../../../examples/dist/${name}.js`, import.meta.url))
}
