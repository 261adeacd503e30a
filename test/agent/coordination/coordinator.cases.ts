import { Machine } from "@conclave/consensus"
import type { Feed } from "conclave/api/feed"
import type { Line } from "conclave/api/line"
import { APPLICATION } from "conclave/api/principal"
import type { Cluster } from "conclave/coordination/cluster"
import { Coordinator } from "conclave/coordination/coordinator"
import { openClock } from "conclave/node/clock"
import { openProcesses } from "conclave/node/processes"
import { openSecrets } from "conclave/node/secrets"
import { test } from "tap"
import { ask, FramedClient } from "../local-stage.ts"
import { until } from "../node/until.ts"
import { CurlHold, openHoldStage, SessionClient, TOKEN } from "./hold-stage.ts"

test("in frames a session holds, waits, is granted in order and lets go", async (t) => {
  const stage = await openHoldStage(t)
  const one = await SessionClient.open(stage.path("application"))
  const two = await SessionClient.open(stage.path("application"))
  t.match(one.session, { id: /^[a-z2-7]{26}$/, validForMs: Number })
  const first = one.start("hold", { kind: "lock", name: "a/b" }, 1)
  const granted = await one.event(first, "granted")
  t.notOk("secret" in granted, "a framed session has its secret already")
  const second = two.start("hold", { kind: "lock", name: "a/b" }, 1)
  t.match(await two.event(second, "queued"), {
    position: 1,
    holders: [{ session: one.session.id, seq: 1, app: "test" }],
  })
  one.send({ id: first, end: true })
  t.match(await one.event(first, "released"), { rev: TOKEN })
  t.match(await one.answer(first), { out: { released: true, rev: TOKEN } })
  await two.event(second, "granted")
  const beat = await two.ask("heartbeat")
  t.ok(beat.out.validForMs > 5000 && Number(beat.out.rev) >= 4)

  const third = one.start("hold", { kind: "lock", name: "a/b" }, 2)
  await one.event(third, "queued")
  one.send({ id: third, end: true })
  t.match(await one.answer(third), { out: { released: false, rev: TOKEN } }, "never granted")
  t.match(await two.ask("session.close"), { out: { rev: TOKEN } })
  t.match(await two.answer(second), { error: { code: "GRANT_LOST", details: { reason: "closed" } } })
  t.match(await two.ask("heartbeat"), { error: { code: "SESSION_LOST", details: { cause: "closed" } } })
  const list = await one.ask("hold.list", { kind: "lock" })
  t.same(list.out.items, [], "nobody holds or waits")
})

test("what a client says that it will not ask again is not kept; who does not say has the last answers", async (t) => {
  const stage = await openHoldStage(t)
  const client = await SessionClient.open(stage.path("application"))
  const put = (seq: number, more: object = {}) => client.ask("kv.put", { key: "k", value: seq }, seq, more)
  const first = await put(1)
  const second = await put(2, { floor: 0 })
  t.same((await put(1, { floor: 1 })).out, first.out)
  const gone = { error: { code: "TIMEOUT", outcome: "unknown", retryable: false } }
  const third = await put(3, { floor: 2 })
  t.match(await put(1), gone)
  t.same((await put(2)).out, second.out)
  t.same((await put(3, { floor: 99 })).out, third.out, "its own number is the highest that it can mean")
  t.match(await put(4, { floor: 99 }), { out: { rev: String } })
  t.match(await put(3), gone)
  const hold = client.start("hold", { kind: "lock", name: "l" }, 5, { floor: 5 })
  const { token } = await client.event(hold, "granted")
  await put(6, { floor: 6 })
  const again = client.start("hold", { kind: "lock", name: "l" }, 5, { floor: 6 })
  t.match(await client.event(again, "granted"), { token }, "a hold is remembered as long as it is there")
  for (const floor of [-1, 1.5, "1", null]) {
    t.match(await put(7, { floor }), { error: { code: "INVALID_ARGUMENT", details: { field: "floor" } } })
  }
  client.socket.destroy()
})

test("the same seq gets the same answer; a hold re-sent on a new connection resumes its grant", async (t) => {
  const stage = await openHoldStage(t)
  const one = await SessionClient.open(stage.path("application"))
  const hold = one.start("hold", { kind: "election", name: "e", value: 1 }, 1)
  const { token } = await one.event(hold, "granted")
  const update = { kind: "election", name: "e", token, value: 2 }
  const rev = (await one.ask("hold.update", update, 2)).out.rev
  t.equal((await one.ask("hold.update", { ...update, value: 3 }, 2)).out.rev, rev, "not applied twice")
  const taken = { error: { code: "CONFLICT", outcome: "not-applied", details: { reason: "seq" } } }
  t.match(await one.ask("hold", { kind: "lock", name: "l" }, 2), taken, "what is no repetition is told so")
  const tried = one.start("hold", { kind: "election", name: "e", waitMs: 0 }, 3)
  t.match(await one.answer(tried), { error: { code: "WAIT_TIMEOUT" } })
  t.match(await one.ask("hold.update", update, 3), taken)
  t.match((await one.ask("hold.get", { kind: "election", name: "e" })).out.holders, [{ value: 2 }])
  one.socket.destroy()
  const { id, secret } = one.session
  await until("it is detached", () => stage.cluster.commands.some((command) => command.kind === "detach"))
  t.match((await ask(stage, `/v1/sessions/${id}`)).json, { state: "detached" })
  const again = await SessionClient.greet(stage.path("application"))
  t.match(await again.ask("session.attach", { id: one.session.id, secret: "wrong" }), {
    error: { code: "PERMISSION_DENIED" },
  })
  const gone = { id: "z".repeat(26), secret: "x" }
  t.match(await again.ask("session.attach", gone), { error: { code: "SESSION_LOST", details: { cause: "unknown" } } })
  t.match(await again.ask("session.attach", { id, secret }), { out: { validForMs: Number } })
  const resumed = again.start("hold", { kind: "election", name: "e", value: 1 }, 1)
  t.match(await again.event(resumed, "granted"), { token }, "the same grant")
  t.match((await ask(stage, `/v1/sessions/${id}`)).json, {
    id,
    member: "a",
    app: "test",
    state: "attached",
    grants: [{ kind: "election", name: "e", token }],
    waits: [],
    ttlMs: 10_000,
    rev: TOKEN,
  })
})

test("what is asked without a session, a seq, a known kind or in the wrong place is refused", async (t) => {
  const stage = await openHoldStage(t)
  const bare = await SessionClient.greet(stage.path("application"))
  const lock = { kind: "lock", name: "a" }
  t.match(await bare.ask("hold", lock, 1), { error: { code: "INVALID_ARGUMENT", details: { field: "session" } } })
  t.match(await bare.ask("heartbeat"), { error: { code: "INVALID_ARGUMENT" } })
  t.match(await bare.ask("session.bind", { processGroup: 77 }), { error: { code: "INVALID_ARGUMENT" } })
  await bare.ask("session.open", { ttlMs: 2000, label: "labelled" })
  t.match(await bare.ask("session.open"), { error: { code: "INVALID_ARGUMENT" } }, "one session a connection")
  t.match(await bare.ask("hold", lock), { error: { code: "INVALID_ARGUMENT", details: { field: "seq" } } })
  for (const seq of [0, -1, 1.5]) t.match(await bare.ask("hold", lock, seq), { error: { details: { field: "seq" } } })
  t.match(await bare.ask("hold", { kind: "clock", name: "a" }, 1), { error: { code: "NOT_FOUND" } })
  const names = Array.from({ length: 64 }, (_, each) => `n${each}`)
  t.match(await bare.ask("hold", { ...lock, names }, 2), {
    error: { code: "RESOURCE_EXHAUSTED", details: { limit: 64 } },
  })
  const most = bare.start("hold", { ...lock, names: [...names.slice(1), "a", "n1"] }, 3)
  await bare.event(most, "granted")
  const { json } = await ask(stage, "/v1/sessions")
  t.match(json.items, [{ app: "labelled", ttlMs: 2000 }])
  t.equal(json.items[0].grants.length, 64, "each name once, the one asked for among them")
  const paths = ["/v1/hold/clock", "/v1/hold/clock/a", "/v1/watch/clock", `/v1/sessions/${"y".repeat(26)}`]
  for (const path of paths) t.equal((await ask(stage, path)).status, 404, path)
  t.equal((await ask(stage, "/v1/revoke", { method: "POST", body: {} })).status, 403, "revoking is for operators")
  t.equal((await ask(stage, "/v1/hold/lock/%20", {})).status, 400)
})

test("what one name has is watched by that name alone", async (t) => {
  const stage = await openHoldStage(t)
  for (const path of ["/v1/watch/items", "/v1/watch/items?prefix=a", "/v1/watch/group?by=holder"]) {
    const { status, json } = await ask(stage, path)
    t.match([status, json.error], [400, { code: "INVALID_ARGUMENT", details: { field: "name" } }], path)
  }
})

test("half a character is refused wherever text comes in: in the log it would end every replica", async (t) => {
  const stage = await openHoldStage(t)
  const [path, half] = [stage.path("application"), "\ud800"]
  const refused = (field: string) => ({
    error: { code: "INVALID_ARGUMENT", outcome: "not-applied", details: { field } },
  })
  const one = await SessionClient.open(path)
  t.match(await one.ask("hold", { kind: "lock", name: "a", note: half }, 1), refused("note"))
  const { token } = await one.event(one.start("hold", { kind: "election", name: "e", value: half }, 2), "granted")
  t.match(await one.ask("hold.update", { kind: "election", name: "e", token, note: `${half}x` }, 3), refused("note"))
  t.match(await one.ask("hold.transfer", { name: "e", token, to: half }, 4), refused("to"))
  const two = await SessionClient.greet(path)
  t.match(await two.ask("session.open", { label: half }), refused("label"))
  const rude = new FramedClient(path, [{ id: 1, op: "hello", in: { protocol: 1, app: half } }])
  t.match(await rude.answer(1), refused("app"))
  rude.socket.destroy()
  t.match((await ask(stage, "/v1/hold/lock/a", { method: "POST", body: { note: half } })).json, refused("note"))
  const revoke = { kind: "lock", name: "a", graceMs: 0, reason: half }
  t.match((await ask(stage, "/v1/revoke", { method: "POST", door: "admin", body: revoke })).json, refused("reason"))
  t.match((await one.ask("hold.get", { kind: "election", name: "e" })).out.holders, [{ value: half }], "JSON has it")
})

test("who has seen more than this host knows is shown nothing older", async (t) => {
  const stage = await openHoldStage(t)
  const { rev } = (await ask(stage, "/v1/hold/lock")).json
  const hold = new CurlHold(stage.path("application"), "lock/a")
  const { rev: seen } = await hold.first("granted")
  t.ok(Number(seen) > Number(rev))
  let isBehind = true
  const early = new Machine()
  const cluster: Cluster = {
    ...stage.cluster,
    host: stage.cluster.host,
    local: () => ({ state: isBehind ? early : stage.cluster.machine, ageMs: 0 }),
    read: (deadline, done) => {
      isBehind = false
      stage.cluster.read(deadline, done)
    },
  }
  const parts = { clock: openClock(), secrets: openSecrets(), processes: openProcesses() }
  const restarted = new Coordinator({
    cluster,
    ...parts,
    member: () => "a",
    ttlMs: 10_000,
    audit: () => {},
    tell: () => {},
  })
  t.teardown(() => restarted.stop())
  const caller = {
    principal: APPLICATION,
    timeoutMs: 1000,
    seen: { rev: 0 },
    speaker: undefined,
    seq: undefined,
    floor: 0,
  } as const
  const query = { kind: "lock", by: undefined, name: undefined, prefix: undefined, from: seen }
  let isReadable = false
  const feed = restarted.watch(query, caller, () => {
    isReadable = true
  }) as Feed
  await until("it has begun", () => isReadable)
  const lines = [feed.take()]
  hold.socket.destroy()
  await until("the release is told", () => lines.push(feed.take()) > 0 && lines.some((line) => line !== undefined))
  const [first] = lines.filter((line) => line !== undefined)
  const told = JSON.parse((first as Line).text)
  t.match(told, { type: "change", changes: [{ item: { name: "a", holders: [] } }] }, "no view of before")
})

test("an operator asks, waits and breaks; the answer names every token that was asked", async (t) => {
  const stage = await openHoldStage(t)
  const one = await SessionClient.open(stage.path("application"))
  const hold = one.start("hold", { kind: "lock", name: "a" }, 1)
  const { token } = await one.event(hold, "granted")
  const revoke = (body: object) => ask(stage, "/v1/revoke", { method: "POST", door: "admin", body })
  const wish = { kind: "lock", name: "a", reason: "upgrade" }
  t.match((await revoke({ ...wish, token: "1", graceMs: 0 })).json, { revoked: [] }, "a token that does not hold")
  const slow = revoke({ ...wish, graceMs: 300 })
  const asked = await one.event(hold, "revoking")
  t.match(asked, { token, reason: "upgrade", by: /a/ })
  t.ok(asked.deadlineMs > 0 && asked.deadlineMs <= 300)
  t.match((await slow).json, { revoked: [token], rev: TOKEN })
  t.match(await one.event(hold, "lost"), { token, reason: "revoked" })
  t.match(await one.answer(hold), { error: { code: "GRANT_LOST" } })

  const second = one.start("hold", { kind: "lock", name: "b" }, 2)
  const held = await one.event(second, "granted")
  const third = one.start("hold", { kind: "lock", name: "b" }, 3)
  await one.event(third, "queued")
  t.match((await revoke({ kind: "session", name: one.session.id, graceMs: 0, reason: "r" })).json, {
    revoked: [held.token],
  })
  t.match(await one.answer(third), {
    error: { code: "SESSION_LOST", outcome: "unknown", details: { cause: "revoked" } },
  })
  t.match(await one.ask("heartbeat"), { error: { code: "SESSION_LOST", details: { cause: "revoked" } } })
  t.equal((await revoke({ kind: "session", name: one.session.id, graceMs: 0, reason: "r" })).status, 404)
  t.equal((await revoke({ kind: "clock", name: "a", graceMs: 0, reason: "r" })).status, 404)
})

test("leadership is handed to a standing candidate, higher priorities first", async (t) => {
  const stage = await openHoldStage(t)
  const [a, b, c] = await Promise.all([1, 2, 3].map(() => SessionClient.open(stage.path("application"))))
  if (a === undefined || b === undefined || c === undefined) return
  const lead = a.start("hold", { kind: "election", name: "e" }, 1)
  const { token } = await a.event(lead, "granted")
  t.match(await a.ask("hold.transfer", { name: "e", token }, 2), {
    error: { code: "CONFLICT", details: { reason: "no-candidate" } },
  })
  const low = b.start("hold", { kind: "election", name: "e" }, 1)
  await b.event(low, "queued")
  const high = c.start("hold", { kind: "election", name: "e", priority: 5 }, 1)
  t.match(await c.event(high, "queued"), { position: 1 })
  t.match(await a.ask("hold.transfer", { name: "e", token, to: "nobody" }, 3), { error: { code: "CONFLICT" } })
  t.match(await a.ask("hold.transfer", { name: "e", token }, 4), { out: { rev: TOKEN } })
  t.match(await a.event(lead, "lost"), { token, reason: "transferred" })
  await c.event(high, "granted")
})

test("without a quorum nothing is proposed, and stale reads go on", async (t) => {
  const stage = await openHoldStage(t)
  const one = await SessionClient.open(stage.path("application"))
  const hold = one.start("hold", { kind: "lock", name: "a" }, 1)
  await one.event(hold, "granted")
  stage.cluster.hasQuorum = false
  t.match(await one.ask("hold", { kind: "lock", name: "b" }, 2), {
    error: { code: "NO_QUORUM", details: { up: 1, needed: 2 } },
  })
  const refused = await ask(stage, "/v1/hold/lock/b", { method: "POST", body: {} })
  t.match([refused.status, refused.json.error.outcome], [503, "not-applied"])
  t.equal((await ask(stage, "/v1/hold/lock")).status, 503)
  const stale = await ask(stage, "/v1/hold/lock?stale=true")
  t.match(stale.json, { rev: TOKEN, ageMs: Number, items: [{ name: "a" }] })
  stage.cluster.hasQuorum = true
})
