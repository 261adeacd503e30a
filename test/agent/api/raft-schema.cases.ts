import { RAFT_OPS, RAFT_STATUS } from "conclave/api/raft-schema"
import { test } from "tap"

test("a seat is shown with what is known of it; what only the leader knows is null elsewhere", (t) => {
  const seat = { name: "a", id: "i", addr: "10.0.0.1:7951", role: "voter", up: true }
  const known = { ...seat, matchIndex: "12", lag: 0, lastContactMs: 3 }
  const unknown = { ...seat, matchIndex: null, lag: null, lastContactMs: null }
  const status = { term: "3", leader: "a", commitIndex: "12", appliedIndex: "12", quorum: 1, canLose: 0 }
  t.same(RAFT_STATUS.parse({ ...status, items: [known, unknown] }).items, [known, unknown])
  t.notOk(RAFT_STATUS.safeParse({ ...status, term: 3, items: [] }).success)
  t.end()
})

test("members are named; whom to hand over to may be left open", (t) => {
  t.ok(RAFT_OPS["raft.transfer"].input.safeParse({}).success)
  t.notOk(RAFT_OPS["raft.transfer"].input.safeParse({ to: "a/b" }).success)
  t.ok(RAFT_OPS["raft.remove"].input.safeParse({ name: "a", force: "true" }).success)
  t.notOk(RAFT_OPS["raft.add"].input.safeParse({}).success)
  t.end()
})
