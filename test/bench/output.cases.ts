import { humanRecord, humanSummary } from "@conclave/bench/output"
import { makeRecord } from "@conclave/bench/record"
import { summarise } from "@conclave/bench/summary"
import { test } from "tap"

const ENV = { node: "v20", cpus: 2, memBytes: 1, kernel: "6", commit: "abc", time: "2026-01-01T00:00:00.000Z" }
const PLACE = { bench: "boot", system: "conclave", systemVersion: "1", run: 2, n: 8, profile: "lan", seed: 1 }

test("a human line names system, run and figures, and says never for what did not happen", async (t) => {
  const record = makeRecord(PLACE, ENV, { fault: "kill", allDeadMs: 612.3456, firstSuspectMs: null })
  const line = humanRecord(record, ["fault", "firstSuspectMs", "allDeadMs", "absent"])
  t.equal(line, "boot conclave run 2 n=8 fault=kill firstSuspectMs=never allDeadMs=612.3\n")
})

test("a human summary says which way a ratio is turned", async (t) => {
  const records = ["conclave", "serf"].map((system) => makeRecord({ ...PLACE, system }, ENV, { ms: 5 }))
  const text = humanSummary(summarise(records, { bench: "boot", metrics: { ms: "lower" }, variant: [] }))
  t.match(text, /conclave\s+ms\s+5 \(5 … 5, 5\) {2}×1/)
  t.match(text, /against serf, above 1 = we are better: ms 1/)
})
