import { connect, type SessionView } from "@conclave/sdk"
import { test } from "tap"
import { until } from "../agent/node/until.ts"
import { FakeCluster } from "./fake-cluster.ts"

test("the session: none, live, jeopardy, lost, and watched", async (t) => {
  const cluster = await FakeCluster.open(t)
  cluster.ttlMs = 1000
  const client = await connect({ socket: cluster.path })
  t.match(client.session, { id: null, state: "none", remainingMs: 0 })
  const seen = client.watchSession()
  t.match((await seen.next()).value, { state: "none" })
  cluster.mute.add("heartbeat")
  const lock = client.lock("a").catch(() => {})
  const views: SessionView[] = []
  while (views.at(-1)?.state !== "lost") views.push((await seen.next()).value as SessionView)
  t.match(views[0], { id: /^session/, state: "live" })
  t.match(views.at(-1), { state: "lost", cause: "expired", remainingMs: 0 })
  await lock
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

test("a process group is named to each agent that the session comes to", async (t) => {
  const cluster = await FakeCluster.open(t)
  const client = await connect({ socket: cluster.path })
  t.teardown(() => client.close())
  await client.lock("a")
  await client.bind(4321)
  t.same(cluster.seen.find(({ op }) => op === "session.bind")?.in, { processGroup: 4321 })
  cluster.cut()
  await until("it is named again", () => cluster.count("session.bind") === 2)
  for (const group of [1, 2.5, -7]) await t.rejects(client.bind(group), { code: "INVALID_ARGUMENT" })
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

test("what acts for a holder may be asked by name and token, numbered, and a grant hears first of what ends it", async (t) => {
  const cluster = await FakeCluster.open(t)
  const [client, other] = [await connect({ socket: cluster.path }), await connect({ socket: cluster.path })]
  t.teardown(() => Promise.all([client.close(), other.close()]))
  const lock = await client.lock(["a", "b"])
  const { token } = lock
  cluster.cutAfter.add("hold.update")
  t.match(await client.request("hold.update", { kind: "lock", name: "b", token, note: "n" }), { rev: BigInt })
  const updates = cluster.seen.filter(({ op }) => op === "hold.update")
  t.match(updates, [{ seq: updates[1]?.seq }, { seq: 2 }], "a lost answer is asked for again under its number")
  const waits = other.lock("a")
  await until("it waits", () => cluster.queue.length === 2)
  const heldAtGrant = waits.then(() => lock.signal.aborted)
  t.match(await client.request("hold.release", { kind: "lock", name: "a", token }), { released: true })
  t.ok(await heldAtGrant)
  t.match(lock.signal.reason, { code: "GRANT_LOST", details: { reason: "released" } })
  await t.rejects(client.request("hold.release", { kind: "lock", name: "a", token }), { code: "NOT_FOUND" })

  const leadership = await client.election("e").campaign()
  const next = other.election("e").campaign()
  await until("it stands", () => cluster.queue.some(({ names, token: each }) => names[0] === "e" && each === 0))
  const isHeld = next.then(() => leadership.held)
  await client.request("hold.transfer", { name: "e", token: leadership.token })
  t.notOk(await isHeld, "it stops before another can lead")
  const strange = client.request("hold.update", { kind: "election", name: "e", token: 7n })
  await t.rejects(strange, { code: "GRANT_LOST", outcome: "not-applied" })
})
