import { searchWaitMs } from "conclave/discovery/search-wait"
import { test } from "tap"

test("the wait doubles to a limit, below which no turn is, and never comes to nothing", (t) => {
  for (const [isAlone, min, max] of [
    [true, 1000, 60_000],
    [false, 10_000, 600_000],
  ] as const) {
    for (const turn of [0, 1, 2, 3, 5, 10, 100, 5000]) {
      const bound = Math.min(max, min * 2 ** turn)
      const wait = searchWaitMs(turn, isAlone, "10.0.0.1:7951")
      t.ok(wait >= bound / 2 && wait <= bound, `${turn}: ${wait}`)
    }
  }
  t.end()
})

test("hosts that began together search at different times", (t) => {
  const waits = Array.from({ length: 50 }, (_, host) => Math.round(searchWaitMs(10, true, `10.0.0.${host}:7951`)))
  t.ok(new Set(waits).size > 45)
  t.end()
})
