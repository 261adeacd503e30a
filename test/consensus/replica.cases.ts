import { test } from "tap"
import { at, CONFIG, groupOf, id, inTerm, Stage } from "./stage.ts"

const LAST = { index: at(9), term: inTerm(2) }

test("a message to somebody else, or from oneself, is not for us", async (t) => {
  const stage = new Stage("a", { disk: {} })
  stage.step({ kind: "tick" })
  const body = { kind: "heartbeat", commit: at(0), match: at(0), round: 1 } as const
  t.same(stage.step({ kind: "message", message: { ...body, from: id("b"), to: id("c"), term: inTerm(5) } }), [])
  t.same(stage.step({ kind: "message", message: { ...body, from: id("a"), to: id("a"), term: inTerm(5) } }), [])
  t.equal(stage.raft.term, 1)
})

test("only the answers of its own voters and of its own term are counted, whatever else arrives", async (t) => {
  const stage = new Stage("a", { disk: { term: 2 } })
  for (const from of "bc") {
    stage.receive(from, { kind: "voteReply", granted: true })
    stage.receive(from, { kind: "preVoteReply", granted: true }, 3)
    stage.receive(from, { kind: "appended", match: at(1) })
    stage.receive(from, { kind: "heartbeatReply", round: 1, featureMax: 9 })
    stage.receive(from, { kind: "appendRejected", rejected: at(1), hint: { index: at(0), term: inTerm(0) } })
  }
  t.equal(stage.raft.role, "follower")
  t.equal(stage.raft.term, 2)
})

test("a process that stood still puts its election off by one turn, at most one turn in ten", async (t) => {
  const stage = new Stage("a", { disk: {} })
  for (let count = 0; count < 10; count++) stage.step({ kind: "tick" })
  stage.nowMs = stage.raft.nextDeadlineMs
  stage.step({ kind: "stalled", lostMs: 300 })
  t.equal(stage.raft.role, "follower", "heartbeats may be waiting in its buffers")
  stage.nowMs = stage.raft.nextDeadlineMs
  stage.step({ kind: "stalled", lostMs: 300 })
  t.equal(stage.raft.role, "preCandidate", "but one that is always late must vote, too")
})

test("a leader that stood still for an election timeout says nothing before it has asked", async (t) => {
  const stage = new Stage("a", { disk: {} })
  stage.lead()
  stage.forget()
  stage.nowMs += CONFIG.electionMs
  stage.step({ kind: "stalled", lostMs: CONFIG.electionMs })
  t.equal(stage.raft.role, "follower")
  t.same(stage.all("send"), [])
  const short = new Stage("a", { disk: {} })
  short.lead()
  short.nowMs += 200
  short.step({ kind: "stalled", lostMs: 200 })
  t.equal(short.raft.role, "leader")
  const lone = new Stage("a", { disk: { voters: "a" } })
  lone.lead()
  lone.nowMs += 60_000
  lone.step({ kind: "stalled", lostMs: 60_000 })
  t.equal(lone.raft.role, "leader", "alone there is no successor")
})

/** A leader whose group is committed without d. */
function settled(): Stage {
  const stage = new Stage("a", { disk: {} })
  stage.lead()
  stage.acknowledge("b")
  stage.forget()
  return stage
}

test("who is in the committed group no more is told so when it campaigns", async (t) => {
  const stage = settled()
  stage.receive("d", { kind: "preVote", last: LAST }, 9)
  stage.receive("d", { kind: "vote", last: LAST, byTransfer: false, byHint: false }, 9)
  t.same(
    stage.sent("removed").map(({ to, at: place }) => [to, place]),
    [
      ["d", 1],
      ["d", 1],
    ],
  )
  t.equal(stage.raft.term, 2)
})

test("so is a learner that was taken out, whatever it says, unless it is in a later term", async (t) => {
  const at1 = { index: at(1), term: inTerm(1) }
  for (const body of [
    { kind: "readIndex", call: 0 },
    { kind: "appended", match: at(1) },
    { kind: "appendRejected", rejected: at(1), hint: at1 },
    { kind: "heartbeatReply", round: 1, featureMax: 1 },
  ] as const) {
    for (const [term, count] of [
      [1, 1],
      [2, 1],
      [3, 0],
    ] as const) {
      const stage = settled()
      stage.receive("d", body, term)
      t.equal(stage.sent("removed").length, count, `${body.kind} in term ${term}`)
    }
  }
})

test("nobody is told so by a leader that does not know yet, nor while the group changes", async (t) => {
  const early = new Stage("a", { disk: {} })
  early.lead()
  early.receive("d", { kind: "preVote", last: LAST }, 9)
  const changing = settled()
  changing.changeGroup("abc", "e")
  changing.receive("d", { kind: "preVote", last: LAST }, 9)
  const learner = settled()
  learner.changeGroup("abc", "d")
  learner.acknowledge("b")
  learner.receive("d", { kind: "preVote", last: LAST }, 9)
  for (const stage of [early, changing, learner]) t.same(stage.sent("removed"), [])
})

test("a replica believes that it was taken out unless the group that it knows is as new and has it", async (t) => {
  for (const [name, place, ended] of [
    ["a", 1, false],
    ["a", 2, true],
    ["d", 1, false],
    ["e", 1, true],
  ] as const) {
    const stage = new Stage(name, { disk: { group: groupOf("abc", { learners: "d" }), term: 9 } })
    stage.receive("b", { kind: "removed", at: at(place) }, 3)
    t.equal(stage.all("ended").length, ended ? 1 : 0, `${name} hears of ${place}`)
  }
})

test("a replica that has ended does and says nothing more", async (t) => {
  const stage = new Stage("a", { disk: {} })
  stage.receive("b", { kind: "removed", at: at(9) })
  stage.forget()
  stage.heartbeat("b", { term: 5 })
  stage.step({ kind: "read", call: 1 })
  stage.step({ kind: "tick" })
  t.same(stage.effects, [])
  t.equal(stage.raft.nextDeadlineMs, Number.POSITIVE_INFINITY)
})

test("where all disks are as slow the leader goes on, until it hears that another's is well, and that one takes over", async (t) => {
  const stage = new Stage("a", { disk: {} })
  stage.lead()
  const answer = (from: string, isSlow: boolean): void => {
    const body = { kind: "heartbeatReply", round: 1, featureMax: 1 } as const
    stage.receive(from, isSlow ? { ...body, isSlow: true } : body)
  }
  stage.step({ kind: "disk", state: "stalled" })
  t.equal(stage.raft.role, "leader", "nobody has said yet how its disk is")
  for (const from of "bc") answer(from, true)
  stage.tick()
  t.equal(stage.raft.role, "leader")
  stage.acknowledge("b")
  answer("c", false)
  stage.tick()
  t.equal(stage.raft.role, "follower")
  t.equal(stage.one("timeoutNow").to, "c", "though the log of b is longer")
  const dead = new Stage("a", { disk: {} })
  dead.lead()
  dead.step({ kind: "disk", state: "dead" })
  t.equal(dead.raft.role, "follower", "what is dead writes nothing, however slow the others are")
})
