import { test } from "tap"
import { Ensemble } from "./ensemble.ts"
import { at, CONFIG, groupOf, id, inTerm, Stage, storedOf } from "./stage.ts"

function leading(voters = "abc", config = {}, learners = ""): Stage {
  const stage = new Stage("a", { disk: { group: groupOf(voters, { learners }) }, config })
  stage.lead()
  for (const from of [...voters.slice(1), ...learners]) stage.acknowledge(from)
  stage.forget()
  return stage
}

function refusalOf(stage: Stage): string | undefined {
  return stage.all("refused").at(-1)?.reason
}

test("a proposal is told its place, a refused one who leads", async (t) => {
  const stage = leading()
  stage.propose("x")
  t.same(stage.all("proposed"), [{ kind: "proposed", call: 1, at: { index: 3, term: 2 } }])
  const follower = new Stage("b", { disk: { term: 2 } })
  follower.heartbeat("a")
  follower.propose("x")
  follower.changeGroup("ab")
  t.same(
    follower.all("refused").map(({ reason, leader }) => [reason, leader]),
    [
      ["not-leader", "a"],
      ["not-leader", "a"],
    ],
  )
})

test("only entries of the own term are committed by counting, whoever acknowledges what", async (t) => {
  const stage = new Stage("a", { disk: { voters: "abcde", terms: [1, 2, 2], term: 3, commit: 1 } })
  stage.lead()
  for (const from of "bcde") stage.acknowledge(from, 3)
  t.equal(stage.raft.commit, 1)
  stage.acknowledge("b", 4)
  t.equal(stage.raft.commit, 1)
  stage.acknowledge("c", 4)
  t.equal(stage.raft.commit, 4)
})

test("what is not committed yet is bounded, with a share for what relieves", async (t) => {
  const stage = leading("abc", { uncommittedBytesMax: 200, uncommittedReserveBytes: 100 })
  for (let count = 0; count < 2; count++) stage.propose("x".repeat(60))
  t.same(stage.all("refused"), [])
  stage.propose("x".repeat(60))
  t.equal(refusalOf(stage), "overloaded")
  stage.propose("x".repeat(60), true)
  t.equal(stage.all("refused").length, 1, "a release passes")
  stage.propose("x".repeat(60), true)
  t.equal(stage.all("refused").length, 2, "also its share has an end")
  stage.acknowledge("b")
  stage.propose("x".repeat(60))
  t.equal(stage.all("refused").length, 2, "what is committed makes room")
})

test("one proposal larger than the bound passes alone", async (t) => {
  const stage = leading("abc", { uncommittedBytesMax: 10 })
  stage.propose("x".repeat(100))
  t.same(stage.all("refused"), [])
  stage.propose("")
  t.equal(refusalOf(stage), "overloaded")
})

test("a proposal that fits no frame is refused, alone or not", async (t) => {
  const stage = leading()
  stage.propose("x".repeat(1024 * 1024))
  t.same(stage.all("refused"), [])
  stage.propose("x".repeat(1024 * 1024 + 1), true)
  t.equal(refusalOf(stage), "too-large")
})

test("a stamp that is no whole number would differ between replicas: it ends the program that made it", async (t) => {
  const stage = leading()
  const proposal = { call: 1, data: new Uint8Array(0), relieves: false, stampMs: 0.5 }
  t.throws(() => stage.step({ kind: "propose", proposals: [proposal] }), /a stamp is the same number/)
})

test("what is proposed together is one write and one append for each follower, and each is judged by itself", async (t) => {
  const stage = leading("abc", { uncommittedBytesMax: 100, uncommittedReserveBytes: 1000 })
  const proposal = (call: number, relieves: boolean) => ({ call, data: new Uint8Array(60), stampMs: 0, relieves })
  const proposals = [proposal(1, false), proposal(2, false), proposal(3, true)]
  const effects = stage.step({ kind: "propose", proposals })
  const called = effects.flatMap((each) =>
    each.kind === "proposed" || each.kind === "refused" ? [[each.kind, each.call]] : [],
  )
  t.same(called, [
    ["proposed", 1],
    ["refused", 2],
    ["proposed", 3],
  ])
  t.equal(effects.filter(({ kind }) => kind === "persist").length, 1)
  const appends = effects.flatMap((each) =>
    each.kind === "send" && each.message.kind === "append" ? [each.message] : [],
  )
  t.same(
    appends.map(({ entries }) => entries.length),
    appends.map(() => 2),
  )
  t.ok(appends.length > 0)
})

test("entries that a leader inherits are counted until they are committed, and no longer", async (t) => {
  const stage = new Stage("a", { disk: { terms: [1, 1, 1, 1, 1], commit: 1 }, config: { uncommittedBytesMax: 170 } })
  stage.lead()
  stage.acknowledge("b")
  for (let count = 0; count < 6; count++) stage.propose("")
  t.same(stage.all("refused"), [], "six of 32 bytes")
  stage.propose("")
  t.equal(refusalOf(stage), "overloaded")
})

test("before its own empty entry is committed a leader takes no proposal", async (t) => {
  const stage = new Stage("a", { disk: { terms: [1, 1], commit: 1 } })
  stage.lead()
  stage.propose("x")
  stage.propose("x", true)
  t.same(
    stage.all("refused").map(({ reason, leader }) => [reason, leader]),
    [
      ["not-ready", "a"],
      ["not-ready", "a"],
    ],
  )
  stage.acknowledge("b")
  stage.propose("x")
  t.equal(stage.all("proposed").length, 1)
})

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

test("who left the group is told as soon as that is committed, voters and learners", async (t) => {
  const stage = leading("abc", {}, "de")
  stage.changeGroup("abc", "d")
  t.same(stage.sent("removed"), [], "not before")
  stage.acknowledge("b")
  t.same(
    stage.sent("removed").map(({ to, at: place }) => [to, place]),
    [["e", 3]],
  )
  stage.forget()
  stage.changeGroup("abd")
  stage.acknowledge("b")
  t.equal(stage.raft.log.last, 5, "the joint group is committed and left")
  t.same(stage.sent("removed"), [], "which is not committed yet")
  stage.acknowledge("b")
  t.same(
    stage.sent("removed").map(({ to, at: place }) => [to, place]),
    [["c", 5]],
  )
})

test("a delayed answer confirms no later read, whatever was confirmed before", async (t) => {
  const stage = leading()
  stage.step({ kind: "read", call: 1 })
  const first = stage.sent("heartbeat").at(-1)?.round ?? 0
  stage.step({ kind: "read", call: 2 })
  t.equal(stage.sent("heartbeat").at(-1)?.round, first, "no round of its own while one is under way")
  stage.answer("b", first)
  t.same(
    stage.all("readReady").map(({ call }) => call),
    [1],
  )
  // The answer of c to the first round was late, and comes twice.
  for (let count = 0; count < 2; count++) stage.answer("c", first)
  t.equal(stage.all("readReady").length, 1)
  stage.answer("c", first + 1)
  t.same(
    stage.all("readReady").map(({ call }) => call),
    [1, 2],
  )
})

test("an answer to a round that never was, or of a stranger, confirms nothing", async (t) => {
  const stage = leading()
  stage.step({ kind: "read", call: 1 })
  const { round } = stage.sent("heartbeat").at(-1) ?? { round: 0 }
  stage.answer("b", round + 5)
  stage.answer("z", round)
  stage.receive("b", { kind: "heartbeatReply", round, featureMax: 1 }, 1)
  t.same(stage.all("readReady"), [])
})

test("a round that was lost is replaced by the next heartbeat", async (t) => {
  const stage = leading()
  stage.step({ kind: "read", call: 1 })
  stage.tick()
  stage.answer("b", stage.sent("heartbeat").at(-1)?.round ?? 0)
  t.equal(stage.all("readReady").length, 1)
})

test("in a joint group a read needs both majorities", async (t) => {
  const stage = new Stage("a", { disk: { group: groupOf("ade", { outgoing: "abc" }), terms: [1], commit: 0 } })
  stage.lead()
  for (const from of "bc") stage.acknowledge(from)
  stage.acknowledge("d", 2)
  stage.step({ kind: "read", call: 1 })
  t.ok(stage.raft.group.outgoing.length === 0 || stage.raft.commit >= 2)
  const joint = new Stage("a", { disk: { group: groupOf("ade", { outgoing: "abc" }), terms: [1, 1], commit: 0 } })
  joint.lead()
  joint.step({ kind: "read", call: 1 })
  const round = joint.sent("heartbeat").at(-1)?.round ?? 0
  for (const from of "bc") joint.answer(from, round)
  joint.acknowledge("b", 3)
  joint.acknowledge("d", 3)
  t.same(joint.all("readReady"), [], "no answer of d or e yet")
  joint.answer("d", joint.sent("heartbeat").at(-1)?.round ?? 0)
  t.equal(joint.all("readReady").length, 1)
})

test("a leader that leads no more answers no read", async (t) => {
  const stage = leading()
  stage.step({ kind: "read", call: 1 })
  stage.receive("b", { kind: "readIndex", call: 77 })
  stage.heartbeat("c", { term: 9 })
  t.same(stage.all("readReady"), [{ kind: "readReady", call: 1, index: undefined }])
  t.same(
    stage.sent("readIndexReply").map(({ to, call, index }) => [to, call, index]),
    [["b", 77, undefined]],
  )
})

test("reads that wait are bounded, and a lone voter answers at once", async (t) => {
  const stage = leading("abc", { readsMax: 1 })
  for (const call of [1, 2]) stage.step({ kind: "read", call })
  t.same(stage.all("readReady"), [{ kind: "readReady", call: 2, index: undefined }])
  const lone = leading("a")
  for (const call of [1, 2]) lone.step({ kind: "read", call })
  t.same(
    lone.all("readReady").map(({ index }) => index),
    [2, 2],
  )
})

test("voters change through a joint group, which is left once it is committed under both majorities", async (t) => {
  const stage = leading("abc", {}, "de")
  stage.changeGroup("ade")
  const joint = groupOf("ade", { outgoing: "abc" })
  t.same(stage.raft.group, joint)
  for (const from of "de") stage.acknowledge(from)
  t.same(stage.raft.group, joint, "the new half alone does not end it")
  stage.acknowledge("b")
  t.same(stage.raft.group, groupOf("ade"))
  t.equal(stage.raft.commit, stage.raft.log.last - 1)
  t.notOk(stage.raft.reign?.progress.has(id("b")), "who left is followed no more")
  stage.acknowledge("d")
  t.equal(stage.raft.commit, stage.raft.log.last)
})

test("a commit before the joint group does not end it", async (t) => {
  const stage = leading("abc", {}, "d")
  stage.propose("x")
  stage.changeGroup("abd")
  for (const from of "bd") stage.acknowledge(from, 3)
  t.equal(stage.raft.commit, 3)
  t.same(stage.raft.group, groupOf("abd", { outgoing: "abc" }))
})

test("a new leader that finds a joint group commits it under both majorities before it leaves it", async (t) => {
  const joint = groupOf("ade", { outgoing: "abc" })
  const stored = storedOf({ group: joint, terms: [1, 1], commit: 0 })
  const stage = new Stage("a", { stored })
  stage.lead()
  for (const from of "de") stage.acknowledge(from)
  t.same(stage.raft.group, joint)
  stage.acknowledge("c")
  t.same(stage.raft.group, groupOf("ade"))
})

test("one change at a time, and none before an own entry is committed", async (t) => {
  const early = new Stage("a", { disk: {} })
  early.lead()
  early.changeGroup("abc", "d")
  t.equal(refusalOf(early), "not-ready")
  const stage = leading()
  stage.changeGroup("abc", "d")
  stage.changeGroup("abc", "de")
  t.equal(refusalOf(stage), "change-pending")
  stage.acknowledge("b")
  stage.changeGroup("abc", "de")
  t.equal(stage.all("refused").length, 1)
})

test("a group that is none is refused", async (t) => {
  const stage = leading()
  for (const [voters, learners] of [
    ["", ""],
    ["aab", ""],
    ["abc", "c"],
  ] as const) {
    stage.forget()
    stage.changeGroup(voters, learners)
    t.equal(refusalOf(stage), "invalid-group")
  }
})

test("a learner becomes a voter when it is close, and is there", async (t) => {
  const stage = leading("abc", { promoteGapMax: 3 }, "d")
  for (let count = 0; count < 4; count++) stage.propose("x")
  stage.acknowledge("b")
  stage.changeGroup("abcd")
  t.equal(refusalOf(stage), "not-caught-up", "it lacks four entries")
  stage.acknowledge("d", 3)
  stage.nowMs += CONFIG.electionMs
  stage.changeGroup("abcd")
  t.equal(refusalOf(stage), "not-caught-up", "it has not been heard")
  stage.acknowledge("d", 3)
  stage.changeGroup("abcz")
  t.equal(refusalOf(stage), "not-caught-up", "nobody knows it")
  stage.changeGroup("abcd")
  t.same(stage.raft.group, groupOf("abcd", { outgoing: "abc" }))
})

test("a voter can be made a learner", async (t) => {
  const stage = leading()
  stage.changeGroup("ab", "c")
  t.same(stage.raft.group, groupOf("ab", { outgoing: "abc", learnersNext: "c" }))
  for (const from of "bc") stage.acknowledge(from)
  t.same(stage.raft.group, groupOf("ab", { learners: "c" }))
  t.ok(stage.raft.reign?.progress.has(id("c")))
})

test("a leader that makes itself a learner steps down when that is committed, and goes on as one", async (t) => {
  const group = new Ensemble("abc")
  group.elect("a")
  group.at("a", (stage) => stage.changeGroup("bc", "a"))
  const leaders = [..."abc"].filter((name) => group.on(name).raft.role === "leader")
  t.equal(leaders.length, 1)
  t.not(leaders[0], "a")
  t.same(group.on("a").all("ended"), [])
  group.beat(leaders[0] ?? "b")
  t.equal(group.on("a").raft.leader, leaders[0])
})

test("the leader of two can leave (thesis figure 4.6)", async (t) => {
  const group = new Ensemble("ab")
  group.elect("a")
  group.at("a", (stage) => stage.changeGroup("b"))
  t.equal(group.on("b").raft.role, "leader")
  t.same(group.on("b").raft.group, groupOf("b"))
  t.equal(group.on("a").all("ended").length, 1)
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

test("a transfer to one that leaves the group is over", async (t) => {
  const stage = leading("abc", {}, "d")
  stage.changeGroup("abd")
  stage.step({ kind: "transfer", to: id("b") })
  for (const from of "bcd") stage.acknowledge(from)
  t.same(stage.raft.group, groupOf("abd"))
  t.equal(stage.raft.reign?.transferTo, "b")
  const other = leading("abc")
  other.changeGroup("ac")
  other.step({ kind: "transfer", to: id("c") })
  t.equal(other.raft.reign?.transferTo, "c")
})

test("a feature level is raised by an entry when everybody knows it, one level at a time", async (t) => {
  const stage = leading("abc", { featureLevelMax: 3 }, "d")
  for (const from of "bc") stage.answer(from, 1, 3)
  t.notOk(stage.raft.log.entry(at(3)), "the learner has not said")
  stage.answer("d", 1, 2)
  t.equal(stage.raft.log.entry(at(3))?.kind, "feature")
  t.equal(stage.raft.featureLevel, 1, "it is in force when it is committed")
  stage.propose("x")
  t.equal(stage.raft.log.entry(at(4))?.featureLevel, 2, "and from that entry on")
  stage.answer("b", 1, 3)
  t.equal(stage.raft.log.last, 4, "not twice")
  for (const from of "bcd") stage.acknowledge(from)
  t.equal(stage.raft.featureLevel, 2)
  stage.answer("b", 1, 3)
  t.equal(stage.raft.log.last, 4, "d knows no more than 2")
  stage.answer("d", 1, 3)
  t.equal(stage.raft.log.featureLevel, 3)
})

test("a lone voter raises the feature level by itself, also beside a learner that knows it", async (t) => {
  const lone = leading("a", { featureLevelMax: 2 })
  t.equal(lone.raft.featureLevel, 1)
  lone.tick()
  t.equal(lone.raft.featureLevel, 2)
  const { last } = lone.raft.log
  lone.pass(1000)
  t.equal(lone.raft.log.last, last, "once")
  const followed = leading("a", { featureLevelMax: 2 }, "d")
  followed.pass(1000)
  t.equal(followed.raft.featureLevel, 1, "the learner has not said")
  followed.answer("d", 1, 2)
  t.equal(followed.raft.featureLevel, 2)
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

test("an entry that its leader proposed has a term that it won", async (t) => {
  const stage = leading()
  stage.propose("x")
  t.equal(stage.raft.log.term(at(3)), inTerm(2))
})
