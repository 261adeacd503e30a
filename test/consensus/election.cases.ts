import { test } from "tap"
import { Ensemble } from "./ensemble.ts"
import { at, CONFIG, groupOf, id, inTerm, Stage } from "./stage.ts"

const LAST = { index: at(1), term: inTerm(1) }
const VOTE = { kind: "vote", last: LAST, byTransfer: false, byHint: false } as const

test("a pre-vote changes nothing at the one who is asked", async (t) => {
  const stage = new Stage("a", { disk: { term: 3 } })
  const { nextDeadlineMs } = stage.raft
  stage.nowMs += 500
  for (const from of "bcb") stage.receive(from, { kind: "preVote", last: LAST }, 7)
  t.same(
    stage.sent("preVoteReply").map(({ granted, term }) => [granted, term]),
    [
      [true, 7],
      [true, 7],
      [true, 7],
    ],
    "a grant names the term that was asked for, and any number may have one",
  )
  t.equal(stage.raft.term, 3)
  t.equal(stage.raft.nextDeadlineMs, nextDeadlineMs)
  t.same(stage.writes, [])
})

test("a pre-vote is refused with the own term, so that one who is behind catches up", async (t) => {
  const stage = new Stage("a", { disk: { term: 7 } })
  stage.receive("b", { kind: "preVote", last: LAST }, 4)
  const refusal = stage.one("preVoteReply")
  t.same([refusal.granted, refusal.refusal, refusal.term], [false, "stale-term", 7])
  const behind = new Stage("b", { disk: { term: 3 } })
  behind.tick()
  behind.receive("a", { kind: "preVoteReply", granted: false, refusal: "stale-term" }, 7)
  t.equal(behind.raft.term, 7)
  t.equal(behind.raft.role, "follower")
})

test("each reason to refuse is told", async (t) => {
  const heard = new Stage("a", { disk: { term: 2 } })
  heard.heartbeat("c")
  const behind = new Stage("a", { disk: { terms: [1, 2], term: 2 } })
  const stalled = new Stage("a", { disk: { term: 2 } })
  stalled.step({ kind: "disk", state: "stalled" })
  for (const [stage, refusal] of [
    [heard, "leader-heard"],
    [behind, "log-behind"],
    [stalled, "disk"],
  ] as const) {
    stage.receive("b", { kind: "preVote", last: LAST }, 3)
    t.equal(stage.one("preVoteReply").refusal, refusal)
    stage.receive("b", VOTE, 3)
    t.equal(stage.one("voteReply").refusal, refusal)
  }
  t.equal(heard.raft.term, 2, "who hears its leader does not enter the term")
  t.equal(behind.raft.term, 3, "everybody else does")
})

test("an answer of another term, of another election, or that comes twice elects nobody", async (t) => {
  const stage = new Stage("a", { disk: { voters: "abcde" } })
  stage.tick()
  stage.receive("b", { kind: "preVoteReply", granted: true }, 3)
  stage.receive("b", { kind: "preVoteReply", granted: true }, 1)
  stage.receive("c", { kind: "voteReply", granted: true }, 1)
  for (let count = 0; count < 4; count++) stage.receive("b", { kind: "preVoteReply", granted: true }, 2)
  for (const from of "xyz") stage.receive(from, { kind: "preVoteReply", granted: true }, 2)
  t.equal(stage.raft.role, "preCandidate")
  t.equal(stage.raft.term, 1)
  stage.receive("c", { kind: "preVoteReply", granted: true }, 2)
  t.equal(stage.raft.role, "candidate")
  for (const from of "bcde") stage.receive(from, { kind: "preVoteReply", granted: true }, 2)
  t.equal(stage.raft.role, "candidate", "a pre-vote is no vote")
})

test("an own vote is asked for and counted when it is on disk, not before", async (t) => {
  const stage = new Stage("a", { disk: { voters: "abcd" } })
  stage.isDiskFast = false
  stage.tick()
  for (const from of "bc") stage.receive(from, { kind: "preVoteReply", granted: true }, 2)
  const votes = stage.all("send").filter(({ message }) => message.kind === "vote")
  t.same(
    votes.map(({ after }) => after),
    ["durable", "durable", "durable"],
  )
  for (const from of "bc") stage.receive(from, { kind: "voteReply", granted: true })
  t.equal(stage.raft.role, "candidate", "two of four, and its own vote could still be lost")
  stage.sync()
  t.equal(stage.raft.role, "leader")
})

test("a vote of a later term is given by whoever hears no leader, whatever it was, and ends that", async (t) => {
  const follower = new Stage("a", { disk: { term: 2 } })
  const preCandidate = new Stage("a", { disk: { term: 2 } })
  preCandidate.tick()
  const candidate = new Stage("a", { disk: { term: 1 } })
  candidate.tick()
  candidate.receive("b", { kind: "preVoteReply", granted: true }, 2)
  for (const [stage, role] of [
    [follower, "follower"],
    [preCandidate, "preCandidate"],
    [candidate, "candidate"],
  ] as const) {
    t.equal(stage.raft.role, role)
    t.equal(stage.raft.term, 2)
    stage.receive("c", VOTE, 3)
    t.equal(stage.one("voteReply").granted, true, role)
    t.same([stage.raft.role, stage.raft.term], ["follower", 3])
  }
  const leader = new Stage("a", { disk: {} })
  leader.lead()
  leader.receive("c", VOTE, 3)
  t.equal(leader.one("voteReply").refusal, "leader-heard", "but for a leader that is followed")
  t.same([leader.raft.role, leader.raft.term], ["leader", 2])
})

test("a vote of an earlier term is refused, and given ones put the own election off (figure 2)", async (t) => {
  const stage = new Stage("a", { disk: { term: 3 } })
  stage.receive("b", { ...VOTE, last: { index: at(9), term: inTerm(2) } }, 2)
  t.same([stage.one("voteReply").refusal, stage.one("voteReply").term], ["stale-term", 3])
  stage.nowMs = stage.raft.nextDeadlineMs - 1
  stage.receive("b", VOTE, 3)
  t.equal(stage.sent("voteReply").at(-1)?.granted, true)
  t.ok(stage.raft.nextDeadlineMs >= stage.nowMs + CONFIG.electionMs)
})

test("a majority without the own vote waits for it too", async (t) => {
  const stage = new Stage("a", { disk: {} })
  stage.isDiskFast = false
  stage.tick()
  stage.receive("b", { kind: "preVoteReply", granted: true }, 2)
  for (const from of "bc") stage.receive(from, { kind: "voteReply", granted: true })
  t.equal(stage.raft.role, "candidate")
  stage.sync()
  t.equal(stage.raft.role, "leader")
})

test("whoever lost its campaign has voted in that term, and votes for nobody else in it", async (t) => {
  const stage = new Stage("a", { disk: {} })
  stage.tick()
  stage.receive("b", { kind: "preVoteReply", granted: true }, 2)
  for (const from of "bc") stage.receive(from, { kind: "voteReply", granted: false, refusal: "log-behind" })
  t.equal(stage.raft.role, "follower")
  stage.receive("c", VOTE, 2)
  t.equal(stage.one("voteReply").refusal, "voted-for-another")
})

test("an old write does not make a new vote durable", async (t) => {
  const stage = new Stage("a", { disk: {} })
  stage.isDiskFast = false
  stage.append("b", 2, [1, 1], [2])
  const [old] = stage.writes
  stage.receive("b", { kind: "timeoutNow" })
  stage.receive("b", { kind: "voteReply", granted: true })
  stage.step({ kind: "persisted", write: old?.write ?? 0, epoch: old?.epoch ?? 0 })
  t.equal(stage.raft.role, "candidate")
})

test("learners and replicas in no group give votes: the candidate's group counts", async (t) => {
  const learner = new Stage("d", { disk: { group: groupOf("abc", { learners: "d" }) } })
  const newcomer = new Stage("e")
  for (const stage of [learner, newcomer]) {
    stage.receive("a", { kind: "preVote", last: LAST }, 5)
    stage.receive("a", VOTE, 5)
    t.equal(stage.one("preVoteReply").granted, true)
    t.equal(stage.one("voteReply").granted, true)
    stage.pass(10_000)
    t.same(stage.sent("preVote"), [], "and do not stand themselves")
  }
})

test("a transfer gets votes in spite of a leader that is heard, but not with a log that is behind", async (t) => {
  const stage = new Stage("a", { disk: { terms: [1, 2], term: 2 } })
  stage.heartbeat("b")
  stage.receive("c", { ...VOTE, byTransfer: true }, 3)
  t.equal(stage.one("voteReply").refusal, "log-behind")
  stage.receive("c", { ...VOTE, last: { index: at(2), term: inTerm(2) }, byTransfer: true }, 4)
  t.equal(stage.sent("voteReply").at(-1)?.granted, true)
})

test("only the leader of the term can ask for a campaign, and only a voter follows", async (t) => {
  const stage = new Stage("a", { disk: { term: 2 } })
  stage.receive("b", { kind: "timeoutNow" })
  stage.heartbeat("b")
  stage.receive("c", { kind: "timeoutNow" })
  stage.receive("b", { kind: "timeoutNow" }, 1)
  t.equal(stage.raft.role, "follower")
  stage.receive("b", { kind: "timeoutNow" })
  t.equal(stage.raft.role, "candidate")
  t.same(
    stage.sent("vote").map(({ byTransfer }) => byTransfer),
    [true, true],
  )
  const learner = new Stage("d", { disk: { group: groupOf("abc", { learners: "d" }), term: 2 } })
  learner.heartbeat("b")
  learner.receive("b", { kind: "timeoutNow" })
  t.equal(learner.raft.role, "follower")
})

test("a restarted replica waits a whole timeout before it stands", async (t) => {
  const stage = new Stage("a", { disk: { term: 5 } })
  t.ok(stage.raft.nextDeadlineMs >= stage.nowMs + CONFIG.electionMs)
})

test("whoever finds the leader's process gone stands at once, in the order of the voters", async (t) => {
  const dues = [..."ac"].map((name) => {
    const stage = new Stage(name, { disk: { term: 2 } })
    stage.heartbeat("b")
    stage.step({ kind: "leaderGone", leader: id("b") })
    t.equal(stage.raft.leader, undefined)
    return stage.raft.nextDeadlineMs - stage.nowMs
  })
  t.same(dues, [0, CONFIG.heartbeatMs])
})

test("whoever is far behind with its state lets all others stand first, and stands if none of them does", async (t) => {
  const stage = new Stage("a", { disk: { term: 2 } })
  stage.heartbeat("b")
  stage.step({ kind: "leaderGone", leader: id("b"), yields: true })
  t.equal(stage.raft.leader, undefined, "but it votes for them")
  t.equal(stage.raft.nextDeadlineMs - stage.nowMs, 3 * CONFIG.heartbeatMs)
  stage.tick()
  t.equal(stage.sent("preVote").length, 2)
})

test("two who find the leader gone elect another in far less than an election timeout, one alone does not", async (t) => {
  const group = new Ensemble("abc")
  group.elect("b")
  group.cut("b")
  group.at("a", (stage) => stage.step({ kind: "leaderGone", leader: id("b") }))
  group.at("a", (stage) => stage.step({ kind: "tick" }))
  t.equal(group.on("a").raft.role, "preCandidate", "c still hears it")
  t.equal(group.on("c").sent("preVoteReply").at(-1)?.refusal, "leader-heard")
  group.at("c", (stage) => stage.step({ kind: "leaderGone", leader: id("b") }))
  group.pass(CONFIG.heartbeatMs)
  group.at("c", (stage) => stage.step({ kind: "tick" }))
  t.equal(group.on("c").raft.role, "leader")
})

test("whoever found the leader gone first asks again soon, until the time of an election is over", async (t) => {
  const stage = new Stage("a", { disk: { term: 2, voters: "abcde" } })
  stage.heartbeat("b")
  stage.step({ kind: "leaderGone", leader: id("b") })
  const beganMs = stage.nowMs
  for (let asked = 1; asked <= 3; asked++) {
    stage.tick()
    t.equal(stage.sent("preVote").length, 4 * asked)
    for (const from of "cde") stage.receive(from, { kind: "preVoteReply", granted: false, refusal: "leader-heard" }, 2)
    const leftMs = stage.raft.nextDeadlineMs - stage.nowMs
    t.ok(leftMs >= 4 * CONFIG.heartbeatMs, "not before each of the others had its turn")
    t.ok(leftMs < 5 * CONFIG.heartbeatMs)
  }
  t.equal(stage.raft.term, 2, "which are questions alone")
  stage.tick()
  t.ok(stage.nowMs - beganMs >= CONFIG.electionMs)
  t.ok(stage.raft.nextDeadlineMs - stage.nowMs >= CONFIG.electionMs, "then as anybody whose leader is silent")
})

test("whoever asks again by a hint and hears the leader asks no more", async (t) => {
  const stage = new Stage("a", { disk: { term: 2 } })
  stage.heartbeat("b")
  stage.step({ kind: "leaderGone", leader: id("b") })
  stage.tick()
  stage.heartbeat("b", { round: 2 })
  t.ok(stage.raft.nextDeadlineMs - stage.nowMs >= CONFIG.electionMs)
})

test("a hint about somebody who does not lead, or about oneself, is nothing", async (t) => {
  const stage = new Stage("a", { disk: { term: 2 } })
  stage.heartbeat("b")
  const { nextDeadlineMs } = stage.raft
  stage.step({ kind: "leaderGone", leader: id("c") })
  t.equal(stage.raft.leader, "b")
  t.equal(stage.raft.nextDeadlineMs, nextDeadlineMs)
  const leader = new Stage("a", { disk: {} })
  leader.lead()
  leader.step({ kind: "leaderGone", leader: id("a") })
  t.equal(leader.raft.role, "leader")
})

test("a term that was won by a hint is not ended by a hint for a while", async (t) => {
  const stage = new Stage("a", { disk: { term: 2 } })
  stage.nowMs += 5000
  stage.receive("b", { ...VOTE, byHint: true }, 3)
  stage.heartbeat("b")
  stage.step({ kind: "leaderGone", leader: id("b") })
  t.equal(stage.raft.leader, "b")
  stage.nowMs += CONFIG.hintGuardMs
  stage.heartbeat("b", { round: 2 })
  stage.step({ kind: "leaderGone", leader: id("b") })
  t.equal(stage.raft.leader, undefined)
})

test("a campaign that a hint began says so, one that silence began does not", async (t) => {
  const stage = new Stage("a", { disk: { term: 2 } })
  stage.heartbeat("b")
  stage.step({ kind: "leaderGone", leader: id("b") })
  stage.tick()
  stage.receive("c", { kind: "preVoteReply", granted: true }, 3)
  t.same(
    stage.sent("vote").map(({ byHint }) => byHint),
    [true, true],
  )
  const silent = new Stage("a", { disk: { term: 2 } })
  silent.tick()
  silent.receive("c", { kind: "preVoteReply", granted: true }, 3)
  t.same(
    silent.sent("vote").map(({ byHint }) => byHint),
    [false, false],
  )
})

test("who refused in the campaign under way is known", async (t) => {
  const stage = new Stage("a", { disk: { voters: "abcde" } })
  stage.tick()
  stage.receive("b", { kind: "preVoteReply", granted: false, refusal: "log-behind" }, 1)
  t.same([...stage.raft.refusals], [["b", "log-behind"]])
})

test("while its own vote is being written nobody was asked, so nothing is asked anew", async (t) => {
  for (const voters of ["a", "abc"]) {
    const stage = new Stage("a", { disk: { voters } })
    stage.isDiskFast = false
    stage.tick()
    if (voters !== "a") stage.receive("b", { kind: "preVoteReply", granted: true }, 2)
    t.equal(stage.raft.role, "candidate")
    for (let count = 0; count < 5; count++) stage.tick()
    t.equal(stage.raft.term, 2, "however slow the disk is")
    t.equal(stage.writes.length, 1)
    stage.sync()
    if (voters === "a") t.equal(stage.raft.role, "leader")
    else t.equal(stage.sent("vote").length, 2)
  }
})

test("a lone voter campaigns and leads with a disk that stalls; with one that is dead it does not", async (t) => {
  const stalled = new Stage("a", { disk: { voters: "a" } })
  stalled.step({ kind: "disk", state: "stalled" })
  stalled.tick()
  t.equal(stalled.raft.role, "leader")
  stalled.step({ kind: "disk", state: "stalled" })
  t.equal(stalled.raft.role, "leader")
  const dead = new Stage("a", { disk: { voters: "a" } })
  dead.step({ kind: "disk", state: "dead" })
  dead.tick()
  t.equal(dead.raft.role, "follower")
})

test("a replica whose write waits for half an election timeout neither votes nor campaigns", async (t) => {
  const stage = new Stage("a", { disk: { term: 2 } })
  stage.isDiskFast = false
  stage.append("b", 2, [1, 1], [2])
  stage.nowMs += CONFIG.electionMs
  stage.receive("c", VOTE, 3)
  t.equal(stage.one("voteReply").refusal, "disk")
  stage.tick()
  t.equal(stage.raft.role, "follower")
  stage.sync()
  stage.receive("c", { ...VOTE, last: { index: at(9), term: inTerm(2) } }, 4)
  t.equal(stage.sent("voteReply").at(-1)?.granted, true, "and does again once it is written")
})

test("a learner that hears nothing asks after its leader, and never for votes", async (t) => {
  const stage = new Stage("d", { disk: { group: groupOf("abc", { learners: "d" }) } })
  stage.tick()
  t.same(
    stage.all("send").map(({ message }) => [message.kind, message.to]),
    [
      ["readIndex", "a"],
      ["readIndex", "b"],
      ["readIndex", "c"],
    ],
  )
  stage.receive("a", { kind: "readIndexReply", call: 0, index: at(1) })
  t.same(stage.all("readReady"), [], "the answer is of no interest")
})

test("two replicas that time out at once do not refuse each other for ever", async (t) => {
  const group = new Ensemble("ab")
  group.pass(4000)
  for (let round = 0; round < 50; round++) {
    for (const name of "ab")
      group.at(name, (stage) => stage.raft.nextDeadlineMs <= stage.nowMs && stage.step({ kind: "tick" }))
    if ([..."ab"].some((name) => group.on(name).raft.role === "leader")) return t.pass(`round ${round}`)
    group.pass(100)
  }
  return t.fail("no leader in five seconds")
})
