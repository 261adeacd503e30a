import { request } from "node:http"
import { join } from "node:path"
import { needOf } from "conclave/api/access"
import type { Door } from "conclave/api/principal"
import { FRAMED, type FramedName, OPS, type OpName } from "conclave/api/schema"
import { type Test, test } from "tap"
import { ask } from "../local-stage.ts"
import { until } from "../node/until.ts"
import { CurlHold, type HoldStage, openHoldStage, SessionClient } from "./hold-stage.ts"

type Input = Readonly<Record<string, unknown>>
type Who = Door | "part"

const OWN = "own-1"
const FOREIGN = "foreign-1"
const TOKEN = { token: "1" }
const ITEM = { item: "i" }

/** What each operation is asked about a name; one without its line does not compile. */
const INPUTS: { readonly [Name in OpName]: (name: string) => Input } = {
  status: () => ({}),
  "members.list": () => ({}),
  "members.get": (name) => ({ name }),
  events: () => ({}),
  ping: (name) => ({ name, count: 1 }),
  join: () => ({ addrs: ["127.0.0.1:1"] }),
  leave: (name) => ({ name }),
  faults: () => ({ drop: [] }),
  "config.show": () => ({}),
  keyring: () => ({ verb: "list" }),
  watch: (name) => ({ kind: "lock", name }),
  hold: (name) => ({ kind: "lock", name, waitMs: 0 }),
  "hold.release": (name) => ({ kind: "lock", name, ...TOKEN }),
  "hold.list": () => ({ kind: "lock" }),
  "hold.get": (name) => ({ kind: "lock", name }),
  "hold.update": (name) => ({ kind: "lock", name, ...TOKEN, note: "n" }),
  "hold.transfer": (name) => ({ name, ...TOKEN }),
  "semaphore.resize": (name) => ({ name, limit: 2 }),
  barrier: (name) => ({ name, parties: 2, waitMs: 0 }),
  revoke: (name) => ({ kind: "lock", name, graceMs: 0, reason: "r" }),
  "sessions.list": () => ({}),
  "sessions.get": () => ({ id: "a".repeat(26) }),
  "kv.get": (key) => ({ key }),
  "kv.list": () => ({}),
  "kv.put": (key) => ({ key, value: 1 }),
  "kv.delete": (key) => ({ key }),
  "work.configure": (name) => ({ name, partitions: 1 }),
  "work.items": (name) => ({ name }),
  "work.put": (name) => ({ name, ...ITEM }),
  "work.remove": (name) => ({ name, ...ITEM }),
  "work.retry": (name) => ({ name, ...ITEM }),
  "work.settle": (name) => ({ name, ...ITEM, ...TOKEN, result: "done" }),
  "work.checkpoint": (name) => ({ name, ...ITEM, ...TOKEN, value: 1 }),
  "work.explain": (name) => ({ name, ...ITEM }),
  "raft.status": () => ({}),
  "raft.bootstrap": () => ({}),
  "raft.transfer": () => ({}),
  "raft.add": (name) => ({ name }),
  "raft.remove": (name) => ({ name }),
  "snapshot.save": () => ({}),
  "snapshot.restore": () => ({ confirm: "a".repeat(26) }),
}

const FRAMED_INPUTS: { readonly [Name in FramedName]: Input } = {
  "session.open": {},
  "session.attach": { id: "a".repeat(26), secret: "s" },
  "session.bind": { processGroup: 2 },
  "session.unbind": { processGroup: 2 },
  "session.close": {},
  heartbeat: {},
}

function openParted(t: Test): Promise<HoldStage> {
  return openHoldStage(t, 10_000, {}, (directory) => [
    { path: join(directory, "part.sock"), mode: 0o600, group: undefined, names: ["own-*"] },
  ])
}

function pathOf(stage: HoldStage, who: Who): string {
  return who === "part" ? join(stage.directory, "part.sock") : stage.path(who)
}

/** The stage as those see it who come by another socket. */
function at(stage: HoldStage, who: Who): HoldStage {
  return { ...stage, path: () => pathOf(stage, who) }
}

interface Got {
  readonly isDenied: boolean
  readonly details: unknown
}

/** How a call begins; nobody waits for its end. */
function byHttp(stage: HoldStage, who: Who, op: OpName, input: Input): Promise<Got> {
  const { method, path } = OPS[op]
  const inPath = new Set([...path.matchAll(/\{(\w+)\}/g)].map(([, part = ""]) => part))
  const filled = path
    .replace(/\[\/\{name\}\]/, "/{name}")
    .replace(/\{(\w+)\}/g, (_, part: string) => String(input[part]))
  const rest = Object.entries(input).filter(([key]) => !inPath.has(key))
  const isQuery = method === "GET" || op === "snapshot.restore"
  const query = isQuery
    ? new URLSearchParams(rest.map(([key, value]): [string, string] => [key, String(value)])).toString()
    : ""
  const body = isQuery ? "" : JSON.stringify(Object.fromEntries(rest))
  return new Promise((resolve, reject) => {
    const headers = { "content-length": Buffer.byteLength(body) }
    const options = {
      socketPath: pathOf(stage, who),
      method,
      headers,
      path: `${filled}?${query}`,
      agent: false as const,
    }
    const sent = request(options, (response) => {
      const isDenied = response.statusCode === 403
      const chunks: Buffer[] = []
      const done = (): void => {
        const text = Buffer.concat(chunks).toString()
        resolve({ isDenied, details: isDenied ? JSON.parse(text).error.details : undefined })
        sent.destroy()
      }
      if (!isDenied) return done()
      response.on("data", (chunk: Buffer) => chunks.push(chunk)).on("end", done)
    })
    sent.on("error", reject)
    sent.end(body)
  })
}

async function inFrames(client: SessionClient, op: string, input: Input, seq?: number): Promise<Got> {
  const id = client.start(op, input, seq)
  const first = await client.got((message) => message["id"] === id)
  const error = first["error"] as { readonly code: string; readonly details: unknown } | undefined
  const isDenied = error?.code === "PERMISSION_DENIED"
  return { isDenied, details: isDenied ? error?.details : undefined }
}

/** `session.attach` with a wrong secret, and what only a flag allows, are denied for reasons of their own. */
const OTHERWISE: readonly string[] = ["session.attach", "faults"]
const EVERYBODY = ["admin", "application", "part"] as const

type Call = (op: OpName, input: Input) => Promise<Got>

/** Every operation, about a name of the socket `part` and about another one. */
async function askAll(t: Test, who: Who, call: Call): Promise<void> {
  for (const op of Object.keys(OPS) as OpName[]) {
    for (const name of [OWN, FOREIGN]) {
      const input = INPUTS[op](name)
      const isNamed = Object.values(input).includes(name)
      const need = needOf(op)
      const isBarred = need === "admin" && who !== "admin"
      const isForeign = who === "part" && name === FOREIGN && isNamed && (need === "names" || need === "shown")
      const got = await call(op, input)
      if (!OTHERWISE.includes(op) || isBarred) t.equal(got.isDenied, isBarred || isForeign, `${op} of ${name}`)
      if (got.isDenied && isBarred) t.match(got.details, { op, name: "name" in input ? name : null }, op)
      if (got.isDenied && isForeign) t.match(got.details, { op, name }, op)
    }
  }
}

function nothingForeign(t: Test, { cluster }: HoldStage): void {
  t.ok(cluster.commands.length > 0, "something comes to the log")
  t.notOk(JSON.stringify(cluster.commands).includes(FOREIGN), "nothing of what was denied does")
}

for (const who of EVERYBODY) {
  test(`what may be asked by the socket ${who} over HTTP, operation by operation`, async (t) => {
    const stage = await openParted(t)
    await askAll(t, who, (op, input) => byHttp(stage, who, op, input))
    if (who === "part") nothingForeign(t, stage)
  })

  test(`what may be asked by the socket ${who} in frames, operation by operation`, async (t) => {
    const stage = await openParted(t)
    const client = await SessionClient.open(pathOf(stage, who))
    let seq = 0
    const call: Call = (op, input) => inFrames(client, op, input, OPS[op].method === "GET" ? undefined : ++seq)
    await askAll(t, who, call)
    client.socket.destroy()
    if (who === "part") nothingForeign(t, stage)
  })
}

test("what is about a connection's own session may be asked by every socket", async (t) => {
  const stage = await openParted(t)
  for (const who of EVERYBODY) {
    const client = await SessionClient.greet(pathOf(stage, who))
    for (const op of Object.keys(FRAMED) as FramedName[]) {
      if (OTHERWISE.includes(op)) continue
      t.notOk((await inFrames(client, op, FRAMED_INPUTS[op])).isDenied, `${op} at ${who}`)
    }
    client.socket.destroy()
  }
})

test("a lock of several names needs all of them, and a guard its own", async (t) => {
  const part = at(await openParted(t), "part")
  const lock = new CurlHold(part.path("application"), `lock/${OWN}`, { names: [FOREIGN] })
  t.match(await lock.first("error").catch(() => lock.lines[0]), { error: { code: "PERMISSION_DENIED" } })
  const guard = { kind: "lock", name: FOREIGN, token: "1" }
  const put = await ask(part, `/v1/kv/${OWN}`, { method: "PUT", body: { value: 1, guard } })
  t.match(put.json.error, { code: "PERMISSION_DENIED", details: { op: "kv.put", name: FOREIGN } })
  t.equal((await ask(part, `/v1/kv/${OWN}`, { method: "PUT", body: { value: 1 } })).status, 200)
})

test("lists, sessions and watches leave out what another socket's names are", async (t) => {
  const stage = await openParted(t)
  const part = at(stage, "part")
  const write = (key: string, value: number) => ask(stage, `/v1/kv/${key}`, { method: "PUT", body: { value } })
  for (const key of ["own-a", "own-b", "foreign-a"]) await write(key, 1)
  const holder = await SessionClient.open(stage.path("application"))
  for (const [index, name] of ["own-lock", "foreign-lock"].entries()) {
    await holder.event(holder.start("hold", { kind: "lock", name }, index + 1), "granted")
  }
  const waiter = await SessionClient.open(stage.path("application"))
  for (const [index, name] of ["own-lock", "foreign-lock"].entries()) {
    await waiter.event(waiter.start("hold", { kind: "lock", name }, index + 1), "queued")
  }
  const keysOf = (items: readonly { key: string }[]) => items.map(({ key }) => key)
  const namesOf = (items: readonly { name: string }[]) => items.map(({ name }) => name)
  t.same(keysOf((await ask(part, "/v1/kv")).json.items), ["own-a", "own-b"])
  t.same(keysOf((await ask(stage, "/v1/kv")).json.items), ["foreign-a", "own-a", "own-b"])
  t.same(namesOf((await ask(part, "/v1/hold/lock")).json.items), ["own-lock"])
  const { items } = (await ask(part, "/v1/sessions")).json
  t.same(items.map(({ id }: { id: string }) => id).sort(), [holder.session.id, waiter.session.id].sort())
  const one = (await ask(part, `/v1/sessions/${holder.session.id}`)).json
  t.same([namesOf(one.grants), one.waits], [["own-lock"], []])
  const other = (await ask(part, `/v1/sessions/${waiter.session.id}`)).json
  t.same([other.grants, namesOf(other.waits)], [[], ["own-lock"]])

  const watcher = await SessionClient.open(part.path("application"))
  const all = watcher.start("watch", { kind: "kv" })
  const view = await watcher.event(all, "view")
  t.same(keysOf(view.items), ["own-a", "own-b"])
  const locks = watcher.start("watch", { kind: "lock" })
  t.same(namesOf((await watcher.event(locks, "view")).items), ["own-lock"])
  await write("foreign-b", 1)
  await write("foreign-a", 2)
  await write("own-c", 1)
  const change = await watcher.event(all, "change")
  t.same(
    change.changes.map(({ item }: { item: { key: string } }) => item.key),
    ["own-c"],
  )
  const resumed = watcher.start("watch", { kind: "kv", from: view.rev })
  const past = await watcher.event(resumed, "change")
  t.same(
    past.changes.map(({ item }: { item: { key: string } }) => item.key),
    ["own-c"],
    "nor what has been since a revision",
  )
  t.notOk(JSON.stringify(watcher.messages).includes("foreign"))
  for (const client of [holder, waiter, watcher]) client.socket.destroy()
})

test("events about other names are left out, those about hosts are not", async (t) => {
  const stage = await openParted(t)
  for (const name of [FOREIGN, OWN]) stage.journal.add({ kind: "lock.granted", name })
  stage.journal.add({ kind: "raft.no-leader" })
  const eventsAt = async (who: Who): Promise<readonly string[]> => {
    const { text } = await ask(at(stage, who), "/v1/events")
    const events = text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line))
    return events.filter(({ kind }) => !kind.startsWith("member.")).map(({ name, kind }) => name ?? kind)
  }
  t.same(await eventsAt("part"), [OWN, "raft.no-leader"])
  t.same(await eventsAt("application"), [FOREIGN, OWN, "raft.no-leader"])
})

test("readers of different names do not share what they are told", async (t) => {
  const stage = await openParted(t)
  const [part, whole] = [
    await SessionClient.open(pathOf(stage, "part")),
    await SessionClient.open(stage.path("application")),
  ]
  const keysOf = async (client: SessionClient): Promise<readonly string[]> => {
    const id = client.start("watch", { kind: "kv" })
    return (await client.event(id, "view")).items.map(({ key }: { key: string }) => key)
  }
  for (const key of ["own-a", "foreign-a"]) await ask(stage, `/v1/kv/${key}`, { method: "PUT", body: { value: 1 } })
  t.same(await keysOf(whole), ["foreign-a", "own-a"])
  t.same(await keysOf(part), ["own-a"])
  t.same(await keysOf(whole), ["foreign-a", "own-a"])
  for (const client of [part, whole]) client.socket.destroy()
})

test("many names are filtered like few", async (t) => {
  const stage = await openParted(t)
  for (let index = 0; index < 400; index++) {
    const key = `${index % 2 === 0 ? "own" : "foreign"}-${index}`
    stage.cluster.apply({ kind: "kvPut", request: undefined, key, value: "1", ifRev: undefined, guard: undefined })
  }
  const watcher = await SessionClient.open(pathOf(stage, "part"))
  const id = watcher.start("watch", { kind: "kv" })
  await until("the whole view is there", () => watcher.events(id).some(({ more }) => more !== true))
  const items = watcher.events(id).flatMap(({ items: part }) => part)
  t.equal(items.length, 200)
  t.notOk(JSON.stringify(items).includes("foreign"))
  t.equal((await ask(at(stage, "part"), "/v1/kv")).json.items.length, 200)
  watcher.socket.destroy()
})
