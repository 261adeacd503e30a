import { tryState } from "@conclave/bench/state/trial"
import { test } from "tap"
import { SMALL } from "./small.ts"

test("a trial gives every figure, and what it wrote as a snapshot can be installed", async (t) => {
  const outcome = await tryState({ size: SMALL, applyMs: 20, snapshots: 2 })
  t.ok(outcome.appliesPerSec > 0 && outcome.stateBytes > 0)
  for (const each of [outcome.snapshotPauseMs, outcome.installPauseMs, outcome.snapshotMs, outcome.installMs]) {
    t.equal(each.length, 2)
    t.ok(each.every((ms) => ms > 0))
  }
  t.ok(outcome.snapshotPauseMs.every((ms, at) => ms <= (outcome.snapshotMs[at] ?? 0)))
})
