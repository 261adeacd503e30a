import { AssertionError, assert, unreachable } from "@conclave/base"
import { test } from "tap"

test("a true fact passes, a false one is told by its words", (t) => {
  t.doesNotThrow(() => assert(true, "the sun shines"))
  const rains = (): void => assert(false, "the sun shines")
  t.throws(rains, AssertionError)
  t.throws(rains, new AssertionError("assertion failed: the sun shines"))
  t.end()
})

test("an assertion is told from other errors by its name and class", (t) => {
  const error = new AssertionError("never")
  t.ok(error instanceof Error)
  t.equal(error.name, "AssertionError")
  t.end()
})

test("a union member that nobody handled is told with its value", (t) => {
  t.throws(() => unreachable({ kind: "new" } as never), { name: "AssertionError", message: /\{"kind":"new"\}/ })
  t.end()
})
