import { spawn } from "node:child_process"
import { bootMs } from "./boot-clock.ts"
import type { Launch, Limits, Report } from "./keeper-words.ts"
import { isGroupGone, signalGroup } from "./process-group.ts"

const POLL_MS = 20
/** Between two looks at the clock: a timer counts no suspend. */
const LOOK_MS_MAX = 250
/** What the command has left behind in its group has so long to end. */
const STRAY_MS = 5000

/** One command in a process group of its own, within its limits from its start until the last of the group is gone. */
export class KeptProcess {
  readonly #report: (words: Report) => void
  readonly #group: number | undefined
  #limits: Limits
  #stop: "term" | "kill" | null = null
  #isDoomed = false
  #isOver = false
  #timer: NodeJS.Timeout | undefined

  /** The last that is reported is `failed` or `ended`. */
  constructor({ command, env, stdin }: Launch, limits: Limits, report: (words: Report) => void) {
    const [file = "", ...argv] = command
    this.#report = report
    this.#limits = limits
    const first = stdin === undefined ? "inherit" : "pipe"
    const child = spawn(file, argv, { stdio: [first, "inherit", "inherit"], env, detached: true })
    const group = child.pid
    this.#group = group
    child.once("error", ({ code = "", message }: NodeJS.ErrnoException) => {
      if (group === undefined) report({ kind: "failed", code, message })
    })
    if (group === undefined) return
    report({ kind: "started", processGroup: group })
    // It need not read what it is given.
    child.stdin?.on("error", () => {}).end(stdin)
    child.once("exit", (code, signal) => {
      const endedMs = bootMs()
      this.ask()
      this.#whenGone(endedMs + STRAY_MS, { code, signal })
    })
    this.#watch()
  }

  limit(limits: Limits): void {
    this.#limits = limits
    this.#watch()
  }

  signal(signal: NodeJS.Signals): void {
    if (this.#group !== undefined && !this.#isOver) signalGroup(this.#group, signal)
  }

  /** Somebody wants it to end. */
  stop(): void {
    this.#stop ??= "term"
    this.ask()
  }

  /** A stopped process takes its TERM when it goes on. */
  ask(): void {
    this.signal("SIGTERM")
    this.signal("SIGCONT")
  }

  kill(): void {
    this.#isDoomed = true
    this.signal("SIGKILL")
  }

  /** The clock decides, not the timer. */
  #watch(): void {
    clearTimeout(this.#timer)
    if (this.#isOver || this.#isDoomed) return
    const { termMs, killMs } = this.#limits
    const nowMs = bootMs()
    if (nowMs >= termMs && this.#stop === null) {
      this.#report({ kind: "stopping" })
      this.stop()
    }
    if (nowMs >= killMs) {
      this.#stop = "kill"
      return this.kill()
    }
    const nextMs = (this.#stop === null ? Math.min(termMs, killMs) : killMs) - nowMs
    this.#timer = setTimeout(() => this.#watch(), Math.max(1, Math.min(nextMs, LOOK_MS_MAX)))
  }

  #whenGone(killMs: number, exit: { readonly code: number | null; readonly signal: NodeJS.Signals | null }): void {
    if (this.#group === undefined || isGroupGone(this.#group)) {
      this.#isOver = true
      clearTimeout(this.#timer)
      return this.#report({ kind: "ended", ...exit, stop: this.#stop })
    }
    if (this.#isDoomed || bootMs() >= killMs) this.signal("SIGKILL")
    setTimeout(() => this.#whenGone(killMs, exit), POLL_MS)
  }
}
