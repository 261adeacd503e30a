import { LINE_BYTES_MAX, LineSplitter } from "@conclave/bench/fleet/line-splitter"
import { test } from "tap"

test("lines come whole, wherever the stream is cut", async (t) => {
  const text = "one\ntwo\n\nthree\n"
  for (let cut = 0; cut <= text.length; cut++) {
    const splitter = new LineSplitter()
    const lines = [...splitter.push(text.slice(0, cut)), ...splitter.push(text.slice(cut))]
    t.same(lines, ["one", "two", "", "three"])
  }
})

test("a line without an end is kept up to its limit only", async (t) => {
  const splitter = new LineSplitter()
  const part = "x".repeat(LINE_BYTES_MAX - 1)
  splitter.push(part)
  splitter.push("yz")
  t.equal(splitter.push("\n")[0]?.length, LINE_BYTES_MAX)
})
