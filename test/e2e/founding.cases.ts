import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Test, test } from "tap"
import { conclave } from "../program.ts"
import { untilVoters } from "./recovering.ts"
import { type StartedAgent, startAgent } from "./started-agent.ts"

const LONG = { timeout: 300_000 }

interface Status {
  readonly clusterId: string | null
  readonly warnings: readonly { readonly code: string; readonly message: string }[]
}

function folderOf(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), "conclave-test-"))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** An agent that waits to found with two others, and knows where these are. */
function start(t: Test, folder: string, name: string, ...others: readonly StartedAgent[]): Promise<StartedAgent> {
  const joins = others.flatMap(({ addr }) => ["--join", addr])
  return startAgent(t, { folder, name }, "--bootstrap-expect", "3", ...joins)
}

async function statusOf(t: Test, { socket }: StartedAgent): Promise<Status> {
  return JSON.parse((await conclave(t, "status", "--json", "--socket", socket).ended).stdout) as Status
}

async function untilStatus(t: Test, agent: StartedAgent, holds: (status: Status) => boolean): Promise<Status> {
  for (;;) {
    const status = await statusOf(t, agent)
    if (holds(status)) return status
  }
}

async function clustersOf(t: Test, agents: readonly StartedAgent[]): Promise<ReadonlySet<string | null>> {
  const found = agents.map((agent) => untilStatus(t, agent, ({ clusterId }) => clusterId !== null))
  return new Set((await Promise.all(found)).map(({ clusterId }) => clusterId))
}

async function kill({ program }: StartedAgent): Promise<void> {
  program.signal("SIGKILL")
  await program.ended
}

test(
  "three agents found one cluster by themselves; a fourth joins it, and so does one that was wiped",
  LONG,
  async (t) => {
    const folder = folderOf(t)
    const n1 = await start(t, folder, "n1")
    const n2 = await start(t, folder, "n2", n1)
    const waits = ({ warnings }: Status): boolean =>
      warnings.some(({ message }) => /there are 2: n1, n2$/.test(message))
    await untilStatus(t, n1, waits)
    await untilStatus(t, n2, waits)
    const n3 = await start(t, folder, "n3", n1, n2)
    const clusters = await clustersOf(t, [n1, n2, n3])
    t.equal(clusters.size, 1)
    await untilVoters(t, n1, 3)
    const n4 = await startAgent(t, { folder, name: "n4" }, "--join", n1.addr)
    t.same(await clustersOf(t, [n4]), clusters)
    await kill(n3)
    rmSync(join(folder, "n3"), { recursive: true })
    const wiped = await start(t, folder, "n3", n1, n2)
    t.same(await clustersOf(t, [wiped]), clusters, "it founds nothing")
    t.notOk(wiped.program.lines.some((line) => line.includes('"raft.founded"')))
  },
)

test("whoever is killed while they found, one cluster comes of it", LONG, async (t) => {
  for (const victim of ["founder", "other"]) {
    const folder = folderOf(t)
    const n1 = await start(t, folder, "n1")
    const n2 = await start(t, folder, "n2", n1)
    const n3 = await start(t, folder, "n3", n1, n2)
    const agents = [n1, n2, n3]
    const word = victim === "founder" ? "this host asks" : "this host has promised"
    const first = await Promise.any(
      agents.map((each) => each.program.line((line) => line.includes(word)).then(() => each)),
    )
    await kill(first)
    const others = agents.filter((each) => each !== first)
    const again = await start(t, folder, first.name, ...others)
    t.equal((await clustersOf(t, [again, ...others])).size, 1, victim)
    await untilVoters(t, again, 3)
    await Promise.all([again, ...others].map(kill))
  }
})
