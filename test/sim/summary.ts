import { isEnough } from "./load.ts"
import { MARKS } from "./marks.ts"
import { countFaults } from "./plan.ts"
import type { Ops, RunResult, Verdict } from "./run.ts"

/** The last line of a set of runs. */
export interface Summary {
  readonly event: "summary"
  readonly runs: number
  /** Of these, such as came to enough (`load.ts`) and were well. */
  readonly counting: number
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
  readonly #wanted: number
  #runs = 0
  #counting = 0
  #simSeconds = 0
  #failed: RunResult | undefined
  #idle: RunResult | undefined
  #last: RunResult | undefined

  /** `wanted`: as many runs must come to enough, and those that do not are passed over; 0 = every run must. */
  constructor(wanted = 0) {
    this.#wanted = wanted
  }

  add(result: RunResult): void {
    this.#runs++
    this.#simSeconds += result.simSeconds
    for (const key of ["invoked", "ok", "fail", "info"] as const) this.#ops[key] += result.ops[key]
    for (const [kind, count] of Object.entries(countFaults(result.plan.faults))) {
      this.#faults[kind] = (this.#faults[kind] ?? 0) + count
    }
    for (const mark of result.marks) this.#marks.add(mark)
    this.#last = result
    if (result.verdict === "idle") this.#idle ??= result
    else if (result.verdict !== "ok") this.#failed ??= result
    else if (isEnough(result.load)) this.#counting++
  }

  /** The run that the summary is about. */
  get shown(): RunResult | undefined {
    const hasEnough = this.#wanted > 0 && this.#counting >= this.#wanted
    return this.#failed ?? (hasEnough ? undefined : this.#idle) ?? this.#last
  }

  /** Another run would change nothing. */
  get isOver(): boolean {
    if (this.#failed !== undefined) return true
    return this.#wanted > 0 ? this.#counting >= this.#wanted : this.#idle !== undefined
  }

  summary(wallSeconds: number, plan: string | undefined, replay: string): Summary {
    const missing = MARKS.filter((mark) => !this.#marks.has(mark))
    const { shown } = this
    return {
      event: "summary",
      runs: this.#runs,
      counting: this.#counting,
      verdict: shown?.verdict ?? "idle",
      seed: shown?.plan.seed ?? 0,
      invariant: shown?.violation?.invariant ?? null,
      agents: shown?.plan.agents ?? 0,
      simSeconds: round(this.#simSeconds),
      wallSeconds: round(wallSeconds),
      ops: this.#ops,
      faults: this.#faults,
      marks: { reached: MARKS.length - missing.length, of: MARKS.length, missing },
      traceHash: shown?.traceHash ?? "",
      plan: plan ?? null,
      replay,
    }
  }
}

export function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
