import type { AgentConfig } from "./config/agent-config.ts"
import { type LoadedConfig, loadConfig } from "./config/load.ts"
import { formatProblems } from "./config/problem.ts"
import { processSurroundings } from "./config/surroundings.ts"
import type { Fatal } from "./host-config.ts"
import { type Daemon, StartError, startDaemon } from "./node/daemon.ts"
import { type OpenLog, openLog } from "./node/log.ts"
import { PortError } from "./node/open-ports.ts"
import { reloader } from "./node/reload.ts"
import { notifySystemd } from "./node/systemd.ts"

type Loaded = Extract<LoadedConfig, { ok: true }>
type End = { readonly reason: "restart" | "left" } | { readonly reason: "fatal"; readonly fatal: Fatal }

/** The agent is gone after this, and the second that its last words may take, even when something does not close. */
const STOP_LIMIT_MS = 8500
const NEXT_HELP = "conclave agent --help"

/** Runs the daemon until it is told to stop; resolves to its exit code. `argv` begins with `agent`. */
export async function run(argv: readonly string[]): Promise<number> {
  const flags = argv.slice(1)
  const loaded = loadConfig(flags, processSurroundings())
  if (!loaded.ok) return refuseLoaded(loaded)
  const log = openLog({ level: loaded.config.logLevel, format: logFormat(loaded.config) })
  let end: (end: End) => void = () => {}
  const ended = new Promise<End>((resolve) => {
    end = resolve
  })
  onBug(log)
  onSignals(() => end({ reason: "restart" }))
  const onReload = awaitReload()
  void ended.then(() => limitStop(log))
  try {
    const daemon = await startDaemon({
      config: loaded.config,
      items: loaded.items,
      warnings: loaded.warnings,
      log,
      onEnd: (why) => end(why === "left" ? { reason: "left" } : { reason: "fatal", fatal: why }),
    })
    onReload(reloader({ load: () => loadConfig(flags, processSurroundings()), first: loaded, daemon, log }))
    await announceReady(daemon, loaded.config, log)
    return await stop(await ended, daemon, log, loaded)
  } catch (cause) {
    if (!(cause instanceof StartError || cause instanceof PortError)) throw cause
    return refuse({ code: "INVALID_ARGUMENT", message: cause.message, exitCode: 78 }, loaded)
  } finally {
    await log.flush()
  }
}

/** Said at every log level: scripts wait for it. */
async function announceReady(daemon: Daemon, config: AgentConfig, log: OpenLog): Promise<void> {
  log.setLevel("info")
  log.write("info", "agent.ready", `${config.name} is ready`, daemon.ready)
  log.setLevel(config.logLevel)
  const problem = await notifySystemd(["READY=1"])
  if (problem !== undefined) log.write("warn", "agent.systemd", problem)
}

async function stop(end: End, daemon: Daemon, log: OpenLog, loaded: Loaded): Promise<number> {
  if (end.reason === "fatal") log.write("error", "agent.fatal", end.fatal.message, { exitCode: end.fatal.exitCode })
  else log.write("info", "agent.stopping", end.reason === "left" ? "leaving for good" : "stopping for a restart")
  void notifySystemd(["STOPPING=1"])
  await daemon.close(end.reason)
  if (end.reason !== "fatal") return 0
  const { message, exitCode, hint, reason } = end.fatal
  return refuse({ code: "CONFLICT", message, exitCode, hint, details: { reason } }, loaded)
}

/**
 * Holds also for an agent that is told to stop while it starts. What does not close may be a thread in a system call of
 * the disk, for which an orderly exit would wait: so the end is by SIGKILL, which nobody takes for a clean one.
 */
function limitStop(log: OpenLog): void {
  const timer = setTimeout(() => {
    const message = "the agent did not close in time and ends now; what it was writing may be lost, as in a crash"
    log.write("error", "agent.stop", message)
    void log.flush().then(() => process.kill(process.pid, "SIGKILL"))
  }, STOP_LIMIT_MS)
  timer.unref()
}

function refuseLoaded(loaded: Exclude<LoadedConfig, { ok: true }>): number {
  switch (loaded.kind) {
    case "usage": {
      const message = loaded.usage.join("; ")
      return refuse({ code: "INVALID_ARGUMENT", message, exitCode: 2, hint: NEXT_HELP }, loaded)
    }
    case "problems": {
      const { problems, options } = loaded
      const { file = "flags", hint = file.startsWith("/") ? `conclave config validate ${file}` : NEXT_HELP } =
        problems[0] ?? {}
      if (options.json !== true) {
        process.stderr.write(`${formatProblems(problems)}Next: ${hint}\n`)
        return 78
      }
      const message = `the configuration has ${problems.length} ${problems.length === 1 ? "problem" : "problems"}`
      return refuse({ code: "INVALID_ARGUMENT", message, exitCode: 78, hint, details: { problems } }, loaded)
    }
  }
}

interface Refusal {
  readonly code: "INVALID_ARGUMENT" | "CONFLICT"
  readonly message: string
  readonly exitCode: number
  readonly hint?: string
  readonly details?: object
}

/** Says on stderr why there is no agent, or none any more; `--json` makes it one line for programs. */
function refuse(
  { code, message, exitCode, hint, details = {} }: Refusal,
  { options }: Pick<Loaded, "options">,
): number {
  const hinted = hint === undefined ? {} : { hint }
  const error = { code, message, ...hinted, outcome: "not-applied", retryable: false, details }
  const text = hint === undefined ? `conclave agent: ${message}` : `conclave agent: ${message}\nNext: ${hint}`
  process.stderr.write(`${options.json === true ? JSON.stringify({ error }) : text}\n`)
  return exitCode
}

function logFormat(config: AgentConfig): "pretty" | "json" {
  if (config.logFormat !== "auto") return config.logFormat
  return process.stdout.isTTY ? "pretty" : "json"
}

function onSignals(stopping: () => void): void {
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, stopping)
}

/**
 * A failed assertion is a bug: said, and the process ends; the next start recovers from disk. By SIGKILL: an orderly
 * exit would wait for the log's thread, which may be in a system call for as long as a disk likes.
 */
function onBug(log: OpenLog): void {
  const bug = (cause: unknown): void => {
    const error = cause instanceof Error ? cause : new Error(String(cause))
    log.writeLast("error", "agent.bug", error.message, { stack: error.stack })
    process.stderr.write(`conclave agent: ${error.stack ?? error.message}\n`)
    process.kill(process.pid, "SIGKILL")
  }
  process.on("uncaughtException", bug)
  process.on("unhandledRejection", bug)
}

/** Asked for before there is anything to reload: done as soon as there is. */
function awaitReload(): (reload: () => void) => void {
  let isWanted = false
  let run = (): void => {
    isWanted = true
  }
  process.on("SIGHUP", () => run())
  return (reload) => {
    run = reload
    if (isWanted) reload()
  }
}
