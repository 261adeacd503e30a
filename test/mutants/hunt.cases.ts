import { test } from "tap"
import { hunt } from "./hunt.ts"
import { findMutant } from "./table.ts"

const MUTANT = findMutant("a number of a request is used twice")

test("a mutant is caught by its own test, and by no other", async (t) => {
  t.same(await hunt(MUTANT), { isCaught: true })
  const other = {
    kind: "test",
    cases: "sdk/session-core/lease",
    test: "a promise counts from the send time of what it answers",
  } as const
  t.match(await hunt({ ...MUTANT, catcher: other }), { isCaught: false, output: /^ok 1 - a promise counts/m })
})

test("a test that there is not catches nothing, nor does a check that cannot even begin", async (t) => {
  const gone = { kind: "test", cases: "sdk/session-core/seqs", test: "gone" } as const
  t.match(await hunt({ ...MUTANT, catcher: gone }), { isCaught: false })
  t.match(await hunt({ ...MUTANT, catcher: { ...gone, cases: "gone" } }), {
    isCaught: false,
    output: /gone\.cases\.js/,
  })
  t.match(await hunt({ ...MUTANT, name: "gone" }), { isCaught: false, output: /no mutant "gone"/ })
})

test("a seed that runs well has caught nothing", async (t) => {
  t.match(await hunt({ ...MUTANT, catcher: { kind: "seed", seed: 1 } }), { isCaught: false, output: "" })
})
