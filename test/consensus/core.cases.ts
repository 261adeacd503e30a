import { test } from "tap"
import { at, entryOf, groupOf, id, inTerm, metaOf, Stage, storedOf } from "./stage.ts"

test("an acknowledgement of a write whose entries were cut meanwhile makes nothing stable", async (t) => {
  const stage = new Stage("a", { disk: { term: 2 } })
  stage.isDiskFast = false
  stage.append("b", 2, [1, 1], [2, 2])
  const [first] = stage.writes
  // Another leader's entries take the same places before the disk is done.
  stage.append("c", 3, [1, 1], [3, 3], 3)
  t.equal(stage.raft.commit, 3)
  t.equal(stage.writes.length, 2)
  stage.forget()
  stage.step({ kind: "persisted", write: first?.write ?? 0, epoch: first?.epoch ?? 0 })
  t.same(stage.applied, [], "what is on disk at 2 and 3 are the entries of b")
  stage.sync()
  t.same(stage.applied, [2, 3])
})

test("a leader counts no write of an entry that was replaced", async (t) => {
  const stage = new Stage("a", { disk: { term: 2 } })
  stage.isDiskFast = false
  stage.append("b", 2, [1, 1], [2, 2, 2])
  const [first] = stage.writes
  stage.append("c", 3, [1, 1], [3])
  stage.step({ kind: "persisted", write: first?.write ?? 0, epoch: first?.epoch ?? 0 })
  stage.receive("c", { kind: "timeoutNow" })
  stage.sync()
  stage.receive("b", { kind: "voteReply", granted: true })
  t.equal(stage.raft.role, "leader")
  stage.acknowledge("b", 3)
  t.equal(stage.raft.commit, 1, "its own empty entry is not on its disk yet")
  stage.sync()
  t.equal(stage.raft.commit, 3)
})

test("the last acknowledgement speaks for all writes before it", async (t) => {
  const stage = new Stage("a", { disk: { term: 2 } })
  stage.isDiskFast = false
  for (const index of [1, 2, 3]) stage.append("b", 2, [index, index === 1 ? 1 : 2], [2], index + 1)
  t.equal(stage.writes.length, 3)
  stage.forget()
  stage.sync()
  t.same(stage.applied, [2, 3, 4])
  t.same(stage.step({ kind: "persisted", write: 1, epoch: 0 }), [], "and an older one says nothing new")
})

test("an acknowledgement that names no write of this replica is a bug of its driver", async (t) => {
  const stage = new Stage("a", { disk: { term: 2 } })
  stage.isDiskFast = false
  stage.append("b", 2, [1, 1], [2])
  t.throws(() => stage.step({ kind: "persisted", write: 1, epoch: 7 }), /names a write and its epoch/)
})

test("what is committed is applied once, in order, and not before it is on disk here", async (t) => {
  const stage = new Stage("a", { disk: { term: 2 } })
  stage.step({ kind: "tick" })
  t.same(stage.applied, [1], "what was committed before the restart is applied anew")
  stage.isDiskFast = false
  stage.append("b", 2, [1, 1], [2, 2, 2], 3)
  t.same(stage.applied, [1])
  stage.sync()
  t.same(stage.applied, [1, 2, 3])
  stage.append("b", 2, [4, 2], [], 4)
  t.same(stage.applied, [1, 2, 3, 4])
})

test("a step that changes nothing writes nothing, and a vote is written with its term", async (t) => {
  const stage = new Stage("a", { disk: { term: 2 } })
  stage.heartbeat("b")
  t.same(stage.writes, [])
  stage.nowMs += 1000
  const last = { index: at(9), term: inTerm(2) }
  stage.receive("c", { kind: "vote", last, byTransfer: false, byHint: false }, 3)
  t.same(
    stage.writes.map(({ hardState }) => hardState),
    [{ term: 3, vote: "c", commit: 1 }],
  )
})

test("the role is told when it changes, once", async (t) => {
  const stage = new Stage("a", { disk: {} })
  stage.lead()
  t.same(
    stage.all("roleChanged").map(({ role, term, leader }) => [role, term, leader]),
    [
      ["preCandidate", 1, undefined],
      ["candidate", 2, undefined],
      ["leader", 2, "a"],
    ],
  )
  stage.forget()
  for (let count = 0; count < 3; count++) stage.heartbeat("b", { term: 3 })
  t.same(stage.all("roleChanged"), [{ kind: "roleChanged", role: "follower", term: 3, leader: "b" }])
})

test("a change of the group is told, with the place where it stands", async (t) => {
  const stage = new Stage("a", { disk: { term: 2 } })
  stage.heartbeat("b")
  stage.appendGroup("b", groupOf("abc", { learners: "d" }))
  stage.append("b", 2, [2, 2], [2])
  stage.append("c", 3, [1, 1], [3])
  t.same(
    stage.all("groupChanged").map(({ group, index }) => [group.learners.join(""), index]),
    [
      ["d", 2],
      ["", 1],
    ],
  )
})

test("a snapshot of more than was handed out is a bug of the driver", async (t) => {
  const stage = new Stage("a", { disk: { terms: [1, 1, 1], commit: 2 } })
  stage.step({ kind: "tick" })
  t.throws(() => stage.step({ kind: "snapshotTaken", meta: metaOf(3, 1) }), /holds what was handed out/)
})

test("time that falls is a bug of the driver", async (t) => {
  const stage = new Stage("a", { disk: {} })
  stage.nowMs -= 1
  t.throws(() => stage.step({ kind: "tick" }), /time never falls/)
})

test("a disk whose log has less than it says, or more, is refused", async (t) => {
  t.throws(
    () => new Stage("a", { stored: { ...storedOf(), hardState: { term: inTerm(1), vote: undefined, commit: at(2) } } }),
    /is in the log/,
  )
  t.throws(() => new Stage("a", { disk: { terms: [1, 4], term: 3 } }), /on disk before any entry/)
})

test("a leader that a log of before has outgrown says who might go on, and ends", async (t) => {
  const stage = new Stage("a", { disk: { term: 2 } })
  const raised = { ...entryOf(2, 2, { kind: "feature" }), featureLevel: 2 }
  stage.receive("b", { kind: "append", prev: { index: at(1), term: inTerm(1) }, entries: [raised], commit: at(1) })
  stage.lead()
  const { term } = stage.raft
  for (const from of ["b", "c"]) stage.receive(from, { kind: "appended", match: at(3) }, term)
  t.same(
    stage.all("ended").map(({ reason }) => reason),
    ["feature-unknown"],
  )
  t.equal(stage.sent("timeoutNow").length, 1)
  t.same(stage.applied, [1])
})

test("a log that needs a newer program ends the replica before it applies what it does not understand", async (t) => {
  const stage = new Stage("a", { disk: { term: 2 } })
  const raised = { ...entryOf(3, 2, { kind: "feature" }), featureLevel: 2 }
  const prev = { index: at(1), term: inTerm(1) }
  stage.receive("b", { kind: "append", prev, entries: [entryOf(2, 2), raised], commit: at(1) })
  t.equal(stage.one("appended").match, 3)
  stage.append("b", 2, [3, 2], [], 3)
  t.same(stage.applied, [1, 2])
  t.same(
    stage.all("ended").map(({ reason }) => reason),
    ["feature-unknown"],
  )
  t.equal(stage.sent("appended").length, 1, "and it says nothing more")
  const stored = { ...storedOf({ terms: [] }), hardState: { term: inTerm(2), vote: undefined, commit: at(4) } }
  const restarted = new Stage("a", { stored: { ...stored, snapshot: { ...metaOf(4, 1), featureLevel: 2 } } })
  restarted.step({ kind: "tick" })
  t.equal(restarted.all("ended").length, 1, "also when its snapshot needs it")
  const behind = new Stage("a", { disk: { term: 2 } })
  const meta = { ...metaOf(4, 2), featureLevel: 2 }
  behind.step({ kind: "snapshotReceived", from: id("b"), term: inTerm(2), meta })
  t.equal(behind.all("ended").length, 1, "or one that arrives")
  t.same(behind.all("restore"), [])
})
