import { planned } from "@conclave/bench/state/planning"
import { test } from "tap"

test("who joins is given its share, in plans of which each is measured", (t) => {
  const { planMs, pieceMs, firstMs, moves } = planned({ workers: 4, items: 100 }, 2)
  t.ok(moves >= 16, `${moves} items went to the two that came`)
  t.equal(planMs.length, pieceMs.length)
  t.ok(planMs.length >= 2 && firstMs > 0)
  t.ok(planMs.every((ms, at) => ms >= (pieceMs[at] ?? 0)))
  t.end()
})
