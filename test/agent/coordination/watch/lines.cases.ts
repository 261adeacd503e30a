import { LINE_BYTES_MAX, lineOf } from "conclave/coordination/watch/lines"
import { toldChange } from "conclave/coordination/watch/scope"
import { test } from "tap"

test("one revision is one line, as long as a frame holds it", (t) => {
  const of = { name: "a", key: "a" }
  const told = [toldChange(of, "put", '{"x":1}'), toldChange(of, "delete", '{"x":2}', "over")]
  t.same(JSON.parse(lineOf(7, told)?.text ?? ""), {
    type: "change",
    rev: "7",
    changes: [
      { type: "put", item: { x: 1 } },
      { type: "delete", item: { x: 2 }, reason: "over" },
    ],
  })
  const long = { ...of, text: "1", bytes: LINE_BYTES_MAX }
  t.ok(lineOf(7, [long]))
  t.equal(lineOf(7, [long, { ...long, bytes: 1 }]), undefined)
  t.end()
})
