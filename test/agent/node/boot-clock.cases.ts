import { BootClock } from "conclave/node/boot-clock"
import { test } from "tap"

/** A machine whose boot clock has steps of 10 ms, and counts how often it is read. */
function machine() {
  const now = { monotonicMs: 500, wallMs: 1_000_000, bootMs: 90_007 }
  let reads = 0
  const clock = new BootClock({
    monotonicMs: () => now.monotonicMs,
    wallMs: () => Math.floor(now.wallMs),
    bootMs: () => {
      reads++
      return Math.floor(now.bootMs / 10) * 10
    },
  })
  const pass = (awakeMs: number, asleepMs = 0): number => {
    now.monotonicMs += awakeMs
    now.wallMs += awakeMs + asleepMs
    now.bootMs += awakeMs + asleepMs
    return clock.read()
  }
  return { now, clock, pass, reads: () => reads }
}

test("the boot clock is read now and then, and moved on in between", (t) => {
  const { clock, pass, reads } = machine()
  t.equal(clock.read(), 90_000)
  for (let ms = 0; ms < 99; ms++) t.equal(pass(1), 90_001 + ms)
  t.equal(reads(), 1)
  pass(1)
  t.equal(reads(), 2, "after a tenth of a second")
  t.end()
})

test("a suspend is seen at the next look, however soon that is", (t) => {
  for (const asleepMs of [20, 60_000]) {
    const { clock, pass } = machine()
    const before = clock.read()
    const passedMs = pass(1, asleepMs) - before
    t.ok(passedMs >= asleepMs - 10 && passedMs <= asleepMs + 11, `${passedMs} of ${asleepMs}`)
  }
  t.end()
})

test("it never falls, whatever the steps of the boot clock and whoever sets the wall clock", (t) => {
  const { now, clock, pass } = machine()
  let last = clock.read()
  for (let turn = 0; turn < 500; turn++) {
    if (turn % 7 === 0) now.wallMs += turn % 2 === 0 ? 3_600_000 : -3_600_000
    const next = pass((turn * 13) % 37)
    t.ok(next >= last && Math.abs(next - now.bootMs) <= 10, `${next} after ${last}, truly ${now.bootMs}`)
    last = next
  }
  t.end()
})

test("a wall clock that was set back by just a suspend hides it for a tenth of a second", (t) => {
  const { now, clock, pass } = machine()
  clock.read()
  now.wallMs -= 60_000
  pass(1, 60_000)
  t.ok(now.bootMs - pass(99) <= 10)
  t.end()
})

test("without being told other clocks it reads those of this machine", (t) => {
  const clock = new BootClock()
  const first = clock.read()
  t.ok(first > 0)
  t.ok(clock.read() >= first)
  t.end()
})
