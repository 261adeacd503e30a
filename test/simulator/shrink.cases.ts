import type { Fault, Plan } from "@conclave/sim/plan"
import { FAULT_KINDS } from "@conclave/sim/plan"
import { makePlan } from "@conclave/sim/plan-maker"
import { shrink } from "@conclave/sim/shrink"
import { test } from "tap"

function planWith(faults: readonly Fault[]): Plan {
  return { ...makePlan({ seed: 1, agents: 8, faults: [] }), faults }
}

test("shrinking leaves the faults that matter, as short as they may be", async (t) => {
  const noise = makePlan({ seed: 3, agents: 8, seconds: 200, faults: FAULT_KINDS }).faults
  const freeze: Fault = { kind: "freeze", atMs: 20_000, durationMs: 16_000, agents: [1, 2, 3, 4] }
  const kill: Fault = { kind: "kill", atMs: 25_000, agents: [5] }
  const plan = planWith([...noise.slice(0, 9), freeze, ...noise.slice(9), kill])
  const found = shrink(plan, ({ faults }) => {
    const killed = faults.some((fault) => fault.kind === "kill" && fault.atMs === 25_000)
    const frozen = faults.some((fault) => fault.kind === "freeze" && fault.atMs === 20_000 && fault.durationMs >= 3000)
    return killed && frozen
  })
  t.same(found.plan.faults, [{ ...freeze, durationMs: 4000, agents: [1] }, kill])
  t.ok(found.runs <= 400)
})

test("a plan that fails without any fault shrinks to none, one that never fails stays", async (t) => {
  const { faults } = makePlan({ seed: 3, agents: 8, seconds: 200, faults: FAULT_KINDS })
  t.same(shrink(planWith(faults), () => true).plan.faults, [])
  t.same(shrink(planWith(faults), () => false).plan.faults, faults)
})
