import { APP_FAULT_KINDS, FAULT_KINDS, faultEndMs } from "@conclave/sim/plan"
import { makePlan } from "@conclave/sim/plan-maker"
import { makeSmallPlan } from "@conclave/sim/small-plan"
import { test } from "tap"

test("one seed makes one plan, another makes another", async (t) => {
  t.same(makePlan({ seed: 5, faults: FAULT_KINDS }), makePlan({ seed: 5, faults: FAULT_KINDS }))
  t.notSame(makePlan({ seed: 5, faults: FAULT_KINDS }), makePlan({ seed: 6, faults: FAULT_KINDS }))
})

test("plans hold what was wished for, and over many seeds every kind", async (t) => {
  const seen = new Set<string>()
  let without = 0
  for (let seed = 0; seed < 300; seed++) {
    const plan = makePlan({ seed, agents: 9, seconds: 40, faults: FAULT_KINDS, group: seed % 4 === 0 })
    if (plan.faults.length === 0) without++
    for (const fault of plan.faults) {
      seen.add(fault.kind)
      t.ok(fault.atMs < 40_000 && faultEndMs(fault) >= fault.atMs)
    }
  }
  t.equal(seen.size, FAULT_KINDS.length + APP_FAULT_KINDS.length)
  t.ok(without > 0, "some runs are calm")
  t.same(
    makePlan({ seed: 1, faults: ["kill"] }).faults.filter(({ kind }) => kind !== "kill"),
    [],
  )
  t.same(makePlan({ seed: 1, faults: [] }).faults, [])
  t.same(makePlan({ seed: 1, faults: [], group: true, apps: true }).faults, [])
})

test("applications are given what a run must have, and to half of the groups; their clocks differ by 1 % at most", (t) => {
  let having = 0
  for (let seed = 0; seed < 100; seed++) {
    const { group } = makePlan({ seed, faults: FAULT_KINDS, group: true })
    if (group?.apps !== undefined) having++
    const { faults, agents, activeMs, group: always } = makePlan({ seed, faults: FAULT_KINDS, group: true, apps: true })
    t.ok(faults.length >= 5 && agents >= 3 && activeMs >= 100_000)
    t.ok(always?.apps?.clockPpm.every((ppm) => Math.abs(ppm) <= 5000))
  }
  t.ok(having > 30 && having < 70)
  t.equal(makePlan({ seed: 1, faults: FAULT_KINDS, group: true, apps: false }).group?.apps, undefined)
  t.equal(makePlan({ seed: 1, seconds: 20, faults: FAULT_KINDS, group: true, apps: true }).group?.leastOps, 0)
  t.end()
})

test("in some worlds more than half of the hosts found together, and in most one founds alone", (t) => {
  const plans = Array.from({ length: 200 }, (_, seed) => makePlan({ seed, faults: FAULT_KINDS, group: true }))
  const together = plans.filter(({ group }) => group?.together !== undefined)
  t.ok(together.length > 10 && together.length < 50, `${together.length}`)
  t.ok(together.every(({ agents, group }) => 2 * (group?.together ?? 0) > agents && (group?.together ?? 0) <= agents))
  t.end()
})

test("small worlds have all that makes a run count, whatever is drawn, and every kind of fault", (t) => {
  const seen = new Set<string>()
  for (let seed = 0; seed < 200; seed++) {
    const { agents, faults, group } = makeSmallPlan({ seed, faults: FAULT_KINDS })
    t.ok(agents >= 3 && agents <= 5 && faults.length >= 5 && group?.leastOps === 200, `seed ${seed}`)
    for (const { kind } of faults) seen.add(kind)
  }
  t.equal(seen.size, FAULT_KINDS.length + APP_FAULT_KINDS.length)
  t.same(makeSmallPlan({ seed: 1, faults: FAULT_KINDS }), makeSmallPlan({ seed: 1, faults: FAULT_KINDS }))
  t.end()
})
