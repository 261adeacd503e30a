import { planWork } from "@conclave/consensus"
import { test } from "tap"
import { ask } from "../local-stage.ts"
import { until } from "../node/until.ts"
import { CurlHold, type HoldStage, openHoldStage, SessionClient, TOKEN } from "./hold-stage.ts"

const at = (item: string, of = ""): string => `/v1/work/jobs/items/${encodeURIComponent(item)}${of}`

/** As the leader does. */
function plan(stage: HoldStage): void {
  for (;;) {
    const seen = stage.cluster.machine.planView("jobs")
    const moves = seen === undefined ? [] : planWork(seen)
    if (moves.length === 0) return
    stage.cluster.apply({ kind: "workAssign", pool: "jobs", moves })
    if (moves.every(({ token }) => token !== undefined)) return
  }
}

test("over HTTP: tasks are put, shown, explained and removed", async (t) => {
  const stage = await openHoldStage(t)
  t.match(await ask(stage, at("a/1"), { method: "PUT", body: { payload: { n: 1 }, weight: 2 } }), {
    status: 200,
    json: { rev: TOKEN },
  })
  await ask(stage, at("b"), { method: "PUT", body: {} })
  const { json } = await ask(stage, "/v1/work/jobs/items")
  t.match(json.items, [
    { item: "a/1", state: "free", worker: null, target: null, token: null, attempt: 1, weight: 2, payload: { n: 1 } },
    { item: "b", payload: null, pin: null, weight: 1, since: String },
  ])
  t.match(await ask(stage, "/v1/hold/work/jobs"), {
    json: { counts: { free: 2, assigned: 0 }, config: { partitions: 0, rev: "0" }, brake: { active: false } },
  })
  t.match(await ask(stage, at("b", "/explain")), { status: 200, json: { items: [] } })
  t.match(await ask(stage, at("c", "/explain")), { status: 404, json: { error: { code: "NOT_FOUND" } } })
  t.match(await ask(stage, at("c"), { method: "POST", body: {} }), { status: 404 }, "nothing to try again")
  t.match(await ask(stage, at("b"), { method: "DELETE", body: {} }), { json: { removed: true } })
  t.match(await ask(stage, at("b"), { method: "DELETE", body: {} }), { json: { removed: false } })
})

test("a pool is configured by whoever has seen what it replaces", async (t) => {
  const stage = await openHoldStage(t)
  const configure = (body: object) => ask(stage, "/v1/work/jobs", { method: "PUT", body })
  const { rev } = (await configure({ partitions: 3, ifRev: "0" })).json
  t.match(await configure({ partitions: 4, ifRev: "0" }), {
    status: 409,
    json: { error: { code: "CONFLICT", details: { reason: "rev", current: rev } } },
  })
  t.match(await configure({ maxAttempts: 3, ifRev: rev }), { status: 200 })
  const { json } = await ask(stage, "/v1/work/jobs/items")
  t.same(
    json.items.map(({ item }: { item: string }) => item),
    ["0", "1", "2"],
  )
  t.match(await ask(stage, at("x"), { method: "PUT", body: {} }), {
    status: 409,
    json: { error: { details: { reason: "partitioned" } } },
  })
})

test("a worker over HTTP is given items, keeps a checkpoint and settles them by its session and their tokens", async (t) => {
  const stage = await openHoldStage(t)
  await ask(stage, at("x"), { method: "PUT", body: { payload: [1] } })
  const worker = new CurlHold(stage.path("application"), "work/jobs", { id: "w1", capacity: 2 })
  const { session, secret } = await worker.first("granted")
  plan(stage)
  const { token, ...assigned } = await worker.first("assigned")
  t.match(assigned, { item: "x", payload: [1], checkpoint: null, attempt: 1, rev: TOKEN })
  t.match(await ask(stage, "/v1/hold/work/jobs"), { json: { holders: [{ id: "w1", capacity: 2, used: 1 }] } })
  const pool = { name: "jobs", counts: { free: 0, assigned: 1 }, config: { rev: "0" }, holders: [{ used: 1 }] }
  t.match(await ask(stage, "/v1/hold/work"), { json: { items: [pool] } }, "in a list, too")
  const headers = { "Conclave-Session": `${session}.${secret}` }
  const keep = (body: object) => ask(stage, at("x", "/checkpoint"), { method: "PUT", headers, body })
  t.match(await keep({ token, value: { at: 3 } }), { status: 200, json: { rev: TOKEN } })
  t.match(await keep({ token: "1", value: 4 }), {
    status: 409,
    json: { error: { code: "GRANT_LOST", details: { current: token } } },
  })
  const note = (name: string, body: object) => ask(stage, `/v1/hold/work/${name}`, { method: "PATCH", headers, body })
  t.match(await note("jobs", { token, note: "halfway" }), { status: 200, json: { rev: TOKEN } })
  t.match(await ask(stage, "/v1/work/jobs/items"), { json: { items: [{ item: "x", note: "halfway" }] } })
  t.match(await note("other", { token, note: "n" }), { status: 409, json: { error: { code: "GRANT_LOST" } } })
  t.match(await note("jobs", { token: "1", note: "n" }), { status: 409, json: { error: { code: "GRANT_LOST" } } })
  const settle = (body: object, more = {}) => ask(stage, at("x", "/settle"), { method: "POST", body, ...more })
  t.match(await settle({ token, result: "failed" }), { status: 400 }, "without its session")
  t.match(await settle({ token, result: "failed", message: "no luck" }, { headers }), { status: 200 })
  t.match(await settle({ token, result: "done" }, { headers }), {
    status: 409,
    json: { error: { code: "GRANT_LOST" } },
  })
  t.match(await ask(stage, at("x", "/explain")), {
    json: {
      items: [
        { from: null, to: "w1", reason: "least loaded" },
        { from: "w1", to: null, reason: "failed: no luck" },
      ],
      waits: /^it rests/,
    },
  })
  await ask(stage, at("x"), { method: "POST", body: {} })
  plan(stage)
  await until("it is tried again", () => worker.of("assigned").length === 2)
  t.match(worker.of("assigned")[1], { attempt: 2, checkpoint: { at: 3 } })
  t.match(worker.of("lost"), [{ item: "x", token, reason: "released" }], "it settled that itself")
  await ask(stage, at("x"), { method: "DELETE", body: {} })
  await until("it is lost", () => worker.of("lost").length === 2)
  t.match(worker.of("lost")[1], { item: "x", reason: "removed" })
  worker.socket.destroy()
})

test("in frames: the end of a worker's stream asks its items back, and comes when they are settled", async (t) => {
  const stage = await openHoldStage(t)
  await ask(stage, "/v1/work/jobs", { method: "PUT", body: { partitions: 2 } })
  const client = await SessionClient.open(stage.path("application"))
  const id = client.start("hold", { kind: "work", name: "jobs", id: "w1" }, 1)
  await client.event(id, "granted")
  plan(stage)
  const all = async (type: string) => {
    await until(`two events ${type}`, () => client.events(id).filter((event) => event.type === type).length === 2)
    return client.events(id).filter((event) => event.type === type)
  }
  const [one, two] = await all("assigned")
  client.send({ id, end: true })
  t.match(await all("revoking"), [
    { item: one.item, token: one.token, reason: "drain", by: "w1", deadlineMs: Number },
    { item: two.item, token: two.token },
  ])
  const settled = (item: string, token: string, seq: number) =>
    client.ask("work.settle", { name: "jobs", item, token, result: "released" }, seq)
  await settled(one.item, one.token, 2)
  t.equal(stage.cluster.machine.name("work", "jobs").holders.length, 1)
  await settled(two.item, two.token, 3)
  t.match(await client.event(id, "released"), { rev: TOKEN })
  t.match(await client.answer(id), { out: { released: true } })
  t.match(stage.cluster.machine.name("work", "jobs").holders, [])
  client.socket.destroy()
})

test("the token of an item guards an entry while it holds", async (t) => {
  const stage = await openHoldStage(t)
  await ask(stage, at("x"), { method: "PUT", body: {} })
  const worker = new CurlHold(stage.path("application"), "work/jobs", {})
  await worker.first("granted")
  plan(stage)
  const { token } = await worker.first("assigned")
  const put = () =>
    ask(stage, "/v1/kv/out", { method: "PUT", body: { value: 1, guard: { kind: "work", name: "jobs", token } } })
  t.match(await put(), { status: 200 })
  await ask(stage, at("x"), { method: "DELETE", body: {} })
  t.match(await put(), { status: 409, json: { error: { code: "GRANT_LOST" } } })
  worker.socket.destroy()
})
