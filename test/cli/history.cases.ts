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
  const of = { kind: "lock", op: 1, name: "demo", t: "5" } as const
  const app = { agent: "n1", app: "app-n1", pid: 7 }
  const end = { code: "TIMEOUT", outcome: "unknown" }
  holds.heard(app, { ...of, event: "asked", session: "s1", seq: 3, in: { kind: "lock", name: "demo", waitMs: 9 } })
  holds.heard(app, { ...of, event: "granted", token: "42", rev: "6", until: "99" })
  holds.heard(app, { ...of, event: "released", token: "42", done: "8", end })
  holds.heard(app, { ...of, op: 2, event: "failed", code: "NO_QUORUM", outcome: "not-applied" })
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

test("what a worker is given and what it says of it are told with its item, and who is killed has asked for things in vain", (t) => {
  const path = join(t.testdir({}), "h.jsonl")
  const file = new HistoryFile(path, HEAD, (message) => t.fail(message))
  const holds = new HoldHistory(file)
  const app = { agent: "n1", app: "app-w1", pid: 7 }
  const of = { kind: "item", name: "p", item: "3", token: "42", t: "5" } as const
  const input = { name: "p", item: "3", token: "42", result: "done" }
  const asked = { session: "s1", seq: 1, in: { kind: "work", name: "p" } }
  holds.heard(app, { event: "asked", kind: "work", op: 1, name: "p", t: "4", ...asked })
  holds.heard(app, { ...of, event: "assigned", op: 1, rev: "6", attempt: 1, checkpoint: null, until: "99" })
  holds.heard(app, { ...of, event: "dropped", op: 1, reason: null })
  holds.heard(app, { ...of, event: "called", op: 2, f: "work.settle", session: "s1", seq: 2, in: input })
  holds.heard(app, { ...of, event: "answered", op: 2, f: "work.settle", rev: "8" })
  holds.heard(app, { ...of, event: "dropped", op: 1, reason: "removed" })
  holds.heard(app, { ...of, event: "called", op: 3, f: "work.checkpoint", session: "s1", seq: 3, in: input })
  holds.paused("start", app)
  holds.killed(app, performance.now())
  file.end()
  const lines = readFileSync(path, "utf8").trimEnd().split("\n").slice(1, -1)
  const key = "work/p"
  t.strictSame(
    lines.map((line) => JSON.parse(line)).map(({ i, n, t: time, ...line }) => line),
    [
      { k: "inv", p: "app-w1.7.1", op: 1, f: "acquire", key, a: { kind: "work", name: "p", s: "s1", seq: 1 } },
      {
        ...{ k: "hold", p: "app-w1.7.1", op: 1, key, type: "assigned", token: "42", item: "3", attempt: 1, rev: "6" },
        until: "99",
      },
      { k: "hold", p: "app-w1.7.1", op: 1, key, token: "42", item: "3", type: "released" },
      { k: "inv", p: "app-w1.7.2", op: 2, f: "work.settle", key, a: { ...input, s: "s1", seq: 2 } },
      { k: "ok", p: "app-w1.7.2", op: 2, rev: "8", r: {} },
      { k: "hold", p: "app-w1.7.1", op: 1, key, token: "42", item: "3", type: "lost", reason: "removed" },
      { k: "inv", p: "app-w1.7.3", op: 3, f: "work.checkpoint", key, a: { ...input, s: "s1", seq: 3 } },
      { k: "fault", f: "pause", phase: "start", spec: { procs: ["app-w1.7"] } },
      { k: "fault", f: "kill-client", phase: "start", spec: { procs: ["app-w1.7"] } },
      { k: "info", p: "app-w1.7.1", op: 1, e: "AGENT_UNAVAILABLE", definite: false },
      { k: "info", p: "app-w1.7.3", op: 3, e: "AGENT_UNAVAILABLE", definite: false },
    ],
  )
  t.end()
})
