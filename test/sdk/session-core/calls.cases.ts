import { Calls } from "@conclave/sdk/session-core/calls"
import { test } from "tap"

test("a call has one last answer, and none after its connection is gone", (t) => {
  const calls = new Calls<string>()
  const core = { nowMs: 5, effects: [] }
  const first = calls.send(core, "a", { op: "x", in: {}, seq: 3 })
  const second = calls.send(core, "b", { op: "y", in: {} })
  t.same(core.effects, [
    { kind: "send", call: first, op: "x", in: {}, seq: 3 },
    { kind: "send", call: second, op: "y", in: {}, seq: undefined },
  ])
  t.same(calls.get(first), { meaning: "a", sentMs: 5 })
  t.equal(
    calls.count((meaning) => meaning === "b"),
    1,
  )
  t.same([calls.take(first)?.meaning, calls.take(first)], ["a", undefined])
  calls.clear()
  t.equal(calls.take(second), undefined)
  t.ok(calls.send(core, "c", { op: "z", in: {} }) > second, "numbers are never used twice")
  t.end()
})
