import { AssertionError, Random } from "@conclave/base"
import fc from "fast-check"
import { test } from "tap"

const seed = fc.integer({ min: 0, max: 0xffffffff })

test("one seed gives one sequence, another seed another", (t) => {
  const draws = (from: number) =>
    Array.from(
      { length: 20 },
      (
        (random) => () =>
          random.uint32()
      )(new Random(from)),
    )
  t.same(draws(7), draws(7))
  t.notSame(draws(7), draws(8))
  t.notSame(draws(0), draws(1))
  t.equal(new Set(draws(0)).size, 20)
  t.end()
})

test("draws stay in their range", (t) => {
  fc.assert(
    fc.property(seed, fc.integer({ min: 1, max: 2 ** 32 }), (from, limit) => {
      const random = new Random(from)
      for (let n = 0; n < 50; n++) {
        const below = random.below(limit)
        const fraction = random.fraction()
        if (!Number.isInteger(below) || below < 0 || below >= limit || fraction < 0 || fraction >= 1) return false
      }
      return true
    }),
  )
  t.pass("in range")
  t.end()
})

test("every outcome comes equally often", (t) => {
  const random = new Random(1)
  const counts = new Uint32Array(10)
  const draws = 100_000
  for (let n = 0; n < draws; n++) {
    const drawn = random.below(10)
    counts[drawn] = (counts[drawn] as number) + 1
  }
  // One in a million fair runs has a chi-squared with 9 degrees of freedom above 45.
  t.ok(counts.reduce((sum, count) => sum + (count - draws / 10) ** 2 / (draws / 10), 0) < 45)
  t.end()
})

test("a chance of none never comes, of all always, of a quarter in a quarter", (t) => {
  const random = new Random(2)
  let quarter = 0
  for (let n = 0; n < 10_000; n++) {
    if (random.chance(0, 4) || !random.chance(4, 4)) t.fail("not a chance")
    if (random.chance(1, 4)) quarter++
  }
  t.ok(quarter > 2200 && quarter < 2800, `${quarter} of 2500`)
  t.end()
})

test("a shuffle keeps every item, and brings each to each place", (t) => {
  const places = new Set<string>()
  for (let from = 0; from < 200; from++) {
    const items = ["a", "b", "c", "d"]
    new Random(from).shuffle(items)
    if (items.slice().sort().join("") !== "abcd") t.fail(items.join(""))
    items.forEach((item, place) => {
      places.add(`${item}${place}`)
    })
  }
  t.equal(places.size, 16)
  t.end()
})

test("a child draws its own sequence, named by its label", (t) => {
  const first = (label: number) => new Random(5).child(label).uint32()
  t.equal(first(1), first(1))
  t.not(first(1), first(2))
  t.not(first(0), new Random(5).uint32())
  t.end()
})

test("a pick comes from the list; from nothing there is none", (t) => {
  const random = new Random(3)
  const picked = new Set(Array.from({ length: 100 }, () => random.pick(["a", "b", "c"])))
  t.same([...picked].sort(), ["a", "b", "c"])
  t.throws(() => random.pick([]), AssertionError)
  t.throws(() => random.below(0), AssertionError)
  t.end()
})
