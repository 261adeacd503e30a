import type { ReplicaId, Term } from "@conclave/consensus"
import type { ToldReign } from "conclave/group/mirror/reign"
import { decodeReign, encodeReign } from "conclave/group/mirror/wire-reign"
import fc from "fast-check"
import { test } from "tap"
import { memberId } from "../../fake-view.ts"

const ids = (...those: readonly string[]): readonly ReplicaId[] => those as unknown as readonly ReplicaId[]

test("what a replica knows arrives as it was said", async (t) => {
  const [leader] = ids("a")
  const reigns: ToldReign[] = [
    { term: 4 as Term, leader, voters: ids("a", "b"), learners: ids("d", "c"), isJoint: true, removed: [] },
    {
      term: 5 as Term,
      leader: undefined,
      voters: ids("a"),
      learners: [],
      isJoint: false,
      removed: [memberId("a"), memberId("b")],
    },
    { term: 0 as Term, leader: undefined, voters: [], learners: [], isJoint: false, removed: [] },
  ]
  for (const reign of reigns) t.same(decodeReign(encodeReign(reign)), reign)
})

test("what no replica says is not taken, and nothing throws", async (t) => {
  const good = { term: 1 as Term, leader: undefined, voters: ids("a"), learners: [], isJoint: false, removed: [] }
  t.equal(decodeReign(new Uint8Array(0)), undefined, "no term")
  t.equal(decodeReign(encodeReign({ ...good, voters: ids("x y") })), undefined)
  t.equal(decodeReign(encodeReign({ ...good, learners: ids("") })), undefined)
  t.equal(decodeReign(encodeReign({ ...good, leader: "x y" as ReplicaId })), undefined)
  t.equal(decodeReign(encodeReign({ ...good, removed: ["x" as never] })), undefined)
  t.equal(decodeReign(encodeReign(good).subarray(0, 3)), undefined)
  let checked = 0
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      decodeReign(bytes)
      checked++
    }),
  )
  t.ok(checked > 0)
})
