import { RAFT_DEFAULTS, raftConfig } from "@conclave/consensus"
import { test } from "tap"

test("the defaults fit together, and changes replace them one by one", async (t) => {
  t.same(raftConfig(), RAFT_DEFAULTS)
  t.equal(raftConfig({ electionMs: 5000 }).electionMs, 5000)
  t.equal(raftConfig({ electionMs: 5000 }).heartbeatMs, RAFT_DEFAULTS.heartbeatMs)
})

test("what does not fit together is refused", async (t) => {
  t.throws(() => raftConfig({ electionMs: 200, heartbeatMs: 150 }), /an election outlasts two heartbeats/)
  t.throws(() => raftConfig({ heartbeatMs: 0 }), /an election outlasts two heartbeats/)
  t.throws(() => raftConfig({ inflightMax: 0 }), /something may be on its way/)
  t.throws(() => raftConfig({ appendBytesMax: 0 }), /an append carries something/)
  t.throws(() => raftConfig({ appendBytesMax: 2 ** 21 + 1 }), /an append fits a frame/)
  t.throws(() => raftConfig({ featureLevelMax: 65_536 }), /a feature level fits its record/)
  t.throws(() => raftConfig({ readsMax: -1 }), /readsMax is a whole number/)
  t.throws(() => raftConfig({ keepEntries: 0.5 }), /keepEntries is a whole number/)
})
