import { tryState } from "@conclave/bench/state/trial"
import { test } from "tap"
import { SMALL } from "./small.ts"

test("a trial gives every figure, and what it wrote as a snapshot can be installed", async (t) => {
  const outcome = await tryState({ size: SMALL, applyMs: 20, snapshots: 2 })
  t.ok(outcome.appliesPerSec > 0 && outcome.appliesPerCpuSec > 0 && outcome.stateBytes > 0)
  const { snapshotPauseMs, installPauseMs, emptyPauseMs, snapshotMs, installMs } = outcome
  for (const each of [snapshotPauseMs, installPauseMs, emptyPauseMs, snapshotMs, installMs]) {
    t.equal(each.length, 2)
    t.ok(each.every((ms) => ms > 0))
  }
  t.ok(snapshotPauseMs.every((ms, at) => ms <= (snapshotMs[at] ?? 0)))
})
