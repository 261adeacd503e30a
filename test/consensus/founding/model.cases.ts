import { test } from "tap"
import { explore } from "./model.ts"
import type { Scope } from "./model-world.ts"

const NONE = { attempts: 1, crashes: 0, failures: 0, deaths: 0 }
/** All see each other, sooner or later. */
const ALL = [[[1, 2]], [[0, 2]], [[0, 1]]]
/** Two founders at once: the first two never see each other, and the third sees one of them first. */
const CHAIN = [[[2]], [[2]], [[1], [0, 1]]]
const TWO = { expects: [2, 2], views: [[[1]], [[0]]] }

/** So many states there are at least: a search that has lost its actions finds nothing wrong. */
const SCOPES: readonly { readonly what: string; readonly scope: Scope; readonly statesMin: number }[] = [
  {
    what: "three found together, one crash",
    scope: { ...NONE, expects: [3, 3, 3], views: ALL, crashes: 1 },
    statesMin: 10_000,
  },
  { what: "overlapping proposals", scope: { ...NONE, expects: [2, 2, 2], views: CHAIN }, statesMin: 10_000 },
  { what: "two attempts, one crash", scope: { ...NONE, ...TWO, attempts: 2, crashes: 1 }, statesMin: 10_000 },
  { what: "a crash and a disk that fails", scope: { ...NONE, ...TWO, crashes: 1, failures: 1 }, statesMin: 1000 },
  { what: "a host that dies for good", scope: { ...NONE, ...TWO, attempts: 2, deaths: 1 }, statesMin: 10_000 },
  {
    what: "one of three dies for good",
    scope: { ...NONE, expects: [2, 2, 2], views: ALL, deaths: 1 },
    statesMin: 1000,
  },
]

/**
 * Every order in which hosts act, disks write and fail, hosts crash and messages come, come twice, late or never. In
 * each state: at most one cluster of hosts that live; what was said is on the disk of who said it; and from one state
 * in a hundred, that all end in one cluster once nothing goes wrong any more.
 */
for (const { what, scope, statesMin } of SCOPES) {
  test(`founding together is sound in every state there is: ${what}`, (t) => {
    const { states, calmed, broken } = explore({ scope, calmOneIn: 100, statesMax: 200_000 })
    t.same(broken, undefined)
    t.ok(states >= statesMin, `${states} states`)
    t.ok(calmed > 0)
    t.end()
  })
}

test("as long as two were told other numbers nothing is ever begun", (t) => {
  const { states, broken } = explore({
    scope: { ...NONE, expects: [2, 3, 2], views: ALL },
    calmOneIn: 1000,
    statesMax: 100,
  })
  t.same([states, broken], [7, undefined])
  t.end()
})
