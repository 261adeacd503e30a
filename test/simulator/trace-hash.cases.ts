import { TraceHash } from "@conclave/sim/trace-hash"
import { test } from "tap"

function hashOf(...values: readonly number[]): string {
  const hash = new TraceHash()
  for (const value of values) hash.add(value)
  return hash.digest
}

test("the trace hash depends on every value and on their order", async (t) => {
  t.equal(hashOf(1, 2, 3), hashOf(1, 2, 3))
  t.not(hashOf(1, 2, 3), hashOf(1, 3, 2))
  t.not(hashOf(1, 2), hashOf(1, 2, 0))
  t.match(hashOf(), /^[0-9a-f]{16}$/)
})

test("times beyond 32 bits count with all their bits", async (t) => {
  const early = new TraceHash()
  early.addTime(5)
  const late = new TraceHash()
  late.addTime(5 + 4294967296)
  t.not(early.digest, late.digest)
})
