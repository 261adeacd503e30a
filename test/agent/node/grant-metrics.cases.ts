import type { Token } from "@conclave/consensus"
import { GrantCounts } from "conclave/coordination/grant-counts"
import { grantMetrics } from "conclave/node/grant-metrics"
import { Registry } from "prom-client"
import { test } from "tap"

function lines(text: string): readonly string[] {
  return text.split("\n").filter((line) => line !== "" && !line.startsWith("#"))
}

test("series of grants are there from zero, as many as ever however many names there are", async (t) => {
  const registry = new Registry()
  const counts = new GrantCounts()
  grantMetrics(registry, counts)
  const before = lines(await registry.metrics())
  for (const line of [
    'conclave_locks{state="held"} 0',
    'conclave_semaphores{state="waiting"} 0',
    'conclave_lock_lost_total{reason="expired"} 0',
    'conclave_work_lost_total{reason="handoff-timeout"} 0',
    'conclave_work_completed_total{result="done"} 0',
    "conclave_election_let_go_seconds_count 0",
  ])
    t.ok(before.includes(line), line)
  counts.follow(() => new Map([["lock", { held: 1, waiting: 7 }]]))
  for (let name = 0; name < 500; name++) {
    const of = { name: `lock-${name}`, token: name as Token }
    counts.counted({ ...of, kind: "lock.granted", reason: undefined, spent: { waitMs: 40 } })
    counts.counted({ ...of, kind: "lock.lost", reason: "expired", spent: { holdMs: 1500, letGoMs: 250 } })
  }
  const after = lines(await registry.metrics())
  t.equal(after.length, before.length)
  for (const line of [
    'conclave_locks{state="waiting"} 7',
    'conclave_lock_lost_total{reason="expired"} 500',
    'conclave_lock_wait_seconds_bucket{le="0.1"} 500',
    'conclave_lock_wait_seconds_bucket{le="0.02"} 0',
    'conclave_lock_hold_seconds_bucket{le="2"} 500',
    "conclave_lock_let_go_seconds_sum 125",
  ])
    t.ok(
      after.some((each) => each === line),
      line,
    )
})
