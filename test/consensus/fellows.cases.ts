import type { MessageBody } from "@conclave/consensus"
import fc from "fast-check"
import { test } from "tap"
import { anyBody } from "./arbitraries.ts"
import { Ensemble } from "./ensemble.ts"
import { leading, refusalOf } from "./leading.ts"
import { at, type DiskFields, entryOf, groupOf, hardStateOf, id, inTerm, metaOf, Stage, storedOf } from "./stage.ts"

const FAR = 1_000_000

/** What may not change by the word of a stranger. */
function standOf({ raft }: Stage): unknown {
  const { term, role, leader, commit, ended, installing, log, group } = raft
  return { term, role, leader, commit, ended, installing, last: log.lastPosition, group }
}

function follower(): Stage {
  const stage = new Stage("a", { disk: { terms: [1, 1, 1], commit: 1 } })
  stage.heartbeat("b", { term: 2 })
  return stage
}

test("whatever a stranger says, in whatever term, nothing changes, and no more is said than what became of the group", (t) => {
  const silent = (): Stage => new Stage("a", { disk: { terms: [1, 1, 1], commit: 1 } })
  let told = 0
  fc.assert(
    fc.property(anyBody, fc.nat(2 * FAR), fc.constantFrom(follower, silent, leading), (body, term, make) => {
      const stage = make()
      stage.step({ kind: "room", isFull: false })
      stage.effects = []
      const before = standOf(stage)
      const writes = stage.writes.length
      stage.receive("z", body as MessageBody, term)
      t.strictSame(standOf(stage), before)
      t.equal(stage.writes.length, writes)
      for (const effect of stage.effects) {
        const isWord = effect.kind === "send" && ["removed", "members"].includes(effect.message.kind)
        if (isWord && effect.kind === "send" && effect.message.to === "z") told++
        else t.fail(`${effect.kind} because of ${body.kind}`)
      }
    }),
    { numRuns: 1000 },
  )
  t.ok(told > 50, `${told} times it was told`)
  t.end()
})

test("a snapshot of a stranger is not taken over, and a term that it asks for is not entered", (t) => {
  const stage = follower()
  const before = standOf(stage)
  const meta = metaOf(9, FAR, groupOf("az"))
  stage.step({ kind: "snapshotReceived", from: id("z"), term: inTerm(FAR), meta })
  t.strictSame(standOf(stage), before)
  stage.receive("z", { kind: "heartbeat", commit: at(FAR), match: at(FAR), round: 1 }, FAR)
  t.equal(stage.raft.ended, undefined, "it says how far this log goes, and is not believed")
  stage.step({ kind: "snapshotReceived", from: id("b"), term: inTerm(3), meta: metaOf(9, 3) })
  t.equal(stage.all("restore").length, 1, "that of its leader is")
  t.end()
})

test("a newcomer follows whoever comes, until its log names it", (t) => {
  const stage = new Stage("d", { disk: { group: groupOf("b"), terms: [1], commit: 0 } })
  t.ok(stage.raft.isNewcomer)
  stage.receive("z", { kind: "members", at: { index: at(FAR), term: inTerm(FAR) }, group: groupOf("yz") }, 1)
  stage.append("c", 4, [1, 1], [4])
  t.equal(stage.raft.leader, "c", "whom no group names that it has")
  stage.appendGroup("c", groupOf("c", { learners: "d" }))
  t.notOk(stage.raft.isNewcomer)
  t.ok(stage.raft.believes(id("c")))
  for (const stranger of ["y", "z", "e"]) t.notOk(stage.raft.believes(id(stranger)), stranger)
  stage.append("e", 5, [3, 4], [5])
  t.equal(stage.raft.term, 4)
  t.end()
})

/** d came, a went, and c was not there. */
const MOVED = { ...storedOf(), hardState: hardStateOf(2, undefined, 3) }
const NEW: typeof MOVED = {
  ...MOVED,
  entries: [
    ...MOVED.entries,
    entryOf(2, 2, { group: groupOf("abc", { learners: "d" }) }),
    entryOf(3, 2, { group: groupOf("bcd", { outgoing: "abc" }) }),
    entryOf(4, 2, { group: groupOf("bcd") }),
  ],
}

function away(c: DiskFields): Ensemble {
  const ensemble = new Ensemble("bcd", { disks: { b: NEW, d: NEW, c } })
  ensemble.cut("c")
  ensemble.elect("d")
  ensemble.beat("d")
  ensemble.heal()
  return ensemble
}

test("a replica that was away while its leader came into the group believes it by the word of one that it knows", (t) => {
  const ensemble = away({ voters: "abc" })
  const c = ensemble.on("c").raft
  ensemble.beat("d")
  t.same([c.term, c.leader], [1, undefined], "it does not know who that is")
  ensemble.on("c").nowMs += 4000
  ensemble.at("c", (stage) => stage.step({ kind: "tick" }))
  t.ok(c.believes(id("d")), "b has named it")
  t.equal(ensemble.on("d").raft.role, "leader", "and nobody was disturbed")
  ensemble.beat("d")
  t.equal(c.leader, "d")
  t.same(c.group, groupOf("bcd"))
  t.end()
})

test("a learner that was away since an earlier term hears of a leader that it does not know, too", (t) => {
  const old = [...MOVED.entries, entryOf(2, 2, { group: groupOf("abc", { learners: "e" }) })]
  const after = groupOf("bcd", { learners: "e" })
  const entries = [
    ...old,
    entryOf(3, 2, { group: groupOf("abc", { learners: "de" }) }),
    entryOf(4, 2, { group: groupOf("bcd", { outgoing: "abc", learners: "e" }) }),
    entryOf(5, 2, { group: after }),
  ]
  const [newer, older] = [
    { ...MOVED, entries },
    { ...MOVED, hardState: hardStateOf(2, undefined, 2), entries: old },
  ]
  const ensemble = new Ensemble("bcde", { disks: { b: newer, c: newer, d: newer, e: older } })
  ensemble.cut("e")
  ensemble.elect("d")
  ensemble.beat("d")
  ensemble.heal()
  const e = ensemble.on("e").raft
  ensemble.beat("d")
  t.same([e.term, e.leader], [2, undefined], "it does not know who that is")
  ensemble.on("e").nowMs += 4000
  ensemble.at("e", (stage) => stage.step({ kind: "tick" }))
  t.ok(e.believes(id("d")), "those that it asks have named it, in a later term than its own")
  ensemble.beat("d")
  t.equal(e.leader, "d")
  t.same(e.group, after)
  t.end()
})

test("one that was taken out while it was away hears so of a leader that it does not know", (t) => {
  const gone = { ...NEW, entries: [...NEW.entries, entryOf(5, 2, { group: groupOf("bde") })] }
  const ensemble = new Ensemble("bcde", { disks: { b: gone, d: gone, e: gone, c: { voters: "abc" } } })
  ensemble.cut("c")
  ensemble.elect("d")
  ensemble.beat("d")
  ensemble.heal()
  ensemble.campaign("c")
  ensemble.campaign("c")
  t.equal(ensemble.on("c").raft.ended, "removed")
  t.end()
})

test("what is told of the group counts where it is newer than the log, and of the newest alone", (t) => {
  const stage = new Stage("c", { disk: { voters: "abc", terms: [1, 1, 3], commit: 3 } })
  const tell = (from: string, index: number, term: number, voters: string) =>
    stage.receive(from, { kind: "members", at: { index: at(index), term: inTerm(term) }, group: groupOf(voters) })
  tell("z", 9, 9, "xyz")
  tell("b", 3, 2, "bcx")
  t.notOk(stage.raft.believes(id("x")))
  tell("b", 4, 4, "bcd")
  tell("a", 9, 3, "bce")
  t.same(
    ["d", "e", "x", "z"].filter((each) => stage.raft.believes(id(each))),
    ["d"],
  )
  tell("d", 5, 4, "cdf")
  t.ok(stage.raft.believes(id("f")), "by one that was named")
  stage.append("f", 4, [3, 3], [4, 4])
  t.equal(stage.raft.leader, "f")
  t.notOk(stage.raft.believes(id("d")), "the log goes as far by now, and does not name it")
  t.ok(stage.raft.believes(id("f")), "it leads this term")
  t.end()
})

test("a later term of one that has no vote is not followed, but one that is to lead may be known as a learner", (t) => {
  const stage = leading("abc", {}, "d")
  stage.receive("d", { kind: "heartbeatReply", round: 1, featureMax: 1 }, FAR)
  stage.receive("d", { kind: "appended", match: at(2) }, FAR)
  t.equal(stage.raft.role, "leader")
  stage.receive("b", { kind: "heartbeatReply", round: 1, featureMax: 1 }, 7)
  t.same([stage.raft.role, stage.raft.term], ["follower", 7])
  stage.heartbeat("d", { term: 8 })
  t.equal(stage.raft.leader, "d")
  t.end()
})

test("nobody is given a vote of whom those that are to vote with it do not know", (t) => {
  const three = leading("abc", {}, "d")
  three.changeGroup("abc", "de")
  for (const from of "bd") three.acknowledge(from)
  three.change("acd", "e")
  t.equal(refusalOf(three), "not-caught-up", "c would not hear d, and without a they would come to nothing")
  three.change("abd", "e")
  t.equal(three.raft.group.voters.length, 3, "without c all know it")
  t.ok(three.raft.group.voters.includes(id("d")))
  const late = leading("abc", {}, "d")
  late.changeGroup("abc", "de")
  for (const from of "bcd") late.acknowledge(from)
  late.change("abcd", "e")
  t.ok(late.raft.group.voters.includes(id("d")), "e alone lacks the group in which it learns")
  const five = leading("abcde", {}, "f")
  five.changeGroup("abcde", "fg")
  for (const from of "bf") five.acknowledge(from)
  five.acknowledge("c")
  five.change("abcef", "g")
  t.ok(five.raft.group.voters.includes(id("f")), "of three that agree at least one knows both")
  t.end()
})
