import { Random } from "@conclave/base"
import { commitOf } from "../commit.ts"
import { FleetError } from "../fleet/agent-process.ts"
import { Fleet, SHARED_PARTITIONS } from "../fleet/fleet.ts"
import { HistoryFile } from "../fleet/history.ts"
import type { Context } from "../terminal/command.ts"
import { EXIT, Failure } from "../terminal/failure.ts"
import { judge, type ScriptName } from "./checks.ts"
import { untilGroup } from "./group.ts"
import { playLive } from "./live.ts"
import { type DevOptions, readDevOptions } from "./options.ts"
import { Report } from "./report.ts"
import { liveRun } from "./runs.ts"
import { playScript } from "./scripts.ts"
import { DEMO } from "./stage.ts"

const BOOT_LIMIT_MS = 120_000
/**
 * Between boot and the first fault. Views are whole before the watch links stand: a member killed in the first moments
 * is found by probes alone, in four seconds instead of one. A script measures a fleet that runs, and says how long it
 * waited.
 */
const SETTLE_MS = 1000
const PARENT_POLL_MS = 1000
/** Of agents with three or more. */
const VOTERS = 3
const TTL_MS = 2000
const TTL_RESTART_MS = 10_000

/** Runs real agents on this machine: a live view on a terminal, a script with checks otherwise. */
export async function dev(context: Context): Promise<number> {
  const isTerminal = process.stdout.isTTY === true && process.stdin.isTTY === true
  const options = readDevOptions(context, isTerminal)
  const { folder, profile, keep } = options
  refuseRunning(folder)
  const history = historyOf(options)
  const fleet = new Fleet({ folder, profile, keep, history, ttlMs: ttlOf(options.script, options.budgetScale) })
  const quit = new AbortController()
  const watching = quitWhenAlone(quit)
  try {
    return await run(fleet, options, quit.signal)
  } finally {
    clearInterval(watching)
    await fleet.close()
    history?.end()
    if (keep) process.stderr.write(`The files of this run are in ${folder}\n`)
  }
}

async function run(fleet: Fleet, options: DevOptions, quit: AbortSignal): Promise<number> {
  const stopped = new Promise<never>((_, reject) => {
    quit.addEventListener("abort", () => reject(quit.reason), { once: true })
  })
  stopped.catch(() => {})
  try {
    return await Promise.race([
      options.script === undefined ? live(fleet, options, quit) : scripted(fleet, options),
      stopped,
    ])
  } catch (error) {
    if (error === QUIT) return 130
    if (!(error instanceof FleetError)) throw error
    throw new Failure("AGENT_UNAVAILABLE", "the fleet does not run", {
      why: error.message,
      next: "conclave dev --keep",
    })
  }
}

async function live(fleet: Fleet, options: DevOptions, quit: AbortSignal): Promise<number> {
  process.stderr.write(`starting ${options.agents} agents …\n`)
  await fleet.start(options.agents)
  startApps(fleet)
  await playLive(fleet, new Random(options.seed), { color: options.color, quit })
  return 0
}

async function scripted(fleet: Fleet, options: DevOptions): Promise<number> {
  const script = options.script ?? "story"
  const report = new Report(options)
  const sinceMs = performance.now()
  await fleet.start(options.agents)
  startApps(fleet)
  const voters = await booted(fleet)
  const bootMs = performance.now() - sinceMs
  if (voters === undefined) {
    process.stderr.write(`conclave dev: the agents were not one fleet within ${BOOT_LIMIT_MS} ms\n`)
    report.summary(judge(script, new Map(), options))
    return EXIT.checkFailed
  }
  const agents = fleet.names.map((name) => {
    const { pid, addr, socket, adminSocket } = fleet.agent(name)
    return { name, pid, addr, socket, adminSocket }
  })
  report.event({ event: "boot", agents, voters, bootMs: Math.round(bootMs), settleMs: SETTLE_MS })
  await fleet.until(() => false, SETTLE_MS)
  const measured = await playScript(script, { fleet, report, options, bootMs })
  return report.summary(judge(script, measured, options)) ? EXIT.ok : EXIT.checkFailed
}

function startApps(fleet: Fleet): void {
  for (const name of fleet.names) fleet.startApp(name)
}

/**
 * All see all, three vote, every application holds the lock or waits for it, and each item of the pool is one's; how
 * many vote, or undefined when that does not come.
 */
async function booted(fleet: Fleet): Promise<number | undefined> {
  const { apps, names } = fleet
  const stand = (): boolean => apps.holder(DEMO) !== undefined && names.every((name) => apps.stands(name, DEMO))
  const work = (): boolean => apps.owners.now(DEMO).size === SHARED_PARTITIONS
  if (!(await fleet.until(() => fleet.allSeeAll() && stand() && work(), BOOT_LIMIT_MS))) return undefined
  const isWhole = (group: { readonly voters: readonly string[]; readonly canLose: number }): boolean =>
    group.voters.length >= VOTERS && group.canLose > 0
  return (await untilGroup(fleet, isWhole, { limitMs: BOOT_LIMIT_MS }))?.voters.length
}

/**
 * Where hosts die their locks are to be free soon; where agents are started again they must be back within it, on a
 * slow machine, too.
 */
function ttlOf(script: ScriptName | undefined, budgetScale: number): number {
  return script === "restart" || script === "kill-random"
    ? TTL_RESTART_MS * Math.min(6, Math.max(1, budgetScale))
    : TTL_MS
}

function historyOf({ history, agents, script, seed }: DevOptions): HistoryFile | undefined {
  if (history === undefined) return undefined
  const nodes = Array.from({ length: agents }, (_, index) => `n${index + 1}`)
  const head = { run: `dev-${script ?? "live"}-${seed}`, seed, commit: commitOf() ?? "unknown", nodes }
  return new HistoryFile(history, head, (message) =>
    process.stderr.write(`conclave dev: the history ${history} ends early: ${message}\n`),
  )
}

/** Two fleets in one folder would share data directories. */
function refuseRunning(folder: string): void {
  const run = liveRun(folder)
  if (run === undefined) return
  throw new Failure("CONFLICT", `a fleet runs in ${folder} already`, {
    why: `Its program has the pid ${run.pid}.`,
    next: "conclave dev --dir ANOTHER",
  })
}

const QUIT = new Error("told to stop")

/** Stops on a signal, and when whoever started us is gone without saying so (npm killed, a closed terminal). */
function quitWhenAlone(quit: AbortController): NodeJS.Timeout {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => quit.abort(QUIT))
  const parent = process.ppid
  return setInterval(() => {
    if (process.ppid !== parent) quit.abort(QUIT)
  }, PARENT_POLL_MS)
}
