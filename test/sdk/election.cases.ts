import { type Client, connect, type Leadership } from "@conclave/sdk"
import { test } from "tap"
import { until } from "../agent/node/until.ts"
import { FakeCluster } from "./fake-cluster.ts"

type Teardown = Parameters<typeof FakeCluster.open>[0]

async function connected(t: Teardown, cluster: FakeCluster): Promise<Client> {
  const client = await connect({ socket: cluster.path, name: "test" })
  t.teardown(() => client.close())
  return client
}

test("a campaign with a value, seen by leader and observe, updated and vacated", async (t) => {
  const cluster = await FakeCluster.open(t)
  const client = await connected(t, cluster)
  const election = client.election<{ at: string }>("main")
  const seen = election.observe()
  t.same((await seen.next()).value, null, "vacant first")
  t.equal(await election.leader(), null)
  const leadership = await election.campaign({ value: { at: "x" }, priority: 3, note: "n" })
  t.match(cluster.seen.find(({ op }) => op === "hold")?.in, { kind: "election", priority: 3, note: "n" })
  t.match((await seen.next()).value, { token: leadership.token, value: { at: "x" } })
  t.match(await election.leader({ stale: true }), { token: leadership.token, value: { at: "x" } })
  await leadership.update({ value: { at: "y" } })
  t.match((await seen.next()).value, { token: leadership.token, value: { at: "y" } })
  await leadership.release()
  t.equal((await seen.next()).value, null)
  await seen.return?.()
})

test("observe goes on after a broken connection, without telling twice", async (t) => {
  const cluster = await FakeCluster.open(t)
  const client = await connected(t, cluster)
  const other = await connected(t, cluster)
  const seen = client.election("main").observe()
  t.equal((await seen.next()).value, null)
  const first = await other.election("main").campaign()
  t.match((await seen.next()).value, { token: first.token })
  cluster.cut()
  await until("it watches again", () => cluster.count("watch") === 2)
  await first.release()
  t.equal((await seen.next()).value, null)
  const pending = seen.next()
  await client.close()
  await t.rejects(pending, { code: "CLOSED" })
})

test("transfer hands over to who stands, and is refused where nobody does", async (t) => {
  const cluster = await FakeCluster.open(t)
  const [client, other] = [await connected(t, cluster), await connected(t, cluster)]
  const leadership = await client.election("main").campaign()
  await t.rejects(leadership.transfer(), { code: "CONFLICT" })
  const next = other.election("main").campaign()
  await until("it stands", () => cluster.queue.length === 2)
  await leadership.transfer("b")
  t.match(cluster.seen.findLast(({ op }) => op === "hold.transfer")?.in, { name: "main", to: "b" })
  t.ok((await next).held)
  await until("the former leader knows", () => leadership.signal.aborted)
  t.match(leadership.signal.reason, { details: { reason: "transferred" } })
})

test("lead runs until it has settled while leading, and stands again after a loss", async (t) => {
  const cluster = await FakeCluster.open(t)
  const client = await connected(t, cluster)
  const terms: Leadership[] = []
  const result = await client.election("main").lead(async (leadership) => {
    terms.push(leadership)
    if (terms.length === 3) return "done"
    if (terms.length === 1) cluster.revoke("main")
    else cluster.endSession()
    await new Promise((resolve) => leadership.signal.addEventListener("abort", resolve))
    throw new Error("it was lost")
  })
  t.same([result, terms.length, cluster.holders("main")], ["done", 3, []])
  const failure = new Error("mine")
  const led = client.election("main").lead(() => Promise.reject(failure))
  t.equal(await led.catch((error: unknown) => error), failure)
})

test("lead that waits for its turn ends by its signal", async (t) => {
  const cluster = await FakeCluster.open(t)
  const [client, other] = [await connected(t, cluster), await connected(t, cluster)]
  await client.election("main").campaign()
  const stop = new AbortController()
  const led = other.election("main").lead(async () => 1, { signal: stop.signal })
  await until("it stands", () => cluster.queue.length === 2)
  stop.abort("enough")
  t.equal(await led.catch((error: unknown) => error), "enough")
})
