import { assertJson } from "@conclave/sdk/json-value"
import { test } from "tap"

test("what JSON would say otherwise is refused by name, however deep it is", async (t) => {
  const round: Record<string, unknown> = {}
  round["self"] = round
  const wrong = [undefined, () => 1, Symbol("s"), 1n, Number.NaN, Number.POSITIVE_INFINITY, round]
  for (const value of [...wrong, ...wrong.slice(3).map((each) => ({ a: [{ b: each }] }))])
    t.throws(() => assertJson("value", value), { code: "INVALID_ARGUMENT", details: { field: "value" } })
})

test("what JSON says as it is passes: also null, dates, and what is left out of an object", async (t) => {
  const deep = JSON.parse(`${"[".repeat(500)}null${"]".repeat(500)}`)
  for (const value of [null, 0, "null", [null, 1.5], new Date(0), { a: undefined, b: null }, deep, { toJSON: () => 1 }])
    assertJson("value", value)
  t.pass()
})
