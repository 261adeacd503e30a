import { explain } from "@conclave/consensus"
import { test } from "tap"
import { at, groupOf, id, metaOf, Stage } from "./stage.ts"

/** The sentences, as lines. */
function told(stage: Stage): readonly string[] {
  return explain(stage.raft, stage.nowMs).map(({ kind, about, text }) => `${kind}${about ? ` ${about}` : ""}: ${text}`)
}

test("a replica that follows a leader has nothing to explain", async (t) => {
  const stage = new Stage("a", { disk: {} })
  stage.heartbeat("b")
  t.same(told(stage), [])
})

test("a leader that falls silent is named, with what comes next", async (t) => {
  const stage = new Stage("a", { disk: {} })
  stage.heartbeat("b")
  stage.nowMs += 250
  const due = Math.round(stage.raft.nextDeadlineMs - stage.nowMs)
  const next = due < 1000 ? `${due} ms` : `${(due / 1000).toFixed(1)} s`
  t.same(told(stage), [`leader-silent b: b leads term 1, but was not heard for 250 ms; a campaign begins in ${next}`])
  const learner = new Stage("d", { disk: { group: groupOf("abc", { learners: "d" }) } })
  learner.heartbeat("b")
  learner.nowMs += 5000
  t.same(told(learner), ["leader-silent b: b leads term 1, but was not heard for 5.0 s; it does not vote"])
})

test("why there is no leader: new, not a voter, waiting", async (t) => {
  const blank = new Stage("a")
  t.same(told(blank), [
    "no-leader: no leader is known in term 0: this replica is new and waits until a leader sends it the log",
  ])
  const learner = new Stage("d", { disk: { group: groupOf("abc", { learners: "d" }) } })
  t.same(told(learner), [
    "no-leader: no leader is known in term 1: this replica does not vote and waits for one of a, b and c",
  ])
  const waiting = new Stage("a", { disk: {} })
  waiting.nowMs = waiting.raft.nextDeadlineMs - 700
  t.same(told(waiting), [
    "no-leader: no leader is known in term 1: nothing was heard since this start; it campaigns in 700 ms",
  ])
})

test("why a campaign does not win: who refused and why, who was not heard and since when", async (t) => {
  const stage = new Stage("a", { disk: { voters: "abcdefg", terms: [1, 1, 2], term: 4 } })
  stage.receive("e", { kind: "timeoutNow" }, 4)
  stage.tick()
  stage.nowMs += 300
  for (const [from, refusal] of [
    ["b", "log-behind"],
    ["c", "leader-heard"],
    ["d", "disk"],
  ] as const)
    stage.receive(from, { kind: "preVoteReply", granted: false, refusal })
  stage.receive("g", { kind: "preVoteReply", granted: true }, 5)
  const [none, campaign, ...votes] = told(stage)
  t.match(none, /^no-leader: no leader is known in term 4: its own campaign is under way; it asks again in /)
  t.equal(campaign, "campaign: asked whether it would be elected in term 5 300 ms ago: has 2 of 7, needs 4")
  t.same(votes.slice(0, 3), [
    "vote b: b refused: its log is newer than ours, which ends at entry 3 of term 2",
    "vote c: c refused: it hears a leader",
    "vote d: d refused: its disk is sick",
  ])
  t.match(votes[3], /^vote e: e has not answered; nothing was heard of it for \d\.\d s$/)
  t.equal(votes[4], "vote f: f has not answered; nothing was heard of it since this start")
  t.equal(votes.length, 5, "those who agreed are not named")
})

test("a campaign that came to nothing is told until a leader is heard", async (t) => {
  const stage = new Stage("a", { disk: {} })
  stage.tick()
  for (const from of "bc") stage.receive(from, { kind: "preVoteReply", granted: false })
  t.match(told(stage)[0], /its own campaign was not won; the next campaign begins in /)
  t.equal(told(stage)[2], "vote b: b refused: it gave no reason that this version knows")
  stage.heartbeat("b")
  t.same(told(stage), [])
})

test("a refusal from a later term is part of the story", async (t) => {
  const stage = new Stage("a", { disk: {} })
  stage.tick()
  stage.receive("b", { kind: "preVoteReply", granted: false, refusal: "stale-term" }, 7)
  t.equal(stage.raft.term, 7)
  t.ok(told(stage).includes("vote b: b refused: it was in a later term already"))
  const voting = new Stage("a", { disk: {} })
  voting.tick()
  voting.receive("b", { kind: "preVoteReply", granted: true }, 2)
  voting.receive("c", { kind: "voteReply", granted: false, refusal: "voted-for-another" })
  t.match(told(voting)[1], /^campaign: asked for votes in term 2 0 ms ago: has 1 of 3, needs 2$/)
  t.ok(told(voting).includes("vote c: c refused: it has voted for another in term 2"))
})

test("a refusal from an earlier term is told, and counts nothing", async (t) => {
  const stage = new Stage("a", { disk: { term: 5 } })
  stage.tick()
  for (const from of "bc") stage.receive(from, { kind: "preVoteReply", granted: false, refusal: "log-behind" }, 4)
  t.equal(stage.raft.role, "preCandidate")
  t.same(told(stage).slice(2), [
    "vote b: b refused: its log is newer than ours, which ends at entry 1 of term 1",
    "vote c: c refused: its log is newer than ours, which ends at entry 1 of term 1",
  ])
  stage.receive("b", { kind: "preVoteReply", granted: true }, 6)
  t.equal(stage.raft.role, "candidate", "who agrees after all is counted")
})

test("a joint group's campaign is told in both halves", async (t) => {
  const stage = new Stage("a", { disk: { group: groupOf("ade", { outgoing: "abc" }) } })
  stage.tick()
  t.match(told(stage)[1], /has 1 of 3, needs 2; and of the group before 1 of 3, needs 2$/)
})

test("what a replica does to itself is told: its disk, a snapshot, its end", async (t) => {
  const stalled = new Stage("a", { disk: {} })
  stalled.heartbeat("b")
  stalled.step({ kind: "disk", state: "stalled" })
  t.same(told(stalled), ["disk: its own disk stalls: it neither votes nor campaigns until a write ends"])
  stalled.step({ kind: "disk", state: "dead" })
  t.same(told(stalled), ["disk: its own disk is dead: it neither votes nor campaigns any more"])
  const slow = new Stage("a", { disk: { term: 2 } })
  slow.isDiskFast = false
  slow.append("b", 2, [1, 1], [2])
  slow.nowMs += 600
  slow.heartbeat("b")
  t.same(told(slow), [
    "disk: its own disk lets a write wait for 600 ms: it neither votes nor campaigns until that ends",
  ])
  const installing = new Stage("a", { disk: { term: 2 } })
  installing.step({ kind: "snapshotReceived", from: id("b"), term: installing.raft.term, meta: metaOf(9, 2) })
  t.same(told(installing), [
    "snapshot: takes over a snapshot of everything up to entry 9; neither votes nor campaigns meanwhile",
  ])
  for (const [act, text] of [
    [(stage: Stage) => stage.receive("b", { kind: "removed", at: at(9) }), /taken out of the group/],
    [(stage: Stage) => ["b", "c"].map((from) => stage.heartbeat(from)), /two leaders in one term/],
    [(stage: Stage) => stage.heartbeat("b", { match: 9 }), /its disk has lost entries/],
  ] as const) {
    const stage = new Stage("a", { disk: {} })
    act(stage)
    t.equal(told(stage).length, 1)
    t.match(told(stage)[0], text)
  }
})

test("people's names are used where they are given", async (t) => {
  const stage = new Stage("a", { disk: {} })
  stage.tick()
  const texts = explain(stage.raft, stage.nowMs, (each) => `host-${each}`).map(({ text }) => text)
  t.match(texts.at(-1), /^host-c has not answered/)
})
