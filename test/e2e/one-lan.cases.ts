import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { type Client, connect } from "@conclave/sdk"
import { type Test, test } from "tap"
import { type StartedAgent, startAgent } from "./started-agent.ts"
import { SwitchedNetwork } from "./switched-network.ts"

const POLL_MS = 50
const LIMIT = { timeout: 300_000 }
const MULTICAST = ["224.0.0.0/4", "dev"]

interface Started {
  readonly agent: StartedAgent
  readonly client: Client
}

interface Stage {
  readonly network: SwitchedNetwork
  /** An agent on that host that knows nobody, and asks the network; agents of one fleet have the same keys. */
  readonly start: (index: number, fleet: string, ...more: readonly string[]) => Promise<Started>
  /** Whether multicast goes anywhere from that host. */
  readonly route: (index: number, verb: "add" | "del") => void
}

async function oneLan(t: Test, hosts: number): Promise<Stage | undefined> {
  const network = await SwitchedNetwork.open(t, hosts)
  if (network === undefined) return undefined
  const folder = mkdtempSync(join(tmpdir(), "conclave-test-"))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const start: Stage["start"] = async (index, fleet, ...more) => {
    const own = { folder: join(folder, fleet), name: `n${index + 1}`, place: network.place(index) }
    const agent = await startAgent(t, own, "--mdns", ...more)
    const client = await connect({ socket: agent.socket })
    t.teardown(() => client.close())
    return { agent, client }
  }
  const route: Stage["route"] = (index, verb) => {
    const [program = "", ...args] = [...network.place(index).enter, "ip", "route", verb, ...MULTICAST]
    const done = spawnSync(program, [...args, `wire${index + 1}`], { encoding: "utf8" })
    if (done.status !== 0) throw new Error(done.stderr)
  }
  for (let index = 0; index < hosts; index++) route(index, "add")
  return { network, start, route }
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await delay(POLL_MS)
}

async function alive({ client }: Started): Promise<number> {
  return (await client.status()).members.alive
}

async function warning({ client }: Started, code: string): Promise<{ message: string; hint: string } | undefined> {
  return (await client.status()).warnings.find((each) => each.code === code)
}

test(
  "three agents without an address find each other, and a fourth with other keys reads why it has nothing",
  LIMIT,
  async (t) => {
    const lan = await oneLan(t, 4)
    if (lan === undefined) return
    const three = [await lan.start(0, "a"), await lan.start(1, "a"), await lan.start(2, "a")]
    await until(async () => (await Promise.all(three.map(alive))).every((count) => count === 3))
    const fourth = await lan.start(3, "b")
    const told = /nobody lets this agent join: .*it does not let this agent in: compare the joinKeyFile/
    await until(async () => told.test((await warning(fourth, "discovery-mdns"))?.message ?? ""))
    await fourth.agent.program.line((line) => line.includes('"discovery.refused"'))
    await Promise.race(three.map(({ agent }) => agent.program.line((line) => line.includes('"link.refused"'))))
    t.equal(await alive(fourth), 1, "it has heard of nobody")
    t.same(await Promise.all(three.map(alive)), [3, 3, 3], "and nobody of it")
    t.same(await Promise.all(three.map((each) => warning(each, "discovery-mdns"))), [undefined, undefined, undefined])
  },
)

test(
  "a host without a route for multicast says that it cannot be found, and is as soon as it has one",
  LIMIT,
  async (t) => {
    const lan = await oneLan(t, 2)
    if (lan === undefined) return
    lan.route(1, "del")
    const [one, deaf] = [await lan.start(0, "a"), await lan.start(1, "a")]
    const isDeaf = /does not hear its own announcement/
    await until(async () => isDeaf.test((await warning(deaf, "discovery-mdns"))?.message ?? ""))
    t.match(await warning(deaf, "discovery-mdns"), { hint: /ip route add 224\.0\.0\.0\/4/ })
    lan.route(1, "add")
    await until(async () => (await alive(one)) === 2 && (await alive(deaf)) === 2)
    await until(async () => (await warning(deaf, "discovery-mdns")) === undefined)
    t.pass("and says so no more")
  },
)

test("two clusters with one name on one network stay two, and both say so", LIMIT, async (t) => {
  const lan = await oneLan(t, 2)
  if (lan === undefined) return
  lan.network.cut([0], [1])
  lan.network.cut([1], [0])
  const both = [await lan.start(0, "a", "--bootstrap"), await lan.start(1, "a", "--bootstrap")]
  const holders = await Promise.all(both.map(({ client }) => client.lock("one")))
  lan.network.heal()
  await until(async () => (await Promise.all(both.map((each) => warning(each, "other-cluster")))).every(Boolean))
  t.ok(
    holders.every(({ held }) => held),
    "each lock is that of its own cluster",
  )
  const leaders = await Promise.all(both.map(async ({ client }) => (await client.status()).raft?.leader))
  t.same(leaders, ["n1", "n2"])
  await Promise.all(holders.map((each) => each.release()))
  for (const { client } of both) await (await client.lock("one")).release()
  t.same(await Promise.all(both.map(async ({ client }) => (await client.status()).raft?.voters)), [1, 1])
})
