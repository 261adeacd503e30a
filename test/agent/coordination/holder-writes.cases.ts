import { test } from "tap"
import { ask } from "../local-stage.ts"
import { until } from "../node/until.ts"
import { CurlHold, type HoldStage, openHoldStage, SessionClient } from "./hold-stage.ts"

/** A session that goes on without the stream of its hold of lock a. */
async function withoutStream(stage: HoldStage): Promise<{ readonly client: SessionClient; readonly token: string }> {
  const one = await SessionClient.open(stage.path("application"))
  const { token } = await one.event(one.start("hold", { kind: "lock", name: "a" }, 1), "granted")
  const { id, secret } = one.session
  const client = await SessionClient.greet(stage.path("application"))
  await client.ask("session.attach", { id, secret })
  one.socket.destroy()
  await until("the stream is gone", () => stage.coordinator.counts.grants === 0)
  return { client, token }
}

test("a token is of its own name, also for a session that goes on without the stream of its hold", async (t) => {
  const stage = await openHoldStage(t)
  const { client, token } = await withoutStream(stage)
  t.match(await client.ask("hold.release", { kind: "lock", name: "b", token }, 2), {
    error: { code: "GRANT_LOST", details: { reason: "other-name", current: null } },
  })
  t.match(await client.ask("hold.release", { kind: "lock", name: "a", token }, 3), { out: { released: true } })
  t.match(await client.ask("hold.release", { kind: "lock", name: "a", token }, 4), {
    error: { code: "GRANT_LOST", details: { reason: "not-held", current: null } },
  })
  client.socket.destroy()
})

test("in the middle of an entry, too, a token is of its own name: the cluster is asked", async (t) => {
  const stage = await openHoldStage(t)
  const { client, token } = await withoutStream(stage)
  stage.cluster.isAtWork = true
  t.match(await client.ask("hold.release", { kind: "lock", name: "b", token }, 2), {
    error: { code: "GRANT_LOST", details: { reason: "other-name" } },
  })
  t.equal(stage.cluster.machine.name("lock", "a").holders.length, 1, "and goes on holding")
  stage.cluster.hasQuorum = false
  t.match(await client.ask("hold.release", { kind: "lock", name: "b", token }, 3), { error: { code: "NO_QUORUM" } })
  stage.cluster.hasQuorum = true
  t.match(await client.ask("hold.release", { kind: "lock", name: "a", token }, 3), { out: { released: true } })
  client.socket.destroy()
})

test("in the middle of an entry, too, who speaks for a session that is over hears so", async (t) => {
  const stage = await openHoldStage(t)
  const hold = new CurlHold(stage.path("application"), "lock/a")
  const { session, secret, token } = await hold.first("granted")
  hold.socket.destroy()
  await until("nothing but the cluster knows of it", () => stage.coordinator.counts.sessions === 0)
  stage.cluster.isAtWork = true
  const release = (header: string) =>
    ask(stage, "/v1/hold/lock/a", { method: "DELETE", body: { token }, headers: { "conclave-session": header } })
  t.match((await release(`${session}.${secret}`)).json.error, { code: "SESSION_LOST", details: { cause: "closed" } })
  t.match((await release(`${"x".repeat(26)}.${secret}`)).json.error, { code: "PERMISSION_DENIED" })
  stage.cluster.hasQuorum = false
  t.match((await release(`${session}.${secret}`)).json.error, { code: "NO_QUORUM" })
})

test("an error that the log gave under a seq names it, so that it speaks for every attempt; what the agent says does not", async (t) => {
  const stage = await openHoldStage(t)
  const client = await SessionClient.open(stage.path("application"))
  const { token } = await client.event(client.start("hold", { kind: "election", name: "e" }, 1), "granted")
  const e = { kind: "election", name: "e" }
  const ofLog = [
    await client.ask("hold.update", { ...e, token: "1", note: "late" }, 2),
    await client.ask("hold.transfer", { name: "e", token }, 4),
    await client.ask("hold.update", { ...e, token, note: "of another request" }, 1),
    await client.ask("hold", { ...e, waitMs: 0 }, 5),
    await client.ask("hold", e, 4),
  ]
  t.match(ofLog, [
    { error: { code: "GRANT_LOST" }, seq: 2 },
    { error: { code: "CONFLICT", details: { reason: "no-candidate" } }, seq: 4 },
    { error: { code: "CONFLICT", details: { reason: "seq" } }, seq: 1 },
    { error: { code: "WAIT_TIMEOUT" }, seq: 5 },
    { error: { code: "CONFLICT", details: { reason: "no-candidate" } }, seq: 4 },
  ])
  for (const { error } of ofLog) t.notOk(Object.getOwnPropertySymbols(error).length, "it looks as it always did")
  const ofAgent = [
    await client.ask("hold.update", { kind: "lock", name: "e", token }, 6),
    await client.ask("hold.update", { kind: "thing", name: "e", token }, 7),
    await client.ask("hold.update", { ...e, token, value: "v".repeat(4095) }, 8),
  ]
  stage.cluster.hasQuorum = false
  ofAgent.push(await client.ask("hold.update", { ...e, token, note: "now" }, 9), await client.ask("hold", e, 10))
  stage.cluster.hasQuorum = true
  const [session] = stage.cluster.machine.sessions()
  if (session === undefined) throw new Error("there is a session")
  // It could have been applied before the session ended: that it has ended says nothing of it.
  const isLate = { kind: "end", session: session.id, of: undefined, cause: "closed", isGone: false } as const
  stage.cluster.apply(isLate, false)
  ofAgent.push(await client.ask("hold.update", { ...e, token, note: "now" }, 11))
  const codes = ["GRANT_LOST", "NOT_FOUND", "INVALID_ARGUMENT", "NO_QUORUM", "NO_QUORUM", "SESSION_LOST"]
  t.same(
    ofAgent.map(({ error }) => error.code),
    codes,
  )
  for (const answer of ofAgent) t.notOk("seq" in answer, answer.error.code)
  client.socket.destroy()
})
