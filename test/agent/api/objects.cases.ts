import { FAILURE, U64 } from "conclave/api/objects"
import { invalid } from "conclave/api/problem"
import { test } from "tap"

test("a 64-bit number is a decimal string from 0 to the last of 64 bits; anything else is refused, not thrown", (t) => {
  for (const text of ["0", "7", "007", "18446744073709551615"]) t.ok(U64.safeParse(text).success, text)
  for (const value of ["", "x", "-1", "1.5", "1e3", " 1", "0x1", "18446744073709551616", "9".repeat(20), 5, null]) {
    t.notOk(U64.safeParse(value).success, String(value))
  }
  t.end()
})

test("what a call is refused with is what the description says", (t) => {
  const failure = { error: invalid("field", "message") }
  t.same(FAILURE.parse(failure), failure)
  t.notOk(FAILURE.safeParse({ error: { ...failure.error, code: "OTHER" } }).success, "the set of codes is closed")
  t.end()
})
