import { isJsonText as isJsonWithin } from "@conclave/consensus/machine/json-text"
import fc from "fast-check"
import { test } from "tap"
import { PoolStage } from "./work/pool.ts"

const NO_CONDITION = { ifRev: undefined, guard: undefined }

function isJsonText(text: string): boolean {
  return isJsonWithin(text, 100_000)
}

test("what JSON writes is a value", (t) => {
  fc.assert(fc.property(fc.jsonValue(), (value) => isJsonText(JSON.stringify(value))))
  for (const text of ["null", '"[[["', '"\\"["', '"\\\\"', '{"a":[1,{}]}', '"é\\ud800"']) t.ok(isJsonText(text), text)
  t.end()
})

test("what is no JSON, no line, or too deep is none", (t) => {
  const nested = (levels: number): string => `${"[".repeat(levels)}${"]".repeat(levels)}`
  t.ok(isJsonText(nested(256)))
  for (const text of [
    "",
    "x",
    "{",
    "undefined",
    "NaN",
    "1 2",
    '"a',
    '"\n"',
    "[1,\n2]",
    "[\t]",
    nested(257),
    nested(30_000),
  ])
    t.notOk(isJsonText(text), text.slice(0, 20))
  t.ok(isJsonWithin('"é"', 4))
  t.notOk(isJsonWithin('"é"', 3), "measured is UTF-8")
  t.end()
})

test("what is no JSON comes into the state by no way: agents show what is there to whoever asks", (t) => {
  const stage = new PoolStage()
  const session = stage.open(1, { ttlMs: 300_000 })
  const put = (value: string) => stage.result({ kind: "kvPut", request: undefined, key: "k", ...NO_CONDITION, value })
  const invalid = (field: string) => ({ kind: "refused", refusal: { kind: "invalid", field } })
  t.match(put("1"), { kind: "written" })
  for (const value of ["{", "1\n", "[".repeat(300) + "]".repeat(300)]) t.match(put(value), invalid("value"))
  t.match(stage.acquire(session, stage.seq(session), { hold: "election", value: "{" }), invalid("value"))
  const token = stage.granted(session, stage.seq(session), { hold: "group", id: "w", value: "1" })
  const update = { kind: "update", session, floor: 0, token, note: undefined, ready: undefined } as const
  t.match(stage.result({ ...update, seq: stage.seq(session), value: "{" }), invalid("value"))
  t.match(stage.put("x", { payload: "{" }), invalid("payload"))
  stage.put("x", { payload: "1" })
  t.match(stage.put("x", { payload: "{" }), invalid("payload"))
  stage.give("x", stage.join(1))
  t.match(stage.checkpoint("x", "{"), invalid("value"))
  t.match(stage.checkpoint("x", "2"), { kind: "written" })
  t.end()
})
