import { constants } from "node:os"

/** What a process may be told and can pass on. KILL and STOP cannot be caught; those of a fault are its own. */
const PASSED = [
  "SIGHUP",
  "SIGINT",
  "SIGQUIT",
  "SIGTERM",
  "SIGUSR1",
  "SIGUSR2",
  "SIGALRM",
  "SIGCONT",
  "SIGWINCH",
  "SIGTSTP",
] as const satisfies readonly NodeJS.Signals[]

const ENDING: ReadonlySet<NodeJS.Signals> = new Set(["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM"])

/** The signals of this process, as long as it holds something or waits for it. */
export class PassedSignals {
  readonly #on = (signal: NodeJS.Signals): void => this.#take(signal)
  #child: ((signal: NodeJS.Signals) => void) | undefined
  #first: NodeJS.Signals | undefined
  #onEnd: (signal: NodeJS.Signals) => void = () => {}
  /** Resolves with the first signal that asks this process to end; while a child runs they are its own. */
  readonly end: Promise<NodeJS.Signals> = new Promise((resolve) => {
    this.#onEnd = resolve
  })

  constructor() {
    for (const signal of PASSED) process.on(signal, this.#on)
  }

  /** The first one that asked this process to end. */
  get first(): NodeJS.Signals | undefined {
    return this.#first
  }

  passTo(child: (signal: NodeJS.Signals) => void): void {
    this.#child = child
  }

  close(): void {
    for (const signal of PASSED) process.off(signal, this.#on)
  }

  #take(signal: NodeJS.Signals): void {
    if (this.#child !== undefined) return this.#child(signal)
    if (!ENDING.has(signal)) return
    // The second time nobody waits for anything.
    if (this.#first !== undefined) process.exit(exitCodeOf(signal))
    this.#first = signal
    this.#onEnd(signal)
  }
}

/** As a shell tells it. */
export function exitCodeOf(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal]
}
