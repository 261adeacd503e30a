import type { SimOptions } from "../cli-options.ts"
import { conclaveHost } from "../conclave-host.ts"
import { makePlan } from "../plan-maker.ts"
import { runPlan } from "../run.ts"
import { table } from "./table.ts"

const AGENTS = 128
const SECONDS = 3600

/** How much faster than the clock on the wall a calm fleet runs, its boot included. */
export function speed(options: SimOptions, print: (text: string) => void): void {
  const agents = options.agents ?? AGENTS
  const seconds = options.seconds ?? SECONDS
  const plan = { ...makePlan({ seed: options.seed ?? 1, agents, seconds, faults: [], profile: "lan" }), calmMs: 10_000 }
  const rows = [
    { name: "objects, checks off", codec: false, checks: false },
    { name: "objects, checks on", codec: false, checks: true },
    { name: "bytes, checks on", codec: true, checks: true },
  ].map(({ name, codec, checks }) => {
    const before = process.cpuUsage()
    const result = runPlan({ ...plan, codec }, { factory: conclaveHost, checks })
    const used = process.cpuUsage(before)
    const cpuSeconds = (used.user + used.system) / 1e6
    const factor = result.simSeconds / cpuSeconds
    return [name, `${agents}`, factor.toFixed(0), ((cpuSeconds * 1e6) / result.steps).toFixed(2)]
  })
  print(table(["way", "N", "x real time", "us of CPU a step"], rows))
}
