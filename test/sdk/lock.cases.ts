import { type Client, connect, type Lock } from "@conclave/sdk"
import { test } from "tap"
import { until } from "../agent/node/until.ts"
import { FakeCluster } from "./fake-cluster.ts"

type Teardown = Parameters<typeof FakeCluster.open>[0]

async function open(t: Teardown): Promise<{ readonly cluster: FakeCluster; readonly client: Client }> {
  const cluster = await FakeCluster.open(t)
  return { cluster, client: await connected(t, cluster) }
}

async function connected(t: Teardown, cluster: FakeCluster): Promise<Client> {
  const client = await connect({ socket: cluster.path, name: "test" })
  t.teardown(() => client.close())
  return client
}

test("first come, first served, also within one client", async (t) => {
  const { cluster, client } = await open(t)
  const other = await connected(t, cluster)
  const first = await client.lock("a")
  const order: string[] = []
  const taken =
    (by: string) =>
    (lock: Lock): Lock => {
      order.push(by)
      return lock
    }
  const own = client.lock("a").then(taken("own"))
  await until("one waits", () => cluster.queue.length === 2)
  const foreign = other.lock("a").then(taken("foreign"))
  await until("two wait", () => cluster.queue.length === 3)
  await first.release()
  const second = await own
  t.ok(second.token > first.token)
  await second.release()
  await foreign
  t.same(order, ["own", "foreign"])
})

test("several names at once, given twice or not; readers together", async (t) => {
  const { cluster, client } = await open(t)
  const lock = await client.lock(["b", "a", "b"])
  t.same([lock.name, lock.names], ["b", ["b", "a"]])
  t.equal(await client.tryLock("a"), null)
  await lock.release()
  const readers = await Promise.all([client.lock("a", { mode: "shared" }), client.lock("a", { mode: "shared" })])
  t.same([readers[0].mode, cluster.holders("a").length], ["shared", 2])
  await t.rejects(client.lock([]), { code: "INVALID_ARGUMENT", details: { field: "name" } })
})

test("options reach the service as they are", async (t) => {
  const { cluster, client } = await open(t)
  await client.lock("a", { mode: "shared", lockDelayMs: 5, note: "n", maxHoldMs: 60_000, waitMs: 900 })
  const [held] = cluster.seen.filter(({ op }) => op === "hold")
  const { waitMs, ...rest } = held?.in ?? {}
  t.same(rest, { kind: "lock", name: "a", mode: "shared", lockDelayMs: 5, note: "n", maxHoldMs: 60_000 })
  t.ok(Number(waitMs) > 0 && Number(waitMs) <= 900)
})

test("tryLock: ours, certainly not ours, or an error", async (t) => {
  const { cluster, client } = await open(t)
  const other = await connected(t, cluster)
  const lock = await client.tryLock("a")
  t.ok(lock?.held)
  t.equal(await other.tryLock("a"), null)
  cluster.refuse.set("hold", "NO_QUORUM")
  await t.rejects(other.tryLock("b"), { code: "NO_QUORUM", outcome: "not-applied" })
})

test("withLock releases after its body has settled, whatever became of it", async (t) => {
  const { cluster, client } = await open(t)
  const result = await client.withLock("a", async (lock) => {
    t.ok(lock.held)
    t.equal(cluster.holders("a").length, 1)
    return 7
  })
  t.same([result, cluster.holders("a")], [7, []])
  const failure = new Error("mine")
  const thrown = client.withLock("a", () => Promise.reject(failure))
  t.equal(await thrown.catch((error: unknown) => error), failure)
  t.same(cluster.holders("a"), [])
  await client.withLock("a", (lock) => lock.release())
})

test("withLock whose lock was lost says so, and its body heard of it", async (t) => {
  const { cluster, client } = await open(t)
  const lost = client.withLock("a", async (lock) => {
    cluster.revoke("a")
    await new Promise((resolve) => lock.signal.addEventListener("abort", resolve))
    return 7
  })
  await t.rejects(lost, { code: "GRANT_LOST", details: { reason: "revoked" } })
})

test("withLock whose lock was lost while its body ran hears of it by the release at the latest", async (t) => {
  const { cluster, client } = await open(t)
  const lost = client.withLock("a", async (lock) => {
    cluster.revokeUnheard("a")
    t.ok(lock.held, "nobody has said so here")
    return 7
  })
  await t.rejects(lost, { code: "GRANT_LOST", details: { reason: "revoked" } })
  const failure = new Error("mine")
  const thrown = client.withLock("a", () => {
    cluster.revokeUnheard("a")
    return Promise.reject(failure)
  })
  t.equal(await thrown.catch((error: unknown) => error), failure, "the body's own error comes first")
})

test("asking again inside the body that holds a name is a deadlock; elsewhere it is a wait", async (t) => {
  const { cluster, client } = await open(t)
  const other = await connected(t, cluster)
  const deadlock = { code: "DEADLOCK", outcome: "not-applied", details: { name: "a" } }
  let late: Promise<unknown> = Promise.resolve()
  await client.withLock(["x", "a"], async () => {
    await t.rejects(client.lock("a"), deadlock)
    await t.rejects(
      client.withLock(["b", "a"], async () => {}),
      deadlock,
    )
    await client.withLock("b", async () => {
      await t.rejects(client.lock("a"), deadlock, "held by the body around")
    })
    t.equal(await client.tryLock("a"), null, "who does not wait cannot deadlock")
    await t.rejects(other.lock("a", { waitMs: 20 }), { code: "WAIT_TIMEOUT" }, "another client waits like anybody")
    late = new Promise((resolve) => setImmediate(resolve)).then(() => client.withLock("c", async () => {}))
  })
  await late
  const outside = client.withLock("a", async () => {})
  await outside
  const lock = await client.lock("a")
  await t.rejects(client.lock("a", { waitMs: 20 }), { code: "WAIT_TIMEOUT" }, "no body holds it")
  await lock.release()
})

test("what outlives the body may ask again", async (t) => {
  const { client } = await open(t)
  let go = (): void => {}
  const gate = new Promise<void>((resolve) => {
    go = resolve
  })
  let late: Promise<boolean> = Promise.resolve(false)
  await client.withLock("a", async () => {
    late = gate.then(() => client.lock("a")).then((lock) => lock.held)
  })
  go()
  t.equal(await late, true)
})
