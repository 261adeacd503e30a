import { mkdtempSync, rmSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { type Client, connect } from "@conclave/sdk"
import { type Test, test } from "tap"
import { Program } from "../program.ts"
import { NattedNetwork, type Translation } from "./natted-network.ts"
import { type StartedAgent, startAgent } from "./started-agent.ts"

const POLL_MS = 50
const LIMIT = { timeout: 300_000 }
const NODE = "203.0.113.1:49737"
const NODES = fileURLToPath(new URL("../../../dht/dist/nodes.js", import.meta.url))
const IS_INSTALLED = isInstalled()

function isInstalled(): boolean {
  try {
    createRequire(NODES).resolve("hyperdht")
    return true
  } catch {
    console.error("SKIPPED: the DHT's library is not installed: npm ci")
    return false
  }
}

interface Stage {
  readonly network: NattedNetwork
  readonly start: (name: string, index: number | "internet", ...more: readonly string[]) => Promise<StartedAgent>
}

/** A node of the table on the public network, and nothing else that all hosts could reach. */
async function stage(t: Test, ...translations: readonly Translation[]): Promise<Stage | undefined> {
  if (!IS_INSTALLED) return undefined
  const network = await NattedNetwork.open(t, translations)
  if (network === undefined) return undefined
  const folder = mkdtempSync(join(tmpdir(), "conclave-test-"))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const nodes = new Program(t, [...network.internet.enter, process.execPath, NODES, NODE])
  await nodes.line((line) => line.includes("are ready"))
  const start: Stage["start"] = (name, index, ...more) => {
    const place = index === "internet" ? network.internet : network.place(index)
    return startAgent(t, { folder, name, place }, "--dht", "--dht-bootstrap", NODE, ...more)
  }
  return { network, start }
}

async function clientOf(t: Test, { socket }: StartedAgent): Promise<Client> {
  const client = await connect({ socket })
  t.teardown(() => client.close())
  return client
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await delay(POLL_MS)
}

async function alive(client: Client): Promise<number> {
  return (await client.status()).members.alive
}

/** What the DHT did not do, as its operator reads it. */
async function complaint(client: Client): Promise<string> {
  const { warnings } = await client.status()
  return warnings.find(({ code }) => code === "discovery-dht")?.message ?? ""
}

test("two agents behind NATs of their own meet in a DHT: joins, gossip and locks go between them", LIMIT, async (t) => {
  const own = await stage(t, "masquerade", "masquerade")
  if (own === undefined) return
  const a = await clientOf(t, await own.start("a", 0, "--bootstrap"))
  const b = await clientOf(t, await own.start("b", 1))
  await until(async () => (await alive(a)) === 2 && (await alive(b)) === 2)
  const held = await b.lock("shared")
  const refused = await a.lock("shared", { waitMs: 100 }).catch((error: unknown) => error)
  t.match(refused, { code: "WAIT_TIMEOUT" })
  await held.release()
  t.ok((await a.lock("shared")).token > held.token, "one group decides for both")
  const { items } = await a.request("ping", { name: "b", count: 20 })
  for (const path of ["tcp", "udp"])
    t.ok(
      items.some((each) => each.path === path && each.received > 0),
      path,
    )
  t.same([await complaint(a), await complaint(b)], ["", ""])
})

test("an agent that all can reach, one behind a NAT, and one behind a worse one are one cluster", LIMIT, async (t) => {
  const own = await stage(t, "masquerade", "masquerade random")
  if (own === undefined) return
  const all = [
    await clientOf(t, await own.start("a", "internet")),
    await clientOf(t, await own.start("b", 0)),
    await clientOf(t, await own.start("c", 1)),
  ]
  await until(async () => (await Promise.all(all.map(alive))).every((count) => count === 3))
  t.pass("each knows all three")
})

test(
  "two agents behind NATs that take another port for each destination do not meet, and are told why",
  LIMIT,
  async (t) => {
    const own = await stage(t, "masquerade random", "masquerade random")
    if (own === undefined) return
    const both = [await clientOf(t, await own.start("a", 0)), await clientOf(t, await own.start("b", 1))]
    const reason =
      /^the DHT gives nobody: 1 of 1 announced cannot be reached: the NAT before this host takes another port/
    await until(async () => (await Promise.all(both.map(complaint))).every((each) => reason.test(each)))
    t.same(await Promise.all(both.map(alive)), [1, 1])
    const { ready } = (await both[0]?.status()) ?? {}
    t.type(ready, "boolean", "and both go on")
  },
)
