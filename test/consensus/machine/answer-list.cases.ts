import { AnswerList } from "@conclave/consensus/machine/answer-list"
import type { Answer, SessionId } from "@conclave/consensus/machine/types"
import fc from "fast-check"
import { test } from "tap"
import { sessionId } from "./stage.ts"

const anyAnswer = fc.tuple(fc.integer({ min: 1, max: 30 }), fc.nat(9), fc.boolean()).map(([seq, rev, isWrite]) => {
  const ended = { kind: "ended", how: "released", token: undefined, rev } as const
  return { seq, result: isWrite ? ({ kind: "written", rev } as const) : ended }
})

test("answers stand by their numbers, however they came, and are given back as they were", (t) => {
  fc.assert(
    fc.property(fc.array(anyAnswer), fc.nat(30), fc.array(fc.nat(9), { maxLength: 5 }), (answers, floor, gone) => {
      const list = new AnswerList(sessionId(1) as SessionId, floor)
      const expected: Answer[] = []
      for (const each of answers) {
        if (list.get(each.seq) !== undefined) continue
        list.add(each)
        expected.push(each)
      }
      expected.sort((a, b) => a.seq - b.seq)
      for (const index of gone) {
        if (index >= list.size) continue
        list.remove(index)
        expected.splice(index, 1)
      }
      t.same([...list], expected)
      t.same([list.size, list.at(list.size), list.get(99)], [expected.length, undefined, undefined])
      for (const { seq, result } of expected) t.same(list.get(seq), result)
      t.equal(list.late, expected.filter(({ seq }) => seq < floor).length)
    }),
  )
  t.end()
})

test("a copy stays what it was", (t) => {
  const list = new AnswerList(sessionId(1) as SessionId)
  list.add({ seq: 1, result: { kind: "written", rev: 1 } })
  const copy = list.copy()
  list.add({ seq: 2, result: { kind: "written", rev: 2 } })
  list.remove(0)
  list.floor = 2
  t.same([[...copy], copy.floor], [[{ seq: 1, result: { kind: "written", rev: 1 } }], 0])
  t.end()
})
