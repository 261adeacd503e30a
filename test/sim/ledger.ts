import { spawnSync } from "node:child_process"
import { appendFileSync } from "node:fs"
import { isEnough } from "./load.ts"
import type { RunResult, Verdict } from "./run.ts"
import { round } from "./summary.ts"

/** Runs of a line: what is lost when a long set of them is interrupted. */
const RUNS_A_LINE = 100

/** A range of seeds that were run, with the commit and the options that make the same runs of them again. */
interface LedgerLine {
  readonly commit: string
  readonly options: string
  readonly seeds: readonly [number, number]
  readonly runs: number
  /** Of the runs, those that came to enough (`load.ts`) and were well. */
  readonly counting: number
  readonly verdicts: Readonly<Partial<Record<Verdict, number>>>
  readonly simHours: number
  readonly ops: number
  readonly faults: number
  readonly failed: readonly { readonly seed: number; readonly invariant: string }[]
}

/** Adds what became of each range of seeds to a file, a line of JSON each. */
export class Ledger {
  readonly #file: string
  readonly #options: string
  readonly #commit: string = commitOf()
  #results: RunResult[] = []

  constructor(file: string, options: string) {
    this.#file = file
    this.#options = options
  }

  add(result: RunResult): void {
    this.#results.push(result)
    if (this.#results.length >= RUNS_A_LINE) this.flush()
  }

  /** What has not been written yet is a shorter line. */
  flush(): void {
    const results = this.#results
    if (results.length === 0) return
    this.#results = []
    const line = { commit: this.#commit, options: this.#options, ...lineOf(results) } satisfies LedgerLine
    appendFileSync(this.#file, `${JSON.stringify(line)}\n`)
  }
}

function lineOf(results: readonly RunResult[]): Omit<LedgerLine, "commit" | "options"> {
  const seeds = results.map(({ plan }) => plan.seed)
  const verdicts: Partial<Record<Verdict, number>> = {}
  for (const { verdict } of results) verdicts[verdict] = (verdicts[verdict] ?? 0) + 1
  const sum = (of: (result: RunResult) => number): number => results.reduce((all, each) => all + of(each), 0)
  return {
    seeds: [seeds[0] as number, seeds.at(-1) as number],
    runs: results.length,
    counting: results.filter(({ verdict, load }) => verdict === "ok" && isEnough(load)).length,
    verdicts,
    simHours: round(sum(({ simSeconds }) => simSeconds) / 3600),
    ops: sum(({ load }) => load.ops),
    faults: sum(({ load }) => load.faults),
    failed: results.flatMap(({ plan: { seed }, verdict, violation }) => {
      return verdict === "ok" || verdict === "idle" ? [] : [{ seed, invariant: violation?.invariant ?? verdict }]
    }),
  }
}

/** Of the working tree, with a mark where it has more than its commit. */
function commitOf(): string {
  const { stdout, status } = spawnSync("git", ["describe", "--always", "--dirty"], { encoding: "utf8" })
  return status === 0 ? stdout.trim() : "unknown"
}
