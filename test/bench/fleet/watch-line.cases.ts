import { readWatchLine } from "@conclave/bench/fleet/watch-line"
import { test } from "tap"

const put = (name: string, status: string) => ({
  type: "put",
  item: { name, status, generation: "2", incarnation: "3" },
})

test("rows of a first view are where an observer starts", async (t) => {
  const view = { type: "view", rev: "1", items: [put("a", "alive").item, put("b", "dead").item] }
  const inc = "8589934595"
  t.same(readWatchLine(JSON.stringify(view), "a", 5), [
    { atMs: 5, observer: "a", subject: "a", verdict: "alive", initial: true, inc },
    { atMs: 5, observer: "a", subject: "b", verdict: "dead", initial: true, inc },
  ])
})

test("a view after lost history counts as news", async (t) => {
  const view = { type: "view", rev: "9", reset: true, items: [put("b", "dead").item] }
  t.equal(readWatchLine(JSON.stringify(view), "a", 5)[0]?.initial, false)
})

test("changes are news, and a removed row is gone", async (t) => {
  const gone = { ...put("c", "dead"), type: "delete", reason: "reap" }
  const change = { type: "change", rev: "2", changes: [put("b", "suspect"), gone] }
  t.same(
    readWatchLine(JSON.stringify(change), "a", 6).map((line) => [line.subject, line.verdict, line.initial]),
    [
      ["b", "suspect", false],
      ["c", "gone", false],
    ],
  )
})

test("progress tells nothing", async (t) => {
  t.same(readWatchLine('{"type":"progress","rev":"2"}', "a", 7), [])
})

test("a line of another shape is refused, not skipped", async (t) => {
  const wrong = [
    "[]",
    '"view"',
    '{"type":"error","error":{"code":"INTERNAL"}}',
    '{"type":"view","items":[{"name":"a"}]}',
    JSON.stringify({ type: "view", items: [put("a", "zombie").item] }),
    JSON.stringify({ type: "view", items: [{ ...put("a", "alive").item, incarnation: 3 }] }),
    '{"type":"change","changes":[null]}',
    "{",
  ]
  for (const line of wrong) t.throws(() => readWatchLine(line, "a", 0), line)
})
