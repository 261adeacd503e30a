import { test } from "tap"
import { run } from "./gate-mutants.ts"
import { findMutant } from "./table.ts"

const MUTANT = findMutant("a number of a request is used twice")

test("one mutant that is not caught fails the whole step, and is shown with what its check said", async (t) => {
  const said: string[] = []
  const missed = { ...MUTANT, catcher: { kind: "seed", seed: 2 } } as const
  t.equal(await run([], [MUTANT, missed], (text) => said.push(text)), 10)
  t.match(said.join(""), /^not caught: a number of a request is used twice\n[\s\S]*1 of 2 mutants caught\n$/)
  t.equal(await run([], [MUTANT], (text) => said.push(text)), 0)
})
