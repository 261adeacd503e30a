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
