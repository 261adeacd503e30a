import type { Group, ReplicaId, Term } from "@conclave/consensus"
import { decodeReign, encodeReign, reignOf } from "conclave/reign"
import fc from "fast-check"
import { test } from "tap"

const ids = (...those: readonly string[]): readonly ReplicaId[] => those as unknown as readonly ReplicaId[]

test("what a replica knows arrives as it was said", (t) => {
  const group: Group = { voters: ids("a", "b"), outgoing: ids("c"), learners: ids("d"), learnersNext: ids("c") }
  const reign = reignOf({ term: 4 as Term, leader: "a" as ReplicaId, group })
  t.same(reign, { term: 4, leader: "a", voters: ["a", "b"], learners: ["d", "c"], isJoint: true })
  t.same(decodeReign(encodeReign(reign)), reign)
  const vacant = reignOf({ term: 5 as Term, leader: undefined, group: { ...group, outgoing: [] } })
  t.same(decodeReign(encodeReign(vacant)), vacant)
  t.end()
})

test("what no replica says is not taken", (t) => {
  const good = { term: 1, leader: "a", voters: ["a"], learners: [], isJoint: false }
  const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))
  t.ok(decodeReign(bytes(good)))
  const wrong = [
    null,
    {},
    [],
    { ...good, term: -1 },
    { ...good, term: 1.5 },
    { ...good, leader: 3 },
    { ...good, leader: "" },
    { ...good, voters: "a" },
    { ...good, learners: ["x y"] },
    { ...good, isJoint: 1 },
  ]
  for (const each of wrong) t.equal(decodeReign(bytes(each)), undefined, JSON.stringify(each))
  fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (each) => decodeReign(each) === undefined))
  t.end()
})
