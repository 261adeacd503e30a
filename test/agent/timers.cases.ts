import { Timers } from "conclave/timers"
import { test } from "tap"
import { FakeClock } from "./fake-clock.ts"

test("each acts when its time has come, unless it was called off", (t) => {
  const time = new FakeClock()
  const timers = new Timers(time)
  const acted: string[] = []
  timers.at(1200, () => acted.push("late"))
  timers.at(1100, () => acted.push("early"))
  const cancel = timers.at(1100, () => acted.push("never"))
  cancel()
  time.advance(99)
  t.same(acted, [])
  time.advance(1)
  t.same(acted, ["early"])
  time.advance(500)
  t.same(acted, ["early", "late"])
  t.equal(time.armed, 0, "nothing is waited for any more")
  t.end()
})

test("what is due at once acts with the next alarm, never from within", (t) => {
  const time = new FakeClock()
  const timers = new Timers(time)
  let acted = 0
  timers.at(0, () => {
    acted++
    if (acted < 3) timers.at(0, () => acted++)
  })
  t.equal(acted, 0)
  time.advance(0)
  t.equal(acted, 2, "one that is set while others act has its turn, too")
  t.end()
})

test("after a stop nobody acts", (t) => {
  const time = new FakeClock()
  const timers = new Timers(time)
  timers.at(1100, () => t.fail("it was stopped"))
  timers.stop()
  time.advance(1000)
  t.equal(time.armed, 0)
  t.end()
})
