import { closeSync, openSync, writeSync } from "node:fs"
import { monotonicNs } from "./monotonic.ts"

export interface HistoryHead {
  readonly run: string
  readonly seed: number
  readonly commit: string
  /** The agents, where there is one fleet of fixed size. */
  readonly nodes?: readonly string[]
}

export interface HistoryFault {
  readonly f: "kill" | "restart" | "pause" | "cut" | "loss"
  readonly phase: "start" | "end"
  readonly spec: {
    readonly nodes?: readonly string[]
    readonly percent?: number
    /** The two sides between which nothing passes. */
    readonly cut?: readonly (readonly string[])[]
  }
}

/**
 * The history of one run as JSON lines: a header, numbered lines on the machine's monotonic clock, an end. A line that
 * cannot be written ends the file, without an end line, and nothing else: whoever watches the fleet goes on.
 */
export class HistoryFile {
  readonly #onFailure: (message: string) => void
  #fd: number | undefined
  #index = 0
  readonly #counts: Record<string, number> = { inv: 0, ok: 0, fail: 0, info: 0 }

  /** Replaces what the file held: one file is one run. `onFailure` is called once at most. */
  constructor(path: string, head: HistoryHead, onFailure: (message: string) => void) {
    this.#onFailure = onFailure
    this.#fd = openSync(path, "w")
    this.#line({ v: 1, k: "header", ...head, clock: "monotonic-ns" })
  }

  /** A line of kind `k`; `atMs` is of `performance.now()` in this process. After the end nothing is written. */
  write(k: string, rest: object, atMs: number = performance.now()): void {
    if (k in this.#counts) this.#counts[k] = (this.#counts[k] ?? 0) + 1
    this.#line({ k, i: ++this.#index, t: monotonicNs(atMs), ...rest })
  }

  end(): void {
    this.write("end", { ...this.#counts })
    this.#close()
  }

  #line(line: object): void {
    if (this.#fd === undefined) return
    try {
      writeSync(this.#fd, `${JSON.stringify(line)}\n`)
    } catch (cause) {
      this.#close()
      this.#onFailure((cause as Error).message)
    }
  }

  #close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd)
    this.#fd = undefined
  }
}
