import { mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseOptions, type SimOptions, USAGE, UsageError } from "./cli-options.ts"
import { conclaveHost } from "./conclave-host.ts"
import { runExperiment } from "./experiments/experiments.ts"
import { History } from "./history.ts"
import { Ledger } from "./ledger.ts"
import { FAULT_KINDS, type Plan } from "./plan.ts"
import { formatPlan, PlanError, parsePlan } from "./plan-file.ts"
import { drawsGroup, makePlan } from "./plan-maker.ts"
import { type RunResult, runPlan } from "./run.ts"
import { shrink } from "./shrink.ts"
import { makeSmallPlan } from "./small-plan.ts"
import { round, type Summary, Tally } from "./summary.ts"

const EXIT_FAILED = 10
const EXIT_USAGE = 2

export type Print = (text: string) => void

const toTerminal: Print = (text) => void process.stdout.write(text)

/** `npm run sim`: 0 when every run was ok, 10 when one was not, 2 for wrong usage. */
export async function run(argv: readonly string[], print: Print = toTerminal): Promise<number> {
  try {
    const options = parseOptions(argv)
    if (options.help) print(USAGE)
    else if (options.experiment !== undefined) return runExperiment(options.experiment, options, print)
    else return exitCode(runAll(plans(options), options, print))
    return 0
  } catch (error) {
    if (!(error instanceof UsageError) && !(error instanceof PlanError) && !isFileError(error)) throw error
    process.stderr.write(`error: ${(error as Error).message}\ntry: npm run sim -- --help\n`)
    return EXIT_USAGE
  }
}

/** One plan after another, until one fails; prints a line each and the summary. */
export function runAll(todo: Iterable<Plan>, options: SimOptions, print: Print): Summary {
  const startedMs = performance.now()
  const tally = new Tally(options.small ? options.runs : 0)
  const ledger = options.ledger === undefined ? undefined : new Ledger(options.ledger, optionWords(options))
  const history = options.history === undefined ? undefined : new History()
  for (const plan of todo) {
    const result = runOne(plan, history)
    tally.add(result)
    ledger?.add(result)
    const isShown = !options.quiet || (result.verdict !== "ok" && result.verdict !== "idle")
    if (isShown) print(options.json ? `${JSON.stringify(runLine(result))}\n` : runText(result))
    // A ledger is of all of them.
    if (tally.isOver && ledger === undefined) break
  }
  ledger?.flush()
  const shown = tally.shown
  const failed = shown !== undefined && shown.verdict !== "ok"
  const file = failed ? keep(options, shown, print) : undefined
  if (options.history !== undefined && history !== undefined) writeFileSync(options.history, history.text())
  const replay = file === undefined ? seedCommand(options, shown) : `npm run sim -- --replay ${file}`
  const summary = tally.summary((performance.now() - startedMs) / 1000, file, replay)
  print(options.json ? `${JSON.stringify(summary)}\n` : summaryText(summary, shown))
  return summary
}

function exitCode({ verdict }: Summary): number {
  return verdict === "ok" ? 0 : EXIT_FAILED
}

function* plans(options: SimOptions): Generator<Plan> {
  if (options.replay !== undefined) {
    yield parsePlan(readFileSync(options.replay, "utf8"))
    return
  }
  const first = options.seed ?? freshSeed()
  const most = options.small && options.ledger === undefined ? 2 * options.runs : options.runs
  for (let run = 0; run < most; run++) {
    const { agents, seconds, faults, group, apps, small } = options
    const seed = (first + run) >>> 0
    if (small) {
      yield makeSmallPlan({ seed, agents, faults, apps })
      continue
    }
    yield makePlan({ seed, agents, seconds, faults, apps, group: group ?? (apps === true || drawsGroup(seed, agents)) })
  }
}

function freshSeed(): number {
  return Math.floor(Math.random() * 2 ** 32)
}

function runOne(plan: Plan, history: History | undefined): RunResult {
  history?.begin(plan)
  const watcher = history === undefined ? {} : { watcher: history.watcher }
  const result = runPlan(plan, { factory: conclaveHost, ...watcher })
  history?.end(Math.round(result.simSeconds * 1e6))
  return result
}

/** Writes the failing plan, shrunk when asked for, and gives its path. */
function keep(options: SimOptions, failed: RunResult, print: Print): string {
  let { plan } = failed
  if (options.shrink) {
    const invariant = failed.violation?.invariant
    const shrunk = shrink(plan, (candidate) => {
      return runPlan(candidate, { factory: conclaveHost }).violation?.invariant === invariant
    })
    plan = shrunk.plan
    if (!options.json) {
      print(`shrunk from ${failed.plan.faults.length} to ${plan.faults.length} faults in ${shrunk.runs} runs\n`)
    }
  }
  const file = join(mkdtempSync(join(tmpdir(), "conclave-sim-")), `plan-${plan.seed}.json`)
  writeFileSync(file, formatPlan(plan))
  return file
}

function seedCommand(options: SimOptions, shown: RunResult | undefined): string {
  if (options.replay !== undefined) return `npm run sim -- --replay ${options.replay}`
  return `npm run sim -- --seed ${shown?.plan.seed ?? 0} --runs 1 ${optionWords(options)}`.trim()
}

/** What, beside its seed, makes a run what it is. */
function optionWords(options: SimOptions): string {
  const words: string[] = []
  if (options.small) words.push("--small")
  if (options.agents !== undefined) words.push("--agents", String(options.agents))
  if (options.seconds !== undefined) words.push("--seconds", String(options.seconds))
  if (options.group !== undefined) words.push("--group", options.group ? "on" : "off")
  if (options.apps !== undefined) words.push("--apps", options.apps ? "on" : "off")
  if (options.faults.length === 0) words.push("--faults none")
  else if (options.faults.length < FAULT_KINDS.length) words.push("--faults", options.faults.join(","))
  return words.join(" ")
}

function runLine(result: RunResult): object {
  const { verdict, plan, violation, simSeconds, steps, traceHash, verdicts, convergedMs } = result
  return {
    event: "run",
    seed: plan.seed,
    verdict,
    invariant: violation?.invariant ?? null,
    message: violation?.message ?? null,
    agents: plan.agents,
    codec: plan.codec,
    ...(plan.seal === undefined ? {} : { seal: plan.seal }),
    simSeconds: round(simSeconds),
    steps,
    faults: plan.faults.length,
    verdicts,
    convergedMs: convergedMs === undefined ? null : round(convergedMs),
    traceHash,
  }
}

function runText(result: RunResult): string {
  const { plan, verdict, simSeconds, steps, traceHash, verdicts } = result
  const parts = [
    `seed ${plan.seed}`,
    verdict,
    `${plan.agents} agents`,
    `${plan.faults.length} faults`,
    `${simSeconds.toFixed(0)} s`,
    `${steps} steps`,
    `${verdicts.deaths} deaths (${verdicts.falseDeaths} false)`,
    traceHash,
  ]
  return `${parts.join("  ")}\n`
}

function summaryText(summary: Summary, shown: RunResult | undefined): string {
  const { marks, runs, counting, simSeconds, wallSeconds, verdict } = summary
  const lines = [
    `${runs} runs, of which ${counting} came to enough, ${simSeconds} simulated seconds in ${wallSeconds} s, marks ${marks.reached} of ${marks.of}`,
  ]
  if (marks.missing.length > 0) lines.push(`not reached: ${marks.missing.join(", ")}`)
  const violation = shown?.violation
  if (violation !== undefined) {
    lines.push(`${verdict}: ${violation.invariant} at ${violation.atMs} ms, ${violation.agent}: ${violation.message}`)
    lines.push(`seed ${summary.seed}, plan ${summary.plan}`)
  }
  lines.push(verdict === "ok" ? "ok" : `replay: ${summary.replay}`)
  return `${lines.join("\n")}\n`
}

function isFileError(error: unknown): boolean {
  return error instanceof Error && "code" in error && "syscall" in error
}
