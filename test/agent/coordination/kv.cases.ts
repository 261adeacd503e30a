import { test } from "tap"
import { ask, RawClient } from "../local-stage.ts"
import { until } from "../node/until.ts"
import { type HoldStage, openHoldStage, SessionClient } from "./hold-stage.ts"

const at = (key: string): string => `/v1/kv/${encodeURIComponent(key)}`

function put(stage: HoldStage, key: string, body: object) {
  return ask(stage, at(key), { method: "PUT", body })
}

function remove(stage: HoldStage, key: string, body: object = {}) {
  return ask(stage, at(key), { method: "DELETE", body })
}

test("a value is kept as what it means: half a surrogate pair as its escape, numbers as doubles", async (t) => {
  const stage = await openHoldStage(t)
  const body = '{"value":{"b":"a\\ud83d","a":-0,"10":1,"9":9007199254740993}}'
  const client = new RawClient(stage.path("application"))
  client.write(
    `PUT ${at("k")} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  )
  await until("it is put", () => client.isClosed)
  t.match(client.text, /^HTTP\/1\.1 200/)
  const kept = stage.cluster.machine.entry("k")?.value
  t.equal(kept, '{"9":9007199254740992,"10":1,"b":"a\\ud83d","a":0}')
  t.equal((await ask(stage, at("k"))).json.value.b, "a\ud83d")
})

test("over HTTP: put, get, list and delete, each with the revision that shows it", async (t) => {
  const stage = await openHoldStage(t)
  const value = { a: [1, "é", null] }
  const first = await put(stage, "app/x", { value })
  t.same([first.status, Object.keys(first.json)], [200, ["rev"]])
  const { rev } = first.json
  const got = await ask(stage, at("app/x"))
  t.same([got.status, got.json], [200, { key: "app/x", value, modRev: rev, createRev: rev, rev }])
  const second = await put(stage, "app/w", { value: null })
  await put(stage, "b", { value: "" })
  const listed = await ask(stage, "/v1/kv?prefix=app%2F")
  t.match(listed.json, {
    rev: String(Number(second.json.rev) + 1),
    items: [
      { key: "app/w", value: null, modRev: second.json.rev },
      { key: "app/x", value, modRev: rev },
    ],
  })
  t.equal((await ask(stage, "/v1/kv")).json.items.length, 3)
  t.match((await ask(stage, "/v1/kv?prefix=c")).json, { items: [] })
  const gone = await remove(stage, "app/x")
  t.same([gone.status, gone.json], [200, { rev: String(stage.cluster.machine.rev), deleted: true }])
  t.match(await remove(stage, "app/x"), { status: 200, json: { deleted: false, rev: gone.json.rev } })
  const missing = await ask(stage, at("app/x"))
  t.match(
    [missing.status, missing.json.error],
    [404, { code: "NOT_FOUND", details: { key: "app/x", rev: gone.json.rev } }],
  )
})

test('ifRev: "0" is of what is not there; a conflict says what is there instead', async (t) => {
  const stage = await openHoldStage(t)
  const conflict = (current: string) => ({
    status: 409,
    json: { error: { code: "CONFLICT", outcome: "not-applied", details: { reason: "rev", current, rev: String } } },
  })
  t.match(await put(stage, "k", { value: 1, ifRev: "5" }), conflict("0"))
  const { rev } = (await put(stage, "k", { value: 1, ifRev: "0" })).json
  t.match(await put(stage, "k", { value: 2, ifRev: "0" }), conflict(rev))
  t.match(await remove(stage, "k", { ifRev: "0" }), conflict(rev))
  t.match(await put(stage, "k", { value: 2, ifRev: String(2n ** 63n) }), conflict(rev), "larger than any")
  t.match((await put(stage, "k", { value: 2, ifRev: rev })).status, 200)
  t.match(await remove(stage, "nothing", { ifRev: "0" }), { status: 200, json: { deleted: false } })
})

test("a guard is the token of a name; whoever has it may use it, and hears who holds the name instead", async (t) => {
  const stage = await openHoldStage(t)
  const client = await SessionClient.open(stage.path("application"))
  const { token } = await client.event(client.start("hold", { kind: "lock", name: "a" }, 1), "granted")
  const guard = { kind: "lock", name: "a", token }
  t.match(await put(stage, "k", { value: 1, guard }), { status: 200 }, "a helper over HTTP")
  t.match(await put(stage, "k", { value: 2, guard: { ...guard, token: "1" } }), {
    status: 409,
    json: { error: { code: "GRANT_LOST", outcome: "not-applied", details: { reason: "not-held", current: token } } },
  })
  t.match(await put(stage, "k", { value: 2, guard: { ...guard, kind: "thing" } }), { status: 404 })
  await client.ask("hold.release", { kind: "lock", name: "a", token }, 2)
  t.match(await remove(stage, "k", { guard }), {
    json: { error: { code: "GRANT_LOST", details: { reason: "not-held", current: null } } },
  })
  client.socket.destroy()
})

test("in frames a write with a number is answered once and for all; without one it is nobody's", async (t) => {
  const stage = await openHoldStage(t)
  const client = await SessionClient.open(stage.path("application"))
  const first = await client.ask("kv.put", { key: "k", value: 1 }, 1)
  await client.ask("kv.put", { key: "k", value: 2 }, 2)
  t.same((await client.ask("kv.put", { key: "k", value: 1 }, 1)).out, first.out)
  t.match(await client.ask("kv.get", { key: "k" }), { out: { value: 2 } })
  t.match(await client.ask("kv.put", { key: "k", value: 3, ifRev: "1" }, 3), { error: { code: "CONFLICT" }, seq: 3 })
  t.match(await client.ask("kv.delete", { key: "k" }, 3), { error: { code: "CONFLICT" } }, "the first answer")
  t.match(await client.ask("kv.delete", { key: "k" }, 1), { error: { code: "CONFLICT", details: { reason: "seq" } } })
  t.match(await client.ask("kv.put", { key: "k", value: 4 }), { out: { rev: String } })
  const bare = await SessionClient.greet(stage.path("application"))
  t.match(await bare.ask("kv.put", { key: "k", value: 5 }), { out: { rev: String } }, "no session is needed")
  t.match(await bare.ask("kv.put", { key: "k", value: 5 }, 1), { error: { code: "INVALID_ARGUMENT" } })
  for (const each of [client, bare]) each.socket.destroy()
})

test("without a quorum nothing is written, and what is here can be read with its age", async (t) => {
  const stage = await openHoldStage(t)
  await put(stage, "k", { value: 1 })
  stage.cluster.hasQuorum = false
  t.match(await put(stage, "k", { value: 2 }), {
    status: 503,
    json: { error: { code: "NO_QUORUM", outcome: "not-applied" } },
  })
  t.match(await ask(stage, at("k")), { status: 503 })
  t.match(await ask(stage, `${at("k")}?stale=true`), { status: 200, json: { value: 1, ageMs: Number } })
  t.match(await ask(stage, "/v1/kv?stale=true"), { status: 200, json: { items: [{ key: "k" }], ageMs: Number } })
})

test("as many keys as there may be, and as large a state: the next is refused, and what is deleted makes room", async (t) => {
  const stage = await openHoldStage(t, 10_000, { names: 2 })
  for (const key of ["a", "b"]) t.equal((await put(stage, key, { value: 1 })).status, 200)
  t.match(await put(stage, "c", { value: 1 }), {
    status: 429,
    json: { error: { code: "RESOURCE_EXHAUSTED", details: { limit: "names" } } },
  })
  t.equal((await put(stage, "a", { value: 2 })).status, 200)
  await remove(stage, "a")
  t.equal((await put(stage, "c", { value: 1 })).status, 200)
})
