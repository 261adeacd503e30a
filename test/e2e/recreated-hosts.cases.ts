import { cpSync, lstatSync, mkdtempSync, readdirSync, renameSync, rmSync, statfsSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Client, connect } from "@conclave/sdk"
import { type Test, test } from "tap"
import { answerOf, die, lockRefusal, recover, untilAlike, untilVoters } from "./recovering.ts"
import { type StartedAgent, startAgent } from "./started-agent.ts"

const NAMES = ["n1", "n2", "n3"] as const
/** Long enough for an application to live through all of this. */
const TTL_MS = 300_000
/** Types of statfs(2) whose inode numbers say nothing: tmpfs, ramfs, overlayfs. */
const PASSING: readonly number[] = [0x01021994, 0x858458f6, 0x794c7630]
const MOVED = "replica-data-directory-moved"

interface Hosts {
  readonly folder: string
  readonly agents: readonly StartedAgent[]
}

function dataOf(folder: string, name: string): string {
  return join(folder, name, "data")
}

async function threeHosts(t: Test): Promise<Hosts> {
  const folder = mkdtempSync(join(tmpdir(), "conclave-test-"))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const first = await startAgent(t, { folder, name: "n1" }, "--bootstrap")
  const others = NAMES.slice(1).map((name) => startAgent(t, { folder, name }, "--join", first.addr))
  const agents = [first, ...(await Promise.all(others))]
  await untilVoters(t, first, 3)
  return { folder, agents }
}

/** The data of a host comes back in another directory, as when its disk is copied to a new machine. */
function recreate(folder: string, name: string): void {
  const old = join(folder, `${name}.old`)
  renameSync(dataOf(folder, name), old)
  cpSync(old, dataOf(folder, name), { recursive: true, filter: (path) => !lstatSync(path).isSocket() })
  rmSync(old, { recursive: true })
}

async function restart(t: Test, { folder, agents }: Hosts): Promise<readonly StartedAgent[]> {
  const join = agents.flatMap(({ addr }) => ["--join", addr])
  return await Promise.all(
    agents.map(({ name, addr }) => startAgent(t, { folder, name, place: { enter: [], bind: addr } }, ...join)),
  )
}

/** Collects from these hosts, plans, and carries the plan out on each of them. */
async function recovered(
  t: Test,
  folder: string,
  names: readonly string[],
): Promise<{ readonly tokenFloor: bigint; readonly survivor: string; readonly outcomes: readonly string[] }> {
  const files: string[] = []
  let clusterId = ""
  for (const name of names) {
    const found = await answerOf<{ clusterId: string }>(recover(t, "collect", "--data-dir", dataOf(folder, name)))
    clusterId = found.clusterId
    files.push(join(folder, `${name}.json`))
    writeFileSync(files.at(-1) as string, JSON.stringify(found))
  }
  const plan = join(folder, "plan.json")
  const { tokenFloor, survivor } = await answerOf<{ tokenFloor: string; survivor: string }>(
    recover(t, "plan", ...files, "--plan", plan),
  )
  const outcomes: string[] = []
  for (const name of names) {
    const words = ["apply", "--data-dir", dataOf(folder, name), "--plan", plan, "--confirm", clusterId]
    outcomes.push((await answerOf<{ outcome: string }>(recover(t, ...words))).outcome)
  }
  return { tokenFloor: BigInt(tokenFloor), survivor, outcomes }
}

/** What it warns of, once it has looked at its log; undefined where it goes on with that as if nothing were. */
async function hintAgainstMoving({ socket }: StartedAgent): Promise<string | undefined> {
  await using client = await connect({ socket, waitMs: 60_000 })
  for (;;) {
    const { warnings, ready } = await client.status()
    const warned = warnings.find(({ code }) => code === MOVED)
    if (warned !== undefined || ready) return warned?.hint
  }
}

/** Tokens that were given for a name, with who holds it now last. */
async function tokensOf(client: Client, kind: "lock" | "election", name: string): Promise<readonly bigint[]> {
  const { history, holders } = await client.request("hold.get", { kind, name })
  return [...history, ...holders].map(({ token }) => BigInt(token))
}

test("all three hosts are recreated at once: nothing opens by itself, and nothing is lost that was acknowledged", {
  timeout: 600_000,
}, async (t) => {
  if (PASSING.includes(statfsSync(tmpdir()).type)) {
    console.error("SKIPPED: a directory that was copied is not told apart on the file system of /tmp")
    return
  }
  const hosts = await threeHosts(t)
  const { folder, agents } = hosts
  const [n1, n2, n3] = agents as [StartedAgent, StartedAgent, StartedAgent]
  const client = await connect({ socket: n2.socket, ttlMs: TTL_MS })
  t.teardown(() => client.close())
  const past: bigint[] = []
  for (let turn = 0; turn < 5; turn++) {
    const lock = await client.lock("orders")
    past.push(lock.token)
    await lock.release()
  }
  const kept = await client.lock("kept", { note: "through it all" })
  const leadership = await client.election("boss").campaign({ value: { at: "n2" } })
  await die(n1, n2, n3)
  for (const name of NAMES) recreate(folder, name)

  let again = await restart(t, hosts)
  for (const hint of await Promise.all(again.map(hintAgainstMoving))) t.match(hint, /raft recover/)
  await using newcomer = await connect({ socket: n1.socket, waitMs: 60_000 })
  t.match(await lockRefusal(newcomer), { code: "NO_QUORUM" }, "nobody serves what nobody vouches for")
  await die(...again)
  for (const name of NAMES) t.same(logsIn(folder, name), ["raft"], "the files stay where they were")

  const { tokenFloor, outcomes } = await recovered(t, folder, NAMES)
  t.same([...outcomes].sort(), ["recovered", "set-aside", "set-aside"])
  again = await restart(t, hosts)
  await client.ready()
  t.same(await tokensOf(client, "lock", "orders"), past)
  t.same(await tokensOf(client, "lock", "kept"), [kept.token])
  t.match(await client.election<{ at: string }>("boss").leader(), { token: leadership.token, value: { at: "n2" } })
  t.ok(kept.held && leadership.held, "an application that lives through it holds on")
  const next = await client.lock("orders")
  t.ok(next.token > tokenFloor && next.token > leadership.token, `${leadership.token}, then ${next.token}`)
  await untilVoters(t, again[0] as StartedAgent, 3)
  await kept.release()
  t.ok((await client.lock("kept")).token > next.token)
})

function logsIn(folder: string, name: string): readonly string[] {
  return readdirSync(dataOf(folder, name)).filter((each) => each.startsWith("raft"))
}

test("a log that was put aside can be recovered from when the one that went on is lost, too", {
  timeout: 600_000,
}, async (t) => {
  const hosts = await threeHosts(t)
  const { folder, agents } = hosts
  const client = await connect({ socket: (agents[1] as StartedAgent).socket, ttlMs: TTL_MS })
  t.teardown(() => client.close())
  const kept = await client.lock("kept")
  // Acknowledged is what two of three have, and two of three are lost.
  await untilAlike(t, agents)
  await die(...agents)
  // One host is lost, and the others are recreated: no quorum opens.
  rmSync(dataOf(folder, "n1"), { recursive: true })
  for (const name of ["n2", "n3"]) recreate(folder, name)
  const first = await recovered(t, folder, ["n2", "n3"])
  const [lost, left] = first.outcomes[0] === "recovered" ? ["n2", "n3"] : ["n3", "n2"]
  rmSync(dataOf(folder, lost as string), { recursive: true })
  const aside = join(dataOf(folder, left as string), "raft.ended-1")
  t.match(
    await answerOf<{ problems: string[] }>(recover(t, "collect", "--data-dir", dataOf(folder, left as string))),
    { problems: [/raft\.ended-1/] },
    "it is said where one lies",
  )
  renameSync(aside, join(dataOf(folder, left as string), "raft"))
  const second = await recovered(t, folder, [left as string])
  t.same(second.outcomes, ["recovered"])
  const again = await restart(t, hosts)
  await client.ready()
  t.same(await tokensOf(client, "lock", "kept"), [kept.token])
  t.ok((await client.lock("next")).token > second.tokenFloor)
  await untilVoters(t, again[0] as StartedAgent, 3)
})
