import { test } from "tap"
import { Ensemble } from "./ensemble.ts"
import { leading } from "./leading.ts"
import { at, CONFIG, groupOf, id, inTerm, Stage } from "./stage.ts"

test("a new leader sends its empty entry at once", async (t) => {
  const stage = new Stage("a", { disk: {} })
  stage.lead()
  t.same(
    stage.sent("append").map(({ to, entries }) => [to, entries.length]),
    [
      ["b", 1],
      ["c", 1],
    ],
  )
})

test("entries are sent ahead without waiting, within a window", async (t) => {
  const stage = leading("ab", { inflightMax: 3 })
  for (let count = 0; count < 5; count++) stage.propose("x")
  t.same(
    stage.sent("append").map(({ prev, entries }) => [prev.index, entries.length]),
    [
      [2, 1],
      [3, 1],
      [4, 1],
    ],
  )
  stage.forget()
  stage.acknowledge("b", 3)
  t.same(
    stage.sent("append").map(({ prev, entries }) => [prev.index, entries.length]),
    [[5, 2]],
    "what waited goes in one",
  )
})

test("an append holds what fits, and one larger entry travels alone", async (t) => {
  const stage = leading("ab", { appendBytesMax: 100, inflightMax: 1 })
  for (const size of [1, 10, 10, 200, 10]) stage.propose("x".repeat(size))
  const sizes: number[] = []
  for (let count = 0; count < 4; count++) {
    const append = stage.sent("append").at(-1)
    sizes.push(append?.entries.length ?? 0)
    stage.acknowledge("b", (append?.prev.index ?? 0) + (append?.entries.length ?? 0))
  }
  t.same(sizes, [1, 2, 1, 1])
})

const heard = (stage: Stage): unknown[][] =>
  stage.sent("append").map(({ to, entries, commit, isQuiet }) => [to, entries.length, commit, isQuiet])

test("a commit index is told at once to those who have nothing on its way to them, and to the others when they answer", async (t) => {
  const stage = leading("abc")
  stage.propose("x")
  stage.forget()
  stage.acknowledge("b")
  t.same(heard(stage), [["b", 0, 3, true]], "no answer is wanted where all is acknowledged")
  stage.forget()
  stage.acknowledge("b")
  t.same(stage.sent("append"), [], "once")
  stage.acknowledge("c")
  t.same(heard(stage), [["c", 0, 3, true]])
})

test("a commit index goes with the next entries, and alone once they are answered", async (t) => {
  const stage = leading("abc")
  stage.propose("x")
  stage.propose("y")
  stage.forget()
  stage.acknowledge("b", 3)
  t.same(heard(stage), [], "what is on its way is answered soon")
  stage.propose("z")
  t.same(heard(stage), [
    ["b", 1, 3, undefined],
    ["c", 1, 3, undefined],
  ])
  stage.forget()
  stage.acknowledge("b", 4)
  t.same(heard(stage), [])
  stage.acknowledge("b", 5)
  t.same(heard(stage), [["b", 0, 5, true]])
})

test("a commit index that waits for a lost append comes with the heartbeats", async (t) => {
  const group = new Ensemble("abc")
  group.elect("a")
  group.at("a", (stage) => stage.propose("x"))
  group.loses = ({ kind, to }) => kind === "append" && to === "c"
  group.at("a", (stage) => stage.propose("y"))
  group.beat("a")
  t.equal(group.on("c").raft.commit, 3)
  group.heal()
  group.beat("a")
  t.equal(group.on("c").raft.commit, 4)
})

test("who asks whether the logs agree wants an answer", async (t) => {
  const stage = leading("abc")
  stage.forget()
  stage.step({ kind: "transfer", to: id("b") })
  t.same(heard(stage), [["b", 0, 2, undefined]])
})

test("a commit index that a full window kept back is told when there is room", async (t) => {
  const stage = leading("abc", { inflightMax: 1 })
  stage.propose("x")
  stage.acknowledge("b")
  stage.forget()
  stage.acknowledge("c")
  t.same(
    stage.sent("append").map(({ to, commit }) => [to, commit]),
    [["c", 3]],
  )
})

test("a commit index that nobody waits for is kept back for what goes next, and told alone after a while", async (t) => {
  const stage = leading("abc", { commitNewsMs: 5 })
  stage.propose("x")
  stage.forget()
  for (const from of "bc") stage.acknowledge(from)
  t.same(heard(stage), [])
  stage.propose("y")
  t.same(
    heard(stage),
    [
      ["b", 1, 3, undefined],
      ["c", 1, 3, undefined],
    ],
    "it goes with an entry",
  )
  stage.forget()
  stage.acknowledge("b")
  t.ok(stage.raft.nextDeadlineMs > stage.nowMs, "a tick is due later")
  stage.nowMs += 3
  stage.acknowledge("c")
  stage.nowMs += 2
  t.equal(stage.raft.nextDeadlineMs, stage.nowMs)
  stage.step({ kind: "tick" })
  t.same(heard(stage), [["b", 0, 4, true]])
  stage.forget()
  t.equal(stage.raft.nextDeadlineMs, stage.nowMs + 3)
  stage.nowMs += 3
  stage.step({ kind: "tick" })
  t.same(heard(stage), [["c", 0, 4, true]])
  t.ok(stage.raft.nextDeadlineMs > stage.nowMs, "everybody knows")
})

test("a commit index that somebody waits for is told at once, also behind what is on its way, and no answer is wanted", async (t) => {
  const stage = leading("abc", { commitNewsMs: 5 })
  stage.propose("x")
  stage.propose("y")
  stage.forget()
  stage.acknowledge("b", 3)
  t.same(heard(stage), [])
  stage.step({ kind: "announce", to: id("c") })
  t.same(heard(stage), [["c", 0, 3, true]])
  stage.step({ kind: "announce" })
  t.same(heard(stage), [
    ["c", 0, 3, true],
    ["b", 0, 3, true],
  ])
  stage.forget()
  stage.step({ kind: "announce" })
  stage.step({ kind: "announce", to: id("d") })
  t.same(heard(stage), [], "it is no news any more")
})

test("who waited while nothing could be sent is told when something can", async (t) => {
  const stage = leading("abc", { commitNewsMs: 5, inflightMax: 1 })
  stage.propose("x")
  stage.acknowledge("b")
  stage.forget()
  stage.step({ kind: "announce", to: id("c") })
  t.same(heard(stage), [])
  stage.acknowledge("c")
  t.same(heard(stage), [["c", 0, 3, true]])
})

test("whoever reads through the leader, or is of a group that has changed, is not kept waiting for the commit index", async (t) => {
  const stage = leading("abc", { commitNewsMs: 5 })
  stage.propose("x")
  for (const from of "bc") stage.acknowledge(from)
  stage.forget()
  stage.receive("b", { kind: "readIndex", call: 1 })
  const [round] = stage.sent("heartbeat")
  stage.receive("b", { kind: "heartbeatReply", round: round?.round ?? 0, featureMax: 1 })
  t.same(heard(stage), [["b", 0, 3, true]])
  stage.forget()
  stage.changeGroup("abc", "d")
  stage.acknowledge("b")
  stage.forget()
  stage.acknowledge("c")
  t.same(heard(stage), [["c", 0, 4, true]])
})

test("an append that was lost is found by the next heartbeat's answer, also when nothing follows it", async (t) => {
  const group = new Ensemble("abc")
  group.elect("a")
  group.loses = ({ kind, to }) => kind === "append" && to === "c"
  group.at("a", (stage) => stage.propose("x"))
  group.heal()
  group.beat("a")
  t.same(group.on("c").terms, [1, 2, 2])
})

test("a window whose acknowledgements were all lost does not stand still", async (t) => {
  const group = new Ensemble("ab", { config: { inflightMax: 2 } })
  group.elect("a")
  group.loses = ({ kind }) => kind === "appended" || kind === "append"
  for (let count = 0; count < 6; count++) group.at("a", (stage) => stage.propose("x"))
  group.heal()
  for (let count = 0; count < 6; count++) group.beat("a")
  t.equal(group.on("a").raft.commit, 8)
})

test("a follower that comes back empty of what it had not acknowledged is found by a heartbeat", async (t) => {
  const group = new Ensemble("abc")
  group.elect("a")
  group.cut("c")
  for (let count = 0; count < 3; count++) group.at("a", (stage) => stage.propose("x"))
  group.heal()
  group.beat("a")
  t.equal(group.on("c").raft.log.last, 5)
})

test("a heartbeat speaks of no more than what its receiver has", async (t) => {
  const stage = leading("abc")
  stage.propose("x")
  stage.acknowledge("b")
  stage.forget()
  stage.tick()
  t.same(
    stage.sent("heartbeat").map(({ to, commit, match, isBehind }) => [to, commit, match, isBehind]),
    [
      ["b", 3, 3, undefined],
      ["c", 2, 2, true],
    ],
  )
})

test("acknowledgements of what the leader does not have, of strangers and of other terms count nothing", async (t) => {
  const stage = leading("abc")
  stage.propose("x")
  stage.acknowledge("b", 99)
  stage.acknowledge("z")
  stage.receive("b", { kind: "appended", match: at(3) }, 1)
  t.equal(stage.raft.commit, 2)
  stage.receive("z", { kind: "appendRejected", rejected: at(2), hint: { index: at(0), term: inTerm(0) } })
  stage.answer("z", 1)
  t.same(stage.all("sendSnapshot"), [])
})

/** A leader whose log begins at 5; c has nothing of it. */
function compacted(): Stage {
  const stage = leading("abc")
  for (let count = 0; count < 4; count++) stage.propose("x")
  stage.acknowledge("b")
  stage.step({ kind: "snapshotTaken", meta: stage.raft.log.metaAt(at(5)) })
  stage.forget()
  stage.receive("c", { kind: "appendRejected", rejected: at(6), hint: { index: at(0), term: inTerm(0) } })
  return stage
}

test("one snapshot is on its way at a time, and nothing else to the same replica", async (t) => {
  const group = groupOf("abc", { learners: "d" })
  const stage = new Stage("a", { disk: { group } })
  stage.lead()
  for (const from of "bc") stage.acknowledge(from)
  stage.propose("x")
  stage.acknowledge("b")
  stage.step({ kind: "snapshotTaken", meta: stage.raft.log.metaAt(at(3)) })
  stage.forget()
  for (const from of "cd")
    stage.receive(from, {
      kind: "appendRejected",
      rejected: at(from === "c" ? 3 : 1),
      hint: { index: at(0), term: inTerm(0) },
    })
  t.same(
    stage.all("sendSnapshot").map(({ to }) => to),
    ["c"],
  )
  stage.forget()
  stage.propose("x")
  t.notOk(stage.sent("append").some(({ to }) => to !== "b"))
  stage.acknowledge("c", 3)
  stage.answer("d", 1)
  t.same(
    stage.all("sendSnapshot").map(({ to }) => to),
    ["d"],
    "the next one has its turn",
  )
})

test("a replica that says nothing is sent no snapshot", async (t) => {
  const stage = leading("abc")
  stage.propose("x")
  stage.acknowledge("b")
  stage.step({ kind: "snapshotTaken", meta: stage.raft.log.metaAt(at(3)) })
  stage.forget()
  for (let count = 0; count < 30; count++) {
    stage.tick()
    stage.answer("b", stage.sent("heartbeat").at(-1)?.round ?? 0)
  }
  t.same(stage.all("sendSnapshot"), [])
})

test("any acknowledgement that meets our log ends the wait for a snapshot", async (t) => {
  const stage = compacted()
  const progress = stage.raft.reign?.progress.get(id("c"))
  t.equal(stage.all("sendSnapshot").length, 1)
  t.equal(progress?.state, "snapshot")
  stage.acknowledge("c", 2)
  t.equal(progress?.state, "snapshot", "that is before our log")
  stage.acknowledge("c", 5)
  t.equal(progress?.state, "replicate")
  stage.step({ kind: "snapshotSent", sending: 1, ok: true })
  t.equal(progress?.state, "replicate")
})

test("a snapshot that broke off is begun again at the next heartbeat's answer", async (t) => {
  const stage = compacted()
  stage.step({ kind: "snapshotSent", sending: 1, ok: false })
  t.equal(stage.all("sendSnapshot").length, 1)
  stage.answer("c", 1)
  t.equal(stage.all("sendSnapshot").length, 2)
})

test("the end of an older snapshot is none of the one on its way", async (t) => {
  const stage = compacted()
  const progress = stage.raft.reign?.progress.get(id("c"))
  for (const ok of [true, false]) {
    stage.step({ kind: "snapshotSent", sending: 0, ok })
    t.equal(progress?.state, "snapshot")
  }
  for (let count = 0; count < 3; count++) stage.answer("c", 1)
  t.equal(stage.all("sendSnapshot").length, 1, "nor is a second one begun beside it")
  stage.step({ kind: "snapshotSent", sending: 1, ok: false })
  t.equal(progress?.state, "probe")
})

test("after a snapshot that took long appends follow it, though the log was compacted meanwhile", async (t) => {
  const stage = compacted()
  for (let count = 0; count < 3; count++) stage.propose("x")
  stage.acknowledge("b")
  stage.step({ kind: "snapshotTaken", meta: stage.raft.log.metaAt(at(8)) })
  stage.step({ kind: "snapshotSent", sending: 1, ok: true })
  stage.forget()
  stage.acknowledge("c", 5)
  t.equal(stage.sent("append").at(-1)?.prev.index, 5)
  t.same(stage.all("sendSnapshot"), [])
  stage.acknowledge("c")
  stage.propose("x")
  stage.acknowledge("b")
  stage.step({ kind: "snapshotTaken", meta: stage.raft.log.metaAt(at(9)) })
  t.equal(stage.raft.log.first, 10, "it was kept for that alone")
})

test("the end of a snapshot that was on its way in an earlier reign is none of the one of the same entry", async (t) => {
  const stage = compacted()
  stage.pass(2 * CONFIG.electionMs)
  t.not(stage.raft.role, "leader")
  stage.lead()
  stage.receive("c", {
    kind: "appendRejected",
    rejected: at(stage.raft.log.last - 1),
    hint: { index: at(0), term: inTerm(0) },
  })
  const [first, second] = stage.all("sendSnapshot")
  t.equal(first?.meta.index, second?.meta.index)
  stage.step({ kind: "snapshotSent", sending: first?.sending ?? 0, ok: false })
  t.equal(stage.raft.reign?.progress.get(id("c"))?.state, "snapshot")
  stage.answer("c", 1)
  t.equal(stage.all("sendSnapshot").length, 2, "and none is begun in its place")
})

test("a snapshot that arrived and was not acknowledged is followed by a probe", async (t) => {
  const stage = compacted()
  stage.step({ kind: "snapshotSent", sending: 1, ok: true })
  stage.forget()
  stage.answer("c", 1)
  t.equal(stage.one("append").prev.index, 5)
})

test("a replica that left and came into the group again is followed from the start", async (t) => {
  const stage = leading("abc")
  stage.changeGroup("abc", "d")
  stage.acknowledge("b")
  stage.acknowledge("d")
  t.equal(stage.raft.reign?.progress.get(id("d"))?.match, 3)
  stage.changeGroup("abc")
  stage.acknowledge("b")
  t.equal(stage.raft.reign?.progress.has(id("d")), false)
  stage.changeGroup("abc", "d")
  t.equal(stage.raft.reign?.progress.get(id("d"))?.match, 0)
})

test("who has not been heard for an election timeout is no part of the quorum that a leader needs", async (t) => {
  const stage = leading("abc")
  stage.nowMs += CONFIG.electionMs - 1
  t.equal(stage.raft.reign?.hasQuorum, true)
  stage.nowMs += 1
  stage.receive("b", { kind: "preVote", last: { index: at(9), term: inTerm(9) } }, 3)
  t.equal(stage.raft.reign?.hasQuorum, false)
  t.equal(stage.one("preVoteReply").granted, true, "and such a leader stands in nobody's way")
})

/** What becomes of new work, and of what relieves. */
function refused(stage: Stage): readonly (string | undefined)[] {
  return [false, true].map((relieves) => {
    stage.forget()
    stage.propose("x", relieves)
    return stage.all("refused")[0]?.reason
  })
}

const says = (stage: Stage, from: string, isFull: boolean): unknown =>
  stage.receive(from, { kind: "heartbeatReply", round: 0, featureMax: 1, ...(isFull ? { isFull } : {}) })

test("new work is refused while no quorum has room for it, what relieves never", async (t) => {
  const stage = leading()
  t.same(refused(stage), [undefined, undefined])
  says(stage, "b", true)
  t.same(refused(stage), [undefined, undefined], "two of three have room")
  says(stage, "c", true)
  t.same(refused(stage), ["disk-full", undefined])
  says(stage, "b", false)
  t.same(refused(stage), [undefined, undefined])
  stage.step({ kind: "room", isFull: true })
  t.same(refused(stage), ["disk-full", undefined], "its own it needs itself")
})

test("the room of one that is not there is none", async (t) => {
  const stage = leading()
  says(stage, "b", true)
  for (let passed = 0; passed < 2 * CONFIG.electionMs; passed += CONFIG.heartbeatMs) {
    stage.pass(CONFIG.heartbeatMs)
    says(stage, "b", true)
  }
  t.equal(stage.raft.reign?.hasQuorum, true)
  t.same(refused(stage), ["disk-full", undefined])
})

test("while voters change both halves need room", async (t) => {
  const stage = new Stage("a", { disk: { group: groupOf("abc", { outgoing: "ade" }) } })
  stage.lead()
  t.ok(stage.raft.reign?.hasRoom)
  for (const from of "de") says(stage, from, true)
  t.notOk(stage.raft.reign?.hasRoom)
  says(stage, "d", false)
  t.ok(stage.raft.reign?.hasRoom)
})
