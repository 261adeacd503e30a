import { type Print, runAll } from "./cli.ts"
import { parseOptions } from "./cli-options.ts"
import { FAULT_KINDS, type Plan } from "./plan.ts"
import { makePlan } from "./plan-maker.ts"
import { makeSmallPlan } from "./small-plan.ts"

const EXIT_FAILED = 10
const SEEDS = 100
/** Small fleets are fast and come into every situation; one large one is for what only many can do. */
const SIZES = 15
const LARGE = 48
const GROUP_SEEDS = 24
/**
 * Short ones that come into every situation. In 6 a host left while an application on it held, and its successor was
 * told first; in 11 who waits for too many permits is told so.
 */
const APP_SEEDS = [1, 4, 6, 11]
/**
 * Small worlds that failed once, and in 900000330 one line of a watch tells of several changes. In 7100003 a group of
 * one had an agent that left and came back; in 10100363 a full disk refuses what is sent again later; in 13300041 a
 * worker loses one item to an operator; in 13310028 members are taken back; in 3576214154 a leaver's place would go to
 * one that had died a moment ago, beside another.
 */
const SMALL_SEEDS = [7100003, 10100363, 13300041, 13300388, 13310028, 900000330, 3576214154]

/** The seeds that every change must pass. A situation that none of them comes into is a failure, too. */
export async function run(_argv: readonly string[] = [], print: Print = toTerminal): Promise<number> {
  const options = parseOptions([])
  const quiet: Print = (text) => void (/^seed \d+ {2}ok/.test(text) || print(text))
  const { verdict, marks } = runAll(fixedPlans(), options, quiet)
  return verdict === "ok" && marks.missing.length === 0 ? 0 : EXIT_FAILED
}

export function* fixedPlans(): Generator<Plan> {
  const wishes = { faults: FAULT_KINDS, group: false }
  for (let seed = 1; seed <= SEEDS; seed++) yield makePlan({ ...wishes, seed, agents: 2 + (seed % SIZES) })
  yield makePlan({ ...wishes, seed: SEEDS + 1, agents: LARGE })
  const group = { faults: FAULT_KINDS, group: true }
  for (let seed = 1; seed <= GROUP_SEEDS; seed++) yield makePlan({ ...group, seed, apps: false })
  for (const seed of APP_SEEDS) yield makePlan({ ...group, seed, apps: true })
  for (const seed of SMALL_SEEDS) yield makeSmallPlan({ seed, faults: FAULT_KINDS })
}

const toTerminal: Print = (text) => void process.stdout.write(text)
