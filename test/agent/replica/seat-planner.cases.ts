import { test } from "tap"
import { RaftBench } from "../../simulator/raft-bench.ts"

test("the leader makes voters of the agents that it hears of, one change at a time, and says why", async (t) => {
  const bench = new RaftBench({ agents: 4 })
  t.ok(bench.until(() => bench.voters() === 3))
  const plans = bench.logs.filter((line) => / raft\.plan the group changes/.test(line))
  t.ok(plans.length >= 2, "learners first, then one joint change")
  t.match(plans[0], /\(learners\)/)
  t.ok(plans.some((line) => /\(grow\)/.test(line)))
})

test("a lone voter is said to be not fault tolerant, by the leader alone, until three vote", async (t) => {
  const bench = new RaftBench({ agents: 1 })
  t.ok(
    bench.until(() =>
      bench
        .host(0)
        .warnings()
        .some(({ code }) => code === "not-fault-tolerant"),
    ),
  )
  const larger = new RaftBench({ agents: 3 })
  t.ok(larger.until(() => larger.voters() === 3))
  const warned = (index: number): boolean =>
    larger
      .host(index)
      .warnings()
      .some(({ code }) => code === "not-fault-tolerant")
  t.ok(larger.until(() => [0, 1, 2].every((index) => !warned(index))))
})

test("an agent that never votes gets no seat", async (t) => {
  const bench = new RaftBench({ agents: 3, never: [2] })
  t.ok(bench.until(() => bench.leader() === 0))
  bench.runMs(10_000)
  t.equal(bench.host(2).consensus.running, undefined)
})
