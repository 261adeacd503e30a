import type { Millis } from "@conclave/base"
import { inSlices } from "conclave/slices"
import { test } from "tap"

test("what takes time is done a slice a turn; what takes none is done at once", (t) => {
  let now = 0
  const turns: (() => void)[] = []
  const clock = { now: () => now as Millis, afterTurn: (act: () => void) => void turns.push(act) }
  let steps = 0
  inSlices(clock, () => ++steps === 1000)
  t.same([steps, turns.length], [1000, 0], "the clock stands still")
  steps = 0
  const counts: number[] = []
  inSlices(clock, () => {
    now += 0.5
    return ++steps === 10
  })
  while (turns.length > 0) {
    counts.push(steps)
    turns.shift()?.()
  }
  t.same([steps, counts], [10, [4, 8]])
  t.end()
})
