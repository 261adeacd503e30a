import { randomBytes } from "node:crypto"
import { readFileSync, renameSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Daemon } from "conclave/node/daemon"
import { type Test, test } from "tap"
import { keyFileIn } from "../../key-files.ts"
import { type Answer, ask, temporaryDirectory } from "../local-stage.ts"
import { agentIn, type Made, states } from "./daemon-stage.ts"
import { until } from "./until.ts"

const NAMES = ["a", "b", "c"]
const LIMIT_MS = 30_000

interface Agent {
  readonly made: Made
  readonly daemon: Daemon
  readonly file: string
}

interface Fleet {
  readonly directory: string
  readonly agents: Agent[]
  /** One host again, as it was, with what is in its files now. */
  readonly start: (index: number) => Promise<Agent>
}

/** Three agents that know each other, sealed with one key, each with a file of its own. */
async function fleet(t: Test): Promise<Fleet> {
  const directory = temporaryDirectory(t)
  const joinKey = join(directory, "join.key")
  writeFileSync(joinKey, "the secret of this cluster\n", { mode: 0o600 })
  const key = randomBytes(32).toString("base64")
  const agents: Agent[] = []
  const start = async (index: number): Promise<Agent> => {
    const made = agentIn(directory, NAMES[index] as string)
    const file = fileIn(directory, index)
    const again = agents[index]?.daemon.ready["addr"]
    const flags = ["--gossip-key-file", file, "--join-key-file", joinKey]
    if (again !== undefined) flags.push("--bind", String(again))
    if (index > 0) flags.push("--join", String(agents[0]?.daemon.ready["addr"]))
    const agent = { made, daemon: await made.start(...flags), file }
    agents[index] = agent
    return agent
  }
  for (const index of NAMES.keys()) {
    writeFileSync(fileIn(directory, index), `# of all hosts\n${key}\n`, { mode: 0o600 })
    await start(index)
  }
  t.teardown(() => Promise.all(agents.map(({ daemon }) => daemon.close("restart"))))
  await until("all know each other", () => agents.every(({ daemon }) => daemon.host.counts().alive === 3))
  return { directory, agents, start }
}

function fileIn(directory: string, index: number): string {
  return join(directory, `${NAMES[index]}-gossip.key`)
}

function keyring({ daemon }: Agent, verb = "", body?: unknown, timeoutMs = LIMIT_MS): Promise<Answer> {
  const stage = { path: () => String(daemon.ready["adminSocket"]) }
  const path = `/v1/keyring${verb === "" ? "" : `/${verb}?timeoutMs=${timeoutMs}`}`
  return ask(stage, path, { method: verb === "" ? "GET" : "POST", body })
}

/** By datagrams: who does not open them never answers. */
async function allHearAll(agents: readonly Agent[]): Promise<void> {
  for (const { daemon } of agents) {
    for (const { host } of agents.map((each) => each.daemon)) {
      if (host.id === daemon.host.id) continue
      const ping = (): Promise<number | undefined> => new Promise((done) => daemon.host.ping(host.id, "udp", done))
      const endsAt = performance.now() + LIMIT_MS
      while ((await ping()) === undefined) if (performance.now() > endsAt) throw new Error(`${host.id} is not heard`)
    }
  }
}

function keysIn({ file }: Agent): readonly string[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
}

test("one command replaces the key on all members, in their files and in what they send", async (t) => {
  const { agents } = await fleet(t)
  const [a, b, c] = agents as [Agent, Agent, Agent]
  const [old = ""] = keysIn(a)
  const before = await keyring(b)
  const [first] = before.json.items
  t.match(before.json, { items: [{ primary: true, members: 3, of: 3, missing: [] }], failed: [] })
  const rotated = await keyring(b, "rotate", {})
  t.match(rotated, { status: 200 })
  t.match(rotated.json, { items: [{ primary: true, members: 3, of: 3, missing: [] }], failed: [], phase: "done" })
  t.not(rotated.json.items[0].fingerprint, first.fingerprint)
  const files = agents.map((agent) => readFileSync(agent.file, "utf8"))
  t.match(files[0], /^# of all hosts\n[A-Za-z0-9+/]{43}= 1\n$/, "a comment stays, and a key says how new it is")
  t.equal(new Set(files).size, 1)
  t.notMatch(files[0], old)
  for (const { file } of agents) t.equal(statSync(file).mode & 0o777, 0o600)
  await allHearAll(agents)
  t.same(
    [a, b, c].flatMap(({ daemon }) => Object.values(states(daemon))),
    Array(9).fill("alive"),
  )
  const events = await ask({ path: () => String(c.daemon.ready["socket"]) }, "/v1/events?kind=keyring.*")
  const told = events.text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))
  t.same(
    told.map(({ kind, name, by }) => [kind, name === first.fingerprint ? "old" : "new", ...by]),
    [
      ["keyring.install", "new", "b"],
      ["keyring.use", "new", "b"],
      ["keyring.remove", "old", "b"],
    ],
  )
  const [fresh = ""] = keysIn(a)[0]?.split(" ") ?? []
  const said =
    [before, rotated, events].map(({ text }) => text).join() + agents.flatMap(({ made }) => made.lines).join()
  t.notMatch(said, fresh)
  t.notMatch(said, old)
})

test("of rotations at all hosts at once one goes on at most, and one more leaves one key on all", async (t) => {
  const { agents } = await fleet(t)
  const ends = await Promise.all(agents.map((agent) => keyring(agent, "rotate", {})))
  const refused = ends.filter(({ status }) => status !== 200)
  for (const { json } of refused) t.match(json.error, { code: "CONFLICT", details: { reason: /^(busy|equally-new)$/ } })
  const { json } = await keyring(agents[0] as Agent)
  const primary = json.items.filter((item: { primary: boolean }) => item.primary)
  t.match(primary, [{ members: 3, of: 3 }], "all seal with one key")
  const { fingerprint } = primary[0]
  t.match((await keyring(agents[1] as Agent, "rotate", { fingerprint })).json, {
    phase: "done",
    items: [{ members: 3 }],
  })
  t.equal(
    new Set(
      agents.map((agent) =>
        keysIn(agent)
          .map((line) => line.split(" ")[0])
          .join(),
      ),
    ).size,
    1,
  )
  await allHearAll(agents)
})

test("step by step: install, use and remove, and what each refuses", async (t) => {
  const { agents } = await fleet(t)
  const [a, b] = agents as [Agent, Agent, Agent]
  const fingerprintOf = async (): Promise<string> => (await keyring(a)).json.items[0].fingerprint
  const old = await fingerprintOf()
  const key = randomBytes(32)
  const nobodys = "0123456789abcdef"
  const refused = async (verb: string, body: unknown, error: object): Promise<void> => {
    const { status, json } = await keyring(a, verb, body)
    t.match({ status, ...json.error }, { outcome: "not-applied", ...error }, `${verb} ${JSON.stringify(error)}`)
    if (status === 409) t.equal(json.error.details.current, null, "a conflict says what is there instead, if anything")
  }
  await refused("use", { fingerprint: nobodys }, { status: 404, code: "NOT_FOUND" })
  await refused("remove", { fingerprint: old }, { status: 409, details: { reason: "primary", members: NAMES } })
  await refused("install", "no key at all", { status: 400, details: { field: "key" } })
  await refused("install", {}, { status: 400, details: { field: "key" } })
  await refused("use", { fingerprint: key.toString("base64") }, { status: 400, details: { field: "fingerprint" } })
  await refused("use", key, { status: 400, details: { field: "key" } })
  await refused("turn", {}, { status: 404, code: "NOT_FOUND" })
  const installed = await keyring(a, "install", key)
  t.equal(installed.status, 200, "32 octets")
  const [fresh] = installed.json.items.filter(({ fingerprint }: { fingerprint: string }) => fingerprint !== old)
  t.match(fresh, { primary: false, members: 3, of: 3, missing: [] })
  t.equal((await keyring(b, "install", `${key.toString("base64")}\n`)).text, installed.text, "the same as text")
  for (const more of [1, 2]) t.equal((await keyring(b, "install", randomBytes(32))).status, 200, `and ${more} more`)
  await refused("install", randomBytes(32), { status: 429, details: { limit: 4, members: NAMES } })
  t.match((await keyring(b, "use", { fingerprint: fresh.fingerprint })).json, { failed: [] })
  await allHearAll(agents)
  t.same(keysIn(a)[0], `${key.toString("base64")} 4`, "of those that are there it came into use last")
  t.match((await keyring(b, "remove", { fingerprint: old })).json, { failed: [] })
  await refused("remove", { fingerprint: old }, { status: 404 })
  await allHearAll(agents)
  t.equal(keysIn(a).length, 3)
  t.match((await keyring(b, "rotate", {})).json, { phase: "done", items: [{ fingerprint: fresh.fingerprint, of: 3 }] })
})

test("who cannot write its keys holds a rotation up, by name, and then it goes on where it was", async (t) => {
  const { agents } = await fleet(t)
  const [a, b, c] = agents as [Agent, Agent, Agent]
  renameSync(c.file, `${c.file}.away`)
  const stopped = await keyring(a, "rotate", {})
  t.match(stopped.json, {
    phase: "install",
    failed: [{ name: "c", message: /^there is no file / }],
    items: [{ of: 3 }, { of: 3 }],
  })
  const [old, fresh] = stopped.json.items.sort((x: { primary: boolean }) => (x.primary ? -1 : 1))
  t.match(
    [old, fresh],
    [
      { primary: true, missing: [] },
      { primary: false, missing: ["c"] },
    ],
  )
  t.match((await keyring(b, "use", { fingerprint: fresh.fingerprint })).json.error, {
    code: "CONFLICT",
    details: { reason: "not-everywhere", missing: ["c"] },
  })
  t.equal(keysIn(b).length, 2, "and nobody has lost a key")
  renameSync(`${c.file}.away`, c.file)
  const done = await keyring(b, "rotate", {})
  t.match(done.json, { phase: "done", failed: [], items: [{ fingerprint: fresh.fingerprint, members: 3, of: 3 }] })
  await allHearAll(agents)
})

test("a member that cannot be reached is not left behind", async (t) => {
  const { agents } = await fleet(t)
  const [a, b, c] = agents as [Agent, Agent, Agent]
  a.daemon.host.setFaults({ drop: ["c"], in: true, out: true })
  const listed = await keyring(a)
  t.match(listed.json, { items: [{ members: 2, of: 3, missing: ["c"] }], failed: [{ name: "c" }] })
  t.match((await keyring(a, "rotate", {}, 2000)).json.error, {
    code: "CONFLICT",
    details: { reason: "not-acknowledged", missing: ["c"] },
  })
  a.daemon.host.setFaults({ drop: [], in: true, out: true })
  await until("a sees c", () => states(a.daemon)["c"] === "alive")
  t.match((await keyring(a, "rotate", {})).json, { phase: "done", items: [{ members: 3, of: 3, missing: [] }] })
  await allHearAll([a, b, c])
})

test("a host that was away while the key was changed gets it when it is back", async (t) => {
  const { agents, start } = await fleet(t)
  const [a, b, away] = agents as [Agent, Agent, Agent]
  await away.daemon.close("fatal")
  await until("its end is known", () => states(a.daemon)["c"] === "dead" && states(b.daemon)["c"] === "dead")
  const rotated = await keyring(a, "rotate", {})
  t.match(rotated.json, { phase: "done", items: [{ primary: true, members: 2, of: 3, missing: ["c"] }], failed: [] })
  const c = await start(2)
  await allHearAll([a, b, c])
  t.equal(keysIn(c)[0], keysIn(a)[0], "in its file, too")
  t.equal(keysIn(a).length, 1, "the key that was removed does not come back with it")
  await until("all are there", () => agents.every(({ daemon }) => daemon.host.counts().alive === 3))
  t.match((await keyring(b, "rotate", {})).json, { phase: "done", items: [{ members: 3, of: 3, missing: [] }] })
  t.equal(keysIn(c).length, 1, "and what it had before goes")
})

test("keys are spoken of under TLS alone", async (t) => {
  const directory = temporaryDirectory(t)
  const file = keyFileIn(directory, "gossip.key")
  const before = readFileSync(file, "utf8")
  const clear = agentIn(directory, "a", { CONCLAVE_GOSSIP_SEAL: "accept" })
  const a = { made: clear, daemon: await clear.start("--gossip-key-file", file), file }
  for (const verb of ["", "rotate"])
    t.match((await keyring(a, verb)).json.error, { code: "CONFLICT", details: { reason: "not-encrypted" } })
  const open = agentIn(directory, "b")
  const b = { made: open, daemon: await open.start("--insecure"), file }
  t.same((await keyring(b)).json, { items: [], failed: [] })
  t.match((await keyring(b, "rotate", {})).json.error, { code: "CONFLICT", details: { reason: "not-sealed" } })
  t.equal(readFileSync(file, "utf8"), before)
  for (const { daemon } of [a, b]) await daemon.close("restart")
})
