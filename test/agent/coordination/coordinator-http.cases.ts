import { Machine } from "@conclave/consensus"
import { APPLICATION } from "conclave/api/principal"
import { Coordinator } from "conclave/coordination/coordinator"
import { openClock } from "conclave/node/clock"
import { openProcesses } from "conclave/node/processes"
import { openSecrets } from "conclave/node/secrets"
import { test } from "tap"
import { memberId } from "../fake-view.ts"
import { ask } from "../local-stage.ts"
import { until } from "../node/until.ts"
import { CurlHold, openHoldStage, TOKEN } from "./hold-stage.ts"

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
  t.match(hold.lines.at(-1), { type: "released", rev: released.json.rev }, "and says why")
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
    tell: () => {},
  })
  t.teardown(() => elsewhere.stop())
  const release = (speaker: string): Promise<object> => {
    const caller = {
      principal: APPLICATION,
      timeoutMs: 1000,
      seen: { rev: 0 },
      speaker,
      seq: undefined,
      floor: 0,
    } as const
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
