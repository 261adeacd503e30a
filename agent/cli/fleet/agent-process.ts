import { type ChildProcess, spawn } from "node:child_process"
import { createWriteStream, mkdirSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { createInterface } from "node:readline"
import { cleanEnvironment } from "./clean-environment.ts"

/** What `agent.ready` says. */
export interface AgentReady {
  readonly pid: number
  readonly name: string
  readonly id: string
  readonly addr: string
  readonly socket: string
  readonly adminSocket: string
}

export interface AgentSpec {
  readonly launcher: string
  readonly name: string
  /** Holds the data directory, the sockets and the log. */
  readonly folder: string
  readonly bind: string
  readonly join: string | undefined
  readonly profile: string
  /** What protects its traffic: a gossip key and a join secret, as the agent's flags name them. */
  readonly gossipKeyFile: string
  readonly joinKeyFile: string
  /** Founds the cluster, unless its data directory has one. */
  readonly bootstrap: boolean
}

/** An agent of a fleet does not run as it should. */
export class FleetError extends Error {
  override readonly name = "FleetError"
}

const READY_LIMIT_MS = 60_000

/** One real agent as a child process. */
export class AgentProcess {
  readonly name: string
  readonly pid: number
  readonly exited: Promise<number | null>
  readonly ready: Promise<AgentReady>
  readonly #child: ChildProcess

  constructor(spec: AgentSpec) {
    this.name = spec.name
    mkdirSync(spec.folder, { recursive: true, mode: 0o700 })
    const env = cleanEnvironment()
    this.#child = spawn(spec.launcher, ["agent", ...flagsOf(spec)], {
      stdio: ["ignore", "pipe", "pipe"],
      // The launcher takes the first Node that it finds: this one.
      env: { ...env, PATH: `${dirname(process.execPath)}:${env["PATH"] ?? ""}` },
      // Ctrl-C at the terminal is for the parent, which decides what becomes of its agents.
      detached: true,
    })
    this.pid = this.#child.pid ?? 0
    this.exited = new Promise((resolve) => this.#child.once("exit", (code) => resolve(code)))
    this.ready = this.#whenReady(join(spec.folder, "agent.log"))
    this.ready.catch(() => {})
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  #whenReady(logFile: string): Promise<AgentReady> {
    const log = createWriteStream(logFile, { flags: "a", mode: 0o600 })
    log.on("error", () => {})
    this.#child.stderr?.on("data", (chunk: Buffer) => log.write(chunk))
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new FleetError(`${this.name} was not ready within ${READY_LIMIT_MS} ms: ${lastLine(logFile)}`)),
        READY_LIMIT_MS,
      )
      createInterface({ input: this.#child.stdout ?? process.stdin }).on("line", (line) => {
        log.write(`${line}\n`)
        const ready = readyLine(line)
        if (ready === undefined) return
        clearTimeout(timer)
        resolve(ready)
      })
      void this.exited.then((code) => {
        clearTimeout(timer)
        reject(
          new FleetError(`${this.name} ended with ${code ?? "a signal"} before it was ready: ${lastLine(logFile)}`),
        )
      })
    })
  }
}

function flagsOf(spec: AgentSpec): readonly string[] {
  const { name, folder, bind, join: seed, profile, gossipKeyFile, joinKeyFile, bootstrap } = spec
  return [
    // What this machine's own agent is configured with, a cluster to join above all, is not for a fleet.
    ...["--config", "/dev/null"],
    ...["--name", name, "--data-dir", join(folder, "data"), "--bind", bind, "--profile", profile],
    ...["--socket", join(folder, "a.sock"), "--admin-socket", join(folder, "admin.sock")],
    ...["--http-addr", "off", "--enable-fault-injection", "--log-format", "json"],
    ...["--gossip-key-file", gossipKeyFile, "--join-key-file", joinKeyFile],
    ...(seed === undefined ? [] : ["--join", seed]),
    ...(bootstrap ? ["--bootstrap"] : []),
  ]
}

function readyLine(line: string): AgentReady | undefined {
  if (!line.includes('"agent.ready"')) return undefined
  try {
    return JSON.parse(line) as AgentReady
  } catch {
    return undefined
  }
}

function lastLine(file: string): string {
  try {
    return readFileSync(file, "utf8").trimEnd().split("\n").at(-1) ?? ""
  } catch {
    return ""
  }
}
