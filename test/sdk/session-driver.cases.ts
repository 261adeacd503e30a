import type { HoldListener } from "@conclave/sdk/hold-listeners"
import { NODE_PORTS } from "@conclave/sdk/node-ports"
import { Reconnector } from "@conclave/sdk/reconnector"
import type { SessionTrace } from "@conclave/sdk/session-connection"
import { SessionDriver } from "@conclave/sdk/session-driver"
import { test } from "tap"
import { until } from "../agent/node/until.ts"
import { FakeCluster } from "./fake-cluster.ts"

const FOREVER = Number.POSITIVE_INFINITY
type Teardown = Parameters<typeof FakeCluster.open>[0]

class Recorder implements HoldListener {
  readonly heard: unknown[] = []
  queued = (position: number): void => void this.heard.push(["queued", position])
  granted = (token: bigint): void => void this.heard.push(["granted", token > 0n])
  revoking = (by: string | null): void => void this.heard.push(["revoking", by])
  lost = (reason: string): void => void this.heard.push(["lost", reason])
  failed = (error: Error): void => void this.heard.push(["failed", error])
}

async function open(
  t: Teardown,
  more: {
    readonly ttlMs?: number
    readonly health?: () => boolean | Promise<boolean>
    readonly trace?: SessionTrace
  } = {},
): Promise<{ readonly cluster: FakeCluster; readonly driver: SessionDriver }> {
  const cluster = await FakeCluster.open(t)
  if (more.ttlMs !== undefined) cluster.ttlMs = more.ttlMs
  const reconnector = new Reconnector(cluster.path, "test", NODE_PORTS)
  const driver = new SessionDriver(reconnector, { health: more.health, trace: more.trace })
  t.teardown(async () => {
    await driver.close()
    reconnector.close()
  })
  return { cluster, driver }
}

const request = { kind: "lock", name: "a" } as const

/** A machine that stalls may lose a session before it has the grant: then it asks again. */
async function granted(driver: SessionDriver, to: Recorder): Promise<number> {
  for (;;) {
    to.heard.length = 0
    const hold = driver.hold(request, FOREVER, to)
    await until("it is granted or fails", () =>
      to.heard.some((each) => /granted|failed/.test((each as string[])[0] ?? "")),
    )
    if (driver.remainingMs(hold) > 0) return hold
  }
}

test("a session is opened at the first need, beats, and survives a broken connection", async (t) => {
  const { cluster, driver } = await open(t)
  t.match(driver.session, { id: null, state: "none", remainingMs: 0 })
  t.equal(cluster.count("session.open"), 0)
  const heard = new Recorder()
  const hold = await granted(driver, heard)
  t.match(driver.session, { id: /^session-/, state: "live" })
  await until("some heartbeats", () => cluster.count("heartbeat") > 2)
  cluster.cut()
  await until("it is attached again", () => cluster.count("session.attach") === 1 && cluster.count("hold") === 2)
  t.ok(driver.remainingMs(hold) > 0)
  t.same(heard.heard, [["granted", true]], "and nothing was lost or granted twice")
  t.equal(cluster.count("session.open"), 1)
})

test("without answers the grant is lost by the clock, and the next hold has a new session", async (t) => {
  const { cluster, driver } = await open(t, { ttlMs: 1000 })
  const heard = new Recorder()
  const states: string[] = []
  driver.watch(() => states.push(driver.session.state))
  const hold = await granted(driver, heard)
  cluster.mute.add("heartbeat")
  await until("it is lost", () => driver.remainingMs(hold) === 0)
  await until("it is told", () => heard.heard.length === 2)
  t.same(heard.heard.at(-1), ["lost", "expired"])
  t.same([states[0], states.at(-1)], ["live", "lost"])
  cluster.mute.clear()
  cluster.endSession()
  const next = new Recorder()
  await granted(driver, next)
  t.ok(cluster.count("session.open") >= 2)
})

test("a loop that is blocked finds its grant lost before any event was told", async (t) => {
  const { cluster, driver } = await open(t, { ttlMs: 1000 })
  const heard = new Recorder()
  const hold = await granted(driver, heard)
  t.ok(driver.remainingMs(hold) > 0)
  const endsAt = performance.now() + 1050
  while (performance.now() < endsAt);
  t.same([driver.remainingMs(hold), driver.session.state, heard.heard.length], [0, "lost", 1])
  await until("the event comes, too", () => heard.heard.length === 2)
  t.same(heard.heard.at(-1), ["lost", "expired"])
  t.ok(cluster.count("session.attach") === 0)
})

test("a write is asked again under its seq after the answer was lost", async (t) => {
  const { cluster, driver } = await open(t)
  const hold = await granted(driver, new Recorder())
  const [token] = cluster.holders("a")
  cluster.cutAfter.add("hold.update")
  const out = await driver.call("hold.update", { token: String(token), value: 5 }, { timeoutMs: 30_000, hold })
  t.match(out, { rev: /^\d+$/ })
  const tries = cluster.seen.filter(({ op }) => op === "hold.update")
  t.same([tries.length, tries[0]?.seq], [2, tries[1]?.seq])
  await t.rejects(driver.call("hold.update", { token: "999" }, { timeoutMs: 5000 }), { code: "GRANT_LOST" })
})

test("a call is bounded by its limit and its signal", async (t) => {
  const { cluster, driver } = await open(t)
  await granted(driver, new Recorder())
  cluster.mute.add("hold.update")
  const input = { token: "1" }
  await t.rejects(driver.call("hold.update", input, { timeoutMs: 30 }), { code: "TIMEOUT", outcome: "unknown" })
  const stop = new AbortController()
  const call = driver.call("hold.update", input, { timeoutMs: 30_000, signal: stop.signal })
  stop.abort("enough")
  t.equal(await call.catch((error: unknown) => error), "enough")
  await t.rejects(driver.call("hold.update", input, { timeoutMs: 0 }), { code: "INVALID_ARGUMENT" })
  await driver.close()
  await t.rejects(driver.call("hold.update", input, { timeoutMs: 5 }), { code: "CLOSED" })
})

test("an application that is not well lets its session go", async (t) => {
  let isWell = true
  const { driver } = await open(t, { ttlMs: 1000, health: async () => isWell })
  const heard = new Recorder()
  await granted(driver, heard)
  isWell = false
  await until("it is lost", () => heard.heard.length === 2)
  t.same(heard.heard.at(-1), ["lost", "expired"])
})

test("close ends the session and tells everybody", async (t) => {
  const { cluster, driver } = await open(t)
  const [held, waits] = [new Recorder(), new Recorder()]
  await granted(driver, held)
  driver.hold(request, FOREVER, waits)
  await until("it waits", () => waits.heard.length === 1)
  await driver.close()
  t.same(held.heard.at(-1), ["lost", "closed"])
  t.match(waits.heard.at(-1), ["failed", { code: "CLOSED" }])
  t.same([cluster.count("session.close"), cluster.queue.length], [1, 0])
})

test("whoever traces a session hears of each frame before it leaves, under its number, and of the answer before anybody", async (t) => {
  const heard: string[] = []
  const trace: SessionTrace = {
    sent: ({ op, seq, session }) => {
      if (op === "hold") heard.push(`sent ${seq} of ${session?.slice(0, 8)}, ${cluster.count("hold")} seen`)
    },
    told: ({ op, seq }, body) => {
      const { type, released } = ("event" in body ? body.event : body.out) as { type?: string; released?: boolean }
      if (op === "hold" && type !== "queued") heard.push(`told ${seq} ${type ?? released}`)
    },
  }
  const { cluster, driver } = await open(t, { trace })
  const holder = new Recorder()
  const hold = driver.hold(request, FOREVER, { ...holder, granted: () => void heard.push("granted") })
  await until("it is granted", () => heard.includes("granted"))
  cluster.cut()
  await until("it is sent again", () => cluster.count("hold") === 2)
  await until("and told again", () => heard.length >= 5)
  await new Promise<void>((resolve) => driver.release(hold, 5000, () => resolve()))
  t.same(heard, [
    ...["sent 1 of session-, 0 seen", "told 1 granted", "granted"],
    ...["sent 1 of session-, 1 seen", "told 1 granted", "told 1 true"],
  ])
})
