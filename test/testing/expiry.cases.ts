import type { Assignment, Json } from "@conclave/sdk"
import { testCluster } from "@conclave/testing/index"
import { test } from "tap"

test("without a leader nobody can give a session up, and it says so", async (t) => {
  const cluster = testCluster({ seed: 9 })
  const client = await cluster.connect({ agent: "a2" })
  const lock = await client.lock("report")
  await cluster.advance(1000)
  cluster.kill("a1")
  cluster.kill("a3")
  await cluster.advance(5000)
  t.throws(() => cluster.expire(lock), { code: "INVALID_ARGUMENT", message: /no agent leads/ })
})

test("the session behind an item is that of its worker", async (t) => {
  const cluster = testCluster({ seed: 11 })
  const [one, other] = [await cluster.connect({ agent: "a2" }), await cluster.connect({ agent: "a2" })]
  const lock = await other.lock("other")
  await one.work("jobs").put("x")
  const stop = new AbortController()
  const given: Assignment<Json>[] = []
  const run = one.work("jobs").run(
    async (assignment) => {
      given.push(assignment)
      if (given.length === 1) await new Promise((resolve) => assignment.signal.addEventListener("abort", resolve))
    },
    { signal: stop.signal },
  )
  await cluster.advance(2000)
  cluster.expire(given[0] as Assignment<Json>)
  await cluster.advance(500)
  t.match(given[0]?.signal.reason, { code: "GRANT_LOST" })
  t.ok(lock.held)
  stop.abort()
  await cluster.advance(5000)
  await run
})

test("of several sessions the one behind the grant ends", async (t) => {
  const cluster = testCluster({ seed: 10 })
  const [one, other] = [await cluster.connect({ agent: "a2" }), await cluster.connect({ agent: "a2" })]
  const [lock, another] = [await one.lock("report"), await other.lock("other")]
  cluster.expire(lock)
  await cluster.advance(500)
  t.equal(lock.held, false)
  t.equal(another.held, true)
})
