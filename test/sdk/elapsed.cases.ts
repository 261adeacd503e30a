import { Elapsed, SYSTEM_CLOCKS } from "@conclave/sdk/elapsed"
import { test } from "tap"

test("it counts a suspend, is fine where the boot clock is coarse, and never falls", (t) => {
  let [monotonicMs, bootMs] = [500, 90_000]
  let reads = 0
  const elapsed = new Elapsed({
    monotonicMs: () => monotonicMs,
    bootMs: () => {
      reads++
      return Math.floor(bootMs / 10) * 10
    },
    wallMs: () => 1_000_000 + bootMs,
  })
  const pass = (awakeMs: number, asleepMs = 0): number => {
    monotonicMs += awakeMs
    bootMs += awakeMs + asleepMs
    return elapsed.read()
  }
  t.equal(elapsed.read(), 0)
  t.equal(pass(4), 4)
  t.equal(pass(3), 7)
  t.equal(reads, 1, "the boot clock is not read for nothing")
  const before = pass(1000)
  t.ok(before >= 1007 && before <= 1017)
  const after = pass(1, 60_000)
  t.ok(after - before >= 59_991 && after - before <= 60_011, "asleep for a minute")
  const steps = [pass(2) - after, pass(2) - after, pass(2) - after, pass(2) - after, pass(2) - after]
  t.ok(
    steps.every((step, index) => step >= (index + 1) * 2 && step <= (index + 1) * 2 + 10),
    `fine again: ${steps}`,
  )
  t.end()
})

test("a boot clock that is behind or broken changes nothing", (t) => {
  let monotonicMs = 0
  const elapsed = new Elapsed({ monotonicMs: () => monotonicMs, bootMs: () => 0, wallMs: () => monotonicMs })
  monotonicMs = 5000
  t.equal(elapsed.read(), 5000)
  t.end()
})

test("the wall clock may be set as anybody likes", (t) => {
  const wallMs = Date.now
  t.teardown(() => {
    Date.now = wallMs
  })
  const elapsed = new Elapsed(SYSTEM_CLOCKS)
  const first = elapsed.read()
  for (const byMs of [3_600_000, -3_600_000]) {
    Date.now = () => wallMs() + byMs
    const now = elapsed.read()
    t.ok(now >= first && now < first + 1_800_000)
  }
  t.end()
})
