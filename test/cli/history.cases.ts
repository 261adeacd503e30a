import { readFileSync } from "node:fs"
import { join } from "node:path"
import { HistoryFile } from "conclave/cli/fleet/history"
import { HoldHistory } from "conclave/cli/fleet/hold-history"
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

test("a release names the request that was granted, and what is not known of it is not called done", (t) => {
  const path = join(t.testdir({}), "h.jsonl")
  const file = new HistoryFile(path, HEAD, (message) => t.fail(message))
  const holds = new HoldHistory(file)
  const of = { op: 1, name: "demo", t: "5" } as const
  const end = { code: "TIMEOUT", outcome: "unknown" }
  holds.heard("n1", 7, { ...of, event: "asked", session: "s1", seq: 3, in: { kind: "lock", name: "demo", waitMs: 9 } })
  holds.heard("n1", 7, { ...of, event: "granted", token: "42", rev: "6", until: "99" })
  holds.heard("n1", 7, { ...of, event: "released", token: "42", done: "8", end })
  holds.heard("n1", 7, { ...of, op: 2, event: "failed", code: "NO_QUORUM", outcome: "not-applied" })
  file.end()
  const lines = readFileSync(path, "utf8").trimEnd().split("\n").slice(1)
  t.strictSame(
    lines.map((line) => JSON.parse(line)).map(({ i, p, n, op, t: time, ...line }) => line),
    [
      { k: "inv", f: "acquire", key: "lock/demo", a: { kind: "lock", name: "demo", waitMs: 9, s: "s1", seq: 3 } },
      { k: "ok", rev: "6", r: { granted: true, token: "42" } },
      { k: "hold", key: "lock/demo", type: "granted", token: "42", rev: "6", until: "99" },
      { k: "inv", f: "release", key: "lock/demo", a: { kind: "lock", name: "demo", token: "42", s: "s1", seq: 3 } },
      { k: "info", e: "TIMEOUT", definite: false },
      { k: "end", inv: 2, ok: 1, fail: 0, info: 1 },
    ],
    "what never left is no operation",
  )
  t.end()
})
