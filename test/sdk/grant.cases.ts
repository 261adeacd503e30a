import { acquire, type HeldGrant } from "@conclave/sdk/grant"
import { NODE_PORTS } from "@conclave/sdk/node-ports"
import { Reconnector } from "@conclave/sdk/reconnector"
import { SessionDriver } from "@conclave/sdk/session-driver"
import { test } from "tap"
import { until } from "../agent/node/until.ts"
import { FakeCluster } from "./fake-cluster.ts"

type Teardown = Parameters<typeof FakeCluster.open>[0]

async function open(t: Teardown): Promise<{ readonly cluster: FakeCluster; readonly driver: SessionDriver }> {
  const cluster = await FakeCluster.open(t)
  const reconnector = new Reconnector(cluster.path, "test", NODE_PORTS)
  const driver = new SessionDriver(reconnector, {})
  t.teardown(async () => {
    await driver.close()
    reconnector.close()
  })
  return { cluster, driver }
}

const lock = (driver: SessionDriver, o = {}): Promise<HeldGrant> => acquire(driver, { kind: "lock", name: "a" }, o)

test("a grant is held by the clock, and released once", async (t) => {
  const { cluster, driver } = await open(t)
  const grant = await lock(driver)
  t.match(grant, { kind: "lock", name: "a", names: ["a"], mode: "exclusive", held: true })
  t.same(cluster.holders("a").map(BigInt), [grant.token])
  t.ok(grant.remainingMs() > 0)
  grant.assertHeld(1)
  t.throws(() => grant.assertHeld(1e9), { code: "GRANT_LOST" })
  await grant.release()
  await grant.release()
  t.same([cluster.holders("a"), grant.held, grant.remainingMs(), grant.signal.aborted], [[], false, 0, true])
  t.match(grant.signal.reason, { code: "GRANT_LOST", details: { reason: "released" } })
  t.throws(() => grant.assertHeld(), { code: "GRANT_LOST" })
  await t.rejects(grant.update({ note: "x" }), { code: "GRANT_LOST" })
})

test("a loss aborts the signal, and release says that it was gone", async (t) => {
  const { cluster, driver } = await open(t)
  const grant = await lock(driver)
  cluster.ask("a", 60_000)
  await until("it is asked for", () => grant.revoking.aborted)
  t.match(grant.revoking.reason, { details: { by: "op", reason: "drain", deadlineMs: 60_000 } })
  t.ok(grant.held)
  cluster.revoke("a")
  await until("it is lost", () => grant.signal.aborted)
  t.match(grant.signal.reason, { code: "GRANT_LOST", details: { reason: "revoked" } })
  t.same([grant.held, grant.lossReason], [false, "revoked"])
  await t.rejects(grant.release(), { code: "GRANT_LOST", details: { reason: "revoked" } })
  await grant[Symbol.asyncDispose]()
})

test("a release whose answer is lost is made again; one that nobody answers is unknown", async (t) => {
  const { cluster, driver } = await open(t)
  const first = await lock(driver)
  cluster.cutAfter.add("end")
  await first.release({ timeoutMs: 30_000 })
  t.same(cluster.holders("a"), [])
  const second = await lock(driver)
  cluster.mute.add("end")
  await t.rejects(second.release({ timeoutMs: 30 }), { code: "TIMEOUT", outcome: "unknown" })
  await second[Symbol.asyncDispose]()
  const third = await lock(driver)
  const stop = new AbortController()
  const release = third.release({ signal: stop.signal })
  stop.abort("enough")
  t.equal(await release.catch((error: unknown) => error), "enough")
  await until("it is given back all the same", () => cluster.holders("a").length === 0)
})

test("an abort rejects at once with its reason, and the request never becomes ours", async (t) => {
  const { cluster, driver } = await open(t)
  const holder = await lock(driver)
  const stop = new AbortController()
  const waits = lock(driver, { signal: stop.signal })
  await until("it waits", () => cluster.queue.length === 2)
  const reason = { mine: true }
  stop.abort(reason)
  t.equal(await waits.catch((error: unknown) => error), reason)
  await until("it has left the queue", () => cluster.queue.length === 1)
  t.equal(await lock(driver, { signal: stop.signal }).catch((error: unknown) => error), reason)
  await holder.release()
  t.same(cluster.holders("a"), [])
})

test("an abort that crosses the grant gives it back", async (t) => {
  const { cluster, driver } = await open(t)
  cluster.mute.add("hold")
  const stop = new AbortController()
  const waits = lock(driver, { signal: stop.signal })
  await until("the service has granted it", () => cluster.holders("a").length === 1)
  stop.abort("enough")
  t.equal(await waits.catch((error: unknown) => error), "enough")
  await until("it is given back", () => cluster.holders("a").length === 0)
})

test("a wait that runs out, and options that mean nothing", async (t) => {
  const { driver } = await open(t)
  await lock(driver)
  await t.rejects(lock(driver, { waitMs: 30 }), { code: "WAIT_TIMEOUT", outcome: "not-applied", retryable: false })
  await t.rejects(lock(driver, { waitMs: -1 }), { code: "INVALID_ARGUMENT", details: { field: "waitMs" } })
  await driver.close()
  await t.rejects(lock(driver), { code: "CLOSED" })
})
