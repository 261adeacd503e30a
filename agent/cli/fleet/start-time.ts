import { readFileSync } from "node:fs"

/**
 * When a process started, in clock ticks since boot (field 22 of proc(5)): together with the pid it names a process,
 * since pids are used again. undefined when there is no such process.
 */
export function startTimeOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1")
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
    // A zombie is gone in every sense that matters here.
    return fields[0] === "Z" ? undefined : Number(fields[19])
  } catch {
    return undefined
  }
}
