import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import type { Bench, BenchContext } from "../context.ts"
import { watchLoad } from "../machine-load.ts"
import { SIM_METRICS } from "../metrics.ts"
import { significant } from "../quantiles.ts"
import type { SimOutcome, SimTask } from "../sim-world.ts"

const MEMBERS_DEFAULT = 128
/** Long beside the boot, which costs N² lines of news and is over after a second. */
const SIM_MS = 900_000
const RUN_LIMIT_MS = 600_000
const MEGABYTE = 1e6
const MAIN = fileURLToPath(new URL("../sim-main.js", import.meta.url))

/** How much faster than real time whole agents are simulated, with invariants checked and without. */
export const SIM: Bench = {
  metrics: SIM_METRICS,
  variant: ["invariants"],
  peers: [],
  run: async (context) => {
    for (let run = 1; run <= context.plan.runs; run++) {
      for (const invariants of [false, true]) await simOnce(context, run, invariants)
    }
  },
}

async function simOnce(context: BenchContext, run: number, invariants: boolean): Promise<void> {
  const { plan, drivers } = context
  const members = plan.n ?? MEMBERS_DEFAULT
  const task: SimTask = { members, simMs: plan.durationMs ?? SIM_MS, seed: plan.seed + run, invariants }
  context.progress(`sim ${run}/${plan.runs}: ${members} members, invariants ${invariants ? "on" : "off"}`)
  const machine = watchLoad()
  const { stdout } = await promisify(execFile)(process.execPath, [MAIN, JSON.stringify(task)], {
    timeout: RUN_LIMIT_MS,
  })
  const outcome = JSON.parse(stdout) as SimOutcome
  const [ours] = drivers
  context.record(
    { system: "conclave", systemVersion: ours?.version ?? "", profile: "lan", run, n: members },
    {
      members,
      invariants: invariants ? "on" : "off",
      realTimeFactor: significant(outcome.simSeconds / outcome.wallSeconds),
      realTimeFactorOfCpu: significant(outcome.simSeconds / outcome.cpuSeconds),
      stepsPerSec: significant(outcome.steps / outcome.wallSeconds),
      rssMb: significant(outcome.rssBytes / MEGABYTE),
      simSeconds: outcome.simSeconds,
      verdict: outcome.verdict,
      ...machine(),
    },
  )
}
