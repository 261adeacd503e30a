import { PlanError, readPlan } from "@conclave/bench/plan"
import { test } from "tap"

test("a plan has the contract's defaults", async (t) => {
  const plan = readPlan(["boot"], 42)
  t.match(plan, { benches: ["boot"], n: undefined, runs: 5, against: [], seed: 42, json: false })
  t.equal(plan.faults, undefined)
  t.same(plan.modes, ["serial", "distinct", "handoff", "crash"])
  t.equal(plan.clients, undefined, "each bench has its own")
})

test("a plan takes every flag", async (t) => {
  const flags = [
    ...["detection", "idle", "--n", "8", "--runs", "3", "--against", "serf", "--seed", "0", "--json"],
    ...["--fault", "kill,stop", "--fault", "loss", "--loss", "30%", "--pause", "500ms", "--release", "2s"],
    ...["--stalled", "4", "--duration", "2m", "--history", "h.jsonl", "--out", "o", "--path", "http"],
    ...["--mode", "serial,crash", "--clients", "4", "--clients", "8"],
  ]
  t.same(readPlan(flags, 42), {
    benches: ["detection", "idle"],
    n: 8,
    runs: 3,
    against: ["serf"],
    seed: 0,
    faults: ["kill", "stop", "loss"],
    paths: ["http"],
    modes: ["serial", "crash"],
    clients: [4, 8],
    lossPercent: 30,
    stalled: 4,
    pauseMs: 500,
    releaseMs: 2000,
    durationMs: 120_000,
    history: "h.jsonl",
    out: "o",
    json: true,
  })
})

test("a plan names each bench once", async (t) => {
  t.same(readPlan(["boot", "idle", "boot"], 1).benches, ["boot", "idle"])
})

test("a plan refuses what it does not know, and says what there is", async (t) => {
  const refused: readonly (readonly [readonly string[], RegExp])[] = [
    [["bot"], /no bench "bot"; there is: detection, boot/],
    [["boot", "--against", "nomad"], /no peer "nomad"; there is: serf, etcd, sealed/],
    [["detection", "--fault", "fire"], /no fault "fire"/],
    [["detection", "--fault", "turns"], /no fault "turns"; there is: kill, stop, stall, loss/],
    [["failover", "idle", "--fault", "loss"], /no fault "loss"; there is: kill, stop, transfer, turns/],
    [["idle", "--fault", "kill"], /no fault "kill"; there is: /],
    [["lock", "--mode", "quick"], /no mode "quick"/],
    [["lock", "--clients", "0"], /--clients 0: a whole number from 1 to 1024/],
    [["boot", "--n", "0"], /--n 0: a whole number from 1 to 250/],
    [["boot", "--n", "251"], /--n 251/],
    [["boot", "--n", "8.5"], /--n 8\.5/],
    [["boot", "--runs", "x"], /--runs x/],
    [["boot", "--seed", "4294967296"], /--seed/],
    [["boot", "--duration", "5"], /--duration 5: a duration such as/],
    [["boot", "--duration", "25h"], /at most 24h/],
    [["boot", "--loss", "100"], /--loss 100/],
    [["boot", "--frobnicate"], /frobnicate/],
  ]
  for (const [argv, message] of refused) t.throws(() => readPlan(argv, 1), { name: "PlanError", message })
  t.ok(new PlanError("x") instanceof Error)
})
