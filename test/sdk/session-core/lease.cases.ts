import { Lease } from "@conclave/sdk/session-core/lease"
import { test } from "tap"

test("a promise counts from the send time of what it answers", (t) => {
  const lease = new Lease(10_000, 500, 9000)
  t.equal(lease.untilMs, 9500)
  lease.acknowledged(1500, 9000)
  t.same([lease.untilMs, lease.heardAfterMs], [10_500, 1500])
  t.end()
})

test("a promise that was made stands, and none is longer than the TTL", (t) => {
  const lease = new Lease(10_000, 0, 1e9)
  t.equal(lease.untilMs, 10_000)
  lease.acknowledged(2000, 3000)
  t.equal(lease.untilMs, 10_000, "a shorter one takes nothing back")
  lease.acknowledged(1000, 1e9)
  t.same([lease.untilMs, lease.heardAfterMs], [11_000, 2000])
  t.end()
})

test("answers in good time are no jeopardy however little they promise, until little is left", (t) => {
  const lease = new Lease(2000, 0, 1500)
  t.equal(lease.stateAt(999), "live", "less than half the TTL is left, and an answer is still in time")
  t.equal(lease.stateAt(1000), "jeopardy")
  lease.acknowledged(900, 700)
  t.same([lease.stateAt(1199), lease.stateAt(1200), lease.stateAt(1600)], ["live", "jeopardy", "lost"])
  t.end()
})

test("live, from half the TTL on in jeopardy, then lost: the deadline itself is lost", (t) => {
  const lease = new Lease(10_000, 0, 10_000)
  t.same(
    [0, 4999, 5000, 9999, 10_000].map((nowMs) => lease.stateAt(nowMs)),
    ["live", "live", "jeopardy", "jeopardy", "lost"],
  )
  t.end()
})
