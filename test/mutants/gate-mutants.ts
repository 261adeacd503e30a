import { availableParallelism } from "node:os"
import { hunt } from "./hunt.ts"
import type { Mutant } from "./mutant.ts"
import { MUTANTS } from "./table.ts"

const EXIT_FAILED = 10
const LINES_SHOWN = 30

/** Plants one mutant after the other: each must be caught by its own check. */
export async function run(
  _argv: readonly string[] = [],
  mutants: readonly Mutant[] = MUTANTS,
  print: (text: string) => void = toTerminal,
): Promise<number> {
  const open = [...mutants]
  const missed: string[] = []
  const work = async (): Promise<void> => {
    for (let mutant = open.shift(); mutant !== undefined; mutant = open.shift()) {
      const verdict = await hunt(mutant)
      if (verdict.isCaught) continue
      missed.push(mutant.name)
      const output = verdict.output.split("\n").slice(-LINES_SHOWN).join("\n")
      print(`not caught: ${mutant.name}\n${output}\n`)
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
  print(`${mutants.length - missed.length} of ${mutants.length} mutants caught\n`)
  return missed.length === 0 ? 0 : EXIT_FAILED
}

const toTerminal = (text: string): void => void process.stdout.write(text)
