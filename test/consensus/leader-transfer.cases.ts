import { test } from "tap"
import { leading } from "./leading.ts"
import { CONFIG, groupOf, id } from "./stage.ts"

test("a leader whose oldest write waits for half an election timeout hands over; alone it goes on", async (t) => {
  const stage = leading()
  stage.isDiskFast = false
  stage.propose("x")
  const { electionMs, heartbeatMs } = CONFIG
  for (let passed = 0; passed < electionMs / 2 - heartbeatMs; passed += heartbeatMs) {
    stage.tick()
    for (const from of "bc") stage.answer(from, stage.sent("heartbeat").at(-1)?.round ?? 0)
  }
  t.equal(stage.raft.role, "leader")
  stage.propose("y")
  for (let count = 0; count < 2; count++) stage.tick()
  t.equal(stage.raft.role, "follower", "the oldest counts, not the newest")
  t.equal(stage.sent("timeoutNow").length, 1)
  const lone = leading("a")
  lone.isDiskFast = false
  lone.propose("x")
  lone.pass(10 * electionMs)
  t.equal(lone.raft.role, "leader")
})

test("during a transfer nothing is proposed, and afterwards it is again", async (t) => {
  const stage = leading("abc")
  stage.propose("x")
  stage.step({ kind: "transfer", to: id("b") })
  t.equal(stage.raft.reign?.transferTo, "b")
  t.same(stage.sent("timeoutNow"), [], "b lacks an entry")
  stage.propose("y")
  stage.changeGroup("ab")
  t.same(
    stage.all("refused").map(({ reason }) => reason),
    ["transferring", "transferring"],
  )
  stage.acknowledge("b")
  stage.acknowledge("b")
  t.equal(stage.one("timeoutNow").to, "b", "asked once")
  for (let passed = 0; passed < CONFIG.electionMs; passed += CONFIG.heartbeatMs) {
    stage.tick()
    for (const from of "bc") stage.answer(from, stage.sent("heartbeat").at(-1)?.round ?? 0)
  }
  t.equal(stage.raft.reign?.transferTo, undefined, "after an election timeout it is over")
  stage.forget()
  stage.propose("z")
  t.equal(stage.all("proposed").length, 1)
})

test("a transfer to oneself, to a stranger or to a learner is none", async (t) => {
  for (const to of "azd") {
    const stage = leading("abc", {}, "d")
    stage.step({ kind: "transfer", to: id(to) })
    t.equal(stage.raft.reign?.transferTo, undefined, to)
  }
})

test("without a name the voter that has most and is there takes over", async (t) => {
  const stage = leading("abcd")
  stage.propose("x")
  stage.acknowledge("c")
  stage.nowMs += CONFIG.electionMs - 1
  for (const from of "bd") stage.acknowledge(from, 2)
  stage.nowMs += 1
  stage.step({ kind: "transfer" })
  t.equal(stage.raft.reign?.transferTo, "b", "c has more, and has not been heard")
  stage.acknowledge("c")
  stage.step({ kind: "transfer" })
  t.equal(stage.raft.reign?.transferTo, "c", "a second transfer replaces the first")
})

test("a transfer ends with the reign: whoever leads next proposes", async (t) => {
  const stage = leading("abc")
  stage.step({ kind: "transfer", to: id("b") })
  stage.heartbeat("c", { term: 5 })
  stage.lead()
  t.equal(stage.raft.reign?.transferTo, undefined)
  stage.acknowledge("b")
  stage.forget()
  stage.propose("x")
  t.equal(stage.all("proposed").length, 1)
})

test("a transfer lives through the end of a change, and who is about to leave is no heir", async (t) => {
  const stage = leading("abc", {}, "d")
  stage.change("abd")
  stage.step({ kind: "transfer", to: id("c") })
  t.equal(stage.raft.reign?.transferTo, undefined)
  stage.step({ kind: "transfer", to: id("b") })
  for (const from of "bcd") stage.acknowledge(from)
  t.same(stage.raft.group, groupOf("abd"))
  t.equal(stage.raft.reign?.transferTo, "b")
  t.same(stage.sent("timeoutNow"), [], "b lacks the end of the change")
  stage.acknowledge("b")
  t.equal(stage.one("timeoutNow").to, "b")
})

test("a leader whose disk stalls hands over and steps down; alone it stays", async (t) => {
  const stage = leading("abc")
  stage.answer("b", 1)
  stage.step({ kind: "disk", state: "stalled" })
  t.equal(stage.raft.role, "follower")
  t.equal(stage.sent("timeoutNow").length, 1)
  stage.pass(10_000)
  t.same(stage.sent("preVote"), [], "and does not stand again")
  stage.step({ kind: "disk", state: "ok" })
  stage.tick()
  t.ok(stage.sent("preVote").length > 0, "before its disk is well")
  const lone = leading("a")
  lone.step({ kind: "disk", state: "stalled" })
  t.equal(lone.raft.role, "leader")
})
