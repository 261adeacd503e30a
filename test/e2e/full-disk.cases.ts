import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Client, ConclaveError, connect, type Leadership, type Lock } from "@conclave/sdk"
import { type Test, test } from "tap"
import { conclave } from "../program.ts"
import { untilVoters } from "./recovering.ts"
import { type StartedAgent, startAgent } from "./started-agent.ts"

const DISK_BYTES = 12 * 1024 * 1024
/** As much as a candidacy may say. */
const VALUE = { text: "x".repeat(4_000) }

/** Everything here must work, whatever becomes of the disk. */
async function readsAndGivesBack(t: Test, client: Client, kept: Awaited<ReturnType<Client["lock"]>>): Promise<void> {
  t.match((await client.election("boss").leader())?.token, /\d/, "what is known is told")
  t.ok(kept.held, "sessions are renewed")
  await kept.release()
}

/**
 * A founder whose data lies on a small disk of its own, in a mount namespace; undefined, and said, where none may be
 * made.
 */
async function onSmallDisk(t: Test): Promise<SmallDisk | undefined> {
  const folder = mkdtempSync(join(tmpdir(), "conclave-test-"))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const data = join(folder, "n1/data")
  mkdirSync(data, { recursive: true })
  const mounted = `mount -t tmpfs -o mode=700,size=${DISK_BYTES} tmpfs "$0" && exec "$@"`
  const enter = ["unshare", "--map-root-user", "--mount", "sh", "-ec", mounted, data]
  if (spawnSync("unshare", [...enter.slice(1), "true"], { stdio: "ignore" }).status !== 0) {
    console.error("SKIPPED: a full disk needs a mount namespace")
    return undefined
  }
  const agent = await startAgent(t, { folder, name: "n1", place: { enter, bind: "127.0.0.1:0" } }, "--bootstrap")
  const inside = ["--target", String(agent.pid), "--user", "--mount", "--preserve-credentials"]
  const at = (...command: readonly string[]) => spawnSync("nsenter", [...inside, ...command]).status
  const others = join(data, "others")
  return {
    folder,
    agent,
    fill: () => t.not(at("sh", "-c", `cat /dev/zero > "${others}" 2> /dev/null`), 0, "the disk is full"),
    clear: () => t.equal(at("rm", others), 0),
  }
}

interface SmallDisk {
  readonly folder: string
  readonly agent: StartedAgent
  readonly fill: () => void
  readonly clear: () => void
}

/** Writes until that is refused. */
async function refusalOf(leadership: Leadership): Promise<unknown> {
  for (;;)
    try {
      await leadership.update({ value: VALUE })
    } catch (error) {
      return error
    }
}

/** As soon as new work is taken again. */
async function lockWithRoom(client: Client, name: string): Promise<Lock> {
  for (;;)
    try {
      return await client.lock(name)
    } catch (error) {
      if (!ConclaveError.is(error, "RESOURCE_EXHAUSTED")) throw error
    }
}

test("on a full disk new work is refused, and what is there is read, kept and given back", {
  timeout: 300_000,
}, async (t) => {
  const disk = await onSmallDisk(t)
  if (disk === undefined) return
  const { agent } = disk
  const client = await connect({ socket: agent.socket })
  t.teardown(() => client.close())
  await client.ready()
  const kept = await client.lock("kept")
  const leadership = await client.election("boss").campaign()
  disk.fill()
  t.match(await refusalOf(leadership), {
    code: "RESOURCE_EXHAUSTED",
    outcome: "not-applied",
    details: { limit: "disk" },
  })
  const warned = async () => (await client.status()).warnings.some(({ code }) => code === "disk-full")
  t.ok(await warned(), "operators see it")
  await t.rejects(client.tryLock("more"), { code: "RESOURCE_EXHAUSTED" })
  await readsAndGivesBack(t, client, kept)
  disk.clear()
  await lockWithRoom(client, "more")
  t.notOk(await warned())
  t.ok(leadership.held, "and all of that cost nobody anything")
})

test("while the disk of the leader of three is full, reads and releases go on at all of them, and nobody takes new work", {
  timeout: 600_000,
}, async (t) => {
  const disk = await onSmallDisk(t)
  if (disk === undefined) return
  const { folder, agent } = disk
  const second = await startAgent(t, { folder, name: "n2" }, "--join", agent.addr)
  const third = await startAgent(t, { folder, name: "n3" }, "--join", agent.addr)
  await untilVoters(t, agent, 3)
  const clients: Client[] = []
  for (const { socket } of [agent, second, third]) {
    const client = await connect({ socket, waitMs: 60_000 })
    t.teardown(() => client.close())
    await client.ready()
    clients.push(client)
  }
  const [first, ...others] = clients as [Client, Client, Client]
  const leads = async (): Promise<string | null | undefined> => (await first.status()).raft?.leader
  while ((await leads()) !== "n1") await conclave(t, "raft", "transfer", "n1", ...adminOf(folder)).ended
  const kept = await Promise.all(clients.map((client, at) => client.lock(`kept-${at}`)))
  const leadership = await others[0].election("boss").campaign()
  disk.fill()
  t.match(await refusalOf(leadership), { code: "RESOURCE_EXHAUSTED", details: { limit: "disk" } })
  for (const [at, client] of clients.entries()) {
    await t.rejects(client.tryLock("more"), { code: "RESOURCE_EXHAUSTED", outcome: "not-applied" }, `at n${at + 1}`)
    t.match((await client.election("boss").leader())?.token, leadership.token, "a read that a majority confirms")
    t.ok(kept[at]?.held)
    await kept[at]?.release()
  }
  for (const client of clients) t.same((await client.request("hold.get", LAST_KEPT)).holders, [])
  t.equal(await leads(), "n1", "it goes on")
  disk.clear()
  for (const client of clients) await (await lockWithRoom(client, "more")).release()
  t.ok(leadership.held, "and all of that cost nobody anything")
})

const LAST_KEPT = { kind: "lock", name: "kept-2" } as const

function adminOf(folder: string): readonly string[] {
  return ["--admin-socket", join(folder, "n1/b.sock"), "--socket", join(folder, "n1/a.sock")]
}
