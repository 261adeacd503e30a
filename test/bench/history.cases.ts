import { readFileSync } from "node:fs"
import { join } from "node:path"
import { openHistory } from "@conclave/bench/history"
import { test } from "tap"

const HEAD = { run: "bench-boot-7", seed: 7, commit: "abc" }

test("a history has its head, numbered lines on the machine's monotonic clock, and its end", async (t) => {
  const path = join(t.testdir(), "h.jsonl")
  const before = process.hrtime.bigint()
  const history = openHistory(path, HEAD)
  const ours = history.of("conclave")
  const atMs = performance.now()
  ours.member({ atMs, observer: "a", subject: "b", verdict: "dead", initial: false, inc: "8589934595" })
  ours.fault({ f: "kill", phase: "start", spec: { nodes: ["b"] } })
  history.of("serf").member({ atMs, observer: "a", subject: "b", verdict: "alive", initial: true })
  history.close()
  const after = process.hrtime.bigint()

  const lines = readFileSync(path, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  t.same(lines[0], { v: 1, k: "header", ...HEAD, clock: "monotonic-ns" })
  const rest = lines.slice(1)
  t.same(
    rest.map((line) => line["i"]),
    [1, 2, 3, 4],
  )
  for (const line of rest) {
    const at = BigInt(line["t"] as string)
    t.ok(at >= before - 1_000_000n && at <= after + 1_000_000n, `${line["k"]} is stamped by that clock`)
  }
  t.match(rest[0], {
    k: "member",
    p: "conclave",
    obs: "a",
    subj: "b",
    state: "dead",
    inc: "8589934595",
    initial: false,
  })
  t.match(rest[1], { k: "fault", p: "conclave", f: "kill", phase: "start", spec: { nodes: ["b"] } })
  t.match(rest[2], { k: "member", p: "serf", state: "alive" })
  t.notOk("inc" in (rest[2] ?? {}), "a system that tells no version has none")
  t.match(rest[3], { k: "end", inv: 0, ok: 0, fail: 0, info: 0 })
})
