import { DURATION_MS_MAX, formatDuration, parseDuration } from "conclave/config/duration"
import fc from "fast-check"
import { test } from "tap"

test("durations are read with their unit and refused without", (t) => {
  t.equal(parseDuration("200ms"), 200)
  t.equal(parseDuration("5s"), 5000)
  t.equal(parseDuration("1.5s"), 1500)
  t.equal(parseDuration("10m"), 600_000)
  t.equal(parseDuration("168h"), DURATION_MS_MAX)
  for (const bad of ["", "5", "5 s", "-5s", "5d", "s", "1e3s", "169h", "5S", "5s5ms"])
    t.equal(parseDuration(bad), undefined, bad)
  t.end()
})

test("what is written is read back", (t) => {
  fc.assert(fc.property(fc.integer({ min: 0, max: DURATION_MS_MAX }), (ms) => parseDuration(formatDuration(ms)) === ms))
  t.equal(formatDuration(90_000), "90s")
  t.equal(formatDuration(60_000), "1m")
  t.equal(formatDuration(1500), "1500ms")
  t.end()
})
