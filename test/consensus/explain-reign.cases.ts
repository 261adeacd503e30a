import { explain } from "@conclave/consensus"
import { test } from "tap"
import { at, CONFIG, groupOf, id, inTerm, Stage } from "./stage.ts"

function told(stage: Stage): readonly string[] {
  return explain(stage.raft, stage.nowMs).map(({ kind, about, text }) => `${kind}${about ? ` ${about}` : ""}: ${text}`)
}

/** A leader of a, b and c, with learner d, whose own entry is committed and whom all have answered. */
function leading(): Stage {
  const stage = new Stage("a", { disk: { group: groupOf("abc", { learners: "d" }) } })
  stage.lead()
  for (const from of "bcd") {
    stage.acknowledge(from)
    stage.answer(from, 1)
  }
  return stage
}

const READY = "learner d: d has caught up and may vote when a change asks for it"

test("a leader whose group follows has only its learners to speak of", async (t) => {
  t.same(told(leading()), [READY])
})

test("a leader without an entry of its own says what it waits for", async (t) => {
  const stage = new Stage("a", { disk: {} })
  stage.lead()
  t.same(told(stage), [
    "not-settled: no entry of term 2 is committed yet, so nothing is served: on disk at 1 of 3, needs 2",
    "follower b: b votes, but it is not known yet where its log and ours agree, at most 2 entries back",
    "follower c: c votes, but it is not known yet where its log and ours agree, at most 2 entries back",
  ])
})

test("entries that wait for a quorum are told, with who is silent", async (t) => {
  const stage = leading()
  stage.propose("x")
  t.equal(told(stage)[0], "commit-waits: entry 3 waits for a quorum: on disk at 1 of 3, needs 2")
  stage.propose("y")
  stage.nowMs += 900
  stage.step({ kind: "tick" })
  stage.answer("b", 2)
  stage.nowMs += 300
  stage.answer("b", 2)
  t.same(told(stage).slice(0, 2), [
    "commit-waits: entries 3 to 4 wait for a quorum: on disk at 1 of 3, needs 2",
    "follower c: c votes, but nothing was heard of it for 1.2 s",
  ])
})

test("a leader that hears no quorum says so", async (t) => {
  const stage = leading()
  stage.nowMs += CONFIG.electionMs
  stage.answer("d", 1)
  t.equal(told(stage)[0], "quorum: hears 1 of 3, needs 2 of the voters; it stops leading at its next turn")
})

test("a change under way is told in both halves, and keeps others back", async (t) => {
  const stage = leading()
  stage.changeGroup("abd")
  t.same(told(stage), [
    "change-pending: voters change from a, b and c to a, b and d once the newcomers and a majority of each have just answered; not yet b, c and d",
    "learner d: d has caught up, but a change is under way",
  ])
  for (const from of "bd") stage.answer(from, stage.sent("heartbeat").at(-1)?.round ?? 0)
  t.same(told(stage).slice(0, 2), [
    "commit-waits: entry 3 waits for a quorum: on disk at 1 of 3, needs 2; and of the group before 1 of 3, needs 2",
    "change-pending: voters change from a, b and c to a, b and d (entry 3), and no other change begins before that is committed: on disk at 1 of 3, needs 2; and of the group before 1 of 3, needs 2",
  ])
  const learners = leading()
  learners.changeGroup("abc", "de")
  t.equal(
    told(learners)[1],
    "change-pending: the group becomes a, b and c, learners d and e (entry 3), and no other change begins before that is committed: on disk at 1 of 3, needs 2",
  )
  t.ok(told(learners).includes("learner d: d has caught up, but a change is under way"))
  t.ok(told(learners).some((line) => line.startsWith("learner e: e may not vote yet: it is not known yet")))
})

test("why a learner is not promoted: silence, a gap, a snapshot, no agreement", async (t) => {
  const silent = leading()
  silent.nowMs += CONFIG.electionMs
  for (const from of "bc") silent.answer(from, 1)
  t.same(told(silent), ["learner d: d may not vote yet: nothing was heard of it for 1.0 s"])
  const behind = leading()
  for (let count = 0; count < 101; count++) {
    behind.propose()
    behind.acknowledge("b")
    behind.acknowledge("c")
  }
  t.same(told(behind), [
    "learner d: d may not vote yet: it lacks 101 entries (has 2 of 103), at most 100 may be missing",
  ])
  const probed = leading()
  probed.receive("d", { kind: "appendRejected", rejected: at(5), hint: { index: at(2), term: inTerm(1) } })
  t.match(told(probed)[0], /d may not vote yet: it is not known yet where its log and ours agree, at most 0 entries/)
})

test("a snapshot under way is told", async (t) => {
  const stage = new Stage("a", { disk: { group: groupOf("abc", { learners: "d" }), terms: [1, 1, 1], commit: 3 } })
  stage.lead()
  stage.acknowledge("b")
  stage.acknowledge("c")
  stage.step({ kind: "snapshotTaken", meta: stage.raft.log.metaAt(at(3)) })
  stage.receive("d", { kind: "appendRejected", rejected: at(3), hint: { index: at(0), term: inTerm(0) } })
  t.ok(told(stage).includes("learner d: d may not vote yet: it is sent a snapshot of everything up to entry 3"))
})

test("a hand-over is told, to whom and that it holds everything up", async (t) => {
  const stage = leading()
  stage.step({ kind: "transfer", to: id("b") })
  t.same(told(stage), [
    "transfer b: hands over to b and takes no proposal meanwhile",
    "learner d: d has caught up, but the leadership is being handed over",
  ])
})

test("a new leader promotes nobody, and says so", async (t) => {
  const stage = new Stage("a", { disk: { group: groupOf("abc", { learners: "d" }) } })
  stage.lead()
  stage.acknowledge("d")
  t.ok(told(stage).includes("learner d: d has caught up, but no entry of term 2 is committed yet"))
})

test("who holds a feature back is named", async (t) => {
  const stage = new Stage("a", { disk: {}, config: { featureLevelMax: 2 } })
  stage.lead()
  for (const from of "bc") {
    stage.acknowledge(from)
    stage.answer(from, 1, from === "b" ? 2 : 1)
  }
  t.same(told(stage), ["feature c: feature level 2 waits for c, which knows 1"])
})
