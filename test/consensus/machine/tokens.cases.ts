import { tokenFloor, WALL_MS_MAX } from "@conclave/consensus/machine/tokens"
import fc from "fast-check"
import { test } from "tap"

test("the floor is above the counter by 2²⁰, and at least the milliseconds since 1970 times 2¹⁰", (t) => {
  t.equal(tokenFloor(0, 0), 2 ** 20)
  t.equal(tokenFloor(1000, 1_700_000_000_000), 1_700_000_000_000 * 1024)
  t.equal(tokenFloor(2 ** 51, 1000), 2 ** 51 + 2 ** 20)
  t.end()
})

test("tokens stay whole numbers below 2⁵³ for as long as clocks are accepted", (t) => {
  fc.assert(
    fc.property(fc.nat(2 ** 31 - 1), fc.integer({ min: 0, max: WALL_MS_MAX }), (counter, wallMs) => {
      return Number.isSafeInteger(tokenFloor(counter, wallMs) + 2 ** 49)
    }),
  )
  t.ok(new Date(WALL_MS_MAX).getUTCFullYear() >= 2223)
  t.end()
})
