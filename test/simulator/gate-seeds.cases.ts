import { fixedPlans } from "@conclave/sim/gate-seeds"
import { APP_FAULT_KINDS, FAULT_KINDS } from "@conclave/sim/plan"
import { test } from "tap"

test("the fixed plans have every kind of fault, small fleets and a large one, and never change", async (t) => {
  const plans = [...fixedPlans()]
  t.same(plans, [...fixedPlans()])
  const kinds = new Set(plans.flatMap(({ faults }) => faults.map(({ kind }) => kind)))
  t.same([...kinds].sort(), [...FAULT_KINDS, ...APP_FAULT_KINDS].sort())
  const sizes = plans.map(({ agents }) => agents)
  t.ok(Math.min(...sizes) === 2 && Math.max(...sizes) >= 32)
})
