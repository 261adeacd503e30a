import { newCounters } from "@conclave/swim/counters"
import { test } from "tap"
import { alive, Stage } from "./stage.ts"

test("every core counts for itself, from zero", (t) => {
  const counters = newCounters()
  t.same(new Set(Object.values(counters)), new Set([0]))
  counters.probes++
  t.equal(newCounters().probes, 0)
  t.end()
})

test("what a core does is counted, and nothing else is", (t) => {
  const stage = new Stage()
  t.same(stage.swim.counters, newCounters())
  stage.hear(1, alive(1))
  stage.hear(1, alive(0, 4))
  t.same(stage.swim.counters, { ...newCounters(), refutations: 1 })
  t.end()
})
