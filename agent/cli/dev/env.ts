import { readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import type { AgentReady } from "../fleet/agent-process.ts"
import { runsFolder } from "./options.ts"

interface Run {
  readonly pid: number
  readonly agents: readonly AgentReady[]
}

/** `dev env [AGENT]`: how to reach an agent of the newest live run, for another terminal. */
export function devEnv(argv: readonly string[]): number {
  const words = argv.filter((word) => !word.startsWith("--"))
  const at = argv.indexOf("--dir")
  const folder = at >= 0 ? argv[at + 1] : undefined
  const name = words.find((word) => word !== folder)
  const run = folder === undefined ? newestRun() : readRun(folder)
  if (run === undefined) return fail("no fleet of yours runs on this machine", "conclave dev", 3)
  const agent = name === undefined ? run.agents[0] : run.agents.find((each) => each.name === name)
  if (agent === undefined) {
    return fail(`the fleet has no agent ${name}`, `conclave dev env ${run.agents[0]?.name ?? ""}`, 6)
  }
  const { socket, adminSocket } = agent
  if (argv.includes("--json")) process.stdout.write(`${JSON.stringify({ socket, adminSocket })}\n`)
  else process.stdout.write(`export CONCLAVE_SOCKET=${socket}\nexport CONCLAVE_ADMIN_SOCKET=${adminSocket}\n`)
  return 0
}

function newestRun(): Run | undefined {
  let names: readonly string[]
  try {
    names = readdirSync(runsFolder())
  } catch {
    return undefined
  }
  const folders = names.map((name) => join(runsFolder(), name))
  const byAge = folders.map((folder) => ({ folder, atMs: statSync(folder).mtimeMs })).sort((a, b) => b.atMs - a.atMs)
  for (const { folder } of byAge) {
    const run = readRun(folder)
    if (run !== undefined && isAlive(run.pid)) return run
  }
  return undefined
}

function readRun(folder: string): Run | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, "run.json"), "utf8")) as Run
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

function fail(message: string, next: string, code: number): number {
  process.stderr.write(`conclave dev env: ${message}\nNext: ${next}\n`)
  return code
}
