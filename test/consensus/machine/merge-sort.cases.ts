import { MACHINE_LIMITS } from "@conclave/consensus/machine/limits"
import { byText, sorted, sortedAtWork } from "@conclave/consensus/machine/merge-sort"
import { State } from "@conclave/consensus/machine/state"
import fc from "fast-check"
import { test } from "tap"

interface Numbered {
  readonly rank: number
  readonly at: number
}

function byRank(a: Numbered, b: Numbered): number {
  return a.rank - b.rank
}

function numbered(ranks: readonly number[]): readonly Numbered[] {
  return ranks.map((rank, at) => ({ rank, at }))
}

test("what is sorted in steps is as an array sorts it, equal ones in the order in which they came", (t) => {
  const ranks = fc.array(fc.nat(50), { maxLength: 1000, size: "max" })
  const property = fc.property(ranks, (some) => {
    const items = numbered(some)
    const steps = sorted(items, byRank)
    let step = steps.next()
    while (step.done !== true) step = steps.next()
    t.strictSame(step.value, [...items].sort(byRank))
  })
  fc.assert(property, { numRuns: 100 })
  t.end()
})

test("no step compares more than a run of them, however many there are and however they stand", (t) => {
  const shuffled = Array.from({ length: 20_000 }, (_, at) => (at * 7919) % 20_000)
  for (const ranks of [shuffled, [...shuffled].sort(), shuffled.map((_, at) => -at)]) {
    let compares = 0
    let most = 0
    const steps = sorted(numbered(ranks), (a, b) => {
      compares++
      return byRank(a, b)
    })
    for (let step = steps.next(); step.done !== true; step = steps.next()) {
      most = Math.max(most, compares)
      compares = 0
    }
    t.ok(most > 0 && most < 1000, `${most} compares`)
  }
  t.end()
})

test("what an entry sorts rests as often as the state tires, and is as the texts of an array", (t) => {
  const state = new State(MACHINE_LIMITS)
  const texts = Array.from({ length: 1000 }, (_, at) => `k${(at * 7919) % 1000}`)
  const restsOf = (units: number): number => {
    const work = sortedAtWork(state, new Set(texts), byText)
    for (let rests = 0; ; rests++) {
      state.rested(units)
      const { value, done } = work.next()
      if (done !== true) continue
      t.strictSame(value, [...texts].sort())
      return rests
    }
  }
  const each = restsOf(1)
  t.ok(each >= 8, "a run of 128 is a unit, at least")
  t.equal(restsOf(2), Math.floor(each / 2))
  t.equal(restsOf(1000), 0)
  t.end()
})
