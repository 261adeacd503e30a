import { RoundTrip } from "@conclave/swim/round-trip"
import fc from "fast-check"
import { test } from "tap"

function after(...samples: readonly number[]): RoundTrip {
  const roundTrip = new RoundTrip()
  for (const rttMs of samples) roundTrip.sample(rttMs)
  return roundTrip
}

test("fewer than three samples say nothing", (t) => {
  t.equal(after().boundMs, undefined)
  t.equal(after(1, 1).boundMs, undefined)
  t.not(after(1, 1, 1).boundMs, undefined)
  t.end()
})

test("the bound is the one of Jacobson and Karels, by hand", (t) => {
  // 8: 8 ± 4; 16: 9 ± 4 + (8 − 4) / 4 = 5; 9: 9 ± 5 − 5 / 4 = 3.75
  t.equal(after(8, 16, 9).boundMs, 9 + 4 * 3.75)
  t.end()
})

test("a steady network narrows the bound to its round trip, a worse one widens it", (t) => {
  const steady = Array.from({ length: 100 }, () => 10)
  const bound = after(...steady).boundMs ?? 0
  t.ok(bound >= 10 && bound < 10.001, String(bound))
  t.ok((after(...steady, 50).boundMs ?? 0) > 50)
  t.end()
})

test("the bound lies never below the smallest sample", (t) => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 5000, noNaN: true }), { minLength: 3, maxLength: 50 }), (samples) => {
      const bound = after(...samples).boundMs ?? -1
      return bound >= Math.min(...samples) - 1e-6 && Number.isFinite(bound)
    }),
  )
  t.pass("held")
  t.end()
})
