import { FAULT_KINDS } from "@conclave/sim/plan"
import { formatPlan, PlanError, parsePlan } from "@conclave/sim/plan-file"
import { makePlan } from "@conclave/sim/plan-maker"
import { makeSmallPlan } from "@conclave/sim/small-plan"
import { test } from "tap"

const { apps: APPS, ...GROUP } = makePlan({ seed: 1, agents: 4, faults: [], group: true, apps: true }).group ?? {}

test("every made plan reads back as it was written", async (t) => {
  const seals = new Set<string>()
  for (let seed = 0; seed < 200; seed++) {
    const plan = makePlan({ seed, faults: FAULT_KINDS, group: seed % 4 === 0 })
    t.same(parsePlan(formatPlan(plan)), plan)
    seals.add(plan.seal?.join() ?? "open")
    const small = makeSmallPlan({ seed, faults: FAULT_KINDS })
    t.same(parsePlan(formatPlan(small)), small)
  }
  t.equal(seals.size, 4, "some run open, some at each step to sealed gossip")
})

test("a plan that cannot be run is refused with the reason", async (t) => {
  const plan = makePlan({ seed: 1, agents: 4, faults: [] })
  const withFault = (fault: object): string => JSON.stringify({ ...plan, faults: [fault] })
  const wrong: readonly (readonly [string, RegExp])[] = [
    ["{", /not JSON/],
    ["[]", /plan must be an object/],
    [JSON.stringify({ ...plan, version: 2 }), /version must be 1/],
    [JSON.stringify({ ...plan, agents: 0 }), /agents must be a number from 1/],
    [JSON.stringify({ ...plan, mode: "x" }), /mode must be one of swim/],
    [JSON.stringify({ ...plan, seal: ["send"] }), /seal must name two modes/],
    [JSON.stringify({ ...plan, seal: ["send", "off"] }), /seal must be one of accept/],
    [JSON.stringify({ ...plan, group: { founder: 4 } }), /group\.founder must be a number from 0 to 3/],
    [JSON.stringify({ ...plan, group: { ...GROUP, together: 5 } }), /group\.together must be a number from 1 to 4/],
    [JSON.stringify({ ...plan, group: { ...GROUP, restoreMs: 0 } }), /group\.restoreMs must be a number from 1/],
    [
      JSON.stringify({ ...plan, group: { ...GROUP, apps: { ...APPS, locks: 1 } } }),
      /apps\.locks must be a number from 2/,
    ],
    [
      JSON.stringify({ ...plan, group: { ...GROUP, apps: { ...APPS, clockPpm: [9999] } } }),
      /clockPpm must be a number/,
    ],
    [withFault({ kind: "app-kill", atMs: 1 }), /apps is missing/],
    [withFault({ kind: "meteor" }), /kind must be one of/],
    [withFault({ kind: "kill", atMs: 1, agents: [4] }), /agents must be a number from 0 to 3/],
    [withFault({ kind: "loss", atMs: 1, durationMs: 5 }), /permille is missing/],
    [withFault({ kind: "kill", atMs: "1", agents: [] }), /atMs must be a number/],
    [withFault({ kind: "partition", atMs: 1, durationMs: 1, sides: [[0], 1] }), /sides must be a list/],
  ]
  for (const [text, reason] of wrong) t.throws(() => parsePlan(text), { name: "PlanError", message: reason })
  t.equal(new PlanError("x").name, "PlanError")
})
