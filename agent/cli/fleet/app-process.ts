import { type ChildProcess, spawn } from "node:child_process"
import { createWriteStream } from "node:fs"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import type { AppLine } from "./app-line.ts"
import { cleanEnvironment } from "./clean-environment.ts"

export interface AppSpec {
  readonly app: string
  readonly socket: string
  readonly ttlMs: number
  /** Takes what it says beside its lines. */
  readonly logFile: string
  readonly onLine: (line: AppLine) => void
}

/** One real application as a child process; it ends with this one, as its input does. */
export class AppProcess {
  readonly app: string
  readonly pid: number
  readonly exited: Promise<void>
  readonly #child: ChildProcess

  constructor({ app, socket, ttlMs, logFile, onLine }: AppSpec) {
    this.app = app
    this.#child = spawn(process.execPath, [appProgram(), socket, app, String(ttlMs)], {
      stdio: ["pipe", "pipe", "pipe"],
      env: cleanEnvironment(),
      detached: true,
    })
    this.pid = this.#child.pid ?? 0
    // Its last lines come before this: a line of a process that was killed counts, too.
    this.exited = new Promise((resolve) => this.#child.once("close", () => resolve()))
    this.#child.stdin?.on("error", () => {})
    const log = createWriteStream(logFile, { flags: "a", mode: 0o600 })
    log.on("error", () => {})
    this.#child.stderr?.on("data", (chunk: Buffer) => log.write(chunk))
    createInterface({ input: this.#child.stdout ?? process.stdin }).on("line", (line) => {
      log.write(`${line}\n`)
      onLine(JSON.parse(line) as AppLine)
    })
  }

  /** What it is to do with what has this name. */
  order(verb: "take" | "pass" | "work" | "drain", ...words: readonly string[]): void {
    this.#child.stdin?.write(`${[verb, ...words].join(" ")}\n`)
  }

  signal(signal: "SIGKILL" | "SIGSTOP" | "SIGCONT"): void {
    this.#child.kill(signal)
  }
}

/** Beside this file, be it the bundle or the compiler's output. */
function appProgram(): string {
  return fileURLToPath(new URL("./app.js", import.meta.url))
}
