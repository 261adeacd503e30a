import { test } from "tap"
import { leading, refusalOf } from "./leading.ts"
import { at, groupOf, inTerm, Stage } from "./stage.ts"

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

test("an entry that its leader proposed has a term that it won", async (t) => {
  const stage = leading()
  stage.propose("x")
  t.equal(stage.raft.log.term(at(3)), inTerm(2))
})
