import { Random } from "@conclave/base"
import { commitOf } from "../commit.ts"
import { FleetError } from "../fleet/agent-process.ts"
import { Fleet } from "../fleet/fleet.ts"
import { HistoryFile } from "../fleet/history.ts"
import type { Context } from "../terminal/command.ts"
import { EXIT, Failure } from "../terminal/failure.ts"
import { judge } from "./checks.ts"
import { playLive } from "./live.ts"
import { type DevOptions, readDevOptions } from "./options.ts"
import { Report } from "./report.ts"
import { liveRun } from "./runs.ts"
import { playScript } from "./scripts.ts"

const BOOT_LIMIT_MS = 120_000
/**
 * Between boot and the first fault. Views are whole before the watch links stand: a member killed in the first moments is
 * found by probes alone, in four seconds instead of one. A script measures a fleet that runs, and says how long it waited.
 */
const SETTLE_MS = 1000
const PARENT_POLL_MS = 1000

/** Runs real agents on this machine: a live view on a terminal, a script with checks otherwise. */
export async function dev(context: Context): Promise<number> {
  const isTerminal = process.stdout.isTTY === true && process.stdin.isTTY === true
  const options = readDevOptions(context, isTerminal)
  const { folder, profile, keep } = options
  refuseRunning(folder)
  const history = historyOf(options)
  const fleet = new Fleet({ folder, profile, keep, history })
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
  await playLive(fleet, new Random(options.seed), { color: options.color, quit })
  return 0
}

async function scripted(fleet: Fleet, options: DevOptions): Promise<number> {
  const script = options.script ?? "story"
  const report = new Report(options)
  const sinceMs = performance.now()
  await fleet.start(options.agents)
  const booted = await fleet.until(() => fleet.allSeeAll(), BOOT_LIMIT_MS)
  const bootMs = performance.now() - sinceMs
  if (!booted) {
    process.stderr.write(`conclave dev: the agents did not see each other within ${BOOT_LIMIT_MS} ms\n`)
    report.summary(judge(script, new Map(), options))
    return EXIT.checkFailed
  }
  const agents = fleet.names.map((name) => {
    const { pid, addr, socket, adminSocket } = fleet.agent(name)
    return { name, pid, addr, socket, adminSocket }
  })
  report.event({ event: "boot", agents, voters: 0, bootMs: Math.round(bootMs), settleMs: SETTLE_MS })
  await fleet.until(() => false, SETTLE_MS)
  const measured = await playScript(script, { fleet, report, options, bootMs })
  return report.summary(judge(script, measured, options)) ? EXIT.ok : EXIT.checkFailed
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
