import { type Client, ConclaveError, connect } from "@conclave/sdk"
import { OPS } from "conclave/api/schema"
import { WATCHES_EACH_MAX } from "conclave/watch-slots"
import { type Test, test } from "tap"
import { ask } from "../local-stage.ts"
import { until } from "../node/until.ts"
import { CurlHold, type HoldStage, openHoldStage, SessionClient } from "./hold-stage.ts"

type OpName = "kv.put" | "work.put" | "work.configure" | "hold" | "barrier"
type Input = Readonly<Record<string, unknown>>
/** What it is answered where it is refused; undefined: it was taken. */
type Door = (stage: HoldStage, op: OpName, input: Input) => Promise<unknown>

interface Row {
  readonly what: string
  readonly op: OpName
  readonly at: Input
  readonly beyond: Input
  readonly field: string
  /** Counts are exhausted, what is out of bounds is invalid. */
  readonly isCount?: boolean
}

const KIB64 = 64 * 1024
const KV = { key: "k", value: 1 }
const ITEM = { name: "p", item: "i" }
const POOL = { name: "p", partitions: 1 }
const LOCK = { kind: "lock", name: "l" }
const ELECTION = { kind: "election", name: "e" }
const GROUP = { kind: "group", name: "g" }
const WORKER = { kind: "work", name: "w" }
const BARRIER = { name: "b", waitMs: 0 }

const ROWS: readonly Row[] = [
  row("value", "kv.put", KV, "value", [json(KIB64), json(KIB64 + 1)]),
  row("payload", "work.put", ITEM, "payload", [json(KIB64), json(KIB64 + 1)]),
  row("value of a group", "hold", GROUP, "value", [json(4096), json(4097)]),
  row("value of an election", "hold", ELECTION, "value", [json(4096), json(4097)]),
  row("note", "hold", LOCK, "note", ["n".repeat(256), "n".repeat(257)]),
  row("note in bytes", "hold", LOCK, "note", ["€".repeat(85), "€".repeat(86)]),
  row("lock delay", "hold", LOCK, "lockDelayMs", [60_000, 60_001]),
  row("tags", "hold", WORKER, "tags", [{ ab: "x".repeat(510) }, { ab: "x".repeat(511) }]),
  row("name of a hold", "hold", LOCK, "name", [name(255), name(256)]),
  row("id", "hold", GROUP, "id", [name(255), name(256)]),
  row("key", "kv.put", KV, "key", [name(255), name(256)]),
  row("pool", "work.configure", POOL, "name", [name(255), name(256)]),
  row("item", "work.put", ITEM, "item", [name(255), name(256)]),
  { ...row("names of one lock", "hold", LOCK, "names", [names(63), names(64)]), isCount: true },
  { ...row("partitions", "work.configure", POOL, "partitions", [50_000, 50_001]), isCount: true },
  { ...row("parties", "barrier", BARRIER, "parties", [10_000, 10_001]), isCount: true },
]

function row(what: string, op: OpName, base: Input, field: string, [at, beyond]: readonly [unknown, unknown]): Row {
  return { what, op, at: { ...base, [field]: at }, beyond: { ...base, [field]: beyond }, field }
}

/** Text that has so many bytes as JSON. */
function json(bytes: number): string {
  return "x".repeat(bytes - 2)
}

function name(characters: number): string {
  return "r".repeat(characters)
}

/** Beside the one in the path. */
function names(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `n${index}`)
}

const WRITES: readonly string[] = ["acquire", "kvPut", "workPut", "workConfigure"]

const byHttp: Door = async (stage, op, input) => {
  const { method, path } = OPS[op]
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, part = ""]) => part)
  const target = path.replace(/\{(\w+)\}/g, (_, part: string) => encodeURIComponent(String(input[part])))
  const body = Object.fromEntries(Object.entries(input).filter(([key]) => !inPath.includes(key)))
  if (op !== "hold") return (await ask(stage, target, { method, body })).json.error
  const held = new CurlHold(stage.path("application"), target.replace("/v1/hold/", ""), body)
  await until("a first line", () => held.lines.length > 0)
  held.socket.destroy()
  return held.lines[0].error
}

const byFrames: Door = async (stage, op, input) => {
  const client = await SessionClient.open(stage.path("application"))
  const id = client.start(op, input, 1)
  const first = await client.got((message) => message["id"] === id)
  client.socket.destroy()
  return first["error"]
}

const bySdk: Door = async (stage, op, input) => {
  const client = await connect({ socket: stage.path("application") })
  try {
    if (op === "hold") await holds(client, stage, input)
    else await client.request(op, input as never)
    return undefined
  } catch (error) {
    if (!ConclaveError.is(error)) throw error
    return error.toJSON()
  } finally {
    await client.close()
  }
}

/** Each kind by its own call. */
async function holds(client: Client, stage: HoldStage, { kind, name: first, ...more }: Input): Promise<void> {
  const of = String(first)
  const { names: others = [], ...options } = more as { readonly names?: readonly string[] }
  if (kind === "lock") return void (await client.lock([of, ...others], options))
  if (kind === "election") return void (await client.election(of).campaign(options))
  if (kind === "group") return void (await client.group(of).join(options))
  const stop = new AbortController()
  const run = client.work(of).run(async () => {}, { ...options, signal: stop.signal })
  let isOver = false
  const end = run.finally(() => {
    isOver = true
  })
  end.catch(() => {})
  await until("a worker, or none", () => isOver || stage.cluster.machine.name("work", of).holders.length > 0)
  stop.abort()
  await end
}

async function isHeld(t: Test, door: Door, { what, op, at, beyond, field, isCount = false }: Row): Promise<void> {
  const stage = await openHoldStage(t)
  const taken = (await door(stage, op, at)) as { readonly code?: string } | undefined
  // A barrier that nobody else comes to is over at once.
  t.ok(taken === undefined || taken.code === "WAIT_TIMEOUT", `${what} at the limit: ${JSON.stringify(taken)}`)
  const before = stage.cluster.commands.length
  const code = isCount ? "RESOURCE_EXHAUSTED" : "INVALID_ARGUMENT"
  const refused = await door(stage, op, beyond)
  t.match(refused, { code, outcome: "not-applied", retryable: false, details: { field } }, `${what} beyond it`)
  const proposed = stage.cluster.commands.slice(before).map(({ kind }) => kind)
  t.strictSame(
    proposed.filter((kind) => WRITES.includes(kind)),
    [],
    "nothing of it comes to the log",
  )
}

for (const [way, door] of [
  ["over HTTP", byHttp],
  ["in frames", byFrames],
  ["by the SDK", bySdk],
] as const) {
  test(`every size and count of one call, at its limit and one beyond, ${way}`, async (t) => {
    for (const row of ROWS) await t.test(row.what, (each) => isHeld(each, door, row))
  })
}

test("times to live at both limits and beyond, over HTTP, in frames and by the SDK", async (t) => {
  const stage = await openHoldStage(t)
  const path = stage.path("application")
  for (const ttlMs of [2000, 300_000]) {
    const held = new CurlHold(path, `lock/of-${ttlMs}`, { ttlMs })
    await held.first("granted")
    held.socket.destroy()
    const client = await SessionClient.greet(path)
    t.match(await client.ask("session.open", { ttlMs }), { out: { id: String } })
    client.socket.destroy()
    await (await connect({ socket: path, ttlMs })).close()
  }
  const refused = { code: "INVALID_ARGUMENT", details: { field: "ttlMs" } }
  for (const ttlMs of [1999, 300_001]) {
    const { status, json: answer } = await ask(stage, "/v1/hold/lock/l", { method: "POST", body: { ttlMs } })
    t.match([status, answer.error], [400, refused])
    const client = await SessionClient.greet(path)
    t.match(await client.ask("session.open", { ttlMs }), { error: refused })
    client.socket.destroy()
    await t.rejects(connect({ socket: path, ttlMs }), refused)
  }
})

test("as many watches of shared state as one connection may have: the next is refused, and one that ends makes room", async (t) => {
  const stage = await openHoldStage(t)
  const client = await SessionClient.open(stage.path("application"))
  const watches = Array.from({ length: WATCHES_EACH_MAX }, (_, at) =>
    client.start("watch", { kind: "kv", prefix: `${at}` }),
  )
  for (const watch of watches) await client.event(watch, "view")
  const refused = { code: "RESOURCE_EXHAUSTED", outcome: "not-applied", details: { limit: WATCHES_EACH_MAX } }
  t.match(await client.ask("watch", { kind: "kv" }), { error: refused })
  client.send({ id: watches[0], end: true })
  await client.answer(watches[0] as number)
  await client.event(client.start("watch", { kind: "kv" }), "view")
  client.socket.destroy()
})
