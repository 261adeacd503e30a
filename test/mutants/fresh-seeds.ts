import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import type { Mutant } from "./mutant.ts"
import { findMutant, MUTANTS } from "./table.ts"

const PLANT = new URL("./plant.js", import.meta.url).href
const WORLDS = fileURLToPath(new URL("./fresh-worlds.js", import.meta.url))
/** For one mutant in one kind of world. */
const HUNT_MS_MAX = 300_000
const RUNS_MAX = 2000

interface Played {
  readonly runs: number
  readonly seed: number | undefined
  readonly problem: string
}

/** `npm run mutants`: plants each of those that are named, or all, and runs seeds that nobody chose until one fails. */
export async function run(names: readonly string[]): Promise<number> {
  for (const mutant of wanted(names)) process.stdout.write(`${mutant.name}: ${await hunt(mutant)}\n`)
  return 0
}

function wanted(names: readonly string[]): readonly Mutant[] {
  return names.length === 0 ? MUTANTS : names.map(findMutant)
}

/** The cheapest worlds that have the mutated code in them, first. */
function worldsOf({ module }: Mutant): readonly string[] {
  if (module.startsWith("swim/")) return ["fleet", "small"]
  const isRaft = module.startsWith("consensus/") && !module.startsWith("consensus/machine/")
  return isRaft ? ["raft", "small"] : ["small"]
}

async function hunt(mutant: Mutant): Promise<string> {
  const missed: string[] = []
  for (const world of worldsOf(mutant)) {
    const first = Math.floor(Math.random() * 2 ** 32)
    const { runs, seed, problem } = await play(world, { first, count: RUNS_MAX, mutant })
    if (seed === undefined) missed.push(`${runs} ${world}`)
    else return `${world} seed ${seed}, the ${runs}th: ${problem}${await aloneOf(world, seed)}`
  }
  return `not found by ${missed.join(" and ")} seeds`
}

/** A seed that fails without the mutant has found another mistake. */
async function aloneOf(world: string, seed: number): Promise<string> {
  const { problem } = await play(world, { first: seed, count: 1 })
  return problem === "" ? "" : ` (WITHOUT IT, TOO: ${problem})`
}

function play(
  world: string,
  { first, count, mutant }: { readonly first: number; readonly count: number; readonly mutant?: Mutant },
): Promise<Played> {
  const planted = mutant === undefined ? [] : ["--import", PLANT]
  const env = mutant === undefined ? process.env : { ...process.env, CONCLAVE_MUTANT: mutant.name }
  const args = [...planted, WORLDS, world, String(first), String(count)]
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "inherit"], timeout: HUNT_MS_MAX })
    let text = ""
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk
    })
    child.on("error", reject)
    child.on("close", () => resolve(readPlayed(text)))
  })
}

function readPlayed(text: string): Played {
  const [, runs = "0", seed, problem = ""] = /^failed (\d+) (\d+) (.*)$/m.exec(text) ?? []
  if (seed !== undefined) return { runs: Number(runs), seed: Number(seed), problem }
  return { runs: text.split("\n").filter((line) => line.startsWith("well ")).length, seed: undefined, problem: "" }
}
