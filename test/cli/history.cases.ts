import { readFileSync } from "node:fs"
import { join } from "node:path"
import { HistoryFile } from "conclave/cli/fleet/history"
import { test } from "tap"

const HEAD = { run: "r", seed: 1, commit: "unknown" }

test("lines are numbered between a header and an end", (t) => {
  const path = join(t.testdir({}), "h.jsonl")
  const file = new HistoryFile(path, HEAD, (message) => t.fail(message))
  file.write("fault", { f: "kill" })
  file.end()
  file.write("fault", { f: "kill" })
  const lines = readFileSync(path, "utf8").trimEnd().split("\n")
  t.match(
    lines.map((line) => JSON.parse(line)),
    [
      { k: "header", run: "r" },
      { k: "fault", i: 1, f: "kill" },
      { k: "end", i: 2 },
    ],
  )
  t.equal(lines.length, 3)
  t.end()
})

test("a full disk ends the history, is told once, and stops nobody who writes to it", (t) => {
  const told: string[] = []
  const file = new HistoryFile("/dev/full", HEAD, (message) => told.push(message))
  file.write("member", { obs: "n1" })
  file.write("fault", { f: "kill" })
  file.end()
  t.match(told, [/ENOSPC/])
  t.equal(told.length, 1)
  t.end()
})
