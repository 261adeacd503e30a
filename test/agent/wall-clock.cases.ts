import type { Millis } from "@conclave/base"
import { WallClock } from "conclave/wall-clock"
import { test } from "tap"
import { FakeClock } from "./fake-clock.ts"

function ahead(): { readonly clock: FakeClock; readonly set: (ms: number) => void; readonly wall: WallClock } {
  const clock = new FakeClock()
  let aheadMs = 0
  const set = (ms: number): void => {
    aheadMs = ms
  }
  const wall = new WallClock({ ...clock, now: clock.now, alarm: clock.alarm, wallMs: () => clock.now() + aheadMs })
  return { clock, set, wall }
}

test("a time that was shown once is shown so again while the clocks only tick unevenly", (t) => {
  const { clock, set, wall } = ahead()
  const at = clock.now()
  const shown = wall.of(at)
  for (const ms of [50, -50, 3]) {
    set(ms)
    t.equal(wall.of(at), shown, `${ms} ms apart`)
  }
  t.equal(wall.of((at + 1234.4) as Millis), shown + 1234, "whole milliseconds")
  t.end()
})

test("a clock that was set is followed, forwards and back", (t) => {
  const { clock, set, wall } = ahead()
  const at = clock.now()
  const shown = wall.of(at)
  set(51)
  t.equal(wall.of(at), shown + 51)
  set(-3_600_000)
  t.equal(wall.of(at), shown - 3_600_000)
  t.end()
})
