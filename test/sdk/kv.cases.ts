import { type Client, ConclaveError, connect, type Entry, type View } from "@conclave/sdk"
import { type Test, test } from "tap"
import { type HoldStage, openHoldStage } from "../agent/coordination/hold-stage.ts"
import { FakeCluster } from "./fake-cluster.ts"

async function open(t: Test): Promise<{ readonly stage: HoldStage; readonly client: Client }> {
  const stage = await openHoldStage(t)
  const client = await connect({ socket: stage.path("application") })
  t.teardown(() => client.close())
  return { stage, client }
}

async function next(views: AsyncIterator<View<Entry>>): Promise<View<Entry>> {
  return (await views.next()).value
}

test("put, get, list and delete, with the revisions of each", async (t) => {
  const { client } = await open(t)
  const { kv } = client
  t.equal(await kv.get("a"), null)
  const rev = await kv.put("a", { deep: [1, "é"] })
  t.same(await kv.get("a"), { key: "a", value: { deep: [1, "é"] }, modRev: rev, createRev: rev })
  const again = await kv.put("a", null, { ifRev: rev })
  t.ok(again > rev)
  t.match(await kv.get("a"), { value: null, modRev: again, createRev: rev })
  await kv.put("b/1", 1)
  const list = await kv.list("b/")
  t.match(list, { items: [{ key: "b/1", value: 1 }], changes: [], reset: false, ageMs: 0 })
  t.ok((await kv.list("", { stale: true })).items.length === 2)
  t.equal(await kv.delete("a"), true)
  t.equal(await kv.delete("a"), false)
  t.match(client.session, { state: "live" }, "writes are of the session")
})

test("a condition that does not hold is a conflict that says what is there; a value that is no JSON is none", async (t) => {
  const { client } = await open(t)
  const { kv } = client
  const rev = await kv.put("a", 1, { ifRev: 0n })
  const conflict = { code: "CONFLICT", outcome: "not-applied", details: { reason: "rev", current: String(rev) } }
  await t.rejects(kv.put("a", 2, { ifRev: 0n }), conflict)
  await t.rejects(kv.delete("a", { ifRev: rev + 7n }), conflict)
  await t.rejects(kv.put("b", 2, { ifRev: 5n }), { code: "CONFLICT", details: { current: "0" } })
  const wrong = { code: "INVALID_ARGUMENT", details: { field: "value" } }
  for (const value of [undefined, () => 1, 1n]) await t.rejects(kv.put("a", value as never), wrong)
  await t.rejects(kv.put("a", "x".repeat(65_535)), wrong)
  await kv.put("a", "x".repeat(65_534))
  await t.rejects(kv.put("-a", 1), { code: "INVALID_ARGUMENT", details: { field: "key" } })
})

test("a guard lets a write through while its grant holds, and no longer", async (t) => {
  const { client } = await open(t)
  const lock = await client.lock("a")
  await client.kv.put("k", 1, { guard: lock })
  await lock.release()
  await t.rejects(client.kv.put("k", 2, { guard: lock }), { code: "GRANT_LOST", details: { reason: "not-held" } })
  await t.rejects(client.kv.delete("k", { guard: lock }), { code: "GRANT_LOST" })
  t.match(await client.kv.get("k"), { value: 1 })
})

test("a watch yields the view, then each change; what was yielded stays as it was", async (t) => {
  const { client } = await open(t)
  const { kv } = client
  const first = await kv.put("p/b", 1)
  const end = new AbortController()
  const views = kv.watch("p/", { signal: end.signal })
  const whole = await next(views)
  t.match(whole, { items: [{ key: "p/b", modRev: first }], changes: [], reset: false, ageMs: 0 })
  await kv.put("q", 0)
  const second = await kv.put("p/a", 2)
  const put = await next(views)
  t.match(put, {
    rev: second,
    items: [{ key: "p/a" }, { key: "p/b" }],
    changes: [{ type: "put", rev: second, item: { value: 2 } }],
  })
  await kv.delete("p/b")
  const gone = await next(views)
  t.match(gone, { items: [{ key: "p/a" }], changes: [{ type: "delete", item: { key: "p/b", value: 1 } }] })
  t.same([whole.items.length, put.items.length], [1, 2])
  end.abort()
  t.match(await views.next(), { done: true })
})

test("a slow reader gets merged views", async (t) => {
  const { client } = await open(t)
  const views = client.kv.watch("")
  await next(views)
  let last = 0n
  for (let each = 0; each < 5; each++) last = await client.kv.put("a", each)
  const seen = []
  while (seen.at(-1)?.rev !== last) seen.push(await next(views))
  t.same(
    seen.flatMap(({ changes }) => changes.map(({ item }) => item.value)),
    [0, 1, 2, 3, 4],
    "each once, in however many views",
  )
  await views.return?.()
})

test("an answer that was lost with its connection is asked for again, and the write applied once", async (t) => {
  const cluster = await FakeCluster.open(t)
  const client = await connect({ socket: cluster.path })
  t.teardown(() => client.close())
  cluster.cutAfter.add("kv.put")
  const rev = await client.kv.put("a", 1)
  const puts = cluster.seen.filter(({ op }) => op === "kv.put")
  t.equal(puts.length, 2)
  t.equal(puts[0]?.seq, puts[1]?.seq)
  t.equal(typeof rev, "bigint")
})

test("a session that is lost before the answer leaves the write unknown, as a timeout", async (t) => {
  const cluster = await FakeCluster.open(t)
  cluster.ttlMs = 1000
  const client = await connect({ socket: cluster.path })
  t.teardown(() => client.close())
  for (const op of ["kv.put", "heartbeat"]) cluster.mute.add(op)
  const error = await client.kv.put("a", 1, { timeoutMs: 10_000 }).catch((cause: unknown) => cause)
  t.ok(ConclaveError.is(error, "TIMEOUT"))
  t.match(error, { outcome: "unknown", retryable: false })
})

test("a list that no frame holds comes over HTTP", async (t) => {
  const { client } = await open(t)
  for (let each = 0; each < 5; each++) await client.kv.put(`k${each}`, "x".repeat(60_000))
  const { items, rev } = await client.kv.list("k")
  t.same(
    items.map(({ key }) => key),
    ["k0", "k1", "k2", "k3", "k4"],
  )
  t.equal(rev, items[4]?.modRev)
})
