import { type ChildProcess, spawn } from "node:child_process"
import { existsSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { cleanEnvironment } from "./clean-environment.ts"
import { startTimeOf } from "./start-time.ts"

/** This side of the reaper: as long as this process lives, its input stays open. */
export class ReaperLink {
  readonly #child: ChildProcess

  constructor(folder: string) {
    this.#child = spawn(process.execPath, [reaperProgram(), folder], {
      stdio: ["pipe", "ignore", "ignore"],
      env: cleanEnvironment(),
      detached: true,
    })
    this.#child.stdin?.on("error", () => {})
    this.#child.unref()
  }

  add(pid: number): void {
    const startTime = startTimeOf(pid)
    if (startTime !== undefined) this.#child.stdin?.write(`pid ${pid} ${startTime}\n`)
  }

  /** A path in the folder that is of this fleet's making, and goes with it. */
  made(path: string): void {
    this.#child.stdin?.write(`made ${path}\n`)
  }

  /** The files stay. */
  keep(): void {
    this.#child.stdin?.write("keep\n")
  }

  /** Resolves when everything is ended and removed. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#child.ref()
      this.#child.once("exit", () => resolve())
      this.#child.stdin?.end()
    })
  }
}

/** Beside this file, be it the bundle or the compiler's output. */
function reaperProgram(): string {
  return fileURLToPath(new URL("./reaper.js", import.meta.url))
}

/** The committed launcher, seen from the bundle or from the compiler's output. */
export function launcherPath(): string {
  for (const path of ["../bin/conclave.mjs", "../../../bin/conclave.mjs"]) {
    const file = fileURLToPath(new URL(path, import.meta.url))
    if (existsSync(file)) return file
  }
  throw new Error("the launcher bin/conclave.mjs is missing; install the package again")
}
