import { STEP_MS_MAX, StampClock } from "@conclave/consensus/machine/stamp-clock"
import fc from "fast-check"
import { test } from "tap"

const WELL = { hasQuorum: true, isHearing: true }

test("a new leader goes on from the time of the state, and by its own clock", (t) => {
  const clock = new StampClock(5000, 77)
  t.equal(clock.stampMs, 5000)
  clock.look(127, WELL)
  clock.look(177.9, WELL)
  t.equal(clock.stampMs, 5100, "in whole milliseconds")
  clock.look(178, WELL)
  t.equal(clock.stampMs, 5101, "of which no part is lost")
  t.end()
})

test("time lost in a stall, without a quorum or without hearing is dropped for good", (t) => {
  const clock = new StampClock(0, 0)
  clock.look(5000, WELL)
  t.equal(clock.stampMs, STEP_MS_MAX)
  clock.look(5050, { hasQuorum: false, isHearing: true })
  clock.look(5100, { hasQuorum: true, isHearing: false })
  t.equal(clock.stampMs, STEP_MS_MAX)
  clock.look(5150, WELL)
  t.equal(clock.stampMs, STEP_MS_MAX + 50, "nothing is caught up")
  t.end()
})

test("over any interval a stamp advances no more than the clock, and never falls", (t) => {
  const anyLook = fc.record({
    passMs: fc.oneof(fc.integer({ min: 0, max: 300 }), fc.double({ min: 0, max: 60, noNaN: true }), fc.constant(-20)),
    hasQuorum: fc.boolean(),
    isHearing: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(anyLook, { maxLength: 60 }), (looks) => {
      const clock = new StampClock(1000, 500)
      let nowMs = 500
      const seen = [{ nowMs, stampMs: clock.stampMs }]
      for (const { passMs, ...hearing } of looks) {
        nowMs += passMs
        clock.look(nowMs, hearing)
        seen.push({ nowMs: Math.max(nowMs, seen.at(-1)?.nowMs ?? 0), stampMs: clock.stampMs })
        if (!Number.isInteger(clock.stampMs)) return false
      }
      return seen.every((from, at) => {
        return seen.slice(at).every((to) => {
          const advance = to.stampMs - from.stampMs
          return advance >= 0 && advance < to.nowMs - from.nowMs + 1
        })
      })
    }),
    { numRuns: 500 },
  )
  t.end()
})

test("a leader that falls behind by a time to live while it has a quorum hands over", (t) => {
  const clock = new StampClock(0, 0)
  let nowMs = 0
  const pass = (ms: number, hearing = WELL): void => {
    nowMs += ms
    clock.look(nowMs, hearing)
  }
  for (let times = 0; times < 49; times++) pass(STEP_MS_MAX + 200)
  t.notOk(clock.shouldHandOver(10_000))
  pass(STEP_MS_MAX + 400)
  pass(STEP_MS_MAX + 200)
  pass(STEP_MS_MAX + 200)
  t.ok(clock.shouldHandOver(10_000), `${clock.lagMs}`)
  for (let times = 0; times < 1100; times++) pass(STEP_MS_MAX)
  t.equal(clock.lagMs, 0, "a leader that is in time again is forgiven")
  for (let times = 0; times < 300; times++) pass(STEP_MS_MAX, { hasQuorum: false, isHearing: false })
  t.equal(clock.lagMs, 0, "without a quorum it cannot hand over, and is not asked to")
  for (let times = 0; times < 100; times++) pass(STEP_MS_MAX, { hasQuorum: true, isHearing: false })
  t.ok(clock.shouldHandOver(10_000))
  t.end()
})
