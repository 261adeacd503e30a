import { ageOf, formatAge, formatMs } from "conclave/cli/terminal/ages"
import { test } from "tap"

test("an age has the two units that say something", (t) => {
  const S = 1000
  for (const [ms, text] of [
    [0, "0s"],
    [999, "0s"],
    [4 * S, "4s"],
    [72 * S, "1m 12s"],
    [60 * S, "1m"],
    [12 * 60 * S + 5 * S, "12m"],
    [3 * 3600 * S + 120 * S, "3h 2m"],
    [6 * 86_400 * S + 4 * 3600 * S, "6d 4h"],
    [40 * 86_400 * S + 4 * 3600 * S, "40d"],
  ] as const) {
    t.equal(formatAge(ms), text)
  }
  t.end()
})

test("a time in the future is now, and no time is nothing", (t) => {
  const now = Date.parse("2026-01-01T00:00:10.000Z")
  t.equal(ageOf("2026-01-01T00:00:03.000Z", now), "7s")
  t.equal(ageOf("2026-01-01T00:01:00.000Z", now), "0s")
  t.equal(ageOf("garbage", now), "")
  t.end()
})

test("a round trip has three digits, none is empty", (t) => {
  t.same([null, 0.4234, 12.345, 250.4].map(formatMs), ["", "0.42 ms", "12.3 ms", "250 ms"])
  t.end()
})
