import type { Token } from "@conclave/consensus"
import { MOVES_MAX } from "@conclave/consensus/machine/work/limits"
import { Movable } from "@conclave/consensus/planner/work/movable"
import type { MovableItem } from "@conclave/consensus/planner/work/types"
import fc from "fast-check"
import { test } from "tap"
import { sessionId } from "../../machine/stage.ts"

function listOf(...tokens: readonly number[]): { items: MovableItem[] } {
  const owner = { session: sessionId(1), seq: 1, id: "w" }
  return { items: tokens.map((token) => ({ item: `i${token}`, owner: { ...owner, token: token as Token } })) }
}

test("of one weight the newest goes first, and what has gone meanwhile is not looked for again", (t) => {
  const light = listOf(1, 4, 9)
  const movable = new Movable(
    new Map([
      [3, listOf(2)],
      [1, light],
    ]),
  )
  t.equal(movable.lightest, 1)
  t.strictSame([movable.take(1)?.item, movable.take(1)?.item], ["i9", "i4"])
  light.items.length = 0
  t.equal(movable.take(1), undefined)
  t.equal(movable.lightest, 3)
  t.equal(movable.take(3)?.item, "i2")
  t.equal(movable.lightest, undefined)
  t.end()
})

test("the weight is found that a look at all of them finds", (t) => {
  const anyWeights = fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 12 })
  fc.assert(
    fc.property(
      anyWeights,
      fc.integer({ min: -3, max: 60 }),
      fc.integer({ min: 0, max: 40 }),
      (weights, difference, room) => {
        const movable = new Movable(new Map(weights.map((weight) => [weight, listOf(weight)])))
        let best: number | undefined
        for (const weight of weights) {
          if (weight >= difference || weight > room) continue
          const [is, was] = [Math.abs(2 * weight - difference), Math.abs(2 * (best ?? 0) - difference)]
          if (best === undefined || is < was || (is === was && weight > best)) best = weight
        }
        return movable.nearest(difference, room) === best
      },
    ),
    { numRuns: 2000, seed: 20_261_129 },
  )
  t.end()
})

test("of more weights than one plan can move it knows the lightest, in whatever order they came", (t) => {
  const rising = Array.from({ length: 997 }, (_, at) => 1 + at)
  const mixed = rising.map((weight) => 1 + ((weight * 401) % 997))
  for (const weights of [rising, rising.toReversed(), mixed]) {
    const movable = new Movable(new Map(weights.map((weight) => [weight, listOf(weight)])))
    const taken: number[] = []
    for (let next = movable.lightest; next !== undefined; next = movable.lightest) {
      movable.take(next)
      taken.push(next)
    }
    t.strictSame(taken, rising.slice(0, MOVES_MAX))
  }
  t.end()
})
