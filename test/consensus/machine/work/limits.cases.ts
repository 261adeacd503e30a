import { backoffMs } from "@conclave/consensus/machine/work/limits"
import { test } from "tap"

test("an item rests 1 s after its first failure, and twice as long after each further one, a minute at most", (t) => {
  t.strictSame([0, 1, 2, 3, 6, 7, 8, 1000, 1_000_000].map(backoffMs), [
    ...[0, 1000, 2000, 4000, 32_000, 60_000, 60_000, 60_000, 60_000],
  ])
  t.end()
})
