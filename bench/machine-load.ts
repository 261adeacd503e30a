import { readFileSync } from "node:fs"
import { availableParallelism, loadavg } from "node:os"
import { type MachineTicks, machineTicks } from "./proc.ts"
import { significant } from "./quantiles.ts"

/** Load of the whole machine while a run was measured; goes beside each figure. */
export interface MachineLoad {
  /** Run queue over the last minute at the end of the run. */
  readonly load1: number
  /** Busy processors on average over the run, everything on the machine included; null = unreadable. */
  readonly busyCores: number | null
}

/** Starts watching the machine; the function it gives ends that and says what the load was. */
export function watchLoad(): () => MachineLoad {
  const before = readTicks()
  return () => {
    const after = readTicks()
    return { load1: significant(loadavg()[0] ?? 0, 3), busyCores: busyCores(before, after) }
  }
}

function busyCores(before: MachineTicks | undefined, after: MachineTicks | undefined): number | null {
  if (before === undefined || after === undefined || after.total <= before.total) return null
  const idleShare = (after.idle - before.idle) / (after.total - before.total)
  return significant((1 - idleShare) * availableParallelism(), 3)
}

function readTicks(): MachineTicks | undefined {
  try {
    return machineTicks(readFileSync("/proc/stat", "utf8"))
  } catch {
    return undefined
  }
}
