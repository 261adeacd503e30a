import type { Entry, LogPosition } from "@conclave/consensus"
import fc from "fast-check"
import { test } from "tap"
import { at, CONFIG, entryOf, groupOf, id, inTerm, metaOf, Stage } from "./stage.ts"

test("a follower's commit index is bound by what the append speaks of, not by its own tail", async (t) => {
  // Entry 3 is of somebody who led for a moment; the leader of term 3 has committed 11 and knows only that 2 agrees.
  const stage = new Stage("a", { disk: { terms: [1, 1, 2], term: 3 } })
  stage.append("b", 3, [2, 1], [], 11)
  t.equal(stage.raft.commit, 2)
  stage.append("b", 3, [2, 1], [3, 3], 3)
  t.equal(stage.raft.commit, 3, "and by what the leader has committed")
  stage.append("b", 3, [2, 1], [3], 1)
  t.equal(stage.raft.commit, 3, "and it never falls")
})

test("a follower acknowledges what the append speaks of, not its own tail", async (t) => {
  const stage = new Stage("a", { disk: { terms: [1, 1, 2, 2], term: 3 } })
  stage.append("b", 3, [1, 1], [1])
  t.equal(stage.one("appended").match, 2)
  stage.append("b", 3, [1, 1], [])
  t.equal(stage.sent("appended").at(-1)?.match, 1)
})

test("news of a commit index that wants no answer gets none, unless the logs do not agree", async (t) => {
  const stage = new Stage("a", { disk: { terms: [1, 1, 1], commit: 1, term: 2 } })
  const hear = (position: LogPosition, entries: readonly Entry[], commit: number): void => {
    stage.forget()
    stage.receive("b", { kind: "append", prev: position, entries, commit: at(commit), isQuiet: true }, 2)
  }
  hear({ index: at(3), term: inTerm(1) }, [], 2)
  t.equal(stage.raft.commit, 2)
  t.same(stage.sent("appended"), [])
  hear({ index: at(1), term: inTerm(1) }, [], 2)
  t.same(stage.sent("appended"), [], "nor below what is committed")
  hear({ index: at(4), term: inTerm(2) }, [], 4)
  t.equal(stage.one("appendRejected").rejected, 4)
  hear({ index: at(3), term: inTerm(1) }, [entryOf(4, 2)], 2)
  t.equal(stage.one("appended").match, 4, "entries are always answered")
})

test("an append below the commit index agrees already", async (t) => {
  const stage = new Stage("a", { disk: { terms: [1, 1, 1, 1], commit: 4, term: 2 } })
  stage.step({ kind: "tick" })
  stage.step({ kind: "snapshotTaken", meta: metaOf(3, 1) })
  t.equal(stage.raft.log.first, 4)
  stage.append("b", 2, [1, 1], [1, 1, 1])
  t.equal(stage.one("appended").match, 4, "what is compacted is no conflict")
  t.same(stage.terms, [1])
})

test("what is committed is never cut, whatever an append says of it", async (t) => {
  const stage = new Stage("a", { disk: { terms: [1, 1, 1], commit: 3, term: 3 } })
  stage.append("b", 3, [1, 1], [2, 2, 2])
  t.same(stage.terms, [1, 1, 1], "one that begins below is not even looked at")
  t.same(stage.writes, [])
  t.equal(stage.one("appended").match, 3)
  stage.append("b", 3, [3, 2], [])
  t.equal(stage.one("appendRejected").rejected, 3, "nor is one that follows on something else")
  t.equal(stage.raft.commit, 3)
  const other = new Stage("a", { disk: { terms: [1, 1, 1], commit: 2, term: 3 } })
  other.append("b", 3, [2, 1], [3])
  t.same(other.terms, [1, 1, 3])
})

test("a cut and what replaces it are one write", async (t) => {
  const stage = new Stage("a", { disk: { terms: [1, 1, 2, 2], term: 3 } })
  stage.append("b", 3, [2, 1], [3])
  t.equal(stage.writes.length, 1)
  const [write] = stage.writes
  t.equal(write?.truncateFrom, 3)
  t.same(
    write?.entries.map(({ index, term }) => [index, term]),
    [[3, 3]],
  )
})

test("nothing is acknowledged before it is on disk", async (t) => {
  const stage = new Stage("a", { disk: { term: 2 } })
  stage.isDiskFast = false
  const kinds = stage.append("b", 2, [1, 1], [2]).flatMap((each) => (each.kind === "send" ? [each.after] : [each.kind]))
  t.same(kinds.slice(-2), ["persist", "durable"], "the answer waits behind the write")
})

test("a rejection tells where the logs may agree", async (t) => {
  for (const [terms, prev, hint] of [
    [
      [1, 1, 1],
      [5, 2],
      [3, 1],
    ],
    [
      [1, 2, 2, 3, 3],
      [4, 2],
      [3, 2],
    ],
    [
      [1, 3, 3, 3],
      [3, 2],
      [1, 1],
    ],
    [
      [1, 2, 2],
      [3, 4],
      [3, 2],
    ],
  ] as const) {
    const stage = new Stage("a", { disk: { terms, term: 5 } })
    stage.append("b", 5, prev, [])
    const rejection = stage.one("appendRejected")
    t.same(rejection.hint, { index: at(hint[0]), term: inTerm(hint[1]) }, `${terms} asked for ${prev}`)
    t.equal(rejection.rejected, prev[0])
  }
})

test("a rejection keeps the election away as any word of the leader does", async (t) => {
  const stage = new Stage("a", { disk: { terms: [1], term: 5 } })
  for (let count = 0; count < 10; count++) {
    stage.nowMs += 900
    stage.append("b", 5, [7, 4], [])
    t.ok(stage.raft.nextDeadlineMs >= stage.nowMs + 1000)
  }
})

test("a heartbeat commits no more than what was acknowledged", async (t) => {
  const stage = new Stage("a", { disk: { terms: [1, 1, 1], term: 2 } })
  stage.heartbeat("b", { match: 2, commit: 3 })
  t.equal(stage.raft.commit, 2)
})

test("what a follower has is as of its leader's word only where nothing is missing that the leader knows to be committed", async (t) => {
  const stage = new Stage("a", { disk: { terms: [1, 1], term: 2 } })
  const isOfNow = (say: () => void): boolean => {
    stage.nowMs += 10
    say()
    return stage.raft.asOf.ms === stage.nowMs
  }
  t.equal(stage.raft.asOf.ms, Number.NEGATIVE_INFINITY)
  t.notOk(
    isOfNow(() => stage.append("b", 2, [2, 1], [], 2)),
    "of its own term it has committed nothing",
  )
  t.notOk(isOfNow(() => stage.heartbeat("b", { match: 2, commit: 2 })))
  t.ok(isOfNow(() => stage.append("b", 2, [2, 1], [2], 3)))
  t.equal(stage.raft.asOf.index, 3)
  t.ok(isOfNow(() => stage.heartbeat("b", { match: 3, commit: 3 })))
  t.notOk(isOfNow(() => stage.heartbeat("b", { match: 3, commit: 3, isBehind: true })))
  t.notOk(isOfNow(() => stage.append("b", 2, [3, 2], [2], 5)))
  t.notOk(
    isOfNow(() => stage.append("b", 2, [9, 2], [], 9)),
    "which is refused",
  )
  t.ok(isOfNow(() => stage.append("b", 2, [4, 2], [2], 5)))
  t.equal(stage.raft.asOf.index, 5)
})

test("a follower whose disk takes no new work says so with each answer", async (t) => {
  const stage = new Stage("a", { disk: { term: 2 } })
  const said: unknown[] = []
  for (const isFull of [false, true, false]) {
    stage.step({ kind: "room", isFull })
    stage.forget()
    stage.heartbeat("b")
    said.push(stage.one("heartbeatReply").isFull)
  }
  t.same(said, [undefined, true, undefined])
})

test("a log that ends below what it has acknowledged ends its replica, without a word", async (t) => {
  const stage = new Stage("a", { disk: { terms: [1, 1], term: 2 } })
  stage.step({ kind: "read", call: 1 })
  stage.heartbeat("b", { match: 2 })
  stage.forget()
  stage.step({ kind: "read", call: 2 })
  stage.heartbeat("b", { match: 3, round: 2 })
  t.same(
    stage.all("ended").map(({ reason }) => reason),
    ["log-below-acknowledged"],
  )
  t.same(stage.sent("heartbeatReply"), [])
  t.same(
    stage.all("readReady"),
    [{ kind: "readReady", call: 2, index: undefined }],
    "who waits hears that there is no answer",
  )
  t.equal(stage.raft.nextDeadlineMs, Number.POSITIVE_INFINITY)
  t.same(stage.append("b", 2, [2, 1], [2]), [])
})

test("what is no piece of a log is not looked at", async (t) => {
  const prev = { index: at(1), term: inTerm(1) }
  for (const entries of [
    [entryOf(3, 2)],
    [entryOf(2, 2), entryOf(4, 2)],
    [entryOf(2, 3)],
    [entryOf(2, 2), entryOf(3, 1)],
    [{ ...entryOf(2, 2), kind: "group" as const }],
    [entryOf(2, 2, { kind: "command", group: groupOf("a") })],
  ]) {
    const stage = new Stage("a", { disk: { term: 2 } })
    stage.receive("b", { kind: "append", prev, entries, commit: at(9) })
    t.same(stage.terms, [1])
    t.equal(stage.raft.leader, undefined)
  }
})

test("a snapshot that our log agrees with leaves the log as it is", async (t) => {
  const stage = new Stage("a", { disk: { terms: [1, 1, 2, 2], term: 3 } })
  stage.step({ kind: "snapshotReceived", from: id("b"), term: inTerm(3), meta: metaOf(3, 2) })
  t.same(stage.terms, [1, 1, 2, 2])
  t.equal(stage.raft.commit, 3)
  t.same(stage.all("restore"), [])
  t.equal(stage.one("appended").match, 3)
})

test("a snapshot that our log conflicts with, or goes beyond it, replaces it whole in one write", async (t) => {
  for (const meta of [metaOf(3, 3, groupOf("abd")), metaOf(9, 3, groupOf("abd"))]) {
    const stage = new Stage("a", { disk: { terms: [1, 1, 2, 2], term: 3 } })
    stage.step({ kind: "snapshotReceived", from: id("b"), term: inTerm(3), meta })
    t.equal(stage.raft.log.last, meta.index)
    t.equal(stage.raft.commit, meta.index)
    t.same(stage.raft.group, groupOf("abd"))
    t.equal(stage.all("restore").length, 1)
    t.same(
      stage.writes.map(({ snapshot, entries }) => [snapshot, entries.length]),
      [[meta, 0]],
    )
  }
})

test("an old snapshot changes nothing and is answered with what is committed", async (t) => {
  const stage = new Stage("a", { disk: { terms: [1, 1, 2, 2], term: 3, commit: 3 } })
  stage.step({ kind: "snapshotReceived", from: id("b"), term: inTerm(3), meta: metaOf(2, 1) })
  t.same(stage.terms, [1, 1, 2, 2])
  t.equal(stage.one("appended").match, 3)
  stage.step({ kind: "snapshotReceived", from: id("b"), term: inTerm(2), meta: metaOf(9, 2) })
  t.equal(stage.raft.log.last, 4, "nor does one of a leader of the past")
})

test("while a snapshot is taken over nothing is applied, and there is no vote and no campaign", async (t) => {
  const stage = new Stage("a", { disk: { terms: [1], term: 3 } })
  stage.step({ kind: "snapshotReceived", from: id("b"), term: inTerm(3), meta: metaOf(9, 3) })
  stage.append("b", 3, [9, 3], [3], 10)
  t.equal(stage.raft.commit, 10)
  t.notOk(stage.applied.includes(10))
  stage.pass(5000)
  t.equal(stage.raft.term, 3)
  t.same(stage.sent("preVote"), [])
  const last = { index: at(99), term: inTerm(4) }
  stage.receive("c", { kind: "vote", last, byTransfer: false, byHint: false }, 4)
  t.equal(stage.one("voteReply").refusal, "installing-snapshot")
  stage.step({ kind: "restored", index: at(8) })
  t.notOk(stage.applied.includes(10), "that was another snapshot")
  stage.step({ kind: "restored", index: at(9) })
  t.ok(stage.applied.includes(10))
  stage.receive("c", { kind: "vote", last, byTransfer: false, byHint: false }, 4)
  t.equal(stage.sent("voteReply").at(-1)?.granted, true)
})

test("a newer snapshot replaces one that is still taken over", async (t) => {
  const stage = new Stage("a", { disk: { terms: [1], term: 3 } })
  for (const index of [9, 12])
    stage.step({ kind: "snapshotReceived", from: id("b"), term: inTerm(3), meta: metaOf(index, 3) })
  stage.step({ kind: "restored", index: at(9) })
  stage.append("b", 3, [12, 3], [3], 13)
  t.notOk(stage.applied.includes(13))
  stage.step({ kind: "restored", index: at(12) })
  t.ok(stage.applied.includes(13))
})

test("any appends of one leader, in any order and any number, end in a prefix of its log", async (t) => {
  // Two logs that agree up to a place and never again, as those of one group do.
  const anySteps = fc.array(fc.nat(3), { maxLength: 8 })
  const anyLogs = fc.tuple(anySteps, anySteps, anySteps).map(([common, leaders, own]) => {
    const begun = climb([1], common, 2)
    return [climb(begun, leaders, 2), climb([...begun, (begun.at(-1) ?? 1) + 1], own, 2)] as const
  })
  const anyAppend = fc.record({ prev: fc.nat(14), count: fc.nat(5), commit: fc.nat(14) })
  fc.assert(
    fc.property(anyLogs, fc.array(anyAppend, { maxLength: 20 }), ([leaders, own], appends) => {
      const stage = new Stage("a", { disk: { terms: own, term: 99, commit: 1 } })
      let acknowledged = 1
      for (const { prev, count, commit } of appends) {
        if (prev < 1 || prev > leaders.length) continue
        const terms = leaders.slice(prev, prev + count)
        stage.append("b", 99, [prev, leaders[prev - 1] ?? 0], terms, Math.min(commit, leaders.length))
        acknowledged = Math.max(acknowledged, ...stage.sent("appended").map(({ match }) => match))
      }
      const { commit } = stage.raft
      const isPrefix = (upTo: number): boolean =>
        leaders.slice(0, upTo).every((term, before) => stage.terms[before] === term)
      return isPrefix(acknowledged) && isPrefix(commit) && commit <= Math.max(1, ...appends.map((each) => each.commit))
    }),
    { numRuns: 500 },
  )
  t.pass("up to what it acknowledged, and up to what it commits")
})

/** Terms that go on behind `begun`, some later than the one before. */
function climb(begun: readonly number[], steps: readonly number[], by: number): readonly number[] {
  const terms = [...begun]
  for (const step of steps) terms.push((terms.at(-1) ?? 1) + (step > 1 ? by : 0))
  return terms
}

test("a follower whose writes wait says so with each heartbeat's answer, until one was quick", async (t) => {
  const stage = new Stage("a", { disk: { term: 2 } })
  const isSlow = (): boolean => {
    stage.forget()
    stage.heartbeat("b")
    return stage.one("heartbeatReply").isSlow === true
  }
  t.notOk(isSlow())
  stage.isDiskFast = false
  stage.append("b", 2, [1, 1], [2])
  stage.nowMs += CONFIG.electionMs / 2
  t.ok(isSlow(), "it waits still")
  stage.sync()
  t.ok(isSlow(), "the next one may be as slow")
  stage.append("b", 2, [2, 2], [2])
  stage.nowMs += 10
  stage.sync()
  t.notOk(isSlow())
})
