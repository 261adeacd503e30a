import type { Group, ReplicaId, Term } from "@conclave/consensus"
import { reignOf } from "conclave/group/mirror/reign"
import { test } from "tap"

const ids = (...those: readonly string[]): readonly ReplicaId[] => those as unknown as readonly ReplicaId[]

test("outgoing voters that go on as learners are learners, and a change is said to be under way", (t) => {
  const group: Group = { voters: ids("a", "b"), outgoing: ids("c"), learners: ids("d"), learnersNext: ids("c") }
  const reign = reignOf({ term: 4 as Term, leader: "a" as ReplicaId, group })
  t.same(reign, { term: 4, leader: "a", voters: ["a", "b"], learners: ["d", "c"], isJoint: true })
  const vacant = reignOf({ term: 5 as Term, leader: undefined, group: { ...group, outgoing: [] } })
  t.match(vacant, { leader: undefined, isJoint: false })
  t.end()
})
