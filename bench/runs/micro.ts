import { Bench as Tinybench } from "tinybench"
import type { Bench, BenchContext } from "../context.ts"
import { watchLoad } from "../machine-load.ts"
import { MICRO_METRICS } from "../metrics.ts"
import { microTasks } from "../micro-tasks.ts"
import { quantiles, significant } from "../quantiles.ts"

const MEMBERS_DEFAULT = 128
const TASK_MS = 500
const MICROSECONDS_PER_MS = 1_000

/** Codec, merge and step of the membership core, in one process and without a network. */
export const MICRO: Bench = {
  metrics: MICRO_METRICS,
  variant: ["task"],
  peers: [],
  run: async (context) => {
    for (let run = 1; run <= context.plan.runs; run++) await microOnce(context, run)
  },
}

async function microOnce(context: BenchContext, run: number): Promise<void> {
  const { plan, drivers } = context
  const members = Math.max(8, plan.n ?? MEMBERS_DEFAULT)
  context.progress(`micro ${run}/${plan.runs}: core of ${members} members`)
  const machine = watchLoad()
  const bench = new Tinybench({ time: plan.durationMs ?? TASK_MS, retainSamples: true })
  for (const task of microTasks(members, plan.seed)) bench.add(task.name, task.call)
  await bench.run()
  const load = machine()
  for (const task of bench.tasks) {
    const { result } = task
    if (!("latency" in result)) throw new Error(`${task.name} did not run: ${result.state}`)
    const latencyUs = quantiles((result.latency.samples ?? []).map((ms) => significant(ms * MICROSECONDS_PER_MS)))
    if (latencyUs === undefined) throw new Error(`${task.name} was never called`)
    context.record(
      { system: "conclave", systemVersion: drivers[0]?.version ?? "", profile: "lan", run, n: members },
      {
        task: task.name,
        callsPerSec: significant(1_000 / result.latency.mean),
        latencyUs,
        ...load,
      },
    )
  }
}
