import { quantiles } from "@conclave/bench/quantiles"
import { type BenchRecord, makeRecord, type RunFields } from "@conclave/bench/record"
import { summarise, turnedRatio } from "@conclave/bench/summary"
import { test } from "tap"

const ENV = { node: "v20", cpus: 2, memBytes: 1, kernel: "6", commit: "abc", time: "2026-01-01T00:00:00.000Z" }

function record(system: string, run: number, fields: RunFields): BenchRecord {
  const place = { bench: "x", system, systemVersion: "1", run, n: 8, profile: "lan", seed: 1 }
  return makeRecord(place, ENV, fields)
}

test("a ratio is turned so that above 1 means we are better", async (t) => {
  t.equal(turnedRatio(500, 1000, "lower"), 2, "half the time is twice as good")
  t.equal(turnedRatio(500, 1000, "higher"), 0.5, "half the calls is half as good")
  t.equal(turnedRatio(1000, 500, "lower"), 0.5)
  t.equal(turnedRatio(1000, 500, "higher"), 2)
})

test("a ratio of two zeros is a draw, and with one zero there is none", async (t) => {
  t.equal(turnedRatio(0, 0, "lower"), 1)
  t.equal(turnedRatio(0, 3, "lower"), undefined)
  t.equal(turnedRatio(3, 0, "higher"), undefined)
})

test("a summary holds the quantiles of each metric of each system and ratios of medians", async (t) => {
  const records = [
    ...[100, 200, 900].map((ms, index) => record("conclave", index + 1, { fault: "kill", ms })),
    ...[4000, 2000, 1000].map((ms, index) => record("serf", index + 1, { fault: "kill", ms })),
  ]
  const summary = summarise(records, { bench: "x", metrics: { ms: "lower" }, variant: ["fault"] })
  t.equal(summary.event, "summary")
  t.same(summary.systems["conclave"], { ms: quantiles([100, 200, 900]) })
  t.same(summary.ratio, { serf: { ms: 10 } })
})

test("a summary leaves out what is no metric and what never happened", async (t) => {
  const records = [
    record("conclave", 1, { ms: 100, load1: 3 }),
    record("conclave", 2, { ms: null, load1: 3 }),
    record("serf", 1, { ms: null }),
  ]
  const summary = summarise(records, { bench: "x", metrics: { ms: "lower" }, variant: [] })
  t.same(summary.systems, { conclave: { ms: quantiles([100]) }, serf: {} })
  t.same(summary.ratio, { serf: {} })
})

test("a summary of several variants names metrics by variant and turns their ratios alike", async (t) => {
  const records = ["kill", "stop"].flatMap((fault, index) => [
    record("conclave", 1, { fault, ms: 100 * (index + 1), rate: 8 }),
    record("serf", 1, { fault, ms: 1000, rate: 2 }),
  ])
  const metrics = { ms: "lower", rate: "higher" } as const
  const summary = summarise(records, { bench: "x", metrics, variant: ["fault"] })
  t.same(summary.ratio["serf"], { "kill.ms": 10, "kill.rate": 4, "stop.ms": 5, "stop.rate": 4 })
})

test("a summary counts a distribution by its median", async (t) => {
  const latencyUs = quantiles([1, 2, 50])
  const records = [record("conclave", 1, latencyUs === undefined ? {} : { latencyUs })]
  const summary = summarise(records, { bench: "x", metrics: { latencyUs: "lower" }, variant: [] })
  t.equal(summary.systems["conclave"]?.["latencyUs"]?.p50, 2)
})
