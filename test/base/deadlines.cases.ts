import { Deadlines } from "@conclave/base"
import fc from "fast-check"
import { test } from "tap"

test("the earliest comes first, equal ones in the order they were set", (t) => {
  const deadlines = new Deadlines<string>()
  for (const [key, due] of [
    ["late", 30],
    ["first", 10],
    ["second", 10],
    ["third", 10],
  ] as const)
    deadlines.set(key, due)
  t.equal(deadlines.next, 10)
  t.same(taken(deadlines, 30), ["first", "second", "third", "late"])
  t.equal(deadlines.next, Number.POSITIVE_INFINITY)
  t.end()
})

test("nothing is taken before it is due", (t) => {
  const deadlines = new Deadlines<string>()
  deadlines.set("a", 10)
  t.equal(deadlines.take(9), undefined)
  t.has(deadlines.take(10), { key: "a", due: 10 })
  t.equal(deadlines.take(10), undefined)
  t.end()
})

test("a deadline set again counts once, at its new time", (t) => {
  const deadlines = new Deadlines<string>()
  deadlines.set("a", 10)
  deadlines.set("a", 20)
  t.equal(deadlines.size, 1)
  t.equal(deadlines.next, 20)
  t.equal(deadlines.take(19), undefined)
  deadlines.set("a", 5)
  t.equal(deadlines.due("a"), 5)
  t.same(taken(deadlines, 100), ["a"])
  t.end()
})

test("a cleared deadline never comes", (t) => {
  const deadlines = new Deadlines<string>()
  deadlines.set("a", 10)
  deadlines.set("b", 20)
  deadlines.clear("a")
  t.equal(deadlines.has("a"), false)
  t.equal(deadlines.due("a"), undefined)
  t.equal(deadlines.next, 20)
  t.same(taken(deadlines, 100), ["b"])
  t.end()
})

test("many resets of few names keep the order and lose nothing", (t) => {
  const deadlines = new Deadlines<number>()
  for (let round = 0; round < 1000; round++) for (let key = 0; key < 3; key++) deadlines.set(key, 1000 - round + key)
  t.equal(deadlines.size, 3)
  t.same(taken(deadlines, 2000), [0, 1, 2])
  t.end()
})

type Step =
  | { readonly kind: "set"; readonly key: number; readonly due: number }
  | { readonly kind: "clear"; readonly key: number }
  | { readonly kind: "take"; readonly now: number }

const key = fc.nat(40)
const time = fc.nat(50)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("set" as const), key, due: time }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("clear" as const), key }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("take" as const), now: time }) },
)

test("any sequence of steps does what a sorted list would", (t) => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400, size: "max" }), (steps) => {
      const deadlines = new Deadlines<number>()
      let list: { readonly key: number; readonly due: number }[] = []
      for (const each of steps) {
        if (each.kind !== "take") list = list.filter((entry) => entry.key !== each.key)
        if (each.kind === "set") {
          deadlines.set(each.key, each.due)
          list = [...list, { key: each.key, due: each.due }].sort((a, b) => a.due - b.due)
        } else if (each.kind === "clear") deadlines.clear(each.key)
        else {
          const first = list[0]
          const expected = first !== undefined && first.due <= each.now ? first : undefined
          const got = deadlines.take(each.now)
          if (got?.key !== expected?.key || got?.due !== expected?.due) return false
          if (expected !== undefined) list = list.slice(1)
        }
        if (deadlines.size !== list.length || deadlines.next !== (list[0]?.due ?? Number.POSITIVE_INFINITY))
          return false
      }
      return true
    }),
    { numRuns: 300 },
  )
  t.pass("300 sequences")
  t.end()
})

function taken<Key>(deadlines: Deadlines<Key>, now: number): Key[] {
  const keys: Key[] = []
  for (let next = deadlines.take(now); next !== undefined; next = deadlines.take(now)) keys.push(next.key)
  return keys
}
