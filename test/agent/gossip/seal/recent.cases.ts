import { Recent } from "conclave/gossip/seal/recent"
import { test } from "tap"

test("what is used stays, what is not goes, and there are never more than the bound", async (t) => {
  const recent = new Recent<number, string>(8)
  recent.set(0, "used")
  for (let key = 1; key <= 100; key++) {
    recent.set(key, "once")
    t.equal(recent.get(0), "used")
  }
  const kept = Array.from({ length: 101 }, (_, key) => recent.get(key)).filter((value) => value !== undefined)
  t.ok(kept.length <= 8, `${kept.length} kept`)
  t.equal(recent.get(1), undefined)
  t.equal(recent.get(100), "once")
})
