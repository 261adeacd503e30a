import { FAULT_KINDS, type FaultKind } from "./plan.ts"

export interface SimOptions {
  readonly seed: number | undefined
  readonly runs: number
  readonly agents: number | undefined
  readonly seconds: number | undefined
  readonly faults: readonly FaultKind[]
  /** Whether a group that agrees is founded; undefined = drawn from each seed. */
  readonly group: boolean | undefined
  /** Whether applications live in it; undefined = drawn from each seed. */
  readonly apps: boolean | undefined
  /** The smallest worlds that count, until so many runs did. */
  readonly small: boolean
  /** A file that a line is added to for each range of runs. */
  readonly ledger: string | undefined
  readonly replay: string | undefined
  readonly shrink: boolean
  readonly history: string | undefined
  readonly json: boolean
  /** No line for a run that is well, or is passed over. */
  readonly quiet: boolean
  /** The name of a table of `experiments/`. */
  readonly experiment: string | undefined
  /** Experiments: all sizes of the published comparisons instead of those that take minutes. */
  readonly full: boolean
  readonly help: boolean
}

export const USAGE: string = `npm run sim -- [options]

Runs whole agents in a virtual world: clock, network and disk are simulated, one seed is one history.

  --seed S          the first seed; by default a fresh one, which is printed
  --runs N          how many seeds, one after another (default 10)
  --agents N        agents a run; by default drawn from the seed
  --seconds T       simulated seconds of faults a run (default 60)
  --faults LIST     all, none, or kinds: ${FAULT_KINDS.join(",")}
  --group on|off    whether the fleet founds a group that agrees; by default drawn from the seed
  --apps on|off     whether applications live in that group; by default drawn from the seed
  --small           the smallest worlds that count: 3 to 5 agents with a group, two minutes, five faults, 200 operations;
                    goes on until N of them did count
  --ledger FILE     run all N, whatever becomes of them, and add a line to this file for each hundred: seeds, commit, verdicts
  --replay PLAN     run the plan of this file
  --shrink          look for a smaller plan that fails in the same way
  --history FILE    write the history of the (last) run as JSON lines
  --json            one JSON object a run and one summary
  --quiet           a line for those runs alone that failed
  --experiment NAME print a table: false-positives, detection, mass-death, boot, loss, partition, speed
  --full            experiments: every size

Exits 0 when every run was ok, 10 when one was not, 2 for wrong usage.
`

/** What is wrong with the command line, for people. */
export class UsageError extends Error {
  override name = "UsageError"
}

type Draft = { -readonly [Key in keyof SimOptions]: SimOptions[Key] }

const RUNS_MAX = 10_000_000
const AGENTS_MAX = 16_384
const SECONDS_MAX = 86_400

export function parseOptions(argv: readonly string[]): SimOptions {
  const draft: Draft = {
    seed: undefined,
    runs: 10,
    agents: undefined,
    seconds: undefined,
    faults: FAULT_KINDS,
    group: undefined,
    apps: undefined,
    small: false,
    ledger: undefined,
    replay: undefined,
    shrink: false,
    history: undefined,
    json: false,
    quiet: false,
    experiment: undefined,
    full: false,
    help: false,
  }
  const words = argv.flatMap((word) => (/^--[a-z]+=/.test(word) ? splitAt(word, word.indexOf("=")) : [word]))
  for (let at = 0; at < words.length; at++) {
    const flag = words[at] as string
    const take = (): string => {
      const value = words[++at]
      if (value === undefined) throw new UsageError(`${flag} needs a value`)
      return value
    }
    readFlag(draft, flag, take)
  }
  return draft
}

function readFlag(draft: Draft, flag: string, take: () => string): void {
  switch (flag) {
    case "--seed":
      draft.seed = whole(flag, take(), 0, 2 ** 32 - 1)
      return
    case "--runs":
      draft.runs = whole(flag, take(), 1, RUNS_MAX)
      return
    case "--agents":
      draft.agents = whole(flag, take(), 1, AGENTS_MAX)
      return
    case "--seconds":
      draft.seconds = whole(flag, take(), 1, SECONDS_MAX)
      return
    case "--faults":
      draft.faults = kinds(take())
      return
    case "--group":
      draft.group = onOff(flag, take())
      return
    case "--apps":
      draft.apps = onOff(flag, take())
      return
    case "--ledger":
      draft.ledger = take()
      return
    case "--replay":
      draft.replay = take()
      return
    case "--history":
      draft.history = take()
      return
    case "--experiment":
      draft.experiment = take()
      return
    case "--small":
    case "--shrink":
    case "--json":
    case "--quiet":
    case "--full":
      draft[flag.slice(2) as "small" | "shrink" | "json" | "quiet" | "full"] = true
      return
    case "--help":
    case "-h":
      draft.help = true
      return
    default:
      throw new UsageError(`unknown option ${flag}`)
  }
}

function splitAt(word: string, at: number): readonly string[] {
  return [word.slice(0, at), word.slice(at + 1)]
}

function whole(flag: string, text: string, least: number, most: number): number {
  const value = Number(text)
  const ok = /^\d+$/.test(text) && value >= least && value <= most
  if (!ok) throw new UsageError(`${flag} must be a whole number from ${least} to ${most}, not ${text}`)
  return value
}

function onOff(flag: string, text: string): boolean {
  if (text !== "on" && text !== "off") throw new UsageError(`${flag} must be on or off, not ${text}`)
  return text === "on"
}

function kinds(text: string): readonly FaultKind[] {
  if (text === "all") return FAULT_KINDS
  if (text === "none") return []
  return text.split(",").map((word) => {
    const kind = FAULT_KINDS.find((each) => each === word)
    if (kind === undefined) throw new UsageError(`unknown fault ${word}; there are ${FAULT_KINDS.join(", ")}`)
    return kind
  })
}
