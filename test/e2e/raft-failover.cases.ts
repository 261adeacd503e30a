import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { test } from "tap"
import { untilVoters } from "./recovering.ts"
import { type StartedAgent, startAgent } from "./started-agent.ts"

function newLeader({ program }: StartedAgent, term: number): Promise<string> {
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
  const n1 = await startAgent(t, { folder, name: "n1" }, "--bootstrap")
  const n2 = await startAgent(t, { folder, name: "n2" }, "--join", n1.addr)
  const n3 = await startAgent(t, { folder, name: "n3" }, "--join", n1.addr)
  await untilVoters(t, n3, 3)
  const first = JSON.parse(await newLeader(n1, 1)) as { term: number }
  process.kill(n1.pid, "SIGKILL")
  const told = await Promise.all([n2, n3].map((each) => newLeader(each, first.term + 1)))
  const leaders = new Set(told.map((line) => (JSON.parse(line) as { leader: string }).leader))
  t.equal(leaders.size, 1, "both follow the same one")
  const again = await startAgent(t, { folder, name: "n1" }, "--bootstrap", "--join", n2.addr)
  const back = JSON.parse(await newLeader(again, first.term + 1)) as { leader: string }
  t.ok(leaders.has(back.leader), "it founds nothing and follows, too")
  await untilVoters(t, again, 3)
})
