import { connect, type SessionView } from "@conclave/sdk"
import { test } from "tap"
import { until } from "../agent/node/until.ts"
import { FakeCluster } from "./fake-cluster.ts"

test("the session: none, live, jeopardy, lost, and watched", async (t) => {
  const cluster = await FakeCluster.open(t)
  cluster.ttlMs = 400
  const client = await connect({ socket: cluster.path })
  t.match(client.session, { id: null, state: "none", remainingMs: 0 })
  const seen = client.watchSession()
  t.match((await seen.next()).value, { state: "none" })
  await client.lock("a")
  t.match((await seen.next()).value, { id: /^session/, state: "live" })
  cluster.mute.add("heartbeat")
  t.match((await seen.next()).value, { state: "jeopardy", cause: "no-answer" })
  const last = (await seen.next()).value as SessionView
  t.match(last, { state: "lost", cause: "expired", remainingMs: 0 })
  const pending = seen.next()
  await client.close()
  await t.rejects(pending, { code: "CLOSED" })
})

test("ttlMs is asked for, within its range", async (t) => {
  const cluster = await FakeCluster.open(t)
  const client = await connect({ socket: cluster.path, ttlMs: 5000 })
  t.teardown(() => client.close())
  await client.lock("a")
  t.same(cluster.seen.find(({ op }) => op === "session.open")?.in, { ttlMs: 5000 })
  for (const ttlMs of [1999, 300_001, Number.NaN])
    await t.rejects(connect({ socket: cluster.path, ttlMs }), { code: "INVALID_ARGUMENT", details: { field: "ttlMs" } })
})

test("close gives back what is held", async (t) => {
  const cluster = await FakeCluster.open(t)
  const client = await connect({ socket: cluster.path })
  const lock = await client.lock("a")
  const waits = client.lock("a")
  await until("it waits", () => cluster.queue.length === 2)
  const refused = t.rejects(waits, { code: "CLOSED" })
  await client.close()
  await refused
  t.same([lock.held, lock.signal.aborted, cluster.queue.length], [false, true, 0])
  await lock[Symbol.asyncDispose]()
  await t.rejects(client.lock("a"), { code: "CLOSED" })
})
