import { StateHash } from "@conclave/consensus/machine/state-hash"
import { Table } from "@conclave/consensus/machine/table"
import fc from "fast-check"
import { test } from "tap"

function tableOf(hash: StateHash = new StateHash()): Table<string> {
  return new Table(hash, { encode: (text) => new TextEncoder().encode(text) })
}

test("a copy is the table of the moment it was made, whatever changes while it is read", (t) => {
  const anyOp = fc.record({
    op: fc.constantFrom("put", "put", "delete", "read"),
    key: fc.constantFrom(..."abcdefgh"),
    value: fc.constantFrom(..."xyz"),
  })
  fc.assert(
    fc.property(fc.array(anyOp, { maxLength: 60 }), fc.array(anyOp, { maxLength: 60 }), (before, during) => {
      const table = tableOf()
      for (const { op, key, value } of before) {
        if (op === "put") table.put(key, key + value)
        else if (table.get(key) !== undefined) table.delete(key)
      }
      const wanted = [...table.values()].sort()
      const copy = table.copy()
      const found: string[] = []
      for (const { op, key, value } of during) {
        if (op === "put") table.put(key, key + value)
        else if (op === "read") found.push(copy.next() ?? "")
        else if (table.get(key) !== undefined) table.delete(key)
      }
      for (let next = copy.next(); next !== undefined; next = copy.next()) found.push(next)
      copy.close()
      return (
        found
          .filter((each) => each !== "")
          .sort()
          .join() === wanted.join()
      )
    }),
    { numRuns: 1000 },
  )
  t.end()
})

test("one of a copy is found by its key, as it was, whatever becomes of it", (t) => {
  const table = tableOf()
  for (const key of ["changed", "gone", "back", "still"]) table.put(key, "then")
  const copy = table.copy()
  for (const key of ["gone", "back"]) table.delete(key)
  for (const key of ["changed", "back", "new"]) table.put(key, "now")
  const found = ["changed", "gone", "back", "still", "new", "never"].map((key) => copy.get(key))
  t.strictSame(found, ["then", "then", "then", "then", undefined, undefined])
  t.end()
})

test("several copies at a time, each of its own moment; one that is closed twice leaves the others alone", (t) => {
  const table = tableOf()
  table.put("a", "1")
  const [first, second] = [table.copy(), table.copy()]
  first.close()
  first.close()
  table.put("a", "2")
  const third = table.copy()
  table.put("a", "3")
  t.same([second.next(), second.next()], ["1", undefined])
  t.same([third.next(), third.next()], ["2", undefined])
  t.end()
})

test("what is changed in place is handed out as it was, and its record is the one that it had", (t) => {
  const hash = new StateHash()
  const encode = (list: string[]): Uint8Array => new TextEncoder().encode(list.join(""))
  const table = new Table<string[]>(hash, { encode, copy: (list) => [...list] })
  for (const key of ["a", "b", "c"]) table.put(key, [key])
  t.equal(hash.bytes, 3)
  const copy = table.copy()
  t.same(copy.next(), ["a"])
  for (const key of ["a", "b", "b"]) table.toChange(key)?.push("more")
  t.equal(hash.bytes, 3)
  t.same([copy.next(), copy.next(), copy.next()], [["b"], ["c"], undefined])
  t.same([table.get("b"), table.toChange("d")], [["b", "more", "more"], undefined])
  t.end()
})

test("what is in the table adds up to hash and size", (t) => {
  const hash = new StateHash()
  const table = tableOf(hash)
  table.put("a", "12345")
  table.put("b", "1")
  t.same([hash.bytes, table.size], [6, 2])
  table.put("a", "12")
  table.delete("b")
  t.same([hash.bytes, table.size, table.get("a"), table.get("b")], [2, 1, "12", undefined])
  t.throws(() => table.delete("b"), /what is deleted is there/)
  t.end()
})
