import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { connect } from "@conclave/sdk"
import type { Keyring, Member } from "@conclave/sdk/wire.gen"
import { type Test, test } from "tap"
import { sharedKeys } from "../key-files.ts"
import { conclave } from "../program.ts"
import { type StartedAgent, startAgent } from "./started-agent.ts"
import { SwitchedNetwork } from "./switched-network.ts"

const LIMIT = { timeout: 600_000 }
const NAMES = ["n1", "n2", "n3", "n4", "n5"]
const LOST_PERCENT = 5
const POLL_MS = 50

interface Fleet {
  readonly agents: StartedAgent[]
  readonly start: (index: number) => Promise<void>
}

/** Five hosts that lose packets, each with key files of its own; undefined where none can be lost on purpose. */
async function lossyFleet(t: Test): Promise<Fleet | undefined> {
  const network = await SwitchedNetwork.open(t, NAMES.length)
  if (network === undefined) return undefined
  network.lose(LOST_PERCENT)
  const folder = mkdtempSync(join(tmpdir(), "conclave-test-"))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const shared = sharedKeys(folder).filter((path) => path.startsWith("/"))
  const agents: StartedAgent[] = []
  const start = async (index: number): Promise<void> => {
    const name = NAMES[index] as string
    const own = join(folder, name)
    if (agents[index] === undefined) {
      mkdirSync(own)
      for (const path of shared) copyFileSync(path, path.replace(folder, own))
    }
    const way = index === 0 ? [] : ["--join", agents[0]?.addr ?? ""]
    agents[index] = await startAgent(t, { folder: own, name, place: network.place(index), profile: "lan" }, ...way)
  }
  for (const index of NAMES.keys()) await start(index)
  await Promise.all(agents.map((agent) => settled(agent)))
  return { agents, start }
}

async function settled({ socket }: StartedAgent): Promise<void> {
  const client = await connect({ socket })
  try {
    while ((await client.status()).members.alive !== NAMES.length) await delay(POLL_MS)
  } finally {
    await client.close()
  }
}

interface Ended {
  readonly code: number | null
  readonly keyring: Keyring | undefined
}

function adminOf({ socket }: StartedAgent): string {
  return socket.replace(/a\.sock$/, "b.sock")
}

/** The command, as an operator at that host gives it. */
async function keyring(t: Test, agent: StartedAgent, ...argv: readonly string[]): Promise<Ended> {
  const { code, stdout } = await conclave(t, "keyring", ...argv, "--json", "--admin-socket", adminOf(agent)).ended
  return { code, keyring: stdout === "" ? undefined : JSON.parse(stdout) }
}

/** Whom it has taken for dead since its start. */
async function deadFor(t: Test, { socket }: StartedAgent): Promise<readonly string[]> {
  const asked = ["events", "--kind", "member.dead", "--json", "--socket", socket]
  const { stdout } = await conclave(t, ...asked).ended
  return stdout.split("\n").filter((line) => line !== "")
}

function fileOf({ socket }: StartedAgent): string {
  return readFileSync(join(socket, "..", "..", "shared-gossip.key"), "utf8")
}

async function membersOf({ socket }: StartedAgent, name: string): Promise<readonly Member[]> {
  const client = await connect({ socket })
  try {
    return (await client.request("members.list", {})).items.filter((each) => each.name === name)
  } finally {
    await client.close()
  }
}

/** Nobody was taken for dead, and each hears each. */
async function isWhole(t: Test, agents: readonly StartedAgent[]): Promise<void> {
  await Promise.all(agents.map((agent) => settled(agent)))
  for (const agent of agents) {
    t.same(await deadFor(t, agent), [], `${agent.name} has taken nobody for dead`)
    const client = await connect({ socket: agent.socket })
    for (const name of NAMES.filter((each) => each !== agent.name)) {
      const { items } = await client.request("ping", { name, count: 5 })
      t.ok(Number(items.find(({ path: way }) => way === "udp")?.received) > 0, `${agent.name} hears ${name}`)
    }
    await client.close()
  }
}

test(
  "the gossip key is rotated while packets are lost and an agent restarts: nobody is lost, and nobody taken for dead",
  LIMIT,
  async (t) => {
    const fleet = await lossyFleet(t)
    if (fleet === undefined) return
    const { agents, start } = fleet
    const [first, , third] = agents as [StartedAgent, StartedAgent, StartedAgent]
    const before = fileOf(first)
    t.match(await keyring(t, agents[4] as StartedAgent, "rotate"), { code: 0, keyring: { phase: "done", failed: [] } })
    t.not(fileOf(first), before)

    const path = join(first.socket, "..", "next.key")
    const { stdout } = await conclave(t, "keyring", "gen").ended
    writeFileSync(path, stdout, { mode: 0o600 })
    t.match(await keyring(t, first, "install", path), { code: 0, keyring: { failed: [], items: [{}, {}] } })
    process.kill(third.pid, "SIGTERM")
    await third.program.ended
    const held = await keyring(t, first, "rotate", "--timeout", "4s")
    t.match(held, { code: 9, keyring: { phase: "install" } }, "while it is away nobody goes on")
    // Where packets are lost another may be late, too.
    t.ok(
      held.keyring?.failed.some(({ name }) => name === "n3"),
      "and it is named",
    )
    const going = keyring(t, agents[1] as StartedAgent, "rotate")
    await start(2)
    const gone = await going
    t.match(gone, { code: 0, keyring: { phase: "done", failed: [] } }, "and it is waited for")
    t.same(gone.keyring?.items, [{ ...gone.keyring?.items[0], primary: true, members: 5, of: 5, missing: [] }])
    t.same(new Set(agents.map(fileOf)), new Set([`${stdout.trim()} 2\n`]))

    await isWhole(t, agents)
  },
)

test("a host is given another key while packets are lost and an agent restarts: nobody is lost", LIMIT, async (t) => {
  const fleet = await lossyFleet(t)
  if (fleet === undefined) return
  const { agents, start } = fleet
  const [first, , third, fourth] = agents as [StartedAgent, StartedAgent, StartedAgent, StartedAgent]
  const [former] = await membersOf(first, "n4")
  t.equal((await conclave(t, "leave", "--admin-socket", adminOf(fourth)).ended).code, 0)
  await fourth.program.ended
  rmSync(join(fourth.socket, "..", "data", "node.key"))
  process.kill(third.pid, "SIGTERM")
  await third.program.ended
  await Promise.all([start(3), start(2)])
  await isWhole(t, agents)
  for (const agent of agents) {
    const known = await membersOf(agent, "n4")
    const alive = known.filter(({ status }) => status === "alive")
    t.equal(alive.length, 1, `${agent.name} knows one n4 that lives`)
    t.not(alive[0]?.id, former?.id, "and it is a new member")
  }
})
