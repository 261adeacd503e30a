import { Machine } from "@conclave/consensus"
import type { Feed } from "conclave/api/feed"
import type { Cluster } from "conclave/coordination/cluster"
import { Coordinator } from "conclave/coordination/coordinator"
import { openClock } from "conclave/node/clock"
import { openProcesses } from "conclave/node/processes"
import { openSecrets } from "conclave/node/secrets"
import { test } from "tap"
import { memberId } from "../fake-view.ts"
import { ask, FramedClient } from "../local-stage.ts"
import { until } from "../node/until.ts"
import { CurlHold, openHoldStage, SessionClient } from "./hold-stage.ts"

const TOKEN = /^[1-9]\d*$/

test("over plain HTTP a lock is held as long as the connection lives", async (t) => {
  const stage = await openHoldStage(t)
  const first = new CurlHold(stage.path("application"), "lock/a", { note: "backup", maxHoldMs: 60_000 })
  const granted = await first.first("granted")
  t.match(granted, { token: TOKEN, rev: TOKEN, session: /^[a-z2-7]{26}$/, secret: /^.{20,}$/, atBootMs: Number })
  t.ok(granted.validForMs > 5000 && granted.validForMs <= 10_000, "a promise within the time to live")
  t.equal(first.status, 200)
  t.match(first.text, /content-type: application\/x-ndjson/i)

  const second = new CurlHold(stage.path("application"), "lock/a")
  const queued = await second.first("queued")
  t.match(queued, {
    position: 1,
    holders: [{ token: granted.token, note: "backup", liveness: "connection", seq: null }],
  })
  const shown = await ask(stage, "/v1/hold/lock/a")
  t.match(shown.json, {
    kind: "lock",
    name: "a",
    mode: "exclusive",
    holders: [{ session: granted.session, member: "a", app: null, pid: null, token: granted.token }],
    waiters: [{ position: 1, note: null }],
    history: [],
  })

  first.socket.destroy()
  const next = await second.first("granted")
  t.ok(BigInt(next.token) > BigInt(granted.token), "tokens grow")
  const after = await ask(stage, "/v1/hold/lock/a")
  t.match(after.json.history, [{ token: granted.token, member: "a", app: null, reason: "closed" }])
  second.socket.destroy()
})

test("once a second the stream says how long the grant is good for", async (t) => {
  const stage = await openHoldStage(t, 2000)
  const hold = new CurlHold(stage.path("application"), "lock/beats")
  await hold.first("granted")
  await until("two beats", () => hold.of("beat").length >= 2)
  for (const beat of hold.of("beat")) {
    t.ok(beat.validForMs > 0 && beat.validForMs <= 2000)
    t.ok(beat.atBootMs > 0)
  }
  stage.cluster.hasQuorum = false
  const jeopardy = await hold.first("jeopardy")
  t.match(jeopardy, { validForMs: Number, atBootMs: Number, cause: String })
  t.match(await hold.first("lost"), { reason: "expired" }, "nobody may act on it beyond the deadline")
  await until("the end of the stream", () => /\r\n0\r\n\r\n$/.test(hold.text))
  hold.socket.destroy()
  stage.cluster.hasQuorum = true
})

test("a wait that is over before the first line is a status, later it is the last line", async (t) => {
  const stage = await openHoldStage(t)
  const holder = new CurlHold(stage.path("application"), "lock/a")
  await holder.first("granted")
  const path = "/v1/hold/lock/a"
  const tried = await ask(stage, path, { method: "POST", body: { waitMs: 0 } })
  t.equal(tried.status, 408)
  t.match(tried.json.error, { code: "WAIT_TIMEOUT", outcome: "not-applied", retryable: true })
  const waited = new CurlHold(stage.path("application"), "lock/a", { waitMs: 100 })
  await waited.first("queued")
  t.match(await waited.first("error"), { error: { code: "WAIT_TIMEOUT" } })
  t.equal(waited.status, 200)
  waited.socket.destroy()
  t.match((await ask(stage, path)).json.waiters, [], "nobody waits any more")
  holder.socket.destroy()
})

test("acting for a holder over HTTP takes its session and its token", async (t) => {
  const stage = await openHoldStage(t)
  const hold = new CurlHold(stage.path("application"), "election/e", { value: { at: 1 }, priority: 3 })
  const { session, secret, token } = await hold.first("granted")
  const other = new CurlHold(stage.path("application"), "election/other")
  const foreign = await other.first("granted")
  const patch = (body: object, header?: string, name = "election/e") =>
    ask(stage, `/v1/hold/${name}`, {
      method: "PATCH",
      body,
      headers: header === undefined ? {} : { "conclave-session": header },
    })
  const own = `${session}.${secret}`
  t.match((await patch({ token })).json, {
    error: { code: "INVALID_ARGUMENT", details: { field: "Conclave-Session" } },
  })
  const wrongs = [`${session}.x`, "x", `${foreign.session}.${secret}`, `${foreign.session}.${foreign.secret}`]
  for (const wrong of wrongs) {
    const refused = await patch({ token, value: 1 }, wrong)
    t.match([refused.status, refused.json.error.code], [403, "PERMISSION_DENIED"], wrong)
  }
  const stale = await patch({ token: "1" }, own)
  t.match(stale.json.error, { code: "GRANT_LOST", details: { reason: "not-held", current: token } })
  const elsewhere = await patch({ token, value: 1 }, own, "election/other")
  t.match(elsewhere.json.error, { code: "GRANT_LOST", details: { reason: "other-name", current: foreign.token } })
  t.match((await patch({ token, value: 1 }, own, "lock/e")).json, { error: { code: "GRANT_LOST" } })
  t.match((await patch({ token, value: "v".repeat(4095) }, own)).json, { error: { details: { field: "value" } } })
  const written = await patch({ token, value: { at: 2 }, note: "new" }, own)
  t.match([written.status, written.json], [200, { rev: TOKEN }])
  const shown = await ask(stage, "/v1/hold/election/e")
  t.match(shown.json.holders, [{ value: { at: 2 }, note: "new", priority: 3 }])
  t.notOk("mode" in shown.json, "mode is for locks")
  const released = await ask(stage, "/v1/hold/election/e", {
    method: "DELETE",
    body: { token },
    headers: { "conclave-session": own },
  })
  t.match(released.json, { rev: TOKEN, released: true })
  await until("the stream ends", () => /\r\n0\r\n\r\n$/.test(hold.text))
  const again = await ask(stage, "/v1/hold/election/e", {
    method: "DELETE",
    body: { token },
    headers: { "conclave-session": own },
  })
  t.match(again.json.error, { code: "SESSION_LOST", details: { cause: "closed" } }, "its session went with the stream")
  await until("nothing but the cluster knows of it", () => stage.coordinator.counts.sessions === 1)
  t.match((await patch({ token }, own)).json.error, { code: "SESSION_LOST", details: { cause: "closed" } })
  hold.socket.destroy()
  other.socket.destroy()
})

test("another agent than the one that has the stream names it, to whoever knows the secret", async (t) => {
  const stage = await openHoldStage(t)
  const hold = new CurlHold(stage.path("application"), "lock/a")
  const { session, secret, token } = await hold.first("granted")
  const { host: _own, ...cluster } = stage.cluster
  let isBehind = false
  const behind = { state: new Machine(), ageMs: 100 }
  const elsewhere = new Coordinator({
    cluster: { ...cluster, host: memberId("b"), local: () => (isBehind ? behind : cluster.local()) },
    clock: openClock(),
    secrets: openSecrets(),
    processes: openProcesses(),
    member: () => "b",
    ttlMs: 10_000,
    audit: () => {},
  })
  t.teardown(() => elsewhere.stop())
  const release = (speaker: string): Promise<object> => {
    const caller = { door: "application", timeoutMs: 1000, seen: { rev: 0 }, speaker, seq: undefined } as const
    return new Promise((resolve) => {
      elsewhere.answer("hold.release", { kind: "lock", name: "a", token }, caller, resolve)
    })
  }
  const refused = { code: "CONFLICT", outcome: "not-applied", details: { reason: "other-agent", current: "a" } }
  for (isBehind of [false, true]) {
    t.match(await release(`${session}.${secret}`), refused, "also where its state is not there yet")
    for (const wrong of [`${session}.x`, `x.${secret}`, "x"])
      t.match(await release(wrong), { code: "PERMISSION_DENIED" })
  }
  t.match((await ask(stage, "/v1/hold/lock/a")).json.holders, [{ token }], "nothing was done")
  hold.socket.destroy()
})

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
  const restarted = new Coordinator({ cluster, ...parts, member: () => "a", ttlMs: 10_000, audit: () => {} })
  t.teardown(() => restarted.stop())
  const caller = { door: "application", timeoutMs: 1000, seen: { rev: 0 }, speaker: undefined, seq: undefined } as const
  const query = { kind: "lock", name: undefined, prefix: undefined, from: seen }
  let isReadable = false
  const feed = restarted.watch(query, caller, () => {
    isReadable = true
  }) as Feed
  await until("it has begun", () => isReadable)
  const lines = [feed.take()]
  hold.socket.destroy()
  await until("the release is told", () => lines.push(feed.take()) > 0 && lines.some((line) => line !== undefined))
  const [first] = lines.filter((line) => line !== undefined)
  t.match(first, { type: "change", changes: [{ item: { name: "a", holders: [] } }] }, "no view of before")
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

/** A refusal says what is full, that nothing was done, and where to look; who asks again later may have more luck. */
function full(limit: string, hint: string): object {
  const why = { message: new RegExp(`^the limit of ${limit} is reached: .`), hint, details: { limit } }
  return { code: "RESOURCE_EXHAUSTED", outcome: "not-applied", ...why }
}

test("as many sessions as there may be: the next is refused by both doors, and one that has ended makes room", async (t) => {
  const stage = await openHoldStage(t, 10_000, { sessions: 2 })
  const path = stage.path("application")
  const curl = new CurlHold(path, "lock/a")
  await curl.first("granted")
  const framed = await SessionClient.open(path)
  t.ok(framed.session.id, "the last one that there is room for")
  const refused = full("sessions", "conclave sessions")
  const next = await ask(stage, "/v1/hold/lock/b", { method: "POST", body: {} })
  t.match([next.status, next.json.error], [429, refused])
  const other = await SessionClient.greet(path)
  t.match(await other.ask("session.open"), { error: refused })
  t.equal(stage.cluster.machine.names("lock", "").length, 1, "and nothing is held by it")
  curl.socket.destroy()
  await until("the first one has ended", () => [...stage.cluster.machine.sessions()].length === 1)
  t.match(await other.ask("session.open"), { out: { id: String } }, "the same connection asks again")
  for (const each of [framed, other]) each.socket.destroy()
})

test("as many holds of a name as there may be, and as many names: the next is refused by both doors", async (t) => {
  for (const [limits, limit, hint] of [
    [{ holdsOfName: 2 }, "holds of a name", "conclave locks a"],
    [{ names: 1 }, "names", "conclave locks"],
  ] as const) {
    const stage = await openHoldStage(t, 10_000, limits)
    const client = await SessionClient.open(stage.path("application"))
    await client.event(client.start("hold", { kind: "lock", name: "a" }, 1), "granted")
    if (limit !== "names") await client.event(client.start("hold", { kind: "lock", name: "a" }, 2), "queued")
    const name = limit === "names" ? "b" : "a"
    const refused = full(limit, hint)
    t.match(await client.ask("hold", { kind: "lock", name }, 3), { error: refused, seq: 3 })
    t.match(await client.ask("hold", { kind: "lock", name }, 3), { error: refused, seq: 3 }, "the same answer")
    const curl = await ask(stage, `/v1/hold/lock/${name}`, { method: "POST", body: {} })
    t.match([curl.status, curl.json.error], [429, refused])
    await until("its session has gone with it", () => stage.coordinator.counts.sessions === 1)
    client.socket.destroy()
  }
})

/** How large the state is when one session is open, and nothing else has happened. */
async function stateOfOne(t: Parameters<typeof openHoldStage>[0]): Promise<number> {
  const { cluster, path } = await openHoldStage(t)
  const { socket } = await SessionClient.open(path("application"))
  socket.destroy()
  return cluster.machine.stateBytes
}

test("as much state as there may be: the next hold and session are refused by both doors, and what is given back makes room", async (t) => {
  const stage = await openHoldStage(t, 10_000, { stateBytes: (await stateOfOne(t)) + 1 })
  const path = stage.path("application")
  const client = await SessionClient.open(path)
  const hold = client.start("hold", { kind: "lock", name: "a" }, 1)
  await client.event(hold, "granted")
  const refused = full("state", "conclave locks")
  t.match(await client.ask("hold", { kind: "lock", name: "b" }, 2), { error: refused })
  t.match(await (await SessionClient.greet(path)).ask("session.open"), { error: refused })
  const curl = await ask(stage, "/v1/hold/lock/b", { method: "POST", body: {} })
  t.match([curl.status, curl.json.error], [429, refused])
  t.equal([...stage.cluster.machine.sessions()].length, 1)
  t.match(await client.ask("session.close", {}, 3), { out: { rev: TOKEN } }, "what relieves goes on")
  t.match(await (await SessionClient.greet(path)).ask("session.open"), { out: { id: String } })
})

test("leadership is transferred over plain HTTP: to who stands, by session and token", async (t) => {
  const stage = await openHoldStage(t)
  const path = stage.path("application")
  const leading = new CurlHold(path, "election/e")
  const { session, secret, token } = await leading.first("granted")
  const transfer = (body: object, header = `${session}.${secret}`) =>
    ask(stage, "/v1/hold/election/e/transfer", { method: "POST", body, headers: { "conclave-session": header } })
  const nobody = await transfer({ token })
  t.match([nobody.status, nobody.json.error], [409, { code: "CONFLICT", details: { reason: "no-candidate" } }])
  const standing = new CurlHold(path, "election/e")
  await standing.first("queued")
  t.match((await transfer({ token }, `${session}.wrong`)).json.error, { code: "PERMISSION_DENIED" })
  t.match((await transfer({ token: "1" })).json.error, { code: "GRANT_LOST" })
  t.match((await transfer({ token, to: "elsewhere" })).json.error, { details: { reason: "no-candidate" } })
  t.match(await transfer({ token, to: "a" }), { status: 200, json: { rev: TOKEN } })
  t.match(await leading.first("lost"), { token, reason: "transferred" })
  const next = await standing.first("granted")
  t.ok(BigInt(next.token) > BigInt(token))
  t.match((await transfer({ token })).json.error.code, /GRANT_LOST|SESSION_LOST/, "who has handed over holds nothing")
  for (const each of [leading, standing]) each.socket.destroy()
})
