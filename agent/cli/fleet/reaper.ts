import { rmdirSync, rmSync } from "node:fs"
import { basename, dirname } from "node:path"
import { createInterface } from "node:readline"
import { startTimeOf } from "./start-time.ts"

/**
 * A program of its own: it reads what a fleet consists of, line by line, and when its input ends because whoever wrote
 * it is gone, it ends the processes and removes the files. A stopped process never notices that its parent died; this
 * one does.
 *
 *   pid PID START_TIME    a process; the start time tells it from a later one with the same number
 *   made PATH             a file or folder that goes with the fleet
 *   keep                  the files stay
 */
const folder = process.argv[2] ?? ""
const processes = new Map<number, number>()
const made = new Set<string>()
let isKept = false

const POLL_MS = 10
/** A killed process is gone as soon as the kernel has time for it; the files of one that is not are removed anyway. */
const GONE_LIMIT_MS = 10_000

// Signals to the terminal's group are for the others: this one must outlive them.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {})

createInterface({ input: process.stdin })
  .on("line", (line) => {
    const [verb = "", ...words] = line.split(" ")
    if (verb === "keep") isKept = true
    if (verb === "made") made.add(words.join(" "))
    if (verb === "pid") processes.set(Number(words[0]), Number(words[1]))
  })
  .on("close", () => {
    for (const [pid, startTime] of processes) if (startTimeOf(pid) === startTime) end(pid)
    whenGone(performance.now() + GONE_LIMIT_MS, removeFiles)
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

/** A process that still runs could write again what was removed. */
function whenGone(deadlineMs: number, then: () => void): void {
  const isGone = [...processes].every(([pid, startTime]) => startTimeOf(pid) !== startTime)
  if (isGone || performance.now() > deadlineMs) then()
  else setTimeout(() => whenGone(deadlineMs, then), POLL_MS)
}

function removeFiles(): void {
  if (isKept) return
  for (const path of made) rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
  removeWhenEmpty(folder)
  // The last run of a user takes the folder of all runs with it.
  if (basename(dirname(folder)).startsWith("conclave-dev-")) removeWhenEmpty(dirname(folder))
}

function removeWhenEmpty(path: string): void {
  try {
    rmdirSync(path)
  } catch {
    // Others have something in it.
  }
}
