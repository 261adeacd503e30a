import { headBytes } from "conclave/node/http/http-exchange"
import { test } from "tap"
import { fakeMember, memberId } from "../../fake-view.ts"
import { ask, openStage, RawClient } from "../../local-stage.ts"
import { outside } from "../../outside.ts"
import { until } from "../until.ts"

test("status is what the agent knows of itself", async (t) => {
  const stage = await openStage(t)
  stage.fake.put(fakeMember("b", { state: "suspect" }))
  const { status, json } = await ask(stage, "/v1/status")
  t.equal(status, 200)
  t.match(json, { name: "a", id: memberId("a"), cluster: "test", clusterId: null, profile: "lan", uptimeMs: 1235 })
  t.match(json, { ready: true, encrypted: false, localHealth: 2, raft: null, sessions: 0, grants: 0 })
  t.same(json.members, { alive: 1, suspect: 1, dead: 0, left: 0 })
  t.same(json.warnings, [{ code: "not-encrypted", message: "plain", hint: "keep it inside" }])
})

test("members are listed by the bytes of their names, and filtered", async (t) => {
  const stage = await openStage(t)
  stage.fake.put(fakeMember("b", { state: "dead", tags: { role: "db" } }))
  stage.fake.put(fakeMember("B", { tags: { role: "db" } }))
  const all = await ask(stage, "/v1/members")
  t.same([all.json.version, all.json.items.map((each: { name: string }) => each.name)], ["3", ["B", "a", "b"]])
  const names = async (query: string): Promise<string[]> =>
    (await ask(stage, `/v1/members?${query}`)).json.items.map((each: { name: string }) => each.name)
  t.same(await names("status=dead"), ["b"])
  t.same(await names("status=dead,alive"), ["B", "a", "b"])
  t.same(await names("status=dead&status=left"), ["b"])
  t.same(await names("tag=role%3Ddb&status=alive"), ["B"])
  t.same(await names("tag=role=web"), [])
  t.same(await names("shoe=42&stale=true&timeoutMs=100"), ["B", "a", "b"], "what nobody knows is ignored")
  const wrong = await ask(stage, "/v1/members?status=asleep")
  t.match(wrong, { status: 400, json: { error: { code: "INVALID_ARGUMENT", details: { field: "status" } } } })
  const tag = await ask(stage, "/v1/members?tag=role")
  t.match(tag, { status: 400, json: { error: { code: "INVALID_ARGUMENT", details: { field: "tag" } } } })
})

test("one member, with its accusations; its name is one percent-encoded segment", async (t) => {
  const stage = await openStage(t)
  stage.fake.put(fakeMember("web.1-a_b"))
  const accuser = { id: memberId("a"), path: "tcp" as const, rttMs: 0, health: 1 }
  stage.fake.accusations.push({ subject: memberId("web.1-a_b"), atMs: 2000 as never, accuser })
  const { status, json } = await ask(stage, "/v1/members/%77eb.1-a%5Fb")
  t.equal(status, 200)
  t.same(json, {
    name: "web.1-a_b",
    id: memberId("web.1-a_b"),
    addr: "10.0.0.1:7951",
    status: "alive",
    since: "2026-03-01T11:00:01.000Z",
    restartingUntil: null,
    self: false,
    generation: "3",
    incarnation: "5",
    raft: "none",
    rttMs: 0.123,
    zone: null,
    tags: {},
    version: "1.2.3",
    protocol: [1, 1],
    health: [],
    accusations: [{ time: "2026-03-01T11:00:02.000Z", by: "a", path: "tcp", rttMs: null, accuserHealth: 1 }],
  })
  const missing = await ask(stage, "/v1/members/nobody")
  t.match(missing, { status: 404, json: { error: { code: "NOT_FOUND", outcome: "not-applied", retryable: false } } })
  t.match(await ask(stage, "/v1/members/a%2Fb"), { status: 400, json: { error: { details: { field: "name" } } } })
  t.equal((await ask(stage, "/v1/members/%ff")).status, 404, "no text")
  t.equal((await ask(stage, "/v1/members/")).status, 404)
})

test("an unknown path and a wrong method are not found", async (t) => {
  const stage = await openStage(t)
  for (const [method, path] of [
    ["GET", "/"],
    ["GET", "//"],
    ["GET", "/v1/statuses"],
    ["GET", "/v1/status/"],
    ["GET", "/v1/members/a/b"],
    ["GET", "/v1/x/../status"],
    ["POST", "/v1/status"],
    ["DELETE", "/v1/members"],
    ["PUT", "/v1/members/a"],
    ["PATCH", "/v1/ping"],
    ["OPTIONS", "*"],
    ["GET", "/v1/nothing/x"],
    ["POST", "/livez"],
    ["GET", "/v1/watch"],
  ] as const) {
    const body = method === "GET" ? undefined : "{}"
    const answer = await ask(stage, path, { method, body, door: "admin" })
    t.match(answer, { status: 404, json: { error: { code: "NOT_FOUND" } } }, `${method} ${path}`)
    t.ok(answer.json.error.hint)
  }
  const head = await ask(stage, "/v1/status", { method: "HEAD" })
  t.same([head.status, head.text], [404, ""])
})

test("what is needed for the admin socket is refused on the other", async (t) => {
  const stage = await openStage(t)
  for (const [method, path, op] of [
    ["POST", "/v1/join", "join"],
    ["POST", "/v1/leave", "leave"],
    ["PUT", "/v1/faults", "faults"],
    ["GET", "/v1/config", "config.show"],
  ] as const) {
    const body = method === "GET" ? undefined : {}
    const { status, json } = await ask(stage, path, { method, body })
    t.equal(status, 403)
    t.match(json.error, { code: "PERMISSION_DENIED", details: { op, name: null }, hint: /admin/ })
  }
  t.equal(stage.fake.leaves, 0)
  const config = await ask(stage, "/v1/config", { door: "admin" })
  t.same(config.json, { items: [{ key: "name", value: "a", origin: "flag" }] })
  t.equal((await ask(stage, "/v1/status", { door: "admin" })).status, 200, "the admin socket serves every one")
})

test("ping measures each path; what never answers is bounded by timeoutMs", async (t) => {
  const stage = await openStage(t)
  stage.fake.put(fakeMember("b"))
  stage.fake.pingMs = (path) => (path === "tcp" ? undefined : 2)
  const { json } = await ask(stage, "/v1/ping", { method: "POST", body: { name: "b", count: 3 } })
  const rttMs = { count: 3, min: 2, mean: 2, p50: 2, p90: 2, p99: 2, max: 2 }
  t.same(json, {
    name: "b",
    items: [
      { path: "indirect", sent: 3, received: 3, rttMs },
      { path: "tcp", sent: 3, received: 0, rttMs: null },
      { path: "udp", sent: 3, received: 3, rttMs },
    ],
  })
  stage.fake.pingMs = () => "never"
  const late = await ask(stage, "/v1/ping?timeoutMs=30", { method: "POST", body: { name: "b" } })
  t.match(late, { status: 504, json: { error: { code: "TIMEOUT", outcome: "unknown", retryable: true } } })
  for (const count of [0, 101, 1.5, "3"]) {
    const wrong = await ask(stage, "/v1/ping", { method: "POST", body: { name: "b", count } })
    t.match(wrong, { status: 400, json: { error: { details: { field: "count" } } } })
  }
  for (const timeoutMs of ["0", "-1", "x", "600001", "1e3", ""]) {
    const wrong = await ask(stage, `/v1/ping?timeoutMs=${timeoutMs}`, { method: "POST", body: { name: "b" } })
    t.match(wrong, { status: 400, json: { error: { details: { field: "timeoutMs" } } } })
  }
})

test("join tells who answered and who did not", async (t) => {
  const stage = await openStage(t)
  stage.fake.joinOutcome = { joined: ["b"], failed: [{ addr: "x:1", message: "refused" }] }
  const body = { addrs: ["10.0.0.2", "x:1"] }
  const { status, json } = await ask(stage, "/v1/join", { method: "POST", door: "admin", body })
  t.same([status, json], [200, { joined: ["b"], failed: [{ addr: "x:1", message: "refused" }] }])
  const none = await ask(stage, "/v1/join", { method: "POST", door: "admin", body: {} })
  t.match(none, { status: 400, json: { error: { details: { field: "addrs" } } } })
  const many = { addrs: Array.from({ length: 65 }, (_, each) => `h${each}`) }
  const over = await ask(stage, "/v1/join", { method: "POST", door: "admin", body: many })
  t.match(over, {
    status: 429,
    json: { error: { code: "RESOURCE_EXHAUSTED", details: { limit: 64, field: "addrs" } } },
  })
})

test("leave: this host for good, or a member that is not alive", async (t) => {
  const stage = await openStage(t)
  stage.fake.put(fakeMember("b", { state: "dead" }))
  stage.fake.put(fakeMember("c"))
  const leave = (body: unknown): ReturnType<typeof ask> =>
    ask(stage, "/v1/leave", { method: "POST", door: "admin", body })
  t.match(await leave({ name: "x" }), { status: 404, json: { error: { code: "NOT_FOUND" } } })
  const alive = await leave({ name: "c" })
  t.match(alive, { status: 409, json: { error: { code: "CONFLICT", details: { reason: "alive", current: "alive" } } } })
  t.same((await leave({ name: "b", prune: true, force: true })).json, { left: "b", seat: "none" })
  t.same(stage.fake.expelled, [[memberId("b"), true]])
  t.equal(stage.fake.leaves, 0)
  t.same((await leave({})).json, { left: "a", seat: "none" })
  t.match(await leave({ name: "a" }), { status: 409 }, "itself only without a name")
  t.same((await ask(stage, "/v1/leave", { method: "POST", door: "admin" })).json, { left: "a", seat: "none" })
  t.equal(stage.fake.leaves, 2)
})

test("faults replace each other, by default both ways; without the flag they are refused", async (t) => {
  const stage = await openStage(t)
  const put = (body: unknown): ReturnType<typeof ask> =>
    ask(stage, "/v1/faults", { method: "PUT", door: "admin", body })
  t.same((await put({ drop: ["b", "unheard-of"] })).json, { drop: ["b", "unheard-of"], in: true, out: true })
  t.same((await put({ drop: [], out: false })).json, { drop: [], in: true, out: false })
  t.same(stage.fake.faults, [
    { drop: ["b", "unheard-of"], in: true, out: true },
    { drop: [], in: true, out: false },
  ])
  t.match(await put({ drop: "b" }), { status: 400, json: { error: { details: { field: "drop" } } } })
  stage.fake.faultInjection = false
  t.match(await put({ drop: [] }), { status: 403, json: { error: { code: "PERMISSION_DENIED" } } })
})

test("what is no operation: life, readiness, metrics, the description", async (t) => {
  const stage = await openStage(t)
  const items = [
    { name: "gossip", ok: true, message: "ok" },
    { name: "join", ok: true, message: "ok" },
  ]
  t.same(await ask(stage, "/readyz").then(({ status, json }) => [status, json]), [200, { ready: true, items }])
  stage.fake.readiness[0] = { name: "join", ok: false, message: "nobody has answered" }
  t.match(await ask(stage, "/readyz"), {
    status: 503,
    json: { ready: false, items: [{ name: "gossip" }, { ok: false }] },
  })
  t.match(await ask(stage, "/livez"), { status: 200, json: { ready: false } })
  t.match(await ask(stage, "/metrics"), { status: 200, text: "conclave_members 1\n" })
  const api = await ask(stage, "/v1/openapi.json")
  t.match(api.json, { openapi: "3.1.0", paths: { "/v1/watch/{kind}/{name}": {} } })
  const stream = await ask(stage, "/v1/stream")
  t.match(stream, { status: 426, headers: { upgrade: "conclave/1" } })
  t.match(stream.json.error, { code: "UNIMPLEMENTED", details: { supported: ["conclave/1"] } })
})

test("a target in absolute form is served", async (t) => {
  const stage = await openStage(t)
  const client = new RawClient(stage.path("application"))
  client.write("GET http://localhost/livez HTTP/1.1\r\nHost: localhost\r\n\r\n")
  await client.says(/^HTTP\/1.1 200 OK/)
  client.write("GET http://localhost HTTP/1.1\r\nHost: localhost\r\n\r\n")
  await client.says(/HTTP\/1.1 404 Not Found/)
  client.socket.destroy()
})

test("the bytes of a head are counted whole", (t) => {
  const rawHeaders = ["Host", "x", "A", ""]
  const request = { method: "GET", url: "/livez", httpVersion: "1.1", rawHeaders }
  t.equal(headBytes(request as never), "GET /livez HTTP/1.1\r\nHost: x\r\nA: \r\n\r\n".length)
  t.end()
})

test("whoever sends requests ahead and goes lets go of all that they hold", async (t) => {
  const open = new Set<object>()
  const hold = () => {
    const feed = { take: () => undefined, isOver: () => false, close: () => void open.delete(feed) }
    open.add(feed)
    return feed
  }
  const stage = await openStage(t, { coordination: Object.assign(outside(), { hold }) })
  const client = new RawClient(stage.path("application"))
  for (const name of ["a", "b", "c"]) {
    client.write(`POST /v1/hold/lock/${name} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}`)
  }
  await until("all wait", () => open.size === 3)
  client.socket.destroy()
  await until("none is kept", () => open.size === 0)
})
