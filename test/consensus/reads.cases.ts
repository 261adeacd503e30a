import { Reads } from "@conclave/consensus/reads"
import fc from "fast-check"
import { test } from "tap"
import { at } from "./stage.ts"

function callsOf(reads: readonly { readonly call: number }[]): readonly number[] {
  return reads.map(({ call }) => call)
}

test("a round confirms the reads that came before it began, and no later one", async (t) => {
  const reads = new Reads()
  reads.begin()
  reads.add({ call: 1, from: undefined, index: at(5) })
  t.same(reads.confirmed(1), [], "the round that was under way when it came says nothing about it")
  reads.begin()
  reads.add({ call: 2, from: undefined, index: at(6) })
  t.same(callsOf(reads.confirmed(2)), [1])
  reads.begin()
  t.same(callsOf(reads.confirmed(3)), [2])
  t.equal(reads.size, 0)
})

test("one round serves all reads that wait", async (t) => {
  const reads = new Reads()
  for (let call = 0; call < 100; call++) reads.add({ call, from: undefined, index: at(1) })
  t.ok(reads.wantsRound)
  t.notOk(reads.isUnderWay)
  reads.begin()
  t.notOk(reads.wantsRound)
  t.ok(reads.isUnderWay)
  t.equal(reads.confirmed(1).length, 100)
})

test("a round is not answered before it began", async (t) => {
  t.throws(() => new Reads().confirmed(1), /answered after it began/)
})

test("in any order of questions, rounds and answers a read is confirmed by a later round alone, once", async (t) => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("ask", "begin", "answer")), fc.infiniteStream(fc.nat(100)), (ops, draws) => {
      const reads = new Reads()
      const askedAt = new Map<number, number>()
      let calls = 0
      for (const op of ops) {
        if (op === "ask") {
          askedAt.set(++calls, reads.round)
          reads.add({ call: calls, from: undefined, index: at(0) })
        } else if (op === "begin") reads.begin()
        else {
          const round = (draws.next().value ?? 0) % (reads.round + 1)
          for (const { call } of reads.confirmed(round)) {
            const asked = askedAt.get(call)
            if (asked === undefined || asked >= round || !askedAt.delete(call)) return false
          }
          for (const asked of askedAt.values()) if (asked < round) return false
        }
      }
      return callsOf(reads.takeAll()).length === askedAt.size
    }),
  )
  t.pass("always")
})
