import { Recent } from "conclave/gossip/seal/recent"
import fc from "fast-check"
import { test } from "tap"

test("what is used stays, what is not goes, and there are never more than the bound", async (t) => {
  const recent = new Recent<number, string>(8)
  recent.set(0, "used")
  for (let key = 1; key <= 100; key++) {
    recent.set(key, "once")
    t.equal(recent.get(0), "used")
  }
  const kept = Array.from({ length: 101 }, (_, key) => recent.get(key)).filter((value) => value !== undefined)
  t.ok(kept.length <= 8, `${kept.length} kept`)
  t.equal(recent.get(1), undefined)
  t.equal(recent.get(100), "once")
})

test("whatever goes is told of with what it was last, and nothing else is", async (t) => {
  const use = fc.record({ key: fc.nat(30), isSet: fc.boolean() })
  fc.assert(
    fc.property(fc.array(use, { maxLength: 300 }), fc.integer({ min: 2, max: 12 }), (uses, max) => {
      const kept = new Map<number, number>()
      let isRight = true
      const recent = new Recent<number, number>(max, (key, value) => {
        isRight &&= kept.get(key) === value
        kept.delete(key)
      })
      for (const [at, { key, isSet }] of uses.entries()) {
        if (isSet) {
          kept.set(key, at)
          recent.set(key, at)
        } else if (recent.get(key) !== kept.get(key)) isRight = false
      }
      return isRight && Array.from({ length: 31 }, (_, key) => recent.get(key) === kept.get(key)).every(Boolean)
    }),
  )
  t.pass("in any order")
})
