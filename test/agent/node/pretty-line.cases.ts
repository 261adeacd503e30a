import { prettyLine } from "conclave/node/pretty-line"
import { test } from "tap"

test("a line is time, level, event, message and the other fields", (t) => {
  const line = JSON.stringify({
    level: "info",
    time: "2026-01-02T03:04:05.678Z",
    pid: 1,
    event: "a.b",
    n: 5,
    s: "x y",
    msg: "m",
  })
  t.equal(prettyLine(line), '03:04:05.678 INFO  a.b  m n=5 s="x y"\n')
  t.end()
})

test("what is no JSON is passed on", (t) => {
  t.equal(prettyLine("not JSON\n"), "not JSON\n")
  t.end()
})
