import { ReplicatedTime } from "conclave/coordination/replicated-time"
import { test } from "tap"
import { FakeClock } from "../fake-clock.ts"

test("what was shown once is shown so again, until the clocks have grown apart", (t) => {
  const clock = new FakeClock()
  const time = new ReplicatedTime(clock)
  time.seen(0)
  const first = time.text(500)
  t.match(first, /^\d{4}-\d\d-\d\dT.*\.\d{3}Z$/)
  clock.advance(400)
  time.seen(0)
  t.equal(time.text(500), first, "a delay of the log moves nothing")
  clock.advance(60_000)
  time.seen(1000)
  t.equal(Date.parse(time.text(1000)), clock.wallMs(), "a stall that was not counted does")
  t.end()
})
