import { conclaveHost } from "@conclave/sim/conclave-host"
import type { Fault, Plan } from "@conclave/sim/plan"
import { makePlan } from "@conclave/sim/plan-maker"
import { runPlan } from "@conclave/sim/run"
import type { HostFactory } from "@conclave/sim/sim-host"
import { test } from "tap"

/** Two, so that one of them is there when the other has been removed, and has not heard of it. */
const KILLED: Fault = { kind: "kill", atMs: 15_000, downMs: 10_000, agents: [5, 6] }
const CUT: Fault = { kind: "partition", atMs: 15_000, durationMs: 12_000, sides: [[6], [0, 1, 2, 3, 4, 5]] }

/** An operator looks often for hosts that are not alive. */
function plan(faults: readonly Fault[]): Plan {
  const made = makePlan({ seed: 5, agents: 7, seconds: 30, faults: [], profile: "local", group: true, apps: false })
  const group = { founder: 0, snapshotBytes: 2000, keepEntries: 10, clients: 3, names: 2, strikePermille: 0 }
  return { ...made, faults, seeds: 1, group: { ...group, removeMs: 200 } }
}

for (const [how, fault] of Object.entries({ "was killed": KILLED, "is cut off": CUT })) {
  test(`a host that is removed while it ${how} is told when it is back, and stays out`, async (t) => {
    const { verdict, violation, marks } = runPlan(plan([fault]), { factory: conclaveHost })
    t.equal(verdict, "ok", violation?.message ?? "")
    t.ok(marks.has("host-removed"))
    t.ok(marks.has("removed-host-told"))
    t.equal(marks.has("host-removed-while-it-ran"), fault === CUT)
  })
}

test("an agent that goes on speaking with a removed host is found out", async (t) => {
  const deaf: HostFactory = (setup, ports) => conclaveHost({ ...setup, onRemoved: () => {} }, ports)
  const { verdict, violation } = runPlan(plan([CUT]), { factory: deaf })
  t.equal(verdict, "safety")
  t.equal(violation?.invariant, "who-is-removed-stays-out")
})
