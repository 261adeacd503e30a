import { conclaveHost } from "@conclave/sim/conclave-host"
import type { AppsPlan, Fault, Plan } from "@conclave/sim/plan"
import { makePlan } from "@conclave/sim/plan-maker"
import { runPlan } from "@conclave/sim/run"
import { test } from "tap"

const APPS: AppsPlan = {
  ...{ count: 3, locks: 2, elections: 1, provablePermille: 500, actMs: 400, holdMs: 300, keys: 1, watches: 5 },
  ...{ duplicatePermille: 0, replyStrikePermille: 0, clockPpm: [0, 0, 0] },
  work: { partitions: 0, handoffTimeoutMs: 4000, restartGraceMs: 0, maxAttempts: 3 },
}

/** Another leader, agents that are started again, one that was cut off, a reader that stood still. */
const TROUBLES: readonly Fault[] = [
  { kind: "kill", atMs: 9000, downMs: 800, agents: [0] },
  { kind: "app-stop", atMs: 10_000, durationMs: 4000, apps: [1] },
  { kind: "restart", atMs: 12_000, downMs: 500, agents: [2] },
  { kind: "partition", atMs: 14_000, durationMs: 4000, sides: [[1], [0, 2]] },
]

function plan(): Plan {
  const made = makePlan({ seed: 11, agents: 3, seconds: 20, faults: [], profile: "local", group: true, apps: false })
  const size = { snapshotBytes: 2000, keepEntries: 10, strikePermille: 0 }
  return { ...made, faults: TROUBLES, group: { ...size, founder: 0, clients: 0, names: 1, apps: APPS } }
}

test("whatever is watched, across agents, leaders and snapshots, a view and what followed are what was there", (t) => {
  const { verdict, violation, marks } = runPlan(plan(), { factory: conclaveHost })
  t.equal(verdict, "ok", violation?.message ?? "")
  const wanted = ["watch-resumed", "watch-began-anew", "watch-from-a-future", "watch-told-of-several"]
  for (const mark of [...wanted, "snapshot-installed", "leader-changed"]) t.ok(marks.has(mark), mark)
  t.end()
})
