import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { connect } from "@conclave/sdk"
import { type Test, test } from "tap"
import type { Ended } from "../program.ts"
import { answerOf, die, recover, refusalOf, untilVoters } from "./recovering.ts"
import { type StartedAgent, startAgent } from "./started-agent.ts"

function dataOf(folder: string, name: string): string {
  return join(folder, name, "data")
}

function agent(t: Test, folder: string, name: string, ...more: readonly string[]): Promise<StartedAgent> {
  return startAgent(t, { folder, name }, ...more)
}

/** Takes and gives back a lock, as an application on the host of this agent. */
async function tokenThrough({ socket }: StartedAgent): Promise<bigint> {
  await using client = await connect({ socket, waitMs: 60_000 })
  const held = await client.lock("orders")
  const { token } = held
  await held.release()
  return token
}

test("of three voters two are lost for good: the third goes on by raft recover, no token repeats, others join again", {
  timeout: 600_000,
}, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "conclave-test-"))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const n1 = await agent(t, folder, "n1", "--bootstrap")
  const n2 = await agent(t, folder, "n2", "--join", n1.addr)
  const n3 = await agent(t, folder, "n3", "--join", n1.addr)
  await untilVoters(t, n3, 3)
  const before = await tokenThrough(n3)
  const running = await refusalOf(recover(t, "collect", "--data-dir", dataOf(folder, "n3")))
  t.match(running, { code: 7, message: /uses the data directory/ })
  await die(n1, n2, n3)

  const files: string[] = []
  for (const name of ["n1", "n2", "n3"]) {
    const { stdout } = await recover(t, "collect", "--data-dir", dataOf(folder, name))
    files.push(join(folder, `${name}.json`))
    writeFileSync(files.at(-1) as string, stdout)
  }
  const plan = join(folder, "plan.json")
  t.match(await refusalOf(recover(t, "plan", ...files, "--plan", plan)), { code: 7, message: /a quorum of the voters/ })
  rmSync(join(folder, "n1"), { recursive: true })

  const third = files[2] as string
  const found = await answerOf<{ clusterId: string; replica: string; voters: string[]; problems: string[] }>(
    recover(t, "collect", "--data-dir", dataOf(folder, "n3")),
  )
  t.equal(found.voters.length, 3)
  t.same(found.problems, [])
  const planned = await answerOf<{ survivor: string; mayBeLost: string[]; tokenFloor: string; plan: string }>(
    recover(t, "plan", third, "--plan", plan),
  )
  t.equal(planned.survivor, found.replica)
  t.ok(planned.mayBeLost.length > 0 && BigInt(planned.tokenFloor) > before)

  const apply = (name: string, confirm: string): Promise<Ended> =>
    recover(t, "apply", "--data-dir", dataOf(folder, name), "--plan", plan, "--confirm", confirm)
  t.match(await refusalOf(apply("n3", "another")), { code: 7, message: /another/ })
  t.match(await answerOf(apply("n3", found.clusterId)), { applied: true, outcome: "recovered" })
  t.match(await answerOf(apply("n3", found.clusterId)), { applied: false }, "a second time it does nothing")
  t.match(await answerOf(apply("n2", found.clusterId)), { applied: true, outcome: "set-aside" })

  const alone = await agent(t, folder, "n3")
  const after = await tokenThrough(alone)
  t.ok(after > BigInt(planned.tokenFloor) && after > before, `${before}, then ${after}`)
  const second = await agent(t, folder, "n2", "--join", alone.addr)
  const fresh = await agent(t, folder, "n4", "--join", alone.addr)
  await untilVoters(t, fresh, 3)
  t.ok((await tokenThrough(second)) > after)
  t.ok((await tokenThrough(fresh)) > after)
})
