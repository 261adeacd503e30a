import type { Millis } from "@conclave/base"
import { Elapsed } from "conclave/coordination/elapsed"
import { test } from "tap"
import { FakeClock } from "../fake-clock.ts"

test("time counts while the machine is suspended, and never falls", (t) => {
  const fake = new FakeClock()
  let [now, boot] = [100, 5000]
  const elapsed = new Elapsed({ ...fake, now: () => now as Millis, bootMs: () => boot } as never)
  t.equal(elapsed.now(), 0)
  now += 10
  t.equal(elapsed.now(), 10, "the boot clock is coarse")
  boot += 60_010
  t.equal(elapsed.now(), 60_010, "a minute of sleep")
  now += 60_100
  t.equal(elapsed.now(), 60_110)
  t.end()
})
