import { test } from "tap"
import { Ensemble } from "./ensemble.ts"
import { leading, refusalOf } from "./leading.ts"
import { at, CONFIG, groupOf, id, Stage, storedOf } from "./stage.ts"

test("who left the group is told as soon as that is committed, voters and learners", async (t) => {
  const stage = leading("abc", {}, "de")
  stage.changeGroup("abc", "d")
  t.same(stage.sent("removed"), [], "not before")
  stage.acknowledge("b")
  t.same(
    stage.sent("removed").map(({ to, at: place }) => [to, place]),
    [["e", 3]],
  )
  stage.acknowledge("d")
  stage.forget()
  stage.change("abd")
  stage.acknowledge("b")
  t.equal(stage.raft.log.last, 5, "the joint group is committed and left")
  t.same(stage.sent("removed"), [], "which is not committed yet")
  stage.acknowledge("b")
  t.same(
    stage.sent("removed").map(({ to, at: place }) => [to, place]),
    [["c", 5]],
  )
})

test("voters change through a joint group, which is left once it is committed under both majorities", async (t) => {
  const stage = leading("abc", {}, "de")
  stage.change("ade")
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

test("voters change once the newcomers and both majorities have answered a round that began later", async (t) => {
  const stage = leading("abc", {}, "d")
  const { round } = stage.raft.reign?.progress.get(id("b")) ?? { round: 0 }
  stage.changeGroup("acd")
  const asked = stage.sent("heartbeat")
  t.same(asked.map(({ to }) => to).sort(), ["b", "c", "d"], "all are asked at once")
  const fresh = asked[0]?.round ?? 0
  t.ok(fresh > round)
  for (const from of "bcd") stage.answer(from, fresh - 1)
  t.same(stage.raft.group, groupOf("abc", { learners: "d" }), "what answers an older round says nothing of now")
  stage.answer("d", fresh)
  t.same(stage.raft.group, groupOf("abc", { learners: "d" }), "a and d are a majority of the new half alone")
  stage.answer("b", fresh)
  t.same(stage.raft.group, groupOf("acd", { outgoing: "abc" }), "c need not be there")
  t.equal(stage.all("proposed").length, 1)
  t.equal(stage.all("refused").length, 0)
})

test("who answered and has been silent since for two heartbeats is asked again", async (t) => {
  const stage = leading("abc", {}, "d")
  stage.changeGroup("acd")
  const round = (): number => stage.sent("heartbeat").at(-1)?.round ?? 0
  stage.answer("d", round())
  stage.pass(2 * CONFIG.heartbeatMs)
  stage.answer("b", round())
  t.same(stage.raft.group, groupOf("abc", { learners: "d" }), "d may be gone by now")
  stage.answer("d", round())
  t.same(stage.raft.group, groupOf("acd", { outgoing: "abc" }))
})

test("with a newcomer that fell silent, or without a majority of those to be, no change begins", async (t) => {
  for (const [silent, there] of [
    ["d", "bc"],
    ["cd", "b"],
    ["bc", "d"],
  ] as const) {
    const stage = leading("abc", {}, "d")
    stage.changeGroup("acd")
    const last = stage.raft.log.last
    for (const until = stage.nowMs + CONFIG.electionMs; stage.nowMs < until; stage.tick()) {
      t.equal(refusalOf(stage), undefined, "it may still come")
      for (const from of there) stage.answer(from, stage.sent("heartbeat").at(-1)?.round ?? 0)
    }
    t.equal(refusalOf(stage), there === "d" ? "not-leader" : "silent", `${silent} silent`)
    t.equal(stage.raft.log.last, last, "nothing was appended")
  }
})

test("a change waits for answers alone, and what has come between ends it", async (t) => {
  const stage = leading("abc", {}, "d")
  stage.changeGroup("abd")
  stage.changeGroup("abc", "de")
  t.equal(refusalOf(stage), "change-pending")
  stage.propose("x")
  t.equal(stage.all("proposed").length, 1, "commands do not wait for it")
  stage.step({ kind: "transfer", to: id("b") })
  for (const from of "bcd") stage.answer(from, stage.sent("heartbeat").at(-1)?.round ?? 0)
  t.equal(refusalOf(stage), "transferring")
  t.same(stage.raft.group, groupOf("abc", { learners: "d" }))
  const deposed = leading("abc", {}, "d")
  deposed.changeGroup("abd")
  deposed.receive("b", { kind: "heartbeat", commit: at(0), match: at(0), round: 1 }, deposed.raft.term + 1)
  t.match(deposed.all("refused"), [{ reason: "not-leader", leader: undefined }])
})

test("a commit before the joint group does not end it", async (t) => {
  const stage = leading("abc", {}, "d")
  stage.propose("x")
  stage.change("abd")
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
  stage.change("abcd")
  t.equal(refusalOf(stage), "not-caught-up", "it lacks four entries")
  stage.acknowledge("d", 3)
  stage.nowMs += CONFIG.electionMs
  stage.change("abcd")
  t.equal(refusalOf(stage), "not-caught-up", "it has not been heard")
  stage.acknowledge("d", 3)
  stage.changeGroup("abcz")
  t.equal(refusalOf(stage), "not-caught-up", "nobody knows it")
  stage.change("abcd")
  t.same(stage.raft.group, groupOf("abcd", { outgoing: "abc" }))
})

test("a voter can be made a learner", async (t) => {
  const stage = leading()
  stage.change("ab", "c")
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
