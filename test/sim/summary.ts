import { MARKS } from "./marks.ts"
import { countFaults } from "./plan.ts"
import type { Ops, RunResult, Verdict } from "./run.ts"

/** The last line of a set of runs. */
export interface Summary {
  readonly event: "summary"
  readonly runs: number
  readonly verdict: Verdict
  /** Of the first run that failed, else of the last. */
  readonly seed: number
  readonly invariant: string | null
  readonly agents: number
  readonly simSeconds: number
  readonly wallSeconds: number
  readonly ops: Ops
  readonly faults: Readonly<Record<string, number>>
  readonly marks: { readonly reached: number; readonly of: number; readonly missing: readonly string[] }
  readonly traceHash: string
  /** The file that the failing plan was written to. */
  readonly plan: string | null
  readonly replay: string
}

/** Adds runs up. */
export class Tally {
  readonly #ops: Ops = { invoked: 0, ok: 0, fail: 0, info: 0 }
  readonly #faults: Record<string, number> = {}
  readonly #marks: Set<string> = new Set()
  #runs = 0
  #simSeconds = 0
  #shown: RunResult | undefined

  add(result: RunResult): void {
    this.#runs++
    this.#simSeconds += result.simSeconds
    for (const key of ["invoked", "ok", "fail", "info"] as const) this.#ops[key] += result.ops[key]
    for (const [kind, count] of Object.entries(countFaults(result.plan.faults))) {
      this.#faults[kind] = (this.#faults[kind] ?? 0) + count
    }
    for (const mark of result.marks) this.#marks.add(mark)
    if (this.#shown === undefined || this.#shown.verdict === "ok") this.#shown = result
  }

  /** The run that the summary is about. */
  get shown(): RunResult | undefined {
    return this.#shown
  }

  summary(wallSeconds: number, plan: string | undefined, replay: string): Summary {
    const missing = MARKS.filter((mark) => !this.#marks.has(mark))
    return {
      event: "summary",
      runs: this.#runs,
      verdict: this.#shown?.verdict ?? "idle",
      seed: this.#shown?.plan.seed ?? 0,
      invariant: this.#shown?.violation?.invariant ?? null,
      agents: this.#shown?.plan.agents ?? 0,
      simSeconds: round(this.#simSeconds),
      wallSeconds: round(wallSeconds),
      ops: this.#ops,
      faults: this.#faults,
      marks: { reached: MARKS.length - missing.length, of: MARKS.length, missing },
      traceHash: this.#shown?.traceHash ?? "",
      plan: plan ?? null,
      replay,
    }
  }
}

export function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
