import { type ChildProcess, spawn } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"

/** The committed launcher, as a user of the clone starts it. */
export const LAUNCHER: string = fileURLToPath(new URL("../../agent/bin/conclave.mjs", import.meta.url))

/** Nothing takes this long on the slowest of machines: three starts in a row were seen to take one minute. */
const LIMIT_MS = 600_000
const POLL_MS = 20

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

interface Test {
  readonly teardown: (ended: () => unknown) => void
}

/**
 * A real process, which ends with its test at the latest, whatever becomes of that. The test runner's `NODE_OPTIONS`
 * would make it three times as heavy, so it goes without.
 */
export class Program {
  readonly lines: string[] = []
  readonly ended: Promise<Ended>
  readonly #child: ChildProcess
  readonly #waiting: Set<() => void> = new Set()
  #stderr = ""
  #isOver = false

  constructor(
    t: Test,
    command: readonly string[],
    options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
  ) {
    this.#child = spawn("/usr/bin/env", ["-u", "NODE_OPTIONS", ...command], {
      ...options,
      stdio: ["ignore", "pipe", "pipe"],
    })
    this.#child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
      this.#stderr += chunk
    })
    if (this.#child.stdout !== null)
      createInterface({ input: this.#child.stdout }).on("line", (line) => {
        this.lines.push(line)
        this.#look()
      })
    const kill = (): boolean => this.#child.kill("SIGKILL")
    const timer = setTimeout(kill, LIMIT_MS)
    // A test file that is ended from outside has no teardown any more.
    process.once("exit", kill)
    this.ended = new Promise((resolve, reject) => {
      this.#child.on("error", reject)
      this.#child.on("close", (code, signal) => {
        clearTimeout(timer)
        process.off("exit", kill)
        this.#isOver = true
        this.#look()
        resolve({ code, signal, stdout: this.lines.map((line) => `${line}\n`).join(""), stderr: this.#stderr })
      })
    })
    t.teardown(() => {
      kill()
      return this.ended
    })
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  /** What it has said there so far. */
  get stderr(): string {
    return this.#stderr
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  /** The first line that `matches`; rejects when the program ends without it. */
  line(matches: (line: string) => boolean): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = this.lines.find(matches)
        if (found === undefined && !this.#isOver) return
        this.#waiting.delete(look)
        if (found !== undefined) resolve(found)
        else reject(new Error(`the program ended before the line came\n${this.#said()}`))
      }
      this.#waiting.add(look)
      look()
    })
  }

  /** What a test that fails must show, or nobody learns why. */
  #said(): string {
    const { exitCode, signalCode } = this.#child
    return `${this.#child.spawnargs.join(" ")}\ncode ${exitCode}, signal ${signalCode}\n${this.lines.join("\n")}\n${this.#stderr}`
  }

  #look(): void {
    for (const look of [...this.#waiting]) look()
  }
}

/** Our program in the clone, with Node as it runs the test. */
export function conclave(t: Test, ...args: readonly string[]): Program {
  return new Program(t, [process.execPath, LAUNCHER, ...args])
}

/** Polls until `holds`; false when it never does. */
export async function eventually(holds: () => boolean): Promise<boolean> {
  for (const deadline = Date.now() + LIMIT_MS; Date.now() < deadline; ) {
    if (holds()) return true
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
  return false
}

/** "T" = stopped; undefined = gone, or dead and not yet collected by whoever inherited it. */
export function stateOf(pid: number): string | undefined {
  const path = `/proc/${pid}/stat`
  if (!existsSync(path)) return undefined
  try {
    const state = readFileSync(path, "utf8").split(") ").at(-1)?.[0]
    return state === "Z" || state === "X" ? undefined : state
  } catch {
    return undefined
  }
}
