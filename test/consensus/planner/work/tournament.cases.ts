import { Tournament } from "@conclave/consensus/planner/work/tournament"
import fc from "fast-check"
import { test } from "tap"

interface One {
  readonly at: number
  value: number
  isIn: boolean
}

function isBefore(a: One, b: One): boolean {
  return a.value !== b.value ? a.value < b.value : a.at < b.at
}

test("whatever changes, the first is the one that a look at all of them finds", (t) => {
  const anyValue = fc.integer({ min: 0, max: 9 })
  const anyChange = fc.record({ at: fc.nat(40), value: anyValue, isIn: fc.boolean() })
  fc.assert(
    fc.property(fc.array(anyValue, { maxLength: 40 }), fc.array(anyChange, { maxLength: 60 }), (values, changes) => {
      const all = values.map((value, at): One => ({ at, value, isIn: value !== 5 }))
      const tournament = new Tournament(all, isBefore, ({ isIn }) => isIn)
      const isRight = (): boolean => {
        const sorted = all.filter(({ isIn }) => isIn).sort((a, b) => (isBefore(a, b) ? -1 : 1))
        return tournament.first === sorted[0]
      }
      if (!isRight()) return false
      return changes.every(({ at, value, isIn }) => {
        const one = all[at]
        if (one === undefined) return true
        Object.assign(one, { value, isIn })
        tournament.update(at, isIn)
        return isRight()
      })
    }),
    { numRuns: 1000, seed: 20_261_129 },
  )
  t.end()
})
