import type { ReplicaId } from "@conclave/consensus"
import { relationOf } from "conclave/replica/relation"
import { test } from "tap"

const [A, B] = ["ra", "rb"] as [ReplicaId, ReplicaId]

test("whom the group has counts; of all others gossip decides only while the group does not have the replica here", (t) => {
  const raft = { believes: (id: ReplicaId) => id === A, isNewcomer: false }
  for (const isKnown of [true, false]) {
    t.equal(
      relationOf(raft, A, () => isKnown),
      "fellow",
    )
    t.equal(
      relationOf(raft, B, () => isKnown),
      "asker",
      "whatever gossip says",
    )
  }
  const newcomer = { believes: () => true, isNewcomer: true }
  t.equal(
    relationOf(newcomer, A, (id) => id === A),
    "fellow",
  )
  t.equal(
    relationOf(newcomer, B, (id) => id === A),
    "stranger",
  )
  t.end()
})
