import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { run } from "@conclave/sim/cli"
import { parseOptions } from "@conclave/sim/cli-options"
import { formatPlan } from "@conclave/sim/plan-file"
import { makePlan } from "@conclave/sim/plan-maker"
import { test } from "tap"

async function sim(...argv: readonly string[]): Promise<{ readonly code: number; readonly text: string }> {
  let text = ""
  const code = await run(argv, (more) => {
    text += more
  })
  return { code, text }
}

test("options are read, and wrong ones are refused", async (t) => {
  t.match(parseOptions(["--seed", "7", "--runs=3", "--faults", "kill,loss", "--json"]), {
    seed: 7,
    runs: 3,
    faults: ["kill", "loss"],
    json: true,
  })
  t.same(parseOptions(["--faults", "none"]).faults, [])
  t.match(parseOptions(["--apps", "off", "--ledger", "l"]), { apps: false, ledger: "l" })
  for (const wrong of [["--sed", "1"], ["--runs", "0"], ["--runs", "x"], ["--seed"], ["--faults", "meteor"]]) {
    t.throws(() => parseOptions(wrong), { name: "UsageError" })
  }
  const write = process.stderr.write
  process.stderr.write = () => true
  t.equal((await sim("--wrong")).code, 2)
  t.equal((await sim("--replay", "/nowhere/plan.json")).code, 2)
  process.stderr.write = write
})

test("a set of runs prints a line each and a summary with the fields of the contract", async (t) => {
  const { code, text } = await sim(
    ...["--seed", "40", "--runs", "2", "--agents", "4", "--seconds", "20", "--apps", "off", "--json"],
  )
  t.equal(code, 0)
  const lines = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))
  t.equal(lines.length, 3)
  t.match(lines[2], {
    event: "summary",
    runs: 2,
    verdict: "ok",
    seed: 41,
    invariant: null,
    agents: 4,
    simSeconds: Number,
    wallSeconds: Number,
    ops: { invoked: Number, ok: Number, fail: 0, info: Number },
    faults: Object,
    marks: { reached: Number, of: Number, missing: Array },
    traceHash: lines[1].traceHash,
    plan: null,
    replay: /^npm run sim -- --seed 41/,
  })
})

test("a plan is replayed from its file, and its history is written", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "conclave-test-"))
  t.teardown(() => rmSync(folder, { recursive: true }))
  const file = join(folder, "plan.json")
  const history = join(folder, "history.jsonl")
  const kill = { kind: "kill", atMs: 12_000, agents: [1] } as const
  writeFileSync(file, formatPlan({ ...makePlan({ seed: 3, agents: 4, seconds: 20, faults: [] }), faults: [kill] }))
  const { code, text } = await sim("--replay", file, "--history", history)
  t.equal(code, 0, text)
  const lines = readFileSync(history, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))
  t.match(lines[0], { v: 1, k: "header", seed: 3, nodes: ["a1", "a2", "a3", "a4"] })
  t.ok(lines.some((line) => line.k === "fault" && line.f === "kill" && line.spec.nodes[0] === "a2"))
  t.equal(lines.filter((line) => line.k === "member" && line.state === "dead" && line.subj === "a2").length, 3)
  t.equal(lines.at(-1).k, "end")
})

test("a run that fails exits 10 and prints its seed, its plan and how to replay it", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "conclave-test-"))
  t.teardown(() => rmSync(folder, { recursive: true }))
  const file = join(folder, "plan.json")
  // Nobody can agree in no time.
  const kill = { kind: "kill", atMs: 20_000, agents: [1] } as const
  const made = makePlan({ seed: 3, agents: 4, seconds: 20, faults: [] })
  writeFileSync(file, formatPlan({ ...made, calmMs: 10, faults: [kill] }))
  const { code, text } = await sim("--replay", file, "--json", "--shrink")
  t.equal(code, 10)
  const summary = JSON.parse(text.trim().split("\n").at(-1) ?? "")
  t.match(summary, { verdict: "liveness", invariant: "views-converge", seed: 3 })
  t.teardown(() => rmSync(join(summary.plan, ".."), { recursive: true }))
  t.match(summary.replay, summary.plan)
  const again = await sim("--replay", summary.plan, "--json")
  t.equal(again.code, 10)
  t.equal(JSON.parse(again.text.trim().split("\n").at(-1) ?? "").traceHash, summary.traceHash)
})

test("a ledger has a line for each range of seeds, with its verdicts and its commit, failures included", async (t) => {
  const directory = mkdtempSync(join(tmpdir(), "conclave-sim-ledger-"))
  t.teardown(() => rmSync(directory, { recursive: true }))
  const file = join(directory, "ledger.jsonl")
  const words = ["--agents", "3", "--seconds", "12", "--group", "off", "--ledger", file]
  for (const seed of ["40", "44"]) await sim("--seed", seed, "--runs", "2", ...words)
  const plan = join(directory, "plan.json")
  const kill = { kind: "kill", atMs: 20_000, agents: [1] } as const
  const made = makePlan({ seed: 3, agents: 4, seconds: 20, faults: [] })
  writeFileSync(plan, formatPlan({ ...made, calmMs: 10, faults: [kill] }))
  await sim("--replay", plan, "--ledger", file)
  const lines = readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))
  const well = {
    commit: /./,
    options: "--agents 3 --seconds 12 --group off",
    runs: 2,
    counting: 0,
    verdicts: { ok: 2 },
  }
  t.match(lines, [
    { ...well, seeds: [40, 41], failed: [] },
    { ...well, seeds: [44, 45], failed: [] },
    { seeds: [3, 3], runs: 1, verdicts: { liveness: 1 }, failed: [{ seed: 3, invariant: "views-converge" }] },
  ])
})

test("small worlds are run until enough of them came to enough, and each that did counts", async (t) => {
  const { code, text } = await sim("--small", "--seed", "2", "--runs", "2", "--json")
  const lines = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))
  const played = lines.slice(0, -1)
  t.equal(code, 0, text)
  t.match(lines.at(-1), { verdict: "ok", counting: 2, runs: played.length, replay: /--runs 1 --small/ })
  t.equal(played.filter(({ verdict }) => verdict === "ok").length, 2)
  t.ok(played.every(({ agents, simSeconds, faults }) => agents >= 3 && simSeconds >= 120 && faults >= 5))
})
