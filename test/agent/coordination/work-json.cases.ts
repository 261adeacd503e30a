import { PoolBook } from "@conclave/consensus/machine/work/book"
import { POOL_DEFAULTS } from "@conclave/consensus/machine/work/limits"
import { parsedOf, poolJson } from "conclave/coordination/work-json"
import { test } from "tap"

test("a pool that nobody has configured works by the defaults", (t) => {
  t.same(poolJson(undefined), {
    config: { ...POOL_DEFAULTS, rev: "0" },
    counts: { free: 0, assigned: 0, revoking: 0, failed: 0 },
    brake: { active: false, missing: 0 },
  })
  const pool = { name: "p", config: POOL_DEFAULTS, configuredAt: 7, losses: [], brake: { untilMs: 1, of: 9 } }
  t.match(poolJson(pool, new PoolBook().counts, 4), {
    config: { rev: "7" },
    brake: { active: true, missing: 4 },
  })
  t.end()
})

test("no payload is null", (t) => {
  t.equal(parsedOf(undefined), null)
  t.same(parsedOf('{"a":[1]}'), { a: [1] })
  t.end()
})
