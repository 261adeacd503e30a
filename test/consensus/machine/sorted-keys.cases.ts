import { SortedKeys } from "@conclave/consensus/machine/sorted-keys"
import fc from "fast-check"
import { test } from "tap"

const anyKey = fc.string({ unit: fc.constantFrom("a", "b", "/", "z"), minLength: 1, maxLength: 4 })

test("keys that come and go in any order stand in theirs, each once, and are found by how they begin", (t) => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyKey, fc.boolean()), { maxLength: 60 }), anyKey, (steps, prefix) => {
      const keys = new SortedKeys()
      const all = new Set<string>()
      for (const [key, isAdded] of steps) {
        if (isAdded) keys.add(key)
        else keys.delete(key)
        if (isAdded) all.add(key)
        else all.delete(key)
      }
      const sorted = [...all].sort()
      t.same([...keys.from("")], sorted)
      t.same(
        [...keys.from(prefix)],
        sorted.filter((each) => each.startsWith(prefix)),
      )
      t.equal(keys.size, all.size)
    }),
  )
  t.end()
})

test("a hundred thousand stand in many runs, and empty ones go", (t) => {
  const keys = new SortedKeys()
  const names = Array.from({ length: 100_000 }, (_, at) => `k/${(at * 7919) % 100_000}`)
  for (const each of names) keys.add(each)
  t.equal(keys.size, 100_000)
  const sorted = [...names].sort()
  t.same([...keys.from("k/")], sorted)
  t.same(
    [...keys.from("k/7777")],
    sorted.filter((each) => each.startsWith("k/7777")),
  )
  t.same([...keys.from("l")], [])
  for (const each of names) keys.delete(each)
  t.same([keys.size, [...keys.from("")].length], [0, 0])
  t.end()
})
