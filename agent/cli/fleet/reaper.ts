import { rmdirSync, rmSync } from "node:fs"
import { basename, dirname } from "node:path"
import { createInterface } from "node:readline"
import { startTimeOf } from "./start-time.ts"

/**
 * A program of its own: it reads `pid START_TIME` lines and, when its input ends because whoever wrote them is gone,
 * ends these processes and removes the folder. A stopped process never notices that its parent died; this one does.
 */
const folder = process.argv[2] ?? ""
const processes = new Map<number, number>()
let isKept = false

// Signals to the terminal's group are for the others: this one must outlive them.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {})

createInterface({ input: process.stdin })
  .on("line", (line) => {
    const [verb, pid, startTime] = line.split(" ")
    if (verb === "keep") isKept = true
    if (verb === "pid") processes.set(Number(pid), Number(startTime))
  })
  .on("close", () => {
    for (const [pid, startTime] of processes) if (startTimeOf(pid) === startTime) end(pid)
    if (!isKept && folder.includes("conclave-")) removeFolder()
  })

function end(pid: number): void {
  for (const signal of ["SIGCONT", "SIGKILL"] as const) {
    try {
      process.kill(pid, signal)
    } catch {
      // Gone in the meantime.
    }
  }
}

function removeFolder(): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
  try {
    // Of the folder of all runs the last one removes itself; one that is not empty stays.
    if (basename(dirname(folder)).startsWith("conclave-dev-")) rmdirSync(dirname(folder))
  } catch {
    // Others are still in it.
  }
}
