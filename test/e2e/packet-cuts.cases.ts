import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { type Client, ConclaveError, connect, type Lock } from "@conclave/sdk"
import { type Test, test } from "tap"
import { type StartedAgent, startAgent } from "./started-agent.ts"
import { SwitchedNetwork } from "./switched-network.ts"

const POLL_MS = 20
const LIMIT = { timeout: 300_000 }
/** A machine that is slow for seconds ends no session that shall live on. */
const TTL_MS = 8000

interface Stage {
  readonly network: SwitchedNetwork
  readonly clients: readonly Client[]
  /** Which of them is at the leader's host, and in which term. */
  readonly leader: number
  readonly others: readonly number[]
  readonly term: string
}

interface Reign {
  readonly leader: string | null
  readonly term: string
}

/**
 * Three voters on hosts of their own, with an application on each; undefined where no packet can be lost on purpose.
 */
async function threeHosts(t: Test): Promise<Stage | undefined> {
  const network = await SwitchedNetwork.open(t, 3)
  if (network === undefined) return undefined
  const folder = mkdtempSync(join(tmpdir(), "conclave-test-"))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const agents: StartedAgent[] = []
  for (const [index, name] of NAMES.entries()) {
    const way = agents[0] === undefined ? ["--bootstrap"] : ["--join", agents[0].addr]
    agents.push(await startAgent(t, { folder, name, place: network.place(index) }, ...way))
  }
  const clients = await Promise.all(agents.map(({ socket }) => connect({ socket, ttlMs: TTL_MS })))
  t.teardown(() => Promise.all(clients.map((each) => each.close())))
  const all = [0, 1, 2]
  const reigns = await Promise.all(
    clients.map((each) => until(each, (reign, { raft }) => reign.leader !== null && raft?.canLose === 1)),
  )
  const leader = NAMES.indexOf(reigns[0]?.leader ?? "")
  const others = all.filter((index) => index !== leader)
  return { network, clients, leader, others, term: reigns[0]?.term ?? "" }
}

const NAMES = ["n1", "n2", "n3"]

type Status = Awaited<ReturnType<Client["status"]>>

/** What a client's agent knows of the group, once it is so. */
async function until(client: Client, isSo: (reign: Reign, status: Status) => boolean): Promise<Reign> {
  for (;;) {
    const status = await client.status()
    const reign = { leader: status.raft?.leader ?? null, term: String(status.raft?.term ?? 0) }
    if (isSo(reign, status)) return reign
    await delay(POLL_MS)
  }
}

function at(stage: Stage, index: number | undefined): Client {
  const client = stage.clients[index ?? -1]
  if (client === undefined) throw new Error(`there is no client ${index}`)
  return client
}

test(
  "a leader that hears nobody gives way, and its holder knows before the next one has the lock",
  LIMIT,
  async (t) => {
    const stage = await threeHosts(t)
    if (stage === undefined) return
    const { network, leader, others } = stage
    const cutOff = at(stage, leader)
    const held = await cutOff.lock("backup")
    const waiting = at(stage, others[0])
      .lock("backup")
      .then((next) => ({ next, wasHeld: held.held }))
    network.cut([leader], others)
    network.cut(others, [leader])
    const refused = await cutOff.lock("elsewhere", { waitMs: 100 }).catch((error: unknown) => error)
    t.match(refused, { code: /^(NO_QUORUM|TIMEOUT|SESSION_LOST|WAIT_TIMEOUT)$/ }, "who reaches nobody is told so")
    const { next, wasHeld } = await waiting
    t.notOk(wasHeld, "the holder did not believe any more")
    t.ok(next.token > held.token, "and tokens grow")
    network.heal()
    await next.release()
    await until(cutOff, (reign) => reign.leader !== null && reign.leader !== NAMES[leader])
    const again = await cutOff.lock("backup")
    t.ok(again.token > next.token, "and its application goes on with a session of its own")
  },
)

for (const way of ["what the leader says is lost", "what it is told is lost"]) {
  test(`of a link that works in one direction alone: where ${way}, another leads`, LIMIT, async (t) => {
    const stage = await threeHosts(t)
    if (stage === undefined) return
    const { network, leader, others } = stage
    if (way.startsWith("what the leader")) network.cut([leader], others)
    else network.cut(others, [leader])
    for (const index of others)
      await until(at(stage, index), (reign) => reign.leader !== null && reign.leader !== NAMES[leader])
    const lock = await at(stage, others[1]).lock("goes-on")
    network.heal()
    await until(at(stage, leader), (reign) => reign.leader !== null && reign.leader !== NAMES[leader])
    t.ok(lock.held, "and what it granted stays granted")
  })
}

/** A session that took longer to open than it lives is lost before it is of use; the next one knows the way. */
async function firstLock(client: Client, name: string): Promise<Lock> {
  for (;;) {
    try {
      return await client.lock(name)
    } catch (error) {
      if (!ConclaveError.is(error, "SESSION_LOST")) throw error
    }
  }
}

/** A lock, and who holds it by the cluster's word while it is believed in: on a slow machine a session may be lost. */
async function lockSeen(client: Client, name: string): Promise<{ readonly token: bigint; readonly seen: unknown }> {
  for (;;) {
    const lock = await firstLock(client, name)
    const { holders } = await client.request("hold.get", { kind: "lock", name })
    if (lock.held) return { token: lock.token, seen: holders }
  }
}

test(
  "a follower that only the leader cannot reach deposes nobody, and serves its applications through the other",
  LIMIT,
  async (t) => {
    const stage = await threeHosts(t)
    if (stage === undefined) return
    const { network, leader, others, term } = stage
    const [lonely = 0, between = 0] = others
    network.cut([leader], [lonely])
    network.cut([lonely], [leader])
    await until(at(stage, lonely), (reign) => reign.leader === null)
    const lock = await at(stage, between).lock("goes-on")
    t.ok(lock.held, "nor does anybody else notice")
    const own = await lockSeen(at(stage, lonely), "its-own")
    t.match(own.seen, [{ token: own.token }])
    const queued = at(stage, lonely).lock("goes-on")
    await lock.release()
    const next = await queued
    t.ok(next.token > lock.token, "who waits there hears of its grant")
    network.heal()
    const healed = await until(at(stage, lonely), (reign) => reign.leader !== null)
    t.same(healed, { leader: NAMES[leader], term }, "the same leader in the same term")
  },
)
