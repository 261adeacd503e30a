import { logIndex } from "@conclave/consensus"
import { Freshness } from "conclave/replica/freshness"
import { test } from "tap"

const at = (index: number, ms: number) => ({ index: logIndex(index), ms })

test("what was told counts from when it was told, once it is applied", (t) => {
  const freshness = new Freshness()
  t.equal(freshness.asOfMs, Number.NEGATIVE_INFINITY)
  freshness.told(at(5, 100), 5)
  t.equal(freshness.asOfMs, 100)
  freshness.told(at(8, 200), 6)
  freshness.applied(7)
  t.equal(freshness.asOfMs, 100)
  freshness.applied(8)
  t.equal(freshness.asOfMs, 200)
  freshness.told(at(8, 150), 8)
  t.equal(freshness.asOfMs, 200, "an older word takes nothing back")
  t.end()
})

test("a state that never quite catches up grows no older than it is", (t) => {
  const freshness = new Freshness()
  for (let nowMs = 0; nowMs <= 1000; nowMs += 10) {
    freshness.applied(nowMs - 30)
    freshness.told(at(nowMs, nowMs), nowMs - 30)
    t.ok(nowMs < 60 || (freshness.asOfMs >= nowMs - 70 && freshness.asOfMs <= nowMs - 30), `${freshness.asOfMs}`)
  }
  t.end()
})
