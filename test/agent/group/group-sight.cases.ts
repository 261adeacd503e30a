import type { ReplicaId } from "@conclave/consensus"
import type { Member, MemberState } from "@conclave/swim"
import { RAFT_STATUS } from "conclave/api/raft-schema"
import { type GroupSight, statusOutside } from "conclave/group/group-sight"
import type { Reign } from "conclave/group/mirror/reign"
import { test } from "tap"
import { fakeMember } from "../fake-view.ts"

const REIGN = { term: 5, leader: "b", voters: ["c", "b", "a"], learners: ["d"], isJoint: false } as unknown as Reign

function member(name: string, state: MemberState = "alive", role: "voter" | "learner" = "voter"): Member {
  const fake = fakeMember(name)
  return {
    ...fake,
    state,
    record: { ...fake.record, seat: { cluster: "c", replica: name, role, wish: "auto", isFull: false } },
  }
}

function sight(states: Readonly<Record<string, MemberState>>, reign: Reign | undefined = REIGN): GroupSight {
  const names = ["a", "b", "c", "d"]
  const known = names.map((name) => member(name, states[name], name === "d" ? "learner" : "voter"))
  const ownerOf = (replica: ReplicaId): Member | undefined => known[names.indexOf(replica)]
  return { reign, ownerOf, seats: known.toReversed(), appliedIndex: 7 }
}

test("leader, term and voters are what a relay told, and who is up is gossip's word", async (t) => {
  const status = statusOutside(sight({ c: "suspect" }))
  t.same(RAFT_STATUS.strict().parse(status), status)
  t.match(status, { term: "5", leader: "b", quorum: 2, canLose: 0, appliedIndex: "7", commitIndex: "0" })
  t.same(
    status.items.map(({ name, role, up }) => [name, role, up]),
    [
      ["a", "voter", true],
      ["b", "leader", true],
      ["c", "voter", false],
      ["d", "learner", true],
    ],
  )
})

test("one that is known to be dead leads nobody", async (t) => {
  const status = statusOutside(sight({ b: "dead" }))
  t.match(status, { term: "5", leader: null, canLose: 0 })
  t.match(status.items[1], { name: "b", role: "voter", up: false })
  t.equal(statusOutside(sight({ b: "suspect" })).leader, "b", "suspicion is no death")
})

test("before a relay has told anything the seats that gossip tells are all there is", async (t) => {
  const { seats, ...rest } = sight({ a: "dead" })
  const status = statusOutside({ ...rest, seats, reign: undefined })
  t.match(status, { term: "0", leader: null, quorum: 2, canLose: 0 })
  t.same(
    status.items.map(({ name, role, up }) => [name, role, up]),
    [
      ["a", "voter", false],
      ["b", "voter", true],
      ["c", "voter", true],
      ["d", "learner", true],
    ],
  )
  t.match(statusOutside({ ...rest, seats: [], reign: undefined }), { quorum: 0, canLose: 0, items: [] })
})

test("a replica whose host nobody knows has a place without a name", async (t) => {
  const status = statusOutside({ ...sight({}), ownerOf: () => undefined })
  t.match(status, { leader: null, canLose: 0 })
  t.match(status.items[0], { name: null, id: null, addr: null, up: false })
})
