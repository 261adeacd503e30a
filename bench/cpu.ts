import { readFileSync } from "node:fs"
import { cpuTicks } from "./proc.ts"

/** `/proc` counts in hundredths of a second on every Linux. */
const TICKS_PER_SEC = 100

/** What a process has used so far, all of its threads together; 0 when it is gone. */
export function cpuSeconds(pid: number): number {
  return (cpuTicks(readProc(`/proc/${pid}/stat`)) ?? 0) / TICKS_PER_SEC
}

/** A file of /proc; empty when it is not there. */
export function readProc(path: string): string {
  try {
    return readFileSync(path, "utf8")
  } catch {
    return ""
  }
}
