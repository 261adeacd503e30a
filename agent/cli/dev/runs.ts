import { lstatSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs"
import { userInfo } from "node:os"
import { join } from "node:path"
import type { AgentReady } from "../fleet/agent-process.ts"
import { EXIT, Failure } from "../terminal/failure.ts"

/** A fleet that runs on this machine, as its `run.json` tells. */
export interface Run {
  readonly pid: number
  readonly agents: readonly AgentReady[]
}

/** Where the runs of this user are. */
export function runsFolder(): string {
  return `/tmp/conclave-dev-${userInfo().uid}`
}

/** A folder of its own for each run, so that several run side by side. */
export function newRunFolder(): string {
  return `${ownRunsFolder()}/${process.pid}-${Date.now().toString(36)}`
}

/** Anybody may make a folder in /tmp: one that is not ours alone is refused. */
function ownRunsFolder(): string {
  const folder = runsFolder()
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const { uid, mode } = lstatSync(folder)
  if (lstatSync(folder).isDirectory() && uid === userInfo().uid && (mode & 0o077) === 0) return folder
  throw new Failure("PERMISSION_DENIED", `${folder} is not a folder of yours alone`, {
    exitCode: EXIT.configuration,
    why: "The agents of a run keep keys and sockets there.",
    next: "conclave dev --dir FOLDER",
  })
}

/** The newest run whose program still runs. */
export function newestRun(): Run | undefined {
  let names: readonly string[]
  try {
    names = readdirSync(runsFolder())
  } catch {
    return undefined
  }
  const folders = names.map((name) => join(runsFolder(), name))
  const byAge = folders.map((folder) => ({ folder, atMs: changedMs(folder) })).sort((a, b) => b.atMs - a.atMs)
  for (const { folder } of byAge) {
    const run = liveRun(folder)
    if (run !== undefined) return run
  }
  return undefined
}

/** The run in a folder; undefined when its program has ended, whatever it left there. */
export function liveRun(folder: string): Run | undefined {
  const run = readRun(folder)
  return run !== undefined && isAlive(run.pid) ? run : undefined
}

function readRun(folder: string): Run | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, "run.json"), "utf8")) as Run
  } catch {
    return undefined
  }
}

/** 0 = removed in this moment. */
function changedMs(folder: string): number {
  return statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
