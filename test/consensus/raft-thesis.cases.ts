import { test } from "tap"
import { Ensemble } from "./ensemble.ts"
import { at, CONFIG, groupOf, id, inTerm, Stage } from "./stage.ts"

/** Claims of the thesis (Ongaro 2014), one by one: transfer, changes of the group, checks of the quorum, pre-vote. */

test("thesis §3.10 a leader brings its successor up to date and tells it to campaign at once", async (t) => {
  const group = new Ensemble("abc")
  group.elect("a")
  group.cut("c")
  group.at("a", (stage) => stage.propose("x"))
  group.heal()
  group.at("a", (stage) => stage.step({ kind: "transfer", to: id("c") }))
  t.equal(group.on("c").raft.role, "leader")
  t.equal(group.on("a").raft.role, "follower")
  t.same(group.on("c").terms, [1, 2, 2, 3])
})

test("thesis §4.1 a group is in force from the moment it is in the log", async (t) => {
  const stage = new Stage("a", { disk: {} })
  stage.heartbeat("b", { term: 2 })
  const joint = groupOf("abd", { outgoing: "abc" })
  stage.appendGroup("b", joint)
  t.same(stage.raft.group, joint)
  t.equal(stage.raft.commit, 1)
  stage.append("c", 3, [1, 1], [3])
  t.same(stage.raft.group, groupOf("abc"), "and not any more when it is cut off")
})

test("thesis §4.2.1 a new replica catches up without a vote first", async (t) => {
  const group = new Ensemble("abcd", {
    disk: { voters: "abc" },
    disks: { d: { group: groupOf(""), terms: [], term: 0, commit: 0 } },
  })
  group.elect("a")
  group.at("a", (stage) => stage.changeGroup("abcd"))
  t.equal(group.on("a").all("refused").at(-1)?.reason, "not-caught-up")
  group.at("a", (stage) => stage.changeGroup("abc", "d"))
  t.same(group.on("d").terms, group.on("a").terms)
  group.at("a", (stage) => stage.changeGroup("abcd"))
  for (const name of "abcd") t.same(group.on(name).raft.group, groupOf("abcd"))
})

test("thesis §4.2.2 a leader that is taken out leads until that is committed, without counting itself", async (t) => {
  const stage = new Stage("a", { disk: {} })
  stage.lead()
  stage.acknowledge("b")
  stage.change("bc")
  stage.acknowledge("b")
  stage.acknowledge("c")
  t.same(stage.raft.group, groupOf("bc"), "the joint group is committed")
  stage.acknowledge("b")
  t.equal(stage.raft.role, "leader")
  t.ok(stage.raft.commit < stage.raft.log.last, "a and b have it, and b alone is no majority of b and c")
  stage.forget()
  stage.acknowledge("c")
  t.equal(stage.raft.commit, stage.raft.log.last)
  t.equal(stage.raft.role, "follower")
  t.equal(stage.sent("timeoutNow").length, 1, "one of the others is told to take over")
  t.same(
    stage.all("ended").map(({ reason }) => reason),
    ["removed"],
  )
})

test("thesis §4.2.2 one whose removal is not committed campaigns: it may have the longest log", async (t) => {
  const group = new Ensemble("abc", { disk: { group: groupOf("ab", { learners: "c" }) } })
  group.elect("a")
  const a = group.on("a")
  group.loses = () => a.raft.group.outgoing.length === 0 && a.raft.group.voters.includes(id("c"))
  group.at("a", (stage) => stage.change("bc"))
  t.same(a.raft.group, groupOf("bc"))
  t.same(group.on("b").raft.group, groupOf("bc", { outgoing: "ab" }))
  group.loses = () => true
  group.pass(4000)
  group.at("a", (stage) => stage.step({ kind: "tick" }))
  t.equal(a.raft.role, "follower", "without a quorum it leads no more")
  group.heal()
  for (const name of "bc") {
    group.campaign(name)
    t.not(group.on(name).raft.role, "leader", `${name} needs a's vote, and a has more`)
  }
  group.campaign("a")
  t.same(
    a.all("ended").map(({ reason }) => reason),
    ["removed"],
    "it wins, completes its removal and is gone",
  )
  for (const name of "bc") t.same(group.on(name).raft.group, groupOf("bc"))
})

test("thesis figure 4.7 who was taken out does not disturb the others and learns of it", async (t) => {
  const group = new Ensemble("abcd")
  group.elect("a")
  group.cut("d")
  group.at("a", (stage) => stage.changeGroup("abc"))
  t.same(group.on("a").raft.group, groupOf("abc"))
  group.heal()
  const { term } = group.on("a").raft
  const d = group.on("d")
  d.nowMs = d.raft.nextDeadlineMs
  group.at("d", (stage) => stage.step({ kind: "tick" }))
  t.equal(group.on("a").raft.term, term)
  t.equal(group.on("a").raft.role, "leader")
  t.same(
    d.all("ended").map(({ reason }) => reason),
    ["removed"],
  )
})

test("thesis §4.2.3 who hears its leader gives no vote and does not even enter the candidate's term", async (t) => {
  const stage = new Stage("a", { disk: {} })
  stage.heartbeat("b", { term: 2 })
  stage.nowMs += CONFIG.electionMs - CONFIG.heartbeatMs - 1
  const last = { index: at(9), term: inTerm(2) }
  stage.receive("c", { kind: "vote", last, byTransfer: false, byHint: false }, 3)
  t.same(stage.one("voteReply").granted, false)
  t.equal(stage.raft.term, 2)
  stage.nowMs += 1
  stage.receive("c", { kind: "vote", last, byTransfer: false, byHint: false }, 3)
  t.equal(stage.raft.term, 3)
  t.equal(stage.sent("voteReply").at(-1)?.granted, true)
})

test("thesis §4.3 in a joint group nothing is decided without both majorities", async (t) => {
  const stage = new Stage("a", { disk: { group: groupOf("ade", { outgoing: "abc" }), terms: [1], commit: 0 } })
  stage.tick()
  for (const from of "de") stage.receive(from, { kind: "preVoteReply", granted: true }, 2)
  t.equal(stage.raft.role, "preCandidate", "the new half alone elects nobody")
  stage.receive("b", { kind: "preVoteReply", granted: true }, 2)
  for (const from of "bd") stage.receive(from, { kind: "voteReply", granted: true })
  t.equal(stage.raft.role, "leader")
  for (const from of "de") stage.acknowledge(from)
  t.equal(stage.raft.commit, 0, "nor commits anything")
  stage.acknowledge("b")
  t.ok(stage.raft.commit >= 2)
})

test("thesis §6.2 a leader without its quorum for an election timeout leads no more", async (t) => {
  const stage = new Stage("a", { disk: { voters: "abcde" } })
  stage.lead()
  const since = stage.nowMs
  stage.pass(500)
  stage.answer("b", 1)
  stage.pass(CONFIG.electionMs - 500 - 1)
  t.equal(stage.raft.role, "leader")
  stage.pass(CONFIG.heartbeatMs)
  t.equal(stage.raft.role, "follower", `after ${stage.nowMs - since} ms with one of four`)
  stage.forget()
  stage.step({ kind: "tick" })
  t.same(stage.sent("heartbeat"), [])
})

test("thesis §9.6 a replica that was cut off does not come back with a later term", async (t) => {
  const group = new Ensemble("abc")
  group.elect("a")
  group.cut("c")
  const c = group.on("c")
  let campaigns = 0
  for (let beats = 0; beats < 100; beats++) {
    group.beat("a")
    if (c.raft.nextDeadlineMs > c.nowMs) continue
    campaigns++
    group.at("c", (stage) => stage.step({ kind: "tick" }))
  }
  t.ok(campaigns >= 5)
  t.equal(c.raft.term, 2)
  group.heal()
  group.beat("a")
  t.equal(group.on("a").raft.role, "leader")
  t.equal(c.raft.leader, "a")
})
