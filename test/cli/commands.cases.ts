import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Fleet } from "conclave/cli/fleet/fleet"
import { type Test, test } from "tap"
import { conclave, type Ended } from "./program.ts"

const LIMIT_MS = 60_000

function folderFor(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), "conclave-test-"))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function errorOf({ stderr }: Ended): { code: string; message: string; hint: string; details: Record<string, unknown> } {
  return JSON.parse(stderr).error
}

interface Stage {
  readonly fleet: Fleet
  readonly env: Readonly<Record<string, string>>
  readonly ask: (...argv: readonly string[]) => Promise<Ended>
  /** The one line of JSON of a command that must succeed. */
  readonly json: (...argv: readonly string[]) => Promise<Record<string, unknown>>
}

async function stageFor(t: Test): Promise<Stage> {
  const fleet = new Fleet({ folder: join(folderFor(t), "f"), profile: "lan", keep: false })
  t.teardown(() => fleet.close())
  await fleet.start(2)
  t.ok(await fleet.until(() => fleet.allSeeAll(), LIMIT_MS))
  const { socket, adminSocket } = fleet.agent("n1")
  const env = { CONCLAVE_SOCKET: socket, CONCLAVE_ADMIN_SOCKET: adminSocket }
  const ask = (...argv: readonly string[]): Promise<Ended> => conclave(argv, { env })
  const json = async (...argv: readonly string[]): Promise<Record<string, unknown>> => {
    const { code, stdout, stderr } = await ask(...argv, "--json")
    t.equal(code, 0, `${argv.join(" ")} ${stderr}`)
    t.equal(stdout.split("\n").length, 2, "one line")
    return JSON.parse(stdout)
  }
  return { fleet, env, ask, json }
}

async function waits(t: Test, { ask }: Stage): Promise<void> {
  const good = JSON.parse((await ask("wait", "--for", "ready", "--for", "members=2", "--json")).stdout)
  t.match(good, {
    ok: true,
    items: [
      { condition: "ready", ok: true },
      { condition: "members=2", ok: true },
    ],
  })
  const bad = await ask("wait", "--for", "member:n2=dead", "--timeout", "300ms", "--json")
  t.equal(bad.code, 8)
  t.match(JSON.parse(bad.stdout), { ok: false, items: [{ condition: "member:n2=dead", ok: false }] })
  t.equal((await ask("wait", "--for", "redy")).code, 2)
}

async function statusAndMembers(t: Test, { ask, json }: Stage): Promise<void> {
  const status = await json("status")
  t.match(status, { name: "n1", ready: true, members: { alive: 2 }, encrypted: true })
  const warnings = status["warnings"] as { code: string; message: string }[]
  t.notOk(warnings.some(({ code }) => code === "not-encrypted"))
  const list = await json("members")
  t.match(list, {
    version: /^\d+$/,
    items: [
      { name: "n1", generation: /^\d+$/ },
      { name: "n2", incarnation: /^\d+$/ },
    ],
  })
  const table = (await ask("members")).stdout.trimEnd().split("\n")
  t.match(table[0] ?? "", /^NAME +ADDRESS +STATUS/)
  t.equal(table.length, 3)
  t.notOk(table.join("").includes("\u001b"))
  t.equal((await ask("members", "--quiet")).stdout.trimEnd().split("\n").length, 2, "no header")
  t.ok((await ask("members", "--color", "always")).stdout.includes("\u001b[32malive"))
  t.same(await json("members", "--count"), { count: 2 })
  t.same(await json("members", "--status", "suspect,dead", "--count"), { count: 0 })
  t.match(await json("members", "n2"), { name: "n2", accusations: [] })
  t.match((await ask("status")).stdout, /^n1 +cluster default/)
}

async function pingConfigVersion(t: Test, { ask, json }: Stage): Promise<void> {
  const ping = await json("ping", "n2", "--count", "2")
  t.match(ping, { name: "n2", items: [{ path: String, sent: 2 }] })
  const config = await json("config", "show", "--origin")
  t.ok((config["items"] as readonly { key: string }[]).some(({ key }) => key === "gossip.probeInterval"))
  t.match((await ask("config", "show", "--origin")).stdout, /^KEY +VALUE +ORIGIN\n/)
  t.match(await json("version"), { client: { version: String, node: String, protocol: 1 }, agent: { name: "n1" } })
}

/** A fleet on a machine that has an agent of its own would join that agent's cluster. */
async function fleetIsAlone(t: Test, { fleet }: Stage): Promise<void> {
  const words = readFileSync(`/proc/${fleet.agent("n1").pid}/cmdline`, "utf8").split("\0")
  t.equal(words[words.indexOf("--config") + 1], "/dev/null")
  t.same(fleet.names, ["n1", "n2"])
}

async function streams(t: Test, { env, ask }: Stage): Promise<void> {
  const { stdout } = await ask("events", "--json", "--kind", "member.join")
  const [first] = stdout.trimEnd().split("\n")
  t.match(JSON.parse(first ?? ""), { seq: /^\d+$/, kind: "member.join" })
  t.equal((await ask("events", "--since", "yesterday")).code, 2)
  t.equal((await ask("events", "--since", "1h")).code, 0)
  const followed = await conclave(["events", "--follow", "--json"], { env, until: /member\.join/ })
  t.match(followed.stdout, /"member\.join"/)
  const watched = await conclave(["members", "--watch", "--json"], { env, until: /"view"/ })
  t.match(JSON.parse(watched.stdout.split("\n")[0] ?? ""), { type: "view", rev: /^\d+$/, items: [{ name: "n1" }] })
}

async function refusals(t: Test, { ask, env }: Stage): Promise<void> {
  const socket = env["CONCLAVE_SOCKET"] ?? ""
  const near = await ask("members", "n22", "--json")
  t.equal(near.code, 6)
  t.match(errorOf(near), { code: "NOT_FOUND", message: /did you mean n2\?/, hint: "conclave members" })
  t.equal((await ask("ping", "nobody")).code, 6)
  t.equal((await ask("leave", "nobody")).code, 6)
  const alive = await ask("leave", "n2", "--json")
  t.equal(alive.code, 7)
  t.match(errorOf(alive), { code: "CONFLICT", details: { reason: "alive" } })
  const wrongDoor = await ask("config", "show", "--admin-socket", socket, "--json")
  t.equal(wrongDoor.code, 4)
  t.match(errorOf(wrongDoor), { code: "PERMISSION_DENIED", hint: /--admin-socket/ })
  const failed = await ask("join", "127.0.0.1:1", "--json")
  t.equal(failed.code, 9)
  t.match(JSON.parse(failed.stdout), { joined: [], failed: [{ addr: "127.0.0.1:1", message: String }] })
}

async function leaves(t: Test, { fleet, ask }: Stage): Promise<void> {
  const { adminSocket: other } = fleet.agent("n2")
  const left = await ask("leave", "--admin-socket", other, "--json")
  t.equal(left.code, 0, left.stderr)
  t.same(JSON.parse(left.stdout), { left: "n2", seat: "none" })
  t.equal((await ask("wait", "--for", "member:n2=left", "--timeout", "1m")).code, 0)
}

test("every command asks two real agents and answers as the contract says", { timeout: 300_000 }, async (t) => {
  const stage = await stageFor(t)
  await t.test("wait sees what holds and gives up on what does not", (each) => waits(each, stage))
  await t.test("status and members print the op, or a table", (each) => statusAndMembers(each, stage))
  await t.test("ping, config and version", (each) => pingConfigVersion(each, stage))
  await t.test("agents of a fleet read no configuration of this machine", (each) => fleetIsAlone(each, stage))
  await t.test("events, and a reader that goes is no failure", (each) => streams(each, stage))
  await t.test("refusals have their exit code and name the next step", (each) => refusals(each, stage))
  await t.test("leave ends the agent for good", (each) => leaves(each, stage))
})

test("without an agent each way of its absence has its words", async (t) => {
  const folder = folderFor(t)
  const refused = async (path: string, ...more: readonly string[]): Promise<Ended> =>
    conclave(["status", "--json", "--socket", path, ...more])
  const missing = await refused(join(folder, "none.sock"))
  t.equal(missing.code, 3)
  t.match(errorOf(missing), {
    code: "AGENT_UNAVAILABLE",
    message: /no agent runs here.*does not exist/,
    hint: /conclave agent/,
  })
  const anywhere = await conclave(["status", "--json"], { env: { XDG_RUNTIME_DIR: folder } })
  if (anywhere.code === 3)
    t.match(
      errorOf(anywhere).message,
      `No socket is at ${folder}/conclave/conclave.sock, nor at /run/conclave/conclave.sock.`,
    )
  const named = await conclave(["status", "--json"], { env: { CONCLAVE_SOCKET: join(folder, "named.sock") } })
  t.match(errorOf(named).message, /named\.sock does not exist \(from the environment\)/)
  writeFileSync(join(folder, "file"), "")
  t.match(errorOf(await refused(join(folder, "file"))).message, /is not a socket/)
  symlinkSync("loop", join(folder, "loop"))
  t.equal((await refused(join(folder, "loop"))).code, 3)
  const long = await refused(`/${"x".repeat(107)}`)
  t.equal(long.code, 78)
  t.match(errorOf(long), { message: /108 bytes/, details: { field: "socket" } })
  const { code, stdout } = await conclave(["version", "--json", "--socket", join(folder, "none.sock")])
  t.equal(code, 0)
  t.equal(JSON.parse(stdout).agent, null)
})

test("something that listens and never answers is given up on", async (t) => {
  const path = join(folderFor(t), "mute.sock")
  const server = createServer(() => {})
  await new Promise<void>((listening) => server.listen(path, listening))
  t.teardown(() => server.close())
  const { code, stderr } = await conclave(["status", "--socket", path, "--timeout", "200ms"])
  t.equal(code, 3)
  t.match(stderr, /did not answer within 200 ms[\s\S]*\nNext: /)
})

test("config validate shows every problem with its place", async (t) => {
  const file = join(folderFor(t), "conclave.yaml")
  writeFileSync(file, "name: n1\nclustr: x\ngossip:\n  probeInterval: soon\n")
  const { code, stdout } = await conclave(["config", "validate", file, "--json"])
  t.equal(code, 78)
  const { ok, problems } = JSON.parse(stdout)
  t.equal(ok, false)
  t.match(problems, [
    { file, line: 2, column: 1, key: "clustr" },
    { file, line: 4, key: "gossip.probeInterval" },
  ])
  writeFileSync(file, "name: n1\n")
  t.same(JSON.parse((await conclave(["config", "validate", file, "--json"])).stdout), { ok: true, problems: [] })
})

test("dev refuses what it cannot write before anything runs, and a run that has ended is none", async (t) => {
  const folder = folderFor(t)
  writeFileSync(join(folder, "file"), "")
  const history = await conclave(["dev", "--script", "story", "--json", "--history", join(folder, "none", "h")])
  t.equal(history.code, 2)
  t.match(errorOf(history).message, /--history cannot be written/)
  const dir = await conclave(["dev", "--script", "story", "--json", "--dir", join(folder, "file", "d")])
  t.equal(dir.code, 2)
  t.match(errorOf(dir).message, /--dir cannot be written/)
  const agents = [{ name: "n1", socket: "/s", adminSocket: "/a" }]
  writeFileSync(join(folder, "run.json"), JSON.stringify({ pid: process.pid, agents }))
  const live = await conclave(["dev", "env", "--dir", folder, "--json"])
  t.same(JSON.parse(live.stdout), { socket: "/s", adminSocket: "/a" })
  writeFileSync(join(folder, "run.json"), JSON.stringify({ pid: 2 ** 30, agents }))
  t.equal((await conclave(["dev", "env", "--dir", folder])).code, 3)
})

test("help of all commands, of one, of exit codes and of the daemon", async (t) => {
  t.match((await conclave(["help"])).stdout, /^Usage: conclave COMMAND/)
  t.match((await conclave(["help", "errors"])).stdout, /78 {2}wrong configuration/)
  t.equal((await conclave(["help", "nothing"])).code, 2)
  t.match((await conclave(["work", "run", "--help"])).stdout, /^Usage: conclave work run NAME \[flags\] -- CMD\.\.\.\n/)
  t.match((await conclave(["lock", "-h"])).stdout, /^Usage: conclave lock NAME\S* \[flags\] \[-- CMD\.\.\.\]\n/)
  const family = await conclave(["kv", "--help"])
  t.same([family.code, family.stdout], [0, (await conclave(["help", "kv"])).stdout])
  t.match(family.stdout, /^Usage: conclave kv get KEY/)
  const shown = (await conclave(["help", "agent"])).stdout
  t.match(shown, /--data-dir D/)
  // The daemon's own program explains nothing: the launcher must know every way of asking.
  for (const asked of ["--help", "-h", "-qh", "-hv"]) t.equal((await conclave(["agent", asked])).stdout, shown, asked)
})
