import { frame } from "@conclave/base"
import { planWork } from "@conclave/consensus"
import { connect } from "@conclave/sdk"
import { test } from "tap"
import { ask, RawClient } from "../local-stage.ts"
import { CurlHold, type HoldStage, openHoldStage, SessionClient } from "./hold-stage.ts"

/** JSON text of so many bytes: quotes and ASCII. */
function text(bytes: number): string {
  return "x".repeat(bytes - 2)
}

function put(stage: HoldStage, path: string, body: object, headers: Readonly<Record<string, string>> = {}) {
  return ask(stage, path, { method: "PUT", body, headers })
}

function invalid(field: string) {
  return { status: 400, json: { error: { code: "INVALID_ARGUMENT", outcome: "not-applied", details: { field } } } }
}

const EXHAUSTED = (limit: string) => ({
  status: 429,
  json: { error: { code: "RESOURCE_EXHAUSTED", outcome: "not-applied", details: { limit } } },
})

/** One worker over HTTP that has the task `x`. */
async function owned(stage: HoldStage) {
  await put(stage, "/v1/work/jobs/items/x", {})
  const worker = new CurlHold(stage.path("application"), "work/jobs")
  const { session, secret } = await worker.first("granted")
  assign(stage)
  const { token } = await worker.first("assigned")
  return { worker, token, headers: { "Conclave-Session": `${session}.${secret}` } }
}

/** As the leader does. */
function assign(stage: HoldStage): void {
  for (let isMore = true; isMore; ) {
    const seen = stage.cluster.machine.planView("jobs")
    const moves = seen === undefined ? [] : planWork(seen)
    if (moves.length > 0) stage.cluster.apply({ kind: "workAssign", pool: "jobs", moves })
    isMore = moves.some(({ token }) => token === undefined)
  }
}

test("values, payloads and what holders say have a size each: at the limit they are taken, one byte more is refused", async (t) => {
  const stage = await openHoldStage(t)
  const KIB64 = 64 * 1024
  t.equal((await put(stage, "/v1/kv/k", { value: text(KIB64) })).status, 200)
  t.match(await put(stage, "/v1/kv/k", { value: text(KIB64 + 1) }), invalid("value"))
  // Three bytes a character: measured is UTF-8, not what a string counts.
  t.equal((await put(stage, "/v1/kv/k", { value: "€".repeat((KIB64 - 2) / 3) })).status, 200)
  t.match(await put(stage, "/v1/kv/k", { value: "€".repeat((KIB64 - 2) / 3 + 1) }), invalid("value"))
  t.equal((await put(stage, "/v1/work/jobs/items/y", { payload: text(KIB64) })).status, 200)
  t.match(await put(stage, "/v1/work/jobs/items/y", { payload: text(KIB64 + 1) }), invalid("payload"))
  await ask(stage, "/v1/work/jobs/items/y", { method: "DELETE", body: {} })
  const { worker, token, headers } = await owned(stage)
  const keep = (value: string) => put(stage, "/v1/work/jobs/items/x/checkpoint", { token, value }, headers)
  t.equal((await keep(text(4096))).status, 200)
  t.match(await keep(text(4097)), invalid("value"))
  const settle = (message: string) =>
    ask(stage, "/v1/work/jobs/items/x/settle", { method: "POST", headers, body: { token, result: "failed", message } })
  t.match(await settle("m".repeat(257)), invalid("message"))
  t.equal((await settle("m".repeat(256))).status, 200)
  worker.socket.destroy()
  for (const [kind, field, limit] of [
    ["group/g", "value", 4096],
    ["election/e", "value", 4096],
  ] as const) {
    const held = new CurlHold(stage.path("application"), kind, { [field]: text(limit) })
    await held.first("granted")
    held.socket.destroy()
    t.match(
      await ask(stage, `/v1/hold/${kind}`, { method: "POST", body: { [field]: text(limit + 1) } }),
      invalid(field),
    )
  }
})

test("as many items as there may be, over all pools: the next is refused, and one that is done makes room", async (t) => {
  const stage = await openHoldStage(t, 10_000, { workItems: 3 })
  for (const item of ["a", "b"]) t.equal((await put(stage, `/v1/work/one/items/${item}`, {})).status, 200)
  t.match(await put(stage, "/v1/work/parts", { partitions: 2 }), EXHAUSTED("work items"))
  t.equal((await put(stage, "/v1/work/parts", { partitions: 1 })).status, 200)
  t.match(await put(stage, "/v1/work/one/items/c", {}), EXHAUSTED("work items"))
  t.equal((await put(stage, "/v1/work/one/items/b", { payload: 1 })).status, 200, "one that is there")
  await ask(stage, "/v1/work/one/items/a", { method: "DELETE", body: {} })
  t.equal((await put(stage, "/v1/work/one/items/c", {})).status, 200)
})

test("settings, weights, limits and parties out of bounds are refused by name", async (t) => {
  const stage = await openHoldStage(t)
  const post = (path: string, body: object) => ask(stage, path, { method: "POST", body })
  t.match(await put(stage, "/v1/work/p", { partitions: 50_001 }), { status: 429 }, "a count")
  t.match(await put(stage, "/v1/work/p", { partitions: -1 }), invalid("partitions"))
  t.match(await put(stage, "/v1/work/p", { maxAttempts: 0 }), invalid("maxAttempts"))
  t.match(await put(stage, "/v1/work/p", { spread: "rack" }), invalid("spread"))
  t.match(await put(stage, "/v1/work/p/items/x", { weight: 0 }), invalid("weight"))
  t.match(await put(stage, "/v1/work/p/items/x", { pin: " " }), invalid("pin"))
  t.match(await put(stage, `/v1/work/p/items/${"x".repeat(256)}`, {}), invalid("item"))
  t.equal((await put(stage, `/v1/work/p/items/${"x".repeat(255)}`, {})).status, 200)
  t.match(await put(stage, `/v1/kv/${"k".repeat(256)}`, { value: 1 }), invalid("key"))
  t.match(await put(stage, "/v1/kv/k", { value: 1, ifRev: "-1" }), invalid("ifRev"))
  t.match(await put(stage, "/v1/kv/k", { value: 1, guard: { kind: "lock", name: "l" } }), { status: 400 })
  t.match(await post("/v1/hold/semaphore/s", { limit: 0 }), invalid("limit"))
  t.match(await post("/v1/hold/semaphore/s", { limit: 2, weight: 3 }), { status: 400 })
  t.match(await post("/v1/barriers/b", { parties: 0 }), invalid("parties"))
  t.match(await post("/v1/barriers/b", { parties: 10_001 }), { status: 429 }, "a count")
  t.same(stage.cluster.machine.name("barrier", "b").waiters, [])
})

test("two deployments that configure one pool: the later one hears what it has not seen", async (t) => {
  const stage = await openHoldStage(t)
  const { rev } = (await put(stage, "/v1/work/p", { partitions: 4, ifRev: "0" })).json
  const seen = (await ask(stage, "/v1/hold/work/p")).json.config.rev
  t.equal(seen, rev)
  const first = await put(stage, "/v1/work/p", { partitions: 8, ifRev: seen })
  t.equal(first.status, 200)
  t.match(await put(stage, "/v1/work/p", { partitions: 6, ifRev: seen }), {
    status: 409,
    json: { error: { code: "CONFLICT", outcome: "not-applied", details: { reason: "rev", current: first.json.rev } } },
  })
  t.equal((await ask(stage, "/v1/hold/work/p")).json.config.partitions, 8)
})

test("who settles twice, or after the item went on, settles nothing; the same number gets the same answer", async (t) => {
  const stage = await openHoldStage(t)
  const [one, other] = [
    await SessionClient.open(stage.path("application")),
    await SessionClient.open(stage.path("application")),
  ]
  await put(stage, "/v1/work/jobs", { handoffTimeoutMs: 0, maxAttempts: 3 })
  await put(stage, "/v1/work/jobs/items/x", {})
  const place = one.start("hold", { kind: "work", name: "jobs" }, 1)
  await one.event(place, "granted")
  assign(stage)
  const { token } = await one.event(place, "assigned")
  const about = { name: "jobs", item: "x", token }
  const lost = { error: { code: "GRANT_LOST", outcome: "not-applied" } }
  t.match(await other.ask("work.settle", { ...about, result: "done" }, 1), { error: { code: "PERMISSION_DENIED" } })
  const failed = await one.ask("work.settle", { ...about, result: "failed" }, 2)
  t.match(failed, { out: { rev: /^\d+$/ } })
  t.same((await one.ask("work.settle", { ...about, result: "failed" }, 2)).out, failed.out)
  t.match(await one.ask("work.settle", { ...about, result: "done" }, 3), lost, "twice")
  await ask(stage, "/v1/work/jobs/items/x", { method: "POST", body: {} })
  assign(stage)
  t.equal(stage.cluster.machine.item("jobs", "x")?.state, "assigned")
  t.match(await one.ask("work.settle", { ...about, result: "done" }, 4), lost, "late")
  t.match(await one.ask("work.checkpoint", { ...about, value: 1 }, 5), lost, "with an old token")
  t.equal(stage.cluster.machine.item("jobs", "x")?.checkpoint, undefined)
})

test("over HTTP, too, who settles twice or late, or keeps a checkpoint under an old token, changes nothing", async (t) => {
  const stage = await openHoldStage(t)
  await put(stage, "/v1/work/jobs", { maxAttempts: 3 })
  const { worker, token, headers } = await owned(stage)
  const settle = (result: string, by = headers) =>
    ask(stage, "/v1/work/jobs/items/x/settle", { method: "POST", headers: by, body: { token, result } })
  const keep = (value: unknown) => put(stage, "/v1/work/jobs/items/x/checkpoint", { token, value }, headers)
  t.match(await settle("done", { "Conclave-Session": "" }), { status: 403 })
  t.equal((await keep({ at: 1 })).status, 200)
  t.equal((await settle("failed")).status, 200)
  const lost = {
    status: 409,
    json: { error: { code: "GRANT_LOST", outcome: "not-applied", details: { current: null } } },
  }
  t.match(await settle("failed"), lost, "twice")
  t.match(await keep({ at: 2 }), lost)
  await ask(stage, "/v1/work/jobs/items/x", { method: "POST", body: {} })
  assign(stage)
  const now = String(stage.cluster.machine.item("jobs", "x")?.owner?.token)
  t.not(now, token)
  const elsewhere = { status: 409, json: { error: { code: "GRANT_LOST", details: { current: now } } } }
  t.match(await settle("done"), elsewhere, "late")
  t.match(await keep({ at: 3 }), elsewhere)
  t.match(stage.cluster.machine.item("jobs", "x"), { state: "assigned", attempt: 2, checkpoint: '{"at":1}' })
  worker.socket.destroy()
})

test("a worker that never settles keeps its item while it lives, and no longer than a hand-off may take", async (t) => {
  const stage = await openHoldStage(t, 2000)
  await put(stage, "/v1/work/jobs", { handoffTimeoutMs: 0 })
  const { worker, token } = await owned(stage)
  const other = new CurlHold(stage.path("application"), "work/jobs")
  await other.first("granted")
  assign(stage)
  t.equal(String(stage.cluster.machine.item("jobs", "x")?.owner?.token), token, "nothing moves without a reason")
  await put(stage, "/v1/work/jobs/items/x", { pin: (await other.first("granted")).id })
  assign(stage)
  t.match(await worker.first("revoking"), { item: "x", token, reason: "handoff", deadlineMs: Number })
  t.match(await worker.first("lost"), { item: "x", token, reason: "handoff-timeout" })
  assign(stage)
  t.match(await other.first("assigned"), { item: "x", attempt: 1 })
  for (const each of [worker, other]) each.socket.destroy()
})

test("a limit that another deployment has is refused with the one that counts, by both doors, and leaves it be", async (t) => {
  const stage = await openHoldStage(t)
  const first = new CurlHold(stage.path("application"), "semaphore/s", { limit: 3 })
  await first.first("granted")
  const refused = { code: "CONFLICT", outcome: "not-applied", details: { reason: "limit", current: "3" } }
  const { status, json } = await ask(stage, "/v1/hold/semaphore/s", { method: "POST", body: { limit: 5 } })
  t.match([status, json.error], [409, refused])
  const client = await SessionClient.open(stage.path("application"))
  t.match(await client.ask("hold", { kind: "semaphore", name: "s", limit: 2 }, 1), { error: refused })
  t.match((await ask(stage, "/v1/hold/semaphore/s")).json, { limit: 3, used: 1, waiters: [] })
  await client.event(client.start("hold", { kind: "semaphore", name: "s", limit: 3 }, 2), "granted")
  client.socket.destroy()
  first.socket.destroy()
})

test("a guard whose grant has just moved lets nothing through, also not the value of the old holder's last try", async (t) => {
  const stage = await openHoldStage(t)
  const first = new CurlHold(stage.path("application"), "lock/l")
  const { token } = await first.first("granted")
  const next = new CurlHold(stage.path("application"), "lock/l")
  await next.first("queued")
  const guarded = (value: number, by: string) =>
    put(stage, "/v1/kv/k", { value, guard: { kind: "lock", name: "l", token: by } })
  t.equal((await guarded(1, token)).status, 200)
  first.socket.destroy()
  const { token: now } = await next.first("granted")
  t.match(await guarded(2, token), {
    status: 409,
    json: { error: { code: "GRANT_LOST", outcome: "not-applied", details: { current: now } } },
  })
  t.match(await ask(stage, "/v1/kv/k", { method: "DELETE", body: { guard: { kind: "lock", name: "l", token } } }), {
    status: 409,
  })
  t.match((await ask(stage, "/v1/kv/k")).json, { value: 1 })
  t.equal((await guarded(3, now)).status, 200)
  next.socket.destroy()
})

test("a watch from a revision that is not yet is one of another state: it begins anew, and goes on from there", async (t) => {
  const stage = await openHoldStage(t)
  await put(stage, "/v1/kv/a", { value: 1 })
  const client = await SessionClient.open(stage.path("application"))
  for (const from of [String(stage.cluster.machine.rev + 1000), String(2n ** 63n - 1n)]) {
    const watch = client.start("watch", { kind: "kv", from })
    t.match(await client.event(watch, "view"), { reset: true, items: [{ key: "a" }] })
    await put(stage, "/v1/kv/a", { value: from })
    t.match(await client.event(watch, "change"), { changes: [{ type: "put", item: { value: from } }] })
    client.send({ id: watch, end: true })
  }
  const odd = client.start("watch", { kind: "kv", from: "soon" })
  t.match(await client.answer(odd), { error: { code: "INVALID_ARGUMENT", details: { field: "from" } } })
})

test("over HTTP, too, a watch from a revision that is not yet begins anew", async (t) => {
  const stage = await openHoldStage(t)
  await put(stage, "/v1/kv/a", { value: 1 })
  const client = new RawClient(stage.path("application"))
  const from = String(stage.cluster.machine.rev + 1000)
  client.write(`GET /v1/watch/kv?from=${from} HTTP/1.1\r\nHost: x\r\n\r\n`)
  await client.says(/"type":"view"[^\n]*"reset":true/)
  await put(stage, "/v1/kv/a", { value: 2 })
  await client.says(/"type":"change"[^\n]*"value":2/)
  t.match((await ask(stage, "/v1/watch/kv?from=soon")).json, { error: { details: { field: "from" } } })
  t.match((await ask(stage, "/v1/watch/kv?from=-1")).json, { error: { details: { field: "from" } } })
  client.socket.destroy()
})

test("in frames, too: no JSON ends the connection, too deep a value only its call, and of a key given twice the last counts", async (t) => {
  const stage = await openHoldStage(t)
  const path = stage.path("application")
  const client = await SessionClient.open(path)
  const raw = (id: number, value: string): void => {
    client.write(frame(Buffer.from(`{"id":${id},"seq":${id},"op":"kv.put","in":{"key":"k","value":${value}}}`)))
  }
  const nested = (levels: number): string => `${"[".repeat(levels)}${"]".repeat(levels)}`
  raw(10, nested(257))
  t.match(await client.answer(10), { error: { code: "INVALID_ARGUMENT", details: { field: "value" } } })
  raw(11, "1e999")
  t.match(await client.answer(11), { error: { code: "INVALID_ARGUMENT", details: { field: "value" } } })
  raw(12, nested(256))
  t.match(await client.answer(12), { out: { rev: String } })
  raw(13, '{"a":1,"a":{"b":1,"b":2}}')
  t.match(await client.answer(13), { out: { rev: String } })
  t.equal(stage.cluster.machine.entry("k")?.value, '{"a":{"b":2}}')
  raw(14, "tru")
  t.match(await client.got((message) => "error" in message && !("id" in message)), {
    error: { code: "INVALID_ARGUMENT" },
  })
  await client.closed()
  t.equal(stage.cluster.machine.entry("k")?.value, '{"a":{"b":2}}')
})

test("the SDK hands over nothing that JSON would say otherwise, nor what is nested too deep, and goes on", async (t) => {
  const stage = await openHoldStage(t)
  const client = await connect({ socket: stage.path("application") })
  t.teardown(() => client.close())
  const refused = { code: "INVALID_ARGUMENT", outcome: "not-applied", details: { field: "value" } }
  const deep = JSON.parse(`${"[".repeat(257)}${"]".repeat(257)}`)
  for (const value of [Number.NaN, { a: [Number.NEGATIVE_INFINITY] }, [1n], deep] as never[]) {
    await t.rejects(client.kv.put("k", value), refused)
    await t.rejects(client.election("e").campaign({ value }), refused)
    await t.rejects(client.group("g").join({ value }), refused)
  }
  const payload = { code: "INVALID_ARGUMENT", details: { field: "payload" } }
  await t.rejects(client.work("p").put("x", { payload: Number.NaN as never }), payload)
  const member = await client.group("g").join()
  await t.rejects(member.update({ value: { a: Number.NaN } }), refused)
  t.equal(stage.cluster.machine.entry("k"), undefined)
  t.ok(member.held)
})

test("values that are no JSON or nested too deep are refused; of a key given twice the last counts, and is kept alone", async (t) => {
  const stage = await openHoldStage(t)
  const raw = (body: string) => ask(stage, "/v1/kv/k", { method: "PUT", body })
  for (const value of ["{", "tru", "NaN", "01", "'x'", "[1,]", "", '"\\x"', "1e999"])
    t.match(await raw(`{"value":${value}}`), { status: 400, json: { error: { code: "INVALID_ARGUMENT" } } }, value)
  for (const body of ["", "[]", "null", "1", '{"value":1} x']) t.equal((await raw(body)).status, 400, body)
  const nested = (levels: number): string => `${"[".repeat(levels)}${"]".repeat(levels)}`
  t.equal((await raw(`{"value":${nested(256)}}`)).status, 200)
  t.equal((await raw(`{"value":${nested(257)}}`)).status, 400)
  t.equal((await raw(`{"value":${nested(100_000)}}`)).status, 400)
  t.equal((await raw('{"value":{"a":1,"b":2,"a":3},"value":{"a":4,"a":5,"__proto__":6}}')).status, 200)
  t.equal(stage.cluster.machine.entry("k")?.value, '{"a":5,"__proto__":6}')
})
