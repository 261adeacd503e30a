import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Test, test } from "tap"
import { conclave, type Program } from "../program.ts"

interface Agent {
  readonly program: Program
  readonly socket: string
  readonly pid: number
  readonly addr: string
}

async function agent(t: Test, folder: string, name: string, ...more: readonly string[]): Promise<Agent> {
  const home = join(folder, name)
  const socket = join(home, "a.sock")
  const program = conclave(
    t,
    ...["agent", "--config", "/dev/null", "--insecure", "--bind", "127.0.0.1:0", "--profile", "local"],
    ...["--name", name, "--data-dir", join(home, "data"), "--socket", socket, "--admin-socket", join(home, "b.sock")],
    ...["--http-addr", "off", "--log-format", "json", ...more],
  )
  const { pid, addr } = JSON.parse(await program.line((line) => line.includes('"agent.ready"')))
  return { program, socket, pid, addr }
}

/** What each member is to the group, as this agent hears it. */
async function roles(t: Test, { socket }: Agent): Promise<readonly string[]> {
  const { stdout } = await conclave(t, "members", "--json", "--socket", socket).ended
  const { items } = JSON.parse(stdout) as { items: readonly { raft: string }[] }
  return items.map(({ raft }) => raft).sort()
}

async function untilRoles(t: Test, of: Agent, wanted: readonly string[]): Promise<void> {
  while (JSON.stringify(await roles(t, of)) !== JSON.stringify(wanted));
}

function newLeader({ program }: Agent, term: number): Promise<string> {
  return program.line((line) => {
    if (!line.includes('"raft.leader"')) return false
    return (JSON.parse(line) as { term: number }).term >= term
  })
}

test("three agents vote by themselves; one killed while it leads has a successor, and comes back", {
  timeout: 300_000,
}, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "conclave-test-"))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const n1 = await agent(t, folder, "n1", "--bootstrap")
  const n2 = await agent(t, folder, "n2", "--join", n1.addr)
  const n3 = await agent(t, folder, "n3", "--join", n1.addr)
  await untilRoles(t, n3, ["voter", "voter", "voter"])
  const first = JSON.parse(await newLeader(n1, 1)) as { term: number }
  process.kill(n1.pid, "SIGKILL")
  const told = await Promise.all([n2, n3].map((each) => newLeader(each, first.term + 1)))
  const leaders = new Set(told.map((line) => (JSON.parse(line) as { leader: string }).leader))
  t.equal(leaders.size, 1, "both follow the same one")
  const again = await agent(t, folder, "n1", "--bootstrap", "--join", n2.addr)
  const back = JSON.parse(await newLeader(again, first.term + 1)) as { leader: string }
  t.ok(leaders.has(back.leader), "it founds nothing and follows, too")
  await untilRoles(t, again, ["voter", "voter", "voter"])
})
