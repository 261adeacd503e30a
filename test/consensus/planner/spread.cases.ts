import { isBetter, oneZoneBreaks, type Place, pick, spreadOf } from "@conclave/consensus/planner/spread"
import fc from "fast-check"
import { test } from "tap"

/** "1x" = host 1 in zone x. */
function places(...texts: readonly string[]): readonly Place[] {
  return texts.map((text) => ({ host: text[0] ?? "", zone: text.slice(1) }))
}

test("hosts count before zones, and an unknown zone is one of its own", async (t) => {
  t.same(spreadOf(places("1x", "1x", "2y")), [2, 2])
  t.same(spreadOf(places("1", "2", "3x")), [3, 3])
  t.ok(isBetter([3, 1], [2, 3]))
  t.ok(isBetter([2, 3], [2, 2]))
  t.notOk(isBetter([2, 2], [2, 2]))
})

test("one zone breaks a quorum where the rest are no majority", async (t) => {
  t.ok(oneZoneBreaks(places("1x", "2x", "3y")))
  t.notOk(oneZoneBreaks(places("1x", "2y", "3z")))
  t.notOk(oneZoneBreaks(places("1x", "2x", "3y", "4y", "5z")))
  t.ok(oneZoneBreaks(places("1x", "2x", "3x", "4y", "5z")))
  t.notOk(oneZoneBreaks(places("1", "2", "3")), "of unknown zones nothing is known")
  t.ok(oneZoneBreaks(places("1x")))
})

test("the best are picked one after the other, the first in rank where the spread is the same", async (t) => {
  t.same(pick(places("1x"), places("1y", "2x", "2y"), 1), places("2y"))
  t.same(pick(places("1x"), places("2x", "3x", "4y"), 2), places("4y", "2x"))
  t.same(pick([], places("1x"), 3), places("1x"))
  t.same(pick([], places("1x"), 0), [])
})

test("a pick is never spread worse than the first in rank", async (t) => {
  const any = fc.constantFrom("1x", "1y", "2x", "2", "3z", "3")
  fc.assert(
    fc.property(fc.array(any, { maxLength: 3 }), fc.array(any, { maxLength: 6 }), fc.nat(3), (there, open, count) => {
      const present = places(...there)
      const picked = pick(present, places(...open), count)
      const first = places(...open).slice(0, count)
      return (
        picked.length === first.length &&
        (count > 1 || !isBetter(spreadOf([...present, ...first]), spreadOf([...present, ...picked])))
      )
    }),
  )
  t.pass("for all")
})
