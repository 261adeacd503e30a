import { existsSync, readFileSync } from "node:fs"
import { test } from "tap"
import { codeOf, type Mutant, mutated } from "./mutant.ts"
import { findMutant, MUTANTS } from "./table.ts"

const MUTANT: Mutant = {
  ...{ name: "m", module: "consensus/quorum.js", search: "a + b", replace: "a - b" },
  catcher: { kind: "seed", seed: 1 },
}

test("each mutant has one place in the code of today, a name of its own, and a check", (t) => {
  for (const mutant of MUTANTS) {
    t.not(mutated(codeOf(mutant), mutant), codeOf(mutant), mutant.name)
    t.equal(findMutant(mutant.name), mutant)
    const { catcher } = mutant
    if (catcher.kind !== "test") continue
    t.ok(existsSync(new URL(`../${catcher.cases}.cases.js`, import.meta.url)), catcher.cases)
  }
  t.ok(MUTANTS.length >= 16)
  t.end()
})

test("the documentation has each mutant with what catches it", (t) => {
  const text = readFileSync(new URL("../../../docs/verification.md", import.meta.url), "utf8")
  const rows = MUTANTS.map(({ name, catcher }) => {
    const check =
      catcher.kind === "seed" ? `seed ${catcher.seed}` : `\`test/${catcher.cases}.cases.ts\`: ${catcher.test}`
    return `| ${name} | ${check} |`
  })
  t.same(
    rows.filter((row) => !text.includes(row)),
    [],
  )
  t.end()
})

test("a mistake is planted in one place; without one, or with several, it is none", (t) => {
  t.equal(mutated("return a + b", MUTANT), "return a - b")
  t.throws(() => mutated("return b + a", MUTANT), { message: /no place/ })
  t.throws(() => mutated("return a + b + (a + b)", MUTANT), { message: /several places/ })
  t.throws(() => findMutant("none"), { message: /no mutant/ })
  t.throws(() => codeOf({ ...MUTANT, module: "bench/cli.js" }), { message: /no package/ })
  t.end()
})
