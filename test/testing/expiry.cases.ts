import { testCluster } from "@conclave/testing"
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

test("of several sessions the one behind the grant ends", async (t) => {
  const cluster = testCluster({ seed: 10 })
  const [one, other] = [await cluster.connect({ agent: "a2" }), await cluster.connect({ agent: "a2" })]
  const [lock, another] = [await one.lock("report"), await other.lock("other")]
  cluster.expire(lock)
  await cluster.advance(500)
  t.equal(lock.held, false)
  t.equal(another.held, true)
})
