import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import type { Bench, BenchContext } from "../context.ts"
import { watchLoad } from "../machine-load.ts"
import { MACHINE_METRICS } from "../metrics.ts"
import { quantiles, significant } from "../quantiles.ts"
import type { StateSize } from "../state/fill.ts"
import { MIXTURE } from "../state/mixture.ts"
import type { StateOutcome, StateTask } from "../state/trial.ts"

const SIZE: StateSize = {
  hosts: 100,
  sessions: 10_000,
  answersEach: 128,
  locks: 10_000,
  pastHolders: 2,
  groups: 1_000,
  membersEach: 10,
  pools: 10,
  items: 10_000,
  workersEach: 20,
}
const APPLY_MS = 5_000
const SNAPSHOTS = 5
const RUN_LIMIT_MS = 600_000
const MEGABYTE = 1e6
/** As an agent is launched (`agent/bin`). */
const FLAGS = ["--v8-pool-size=1", "--no-parallel-scavenge", "--no-incremental-marking-task"]
const MAIN = fileURLToPath(new URL("../state-main.js", import.meta.url))

/**
 * The replicated state alone, without a network or a disk: its size, how fast it takes commands, how long it holds
 * others up.
 */
export const MACHINE: Bench = {
  metrics: MACHINE_METRICS,
  variant: [],
  peers: [],
  run: async (context) => {
    for (let run = 1; run <= context.plan.runs; run++) await machineOnce(context, run)
  },
}

async function machineOnce(context: BenchContext, run: number): Promise<void> {
  const { plan, drivers } = context
  const task: StateTask = { size: SIZE, applyMs: plan.durationMs ?? APPLY_MS, snapshots: SNAPSHOTS }
  context.progress(`machine ${run}/${plan.runs}: ${SIZE.sessions} sessions and what they hold`)
  const machine = watchLoad()
  const { stdout } = await promisify(execFile)(process.execPath, [...FLAGS, MAIN, JSON.stringify(task)], {
    timeout: RUN_LIMIT_MS,
  })
  const outcome = JSON.parse(stdout) as StateOutcome
  context.record(
    { system: "conclave", systemVersion: drivers[0]?.version ?? "", profile: "lan", run, n: 1 },
    {
      appliesPerSec: significant(outcome.appliesPerSec),
      appliesPerCpuSec: significant(outcome.appliesPerCpuSec),
      snapshotPauseMs: Math.max(...outcome.snapshotPauseMs),
      installPauseMs: Math.max(...outcome.installPauseMs),
      emptyPauseMs: Math.max(...outcome.emptyPauseMs),
      collectorPauseMs: significant(outcome.collectorPauseMs),
      snapshotMs: quantiles(outcome.snapshotMs) ?? null,
      installMs: quantiles(outcome.installMs) ?? null,
      rssMb: significant(outcome.rssBytes / MEGABYTE),
      heapMb: significant(outcome.heapBytes / MEGABYTE),
      stateMb: significant(outcome.stateBytes / MEGABYTE),
      mixture: MIXTURE,
      ...SIZE,
      ...machine(),
    },
  )
}
