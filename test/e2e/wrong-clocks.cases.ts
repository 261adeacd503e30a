import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Client, connect } from "@conclave/sdk"
import { type Test, test } from "tap"
import { conclave } from "../program.ts"
import { untilVoters } from "./recovering.ts"
import { type Place, type StartedAgent, startAgent } from "./started-agent.ts"

const YEAR_MS = 365 * 86_400_000

/** A host whose wall clock is wrong by so much, whoever asks for the time. */
function wrongBy(years: number): Place {
  const script = `const Right = Date
    const nowMs = () => Right.now() + ${years * YEAR_MS}
    globalThis.Date = class extends Right {
      constructor(...of) { super(...(of.length === 0 ? [nowMs()] : of)) }
      static now() { return nowMs() }
    }`
  const preload = `data:text/javascript;base64,${Buffer.from(script).toString("base64")}`
  return { enter: ["/usr/bin/env", `NODE_OPTIONS=--import=${preload}`], bind: "127.0.0.1:0" }
}

async function leaderOf(t: Test, agents: readonly StartedAgent[], socket: string): Promise<StartedAgent> {
  for (;;) {
    const { stdout } = await conclave(t, "raft", "status", "--json", "--socket", socket).ended
    const { items } = JSON.parse(stdout) as {
      readonly items: readonly { readonly name: string; readonly role: string }[]
    }
    const agent = agents.find(({ name }) => items.some((item) => item.name === name && item.role === "leader"))
    if (agent !== undefined) return agent
  }
}

test("hosts whose clocks are wrong by decades meet, vote, and pass a lock on when its holder's leader dies", {
  timeout: 600_000,
}, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "conclave-test-"))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const start = (name: string, years: number, ...more: readonly string[]): Promise<StartedAgent> =>
    startAgent(t, { folder, name, place: wrongBy(years) }, ...more)
  const n1 = await start("n1", 20, "--bootstrap")
  const agents = [n1, await start("n2", -15, "--join", n1.addr), await start("n3", 0, "--join", n1.addr)]
  await untilVoters(t, n1, 3)
  const year = new Date().getFullYear()
  const shown = n1.program.lines.join("\n")
  t.match(shown, new RegExp(`"${year + 20}|"${year + 19}`), "its clock is wrong indeed")
  const clients = new Map<string, Client>()
  for (const { name, socket } of agents) clients.set(name, await connect({ socket, waitMs: 60_000 }))
  const leader = await leaderOf(t, agents, n1.socket)
  const [other, last] = agents.filter((agent) => agent !== leader) as [StartedAgent, StartedAgent]
  const kept = await (clients.get(last.name) as Client).lock("kept")
  const lost = await (clients.get(leader.name) as Client).lock("passed-on")
  const next = (clients.get(other.name) as Client).lock("passed-on")
  leader.program.signal("SIGKILL")
  const got = await next
  t.ok(got.token > lost.token, "the lock of whom the leader took along is the next one's")
  t.notOk(kept.signal.aborted, "and a clock that jumps from leader to leader ends nobody's session")
  await kept.release()
  await got.release()
})
