import { toJsonText } from "@conclave/sdk"
import { toBigints } from "@conclave/sdk/u64"
import { test } from "tap"

test("64-bit numbers become bigint where the shape says, and nothing else does", (t) => {
  const shape = { rev: "u64", items: [{ gen: "u64" }], one: { seq: "u64" } } as const
  const wire = JSON.parse('{"rev":"18446744073709551615","items":[{"gen":"1","name":"2"}],"one":null,"more":"3"}')
  t.same(toBigints(wire, shape), { rev: 2n ** 64n - 1n, items: [{ gen: 1n, name: "2" }], one: null, more: "3" })
  t.same(toBigints({ rev: 5, items: "no list" }, shape), { rev: 5, items: "no list" }, "another type stays")
  t.equal(toBigints("7", undefined), "7")
  t.throws(() => toBigints({ rev: "x" }, shape), SyntaxError)
  t.end()
})

test("and decimal strings again", (t) => {
  t.equal(toJsonText({ rev: 2n ** 63n, list: [1n, 2] }), '{"rev":"9223372036854775808","list":["1",2]}')
  t.end()
})
