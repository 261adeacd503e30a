import { bundleFrom, bytesOf, LINE_BYTES_MAX, type Link } from "conclave/coordination/watch/lines"
import { type ToldChange, toldChange } from "conclave/coordination/watch/scope"
import { test } from "tap"

const OF = { name: "a", key: "a" }

function chain(...steps: readonly (readonly ToldChange[])[]): Link {
  const links: Link[] = steps.map((told, at) => ({ rev: at + 7, told, at, bytes: 0, next: undefined }))
  for (const [at, link] of links.entries()) link.next = links[at + 1]
  return links[0] as Link
}

test("one revision is one line, as long as a frame holds it", (t) => {
  const told = [toldChange(OF, "put", '{"x":1}'), toldChange(OF, "delete", '{"x":2}', "over")]
  t.same(JSON.parse(bundleFrom(chain(told)).line.text), {
    type: "change",
    rev: "7",
    changes: [
      { type: "put", item: { x: 1 } },
      { type: "delete", item: { x: 2 }, reason: "over" },
    ],
  })
  const long = { ...OF, text: "1", bytes: LINE_BYTES_MAX }
  t.equal(bytesOf([long]), LINE_BYTES_MAX)
  t.equal(bytesOf([long, { ...long, bytes: 1 }]), undefined)
  t.end()
})

test("several revisions are one line of the last of them, and each change of an earlier one names its own", (t) => {
  const first = chain(
    [toldChange(OF, "put", "1")],
    [toldChange(OF, "delete", "1", "gone")],
    [toldChange(OF, "put", "2")],
  )
  const { last, line } = bundleFrom(first)
  t.equal(last, first.next?.next)
  t.same(JSON.parse(line.text), {
    type: "change",
    rev: "9",
    changes: [
      { type: "put", item: 1, rev: "7" },
      { type: "delete", item: 1, reason: "gone", rev: "8" },
      { type: "put", item: 2 },
    ],
  })
  t.end()
})

test("a line that is full is cut between two revisions; one that fills it alone has it for itself", (t) => {
  const half = JSON.stringify("x".repeat(LINE_BYTES_MAX / 2 - 200))
  const halves = chain([toldChange(OF, "put", half)], [toldChange(OF, "put", half)], [toldChange(OF, "put", half)])
  t.equal(bundleFrom(halves).last, halves.next)
  t.equal(bundleFrom(halves.next?.next as Link).last, halves.next?.next)
  const whole = chain([{ ...toldChange(OF, "put", "1"), bytes: LINE_BYTES_MAX }], [toldChange(OF, "put", "2")])
  t.equal(bundleFrom(whole).last, whole)
  t.ok(bundleFrom(halves).line.bytes.length <= LINE_BYTES_MAX)
  t.end()
})
