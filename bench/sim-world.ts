import { conclaveHost, type Plan, runPlan } from "@conclave/sim"

/** One simulated fleet at rest after its boot. */
export interface SimTask {
  readonly members: number
  readonly simMs: number
  readonly seed: number
  readonly invariants: boolean
}

export interface SimOutcome {
  readonly verdict: string
  readonly simSeconds: number
  readonly wallSeconds: number
  readonly cpuSeconds: number
  readonly steps: number
  readonly rssBytes: number
}

/** What the compiler needs to see before it is worth measuring. */
const WARM_UP_MS = 20_000

/** Runs the task in this process, after a warm-up that is not counted. */
export function simulate(task: SimTask): SimOutcome {
  runPlan(calmPlan({ ...task, simMs: WARM_UP_MS }), { factory: conclaveHost, checks: task.invariants })
  const cpuBefore = process.cpuUsage()
  const beganAtMs = performance.now()
  const result = runPlan(calmPlan(task), { factory: conclaveHost, checks: task.invariants })
  const wallSeconds = (performance.now() - beganAtMs) / 1_000
  const cpu = process.cpuUsage(cpuBefore)
  return {
    verdict: result.verdict,
    simSeconds: result.simSeconds,
    wallSeconds,
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
    steps: result.steps,
    rssBytes: process.memoryUsage.rss(),
  }
}

function calmPlan(task: SimTask): Plan {
  return {
    version: 1,
    seed: task.seed,
    agents: task.members,
    mode: "conclave",
    profile: "lan",
    codec: false,
    bootMs: 1_000,
    activeMs: task.simMs,
    calmMs: 10_000,
    restartGraceMs: 30_000,
    faults: [],
  }
}
