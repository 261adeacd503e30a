import { mkdtempSync, rmSync } from "node:fs"
import { request } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Client, connect } from "@conclave/sdk"
import { Fleet } from "conclave/cli/fleet/fleet"
import { type Test, test } from "tap"
import { conclave as command } from "../cli/program.ts"
import { sharedKeys } from "../key-files.ts"
import { conclave, type Program } from "../program.ts"

type Json = Readonly<Record<string, unknown>>

interface Stage {
  readonly fleet: Fleet
  readonly client: Client
}

function sockets(fleet: Fleet, name: string): readonly string[] {
  const { socket, adminSocket } = fleet.agent(name)
  return ["--socket", socket, "--admin-socket", adminSocket]
}

/** A command at an agent: its exit code, and what it printed as JSON, be it the answer or the error. */
async function asked(
  { fleet }: Pick<Stage, "fleet">,
  name: string,
  ...argv: readonly string[]
): Promise<{ readonly code: number | null; readonly json: Json; readonly error: Json }> {
  const { code, stdout, stderr } = await command([...argv, "--json", ...sockets(fleet, name)])
  const error = stderr === "" ? {} : ((JSON.parse(stderr) as { error: Json }).error ?? {})
  return { code, json: stdout === "" ? {} : (JSON.parse(stdout) as Json), error }
}

async function text({ fleet }: Stage, ...argv: readonly string[]): Promise<string> {
  const { stdout, stderr, code } = await command([...argv, ...sockets(fleet, "n1")])
  return `${code} ${stdout}${stderr}`
}

function get(socketPath: string, path: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, path }, async (response) => {
      let body = ""
      for await (const chunk of response.setEncoding("utf8")) body += chunk
      resolve(JSON.parse(body))
    })
    sent.on("error", reject)
    sent.end()
  })
}

async function founds(t: Test, stage: Stage): Promise<void> {
  const { socket } = stage.fleet.agent("n1")
  const wrong = await command(["raft", "bootstrap", "--json", "--socket", socket, "--admin-socket", socket])
  t.equal(wrong.code, 4, "founding is for operators")
  t.equal((await asked(stage, "n1", "raft", "bootstrap")).code, 0)
  t.equal((await asked(stage, "n1", "raft", "bootstrap")).code, 0, "and again it changes nothing")
  const waited = await asked(stage, "n1", "wait", "--for", "leader", "--timeout", "2m")
  t.match(waited, { code: 0, json: { ok: true, items: [{ condition: "leader", ok: true }] } })
  while ((await asked(stage, "n2", "locks")).code !== 0);
}

async function shows(t: Test, stage: Stage): Promise<void> {
  const { client, fleet } = stage
  await client.lock("backup/db", { note: "weekly" })
  await client.lock("other")
  await client.election("boss").campaign({ value: { port: 80 } })
  const locks = await asked(stage, "n1", "locks")
  t.match(locks.json, {
    items: [{ name: "backup/db", mode: "exclusive", holders: [{ note: "weekly" }] }, { name: "other" }],
  })
  const { items } = (await get(fleet.agent("n1").socket, "/v1/hold/lock")) as Json
  t.same(
    locks.json["items"],
    (items as readonly Json[]).map((item) => ({ ...item })),
    "as the op gave it",
  )
  t.match((await asked(stage, "n2", "locks", "--prefix", "backup/")).json["items"], { length: 1 })
  t.match((await asked(stage, "n1", "locks", "other", "--stale")).json, { name: "other", ageMs: Number })
  t.match((await asked(stage, "n2", "elections")).json, {
    items: [{ name: "boss", holders: [{ value: { port: 80 } }] }],
  })
  t.match(
    await text(stage, "locks"),
    /^0 NAME +MODE +HOLDER[^\n]*\nbackup\/db +exclusive +n1 +app +\d+ +\d+ .*weekly\n/,
  )
  t.match(await text(stage, "elections", "boss"), /^0 boss {2}election, led[^\n]*\n\nHELD BY[\s\S]*\{"port":80\}/)
  t.match(await text(stage, "locks", "othre"), /lock, free[\s\S]*did you mean other\?/)
}

async function sessions(t: Test, stage: Stage): Promise<void> {
  const { items } = (await asked(stage, "n2", "sessions")).json as { items: readonly Json[] }
  const [session = {}] = items
  t.equal(items.length, 1)
  const id = String(session["id"])
  const one = await asked(stage, "n1", "sessions", id)
  t.match(one.json, { id, member: "n1", state: "attached", grants: { length: 3 }, rev: /^\d+$/ })
  t.match(await text(stage, "sessions", id), /KIND +NAME +TOKEN\n[\s\S]*lock +backup\/db +\d+/)
  const cut = await asked(stage, "n1", "sessions", id.slice(0, 6))
  t.equal(cut.code, 6)
  t.match(cut.error, { code: "NOT_FOUND", message: new RegExp(`did you mean ${id}\\?`), hint: "conclave sessions" })
}

/** The lines of a watch, as the agent wrote them, until one `fits`. */
async function watched(program: Program, fits: (line: Json) => boolean): Promise<Json> {
  return JSON.parse(await program.line((line) => fits(JSON.parse(line) as Json))) as Json
}

async function watchesAndRevokes(t: Test, stage: Stage): Promise<void> {
  const { client, fleet } = stage
  const watch = conclave(t, "locks", "--watch", "--json", "--prefix", "w", ...sockets(fleet, "n2"))
  t.match(await watched(watch, ({ type }) => type === "view"), { items: [], rev: /^\d+$/ })
  const lock = await client.lock("w")
  const granted = await watched(watch, ({ type }) => type === "change")
  t.match(granted, { changes: [{ type: "put", item: { name: "w", holders: [{ token: String(lock.token) }] } }] })
  // The watch outlives its agent.
  await fleet.terminate("n2")
  await fleet.restart("n2")
  const none = await asked(stage, "n1", "revoke", "lock", "w", "--token", "1", "--grace", "0s", "--reason", "r")
  t.match(none, { code: 0, json: { revoked: [] } })
  const broken = await asked(stage, "n1", "revoke", "lock", "w", "--grace", "0s", "--reason", "maintenance")
  t.match(broken, { code: 0, json: { revoked: [String(lock.token)], rev: /^\d+$/ } })
  await watched(watch, (line) => JSON.stringify(line).includes('"revoked"'))
  t.notOk(lock.held)
  watch.signal("SIGTERM")
  const { items } = (await asked(stage, "n1", "sessions")).json as { items: readonly { id: string }[] }
  const id = items[0]?.id ?? ""
  t.equal((await asked(stage, "n1", "revoke", "session", id, "--grace", "0s", "--reason", "r")).code, 0)
  const again = await asked(stage, "n1", "revoke", "session", id, "--grace", "0s", "--reason", "r")
  t.match(again, { code: 6, error: { code: "NOT_FOUND" } })
}

/** An agent's journal, until it has something. */
async function journal(
  stage: Stage,
  { agent, kind }: { readonly agent: string; readonly kind: string },
  has: (items: readonly Json[]) => boolean,
): Promise<readonly Json[]> {
  while (true) {
    const { stdout } = await command(["events", "--json", "--kind", kind, ...sockets(stage.fleet, agent)])
    const items = stdout.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as Json]))
    if (has(items)) return items
  }
}

async function journals(t: Test, stage: Stage): Promise<void> {
  const { client } = stage
  const lock = await client.lock("journal/a")
  await lock.release()
  const about = { agent: "n1", kind: "lock.*" }
  const own = await journal(stage, about, (items) => items.some(({ kind }) => kind === "lock.released"))
  const steps = own.filter(({ name }) => name === "journal/a")
  const who = { member: "n1", app: "app", token: String(lock.token) }
  t.match(steps, [
    { kind: "lock.granted", ...who },
    { kind: "lock.released", ...who },
  ])
  t.equal(steps.length, 2, "each once")
  const revoked = own.filter(({ name, kind }) => name === "w" && kind === "lock.lost")
  t.match(revoked, [{ reason: "revoked", member: "n1" }])
  const ends = await journal(stage, { agent: "n1", kind: "session.lost" }, (items) => items.length > 0)
  t.match(ends[0], { reason: "revoked", member: "n1", app: "app", name: /^[a-z2-7]{26}$/ })
  t.same(
    await journal(stage, { agent: "n3", kind: "lock.*" }, () => true),
    [],
    "other hosts' grants are theirs to tell",
  )
  t.match(
    await text(stage, "events", "--kind", "lock.granted"),
    / lock\.granted +journal\/a {2}by app at n1 {2}token \d+\n/,
  )
}

async function elections(t: Test, stage: Stage): Promise<void> {
  const ofGroup = (agent: string, leader: string): Promise<readonly Json[]> =>
    journal(stage, { agent, kind: "raft.*" }, (items) => items.at(-1)?.["leader"] === leader)
  const leader = String((await asked(stage, "n1", "raft", "status")).json["leader"])
  for (const agent of ["n1", "n2", "n3"]) {
    const items = await ofGroup(agent, leader)
    const reigns = items.filter(({ kind }) => kind === "raft.leader").map((item) => `${item["term"]} ${item["leader"]}`)
    t.equal(new Set(reigns).size, reigns.length, "each reign once")
    const terms = items.map(({ term }) => Number(term))
    t.same(
      [...terms].sort((a, b) => a - b),
      terms,
    )
    const groups = items.filter(({ kind }) => kind === "raft.config")
    t.same(groups.at(-1)?.["voters"], ["n1", "n2", "n3"])
  }
}

async function seats(t: Test, stage: Stage): Promise<void> {
  const status = async (): Promise<Json> => (await asked(stage, "n1", "raft", "status")).json
  let shown = await status()
  while (shown["quorum"] !== 2 || shown["canLose"] !== 1 || shown["leader"] === null) shown = await status()
  const leader = String(shown["leader"])
  const other = leader === "n2" ? "n3" : "n2"
  t.match(await text(stage, "raft", "status"), /^0 leader n\d, term \d+, .*quorum 2 of 3, can lose 1\nNAME +ROLE +UP/)
  const slip = await asked(stage, leader, "raft", "remove", `${other}2`)
  t.match(slip, { code: 6, error: { message: new RegExp(`did you mean ${other}\\?`), hint: "conclave raft status" } })
  const stranger = await asked(stage, leader, "raft", "add", "m1")
  t.match(stranger, { code: 6, error: { message: /did you mean n1\?/, hint: "conclave members" } })
  t.match(await asked(stage, leader, "raft", "transfer", "m1"), { code: 6, error: { code: "NOT_FOUND" } })
  const kept = await asked(stage, leader, "raft", "remove", other)
  t.match(kept, { code: 7, error: { details: { reason: "quorum-at-risk" } } })
  const moved = await asked(stage, leader, "raft", "transfer", other)
  t.match(moved, { code: 0, json: { leader: other } })
  const back = await asked(stage, leader, "raft", "transfer", leader)
  t.match(back, { code: 0, json: { leader } }, "asked of one that does not lead")
}

/** Two of three are gone: each command says so within its time, and what needs no quorum goes on. */
async function withoutQuorum(t: Test, stage: Stage): Promise<void> {
  const { fleet } = stage
  for (const agent of ["n2", "n3"]) await fleet.kill(agent)
  const commands = [
    ["locks"],
    ["locks", "a"],
    ["elections"],
    ["sessions"],
    ["sessions", "a".repeat(26)],
    ["revoke", "lock", "a", "--grace", "0s", "--reason", "r"],
    ["revoke", "session", "a".repeat(26), "--grace", "0s", "--reason", "r"],
    ["raft", "transfer"],
    ["raft", "add", "n2"],
    ["raft", "remove", "n2"],
  ]
  for (const each of commands) {
    const { code, error } = await asked(stage, "n1", ...each, "--timeout", "1s")
    const why = { code: "NO_QUORUM", outcome: "not-applied", retryable: true, hint: "conclave raft status" }
    t.match({ code, error }, { code: 5, error: why }, each.join(" "))
  }
  t.equal((await asked(stage, "n1", "locks", "--stale")).code, 0)
  t.match(await asked(stage, "n1", "raft", "status"), { code: 0, json: { quorum: 2 } })
}

test("before a cluster is founded the commands say what is missing", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "conclave-test-"))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const [socket, adminSocket] = [join(folder, "a"), join(folder, "b")]
  const paths = ["--socket", socket, "--admin-socket", adminSocket]
  const agent = conclave(
    ...([t, "agent", "--config", "/dev/null", ...sharedKeys(folder), "--bind", "127.0.0.1:0", "--name", "n1"] as const),
    ...["--data-dir", join(folder, "data"), "--http-addr", "off", "--log-format", "json", ...paths],
  )
  await agent.line((line) => line.includes('"agent.ready"'))
  const early = await command(["locks", "--json", ...paths])
  t.equal(early.code, 5)
  t.match(JSON.parse(early.stderr).error, { code: "NO_QUORUM", hint: "conclave raft bootstrap" })
  const { code, stdout, stderr } = await command(["raft", "status", ...paths])
  t.match([code, stdout, stderr], [0, /in no group yet/, /conclave raft bootstrap/])
  const status = await command(["raft", "status", "--json", ...paths])
  t.match(JSON.parse(status.stdout), { term: "0", leader: null, items: [] })
})

test("commands show and change what applications share", { timeout: 600_000 }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "conclave-test-"))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const fleet = new Fleet({ folder: join(folder, "f"), profile: "local", keep: false })
  t.teardown(() => fleet.close())
  await fleet.start(3)
  const client = await connect({ socket: fleet.agent("n1").socket, name: "app" })
  t.teardown(() => client.close())
  const stage = { fleet, client }
  await t.test("founding, and waiting for a leader", (each) => founds(each, stage))
  await t.test("locks and elections", (each) => shows(each, stage))
  await t.test("sessions", (each) => sessions(each, stage))
  await t.test("a watch, and what is revoked", (each) => watchesAndRevokes(each, stage))
  await t.test("seats of the group", (each) => seats(each, stage))
  await t.test("what was granted and lost at one's own host is in its journal", (each) => journals(each, stage))
  await t.test("each agent's journal tells who led", (each) => elections(each, stage))
  await t.test("without a quorum", (each) => withoutQuorum(each, stage))
})
