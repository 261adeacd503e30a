import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import type { Mutant } from "./mutant.ts"

/** A check that takes longer counts as one that sees nothing: a mutant may well make it wait for ever. */
const HUNT_MS_MAX = 120_000

const PLANT = new URL("./plant.js", import.meta.url).href
const SEED = fileURLToPath(new URL("./raft-seed.js", import.meta.url))

export type Verdict = { readonly isCaught: true } | { readonly isCaught: false; readonly output: string }

/** Runs the one check that must see the mutant, in a process of its own. */
export async function hunt(mutant: Mutant): Promise<Verdict> {
  const { catcher } = mutant
  const [program, ...args] = catcher.kind === "seed" ? [SEED, String(catcher.seed)] : [casesOf(catcher.cases)]
  const env = {
    ...process.env,
    CONCLAVE_MUTANT: mutant.name,
    ...(catcher.kind === "test" ? { TAP_GREP: `/^${escaped(catcher.test)}$/` } : {}),
  }
  const output = await outputOf(["--import", PLANT, program ?? "", ...args], env)
  return failureOf(mutant).test(output) ? { isCaught: true } : { isCaught: false, output }
}

/** What the check says when it has seen something: anything else, a crash included, is no proof. */
function failureOf({ catcher }: Mutant): RegExp {
  if (catcher.kind === "seed") return new RegExp(`^seed ${catcher.seed} failed: `, "m")
  return new RegExp(`^not ok \\d+ - ${escaped(catcher.test)}(?: #.*)?$`, "m")
}

function casesOf(cases: string): string {
  return fileURLToPath(new URL(`../${cases}.cases.js`, import.meta.url))
}

function outputOf(args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe"], timeout: HUNT_MS_MAX })
    let output = ""
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (chunk: string) => {
        output += chunk
      })
    }
    child.on("error", reject)
    child.on("close", () => resolve(output))
  })
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")
}
