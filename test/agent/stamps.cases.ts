import { Stamps } from "conclave/stamps"
import { test } from "tap"
import { FakeClock } from "./fake-clock.ts"

test("a leader's stamps go on from the state's time by its own clock", (t) => {
  const time = new FakeClock()
  const stamps = new Stamps(time)
  t.equal(stamps.now(), 0, "who does not lead says nothing")
  t.equal(stamps.ownMs(5), Number.POSITIVE_INFINITY)
  stamps.begin(50_000)
  t.equal(stamps.now(), 50_000)
  time.advance(250)
  t.equal(stamps.now(), 50_250)
  t.equal(stamps.ownMs(50_300), time.now() + 50)
  stamps.end()
  t.equal(stamps.now(), 0)
  t.end()
})

test("time in which the leader did nothing is dropped for good", (t) => {
  const time = new FakeClock()
  const stamps = new Stamps(time)
  stamps.lose(10)
  stamps.begin(1000)
  time.advance(5000)
  stamps.lose(4900)
  t.equal(stamps.now(), 1100)
  time.advance(10)
  t.equal(stamps.now(), 1110, "it is never caught up")
  t.end()
})
