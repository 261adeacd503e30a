import { DUE_KINDS, DueHeap, type DueKind, Dues } from "@conclave/consensus/machine/due"
import fc from "fast-check"
import { test } from "tap"

test("the earliest is first, equal ones by id, whatever the order of the calls", (t) => {
  const anyCall = fc.record({
    id: fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz"),
    atMs: fc.option(fc.nat(9), { nil: undefined }),
  })
  fc.assert(
    fc.property(fc.array(anyCall, { maxLength: 300 }), (calls) => {
      const heap = new DueHeap()
      const naive = new Map<string, number>()
      for (const { id, atMs } of calls) {
        if (atMs === undefined) {
          heap.clear(id)
          naive.delete(id)
        } else {
          heap.set(id, atMs)
          naive.set(id, atMs)
        }
        const [first] = [...naive].sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1))
        const found = heap.first()
        if (found?.id !== first?.[0] || found?.atMs !== first?.[1] || heap.size !== naive.size) return false
        if (heap.at(id) !== naive.get(id)) return false
      }
      return true
    }),
  )
  t.end()
})

test("of equal deadlines of different kinds the kinds decide", (t) => {
  const dues = new Dues()
  const set = (kind: DueKind, atMs: number): void => dues.set(kind, "x", atMs)
  for (const kind of [...DUE_KINDS].reverse()) set(kind, 5)
  for (const kind of DUE_KINDS) {
    t.same(dues.first(), { kind, id: "x", atMs: 5 })
    t.same(dues.firstOf(kind), { id: "x", atMs: 5 })
    dues.clear(kind, "x")
  }
  t.equal(dues.first(), undefined)
  set("ended", 4)
  set("session", 5)
  t.equal(dues.first()?.kind, "ended", "earlier is earlier")
  t.equal(dues.at("session", "x"), 5)
  t.end()
})
