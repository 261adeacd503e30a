import { readAnswer, readList } from "@conclave/sdk/read-answer"
import { test } from "tap"

test("an answer is an object, its 64-bit numbers are numbers, and its lists are lists of objects", (t) => {
  t.same(readAnswer("kv.put", { rev: "7" }), { rev: 7n })
  t.same(readAnswer("kv.put", {}), {})
  const unreadable = { code: "INTERNAL", outcome: "unknown", message: /the agent's answer to kv\.put cannot be read/ }
  for (const answer of [undefined, null, 7, "x", { rev: "seven" }]) {
    t.throws(() => readAnswer("kv.put", answer), unreadable)
  }
  t.same(readList("kv.list", [{ key: "a" }], "key"), [{ key: "a" }])
  t.same(readList("hold.get", [{ id: undefined }, {}], "id"), [{ id: undefined }, {}])
  for (const list of [undefined, null, {}, "x", [null], [7], [{ key: 7 }], [{ key: { toString: 1 } }]] as never[]) {
    t.throws(() => readList<{ key: string }>("kv.list", list, "key"), { code: "INTERNAL" })
  }
  t.end()
})
