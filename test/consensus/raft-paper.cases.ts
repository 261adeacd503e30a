import { hasQuorum } from "@conclave/consensus"
import { test } from "tap"
import { Ensemble } from "./ensemble.ts"
import { at, CONFIG, groupOf, id, ids, inTerm, metaOf, Stage } from "./stage.ts"

/** Claims of the paper (Ongaro, Ousterhout 2014), one by one. */

const LONG = { voters: "abcde", terms: [1, 1, 1], commit: 1 }

test("§5.1 a replica starts as a follower", async (t) => {
  const stage = new Stage("a", { disk: {} })
  t.equal(stage.raft.role, "follower")
  t.equal(stage.raft.leader, undefined)
})

test("§5.1 a later term ends whatever a replica was", async (t) => {
  const follower = new Stage("a", { disk: {} })
  const candidate = new Stage("a", { disk: {} })
  candidate.tick()
  candidate.receive("b", { kind: "preVoteReply", granted: true }, 2)
  t.equal(candidate.raft.role, "candidate")
  const leader = new Stage("a", { disk: {} })
  leader.lead()
  for (const stage of [follower, candidate, leader]) {
    stage.append("c", 9, [1, 1], [9])
    t.equal(stage.raft.role, "follower")
    t.equal(stage.raft.term, 9)
    t.equal(stage.raft.leader, "c")
    t.equal(stage.writes.at(-1)?.hardState.vote, undefined, "and its vote meant the old term")
  }
})

test("§5.1 a leader of an earlier term is not followed and hears of the later one", async (t) => {
  const stage = new Stage("a", { disk: { terms: [1], term: 5 } })
  stage.append("b", 4, [1, 1], [4])
  stage.heartbeat("b", { term: 4 })
  t.same(stage.terms, [1])
  t.equal(stage.raft.leader, undefined)
  t.same(
    stage.sent("heartbeatReply").map(({ term }) => term),
    [5, 5],
  )
})

test("§5.2 a leader sends heartbeats to all, one in each interval", async (t) => {
  const stage = new Stage("a", { disk: { voters: "abcde" } })
  stage.lead()
  for (const each of "bcde") stage.acknowledge(each)
  for (let beat = 0; beat < 5; beat++) {
    stage.forget()
    const since = stage.nowMs
    stage.tick()
    t.equal(stage.nowMs - since, CONFIG.heartbeatMs)
    t.same(
      stage.sent("heartbeat").map(({ to }) => to),
      ids("bcde"),
    )
    for (const each of "bcde") stage.answer(each, beat + 2)
  }
})

test("§5.2 a follower that hears nothing enters a term, votes for itself and asks all others", async (t) => {
  const stage = new Stage("a", { disk: { voters: "abc" } })
  stage.tick()
  stage.receive("b", { kind: "preVoteReply", granted: true }, 2)
  t.equal(stage.raft.role, "candidate")
  t.equal(stage.raft.term, 2)
  t.equal(stage.writes.at(-1)?.hardState.vote, "a")
  t.same(
    stage.sent("vote").map(({ to, term, last }) => [to, term, last.index, last.term]),
    [
      ["b", 2, 1, 1],
      ["c", 2, 1, 1],
    ],
  )
})

test("§5.2 a candidate leads with the votes of a majority, and not with fewer", async (t) => {
  for (const voters of ["abc", "abcd", "abcde", "abcdef", "abcdefg"]) {
    for (let grants = 0; grants < voters.length; grants++) {
      const stage = new Stage("a", { disk: { voters } })
      stage.tick()
      for (const from of voters.slice(1))
        if (stage.raft.role === "preCandidate") stage.receive(from, { kind: "preVoteReply", granted: true }, 2)
      for (const from of voters.slice(1, 1 + grants)) stage.receive(from, { kind: "voteReply", granted: true })
      const isMost = hasQuorum(groupOf(voters), (each) => voters.slice(0, 1 + grants).includes(each))
      t.equal(stage.raft.role, isMost ? "leader" : "candidate", `${1 + grants} of ${voters.length}`)
    }
  }
})

test("§5.2 a majority of refusals makes a candidate a follower", async (t) => {
  const stage = new Stage("a", { disk: { voters: "abcde" } })
  stage.tick()
  for (const from of "bc") stage.receive(from, { kind: "preVoteReply", granted: true }, 2)
  for (const from of "bcd") stage.receive(from, { kind: "voteReply", granted: false, refusal: "voted-for-another" })
  t.equal(stage.raft.role, "follower")
  t.equal(stage.raft.term, 2)
})

test("§5.2 a replica votes once in a term, first come first served, and again for the same", async (t) => {
  for (const [already, asks, granted] of [
    [undefined, "b", true],
    [undefined, "c", true],
    ["b", "b", true],
    ["c", "c", true],
    ["b", "c", false],
    ["c", "b", false],
  ] as const) {
    const stage = new Stage("a", { disk: { term: 3, ...(already === undefined ? {} : { vote: already }) } })
    stage.receive(asks, { kind: "vote", last: { index: at(1), term: inTerm(1) }, byTransfer: false, byHint: false }, 3)
    t.equal(stage.one("voteReply").granted, granted, `voted for ${already}, ${asks} asks`)
  }
})

test("§5.2 a candidate follows a leader of its own term", async (t) => {
  const stage = new Stage("a", { disk: {} })
  stage.tick()
  stage.receive("b", { kind: "preVoteReply", granted: true }, 2)
  stage.append("c", 2, [1, 1], [2])
  t.equal(stage.raft.role, "follower")
  t.equal(stage.raft.leader, "c")
  t.same(stage.terms, [1, 2])
})

test("§5.2 election timeouts are drawn anew from [T, 2T)", async (t) => {
  const stage = new Stage("a", { disk: {} })
  const drawn = new Set<number>()
  for (let count = 0; count < 500; count++) {
    const timeout = stage.raft.nextDeadlineMs - stage.nowMs
    t.ok(timeout >= CONFIG.electionMs && timeout < 2 * CONFIG.electionMs)
    drawn.add(timeout)
    stage.tick()
  }
  t.ok(drawn.size > 250, `${drawn.size} different ones of 500`)
})

test("§9.3 of several followers one times out well before the others", async (t) => {
  let close = 0
  const rounds = 200
  for (let round = 0; round < rounds; round++) {
    const due = [1, 2, 3, 4, 5].map((each) => new Stage("a", { disk: {}, seed: round * 5 + each }).raft.nextDeadlineMs)
    due.sort((a, b) => a - b)
    if ((due[1] ?? 0) - (due[0] ?? 0) < CONFIG.electionMs / 50) close++
  }
  t.ok(close < rounds / 4, `${close} of ${rounds} rounds were close`)
})

test("§5.2 a split vote is followed by another election", async (t) => {
  const group = new Ensemble("abcd")
  group.pass(4000)
  group.loses = ({ from, to }) => !["ab", "ba", "cd", "dc"].includes(`${from}${to}`)
  for (const name of "ac") group.at(name, (stage) => stage.step({ kind: "tick" }))
  t.notOk([...group.stages.values()].some(({ raft }) => raft.role === "leader"))
  group.heal()
  group.elect("c")
})

test("§5.3 an entry is committed once a majority has it, then applied, then known to the others", async (t) => {
  const group = new Ensemble("abcde")
  group.elect("a")
  group.cut("cde")
  group.at("a", (stage) => stage.propose("x"))
  t.equal(group.on("a").raft.commit, 2, "two of five have it")
  group.loses = ({ from, to }) => "de".includes(from) || "de".includes(to)
  group.beat("a")
  t.equal(group.on("a").raft.commit, 3)
  for (const name of "abc") t.same(group.on(name).applied, [1, 2, 3], `${name} has applied it`)
  for (const name of "de") t.notOk(group.on(name).applied.includes(3))
})

test("§5.3 a leader's own copy counts when it is on its disk, not before", async (t) => {
  const stage = new Stage("a", { disk: {} })
  stage.lead()
  stage.acknowledge("b")
  stage.isDiskFast = false
  stage.propose("x")
  stage.acknowledge("b")
  t.equal(stage.raft.commit, 2, "one of three has it on disk")
  stage.sync()
  t.equal(stage.raft.commit, 3)
})

test("§5.3 a follower takes an append only where its predecessor matches", async (t) => {
  for (const [prev, matches] of [
    [[0, 0], true],
    [[2, 1], true],
    [[3, 2], true],
    [[3, 3], false],
    [[4, 2], false],
    [[9, 3], false],
  ] as const) {
    const stage = new Stage("a", { disk: { terms: [1, 1, 2], term: 3, commit: 0 } })
    stage.append("b", 3, prev, [])
    t.equal(stage.sent("appended").length, matches ? 1 : 0, `${prev}`)
    if (!matches) t.equal(stage.one("appendRejected").rejected, prev[0])
  }
})

test("§5.3 entries that conflict are replaced with all that follows, entries that match stay", async (t) => {
  for (const [prev, sent, result] of [
    [[2, 1], [3], [1, 1, 3]],
    [
      [1, 1],
      [1, 3],
      [1, 1, 3],
    ],
    [
      [1, 1],
      [1, 2],
      [1, 1, 2, 2],
    ],
    [[1, 1], [1], [1, 1, 2, 2]],
    [
      [4, 2],
      [3, 3],
      [1, 1, 2, 2, 3, 3],
    ],
    [
      [3, 2],
      [2, 3],
      [1, 1, 2, 2, 3],
    ],
  ] as const) {
    const stage = new Stage("a", { disk: { terms: [1, 1, 2, 2], term: 3 } })
    stage.append("b", 3, prev, sent)
    t.same(stage.terms, result, `${sent} behind ${prev}`)
  }
})

test("figure 7: whatever a follower's log looks like, the leader makes it its own", async (t) => {
  const leader = { terms: [1, 1, 1, 4, 4, 5, 5, 6, 6, 6], term: 7 }
  const logs = {
    a: [1, 1, 1, 4, 4, 5, 5, 6, 6],
    b: [1, 1, 1, 4],
    c: [1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6],
    d: [1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7],
    e: [1, 1, 1, 4, 4, 4, 4],
    f: [1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3],
  }
  const voters = "abcdefl"
  const disks = Object.fromEntries(Object.entries(logs).map(([name, terms]) => [name, { voters, terms }]))
  const group = new Ensemble(voters, { disks: { ...disks, l: { voters, ...leader } } })
  group.elect("l")
  t.equal(group.on("l").raft.term, 8)
  for (const name of voters) t.same(group.on(name).terms, [...leader.terms, 8], `the log of ${name}`)
  for (const name of voters) t.equal(group.on(name).raft.commit, 11)
})

test("§5.3 a leader finds the place where logs agree in one round trip a term", async (t) => {
  const mine = [1, ...new Array<number>(100).fill(5)]
  const theirs = [
    1,
    ...new Array<number>(80).fill(2),
    ...new Array<number>(80).fill(3),
    ...new Array<number>(80).fill(4),
  ]
  const group = new Ensemble("ab", { disks: { a: { voters: "ab", terms: mine }, b: { voters: "ab", terms: theirs } } })
  group.elect("a")
  t.same(group.on("b").terms, [...mine, 6])
  t.ok(group.on("b").sent("appendRejected").length <= 4, "of 240 entries in three terms")
})

test("§5.3 a leader never cuts its own log", async (t) => {
  const stage = new Stage("a", { disk: { terms: [1, 1, 2] } })
  stage.lead()
  stage.receive("b", { kind: "appendRejected", rejected: at(3), hint: { index: at(1), term: inTerm(1) } })
  stage.receive("c", { kind: "appended", match: at(1) })
  t.same(stage.terms, [1, 1, 2, 3])
  t.notOk(stage.writes.some(({ truncateFrom }) => truncateFrom !== undefined))
})

test("§5.4.1 a vote goes only to a log that is as up to date as one's own", async (t) => {
  for (const [own, last, granted] of [
    [[1], [1, 1], true],
    [[1], [2, 1], true],
    [[1], [1, 2], true],
    [[1, 1], [1, 1], false],
    [[1, 1], [1, 2], true],
    [[1, 2], [9, 1], false],
    [[1, 2], [2, 2], true],
    [[1, 1, 2], [2, 2], false],
  ] as const) {
    const stage = new Stage("a", { disk: { terms: own, term: 3 } })
    const body = { last: { index: at(last[0]), term: inTerm(last[1]) }, byTransfer: false, byHint: false }
    stage.receive("b", { kind: "vote", ...body }, 4)
    t.equal(stage.one("voteReply").granted, granted, `own ${own}, candidate's last ${last}`)
  }
})

const FIGURE_8 = {
  a: { ...LONG, terms: [1, 2], term: 2 },
  b: { ...LONG, terms: [1, 2], term: 2 },
  c: { ...LONG, terms: [1], term: 2 },
  d: { ...LONG, terms: [1], term: 2 },
  e: { ...LONG, terms: [1, 3], term: 3 },
}

test("figure 8 a to d: an entry of an earlier term on a majority is not committed and may still go", async (t) => {
  const group = new Ensemble("abcde", { disks: { ...FIGURE_8, a: { ...FIGURE_8.a, term: 3 } } })
  // (c) a leads again, in term 4, and brings its entry of term 2 to c, but none of its new term to anybody.
  group.loses = ({ from, to, kind }) => from === "e" || to === "e" || kind === "append"
  group.elect("a")
  const a = group.on("a").raft
  const prev = { index: at(1), term: inTerm(1) }
  const entries = a.log.slice(at(2), at(2))
  group.at("c", (stage) => stage.receive("a", { kind: "append", prev, entries, commit: at(1) }, a.term))
  group.at("b", (stage) => stage.receive("a", { kind: "append", prev, entries, commit: at(1) }, a.term))
  for (const name of "abc") t.same(group.on(name).terms.slice(0, 2), [1, 2], `${name} has the entry of term 2`)
  for (const name of "bc") t.equal(a.reign?.progress.get(id(name))?.match, 2, `and a knows it of ${name}`)
  t.equal(a.commit, 1, "it is not committed")
  // (d) e wins with its later last term and writes its entry over it; its first attempt tells it the term.
  group.cut("a")
  group.campaign("e")
  group.elect("e")
  for (const name of "bcde") t.same(group.on(name).terms.slice(0, 2), [1, 3], `${name} has e's entry`)
})

test("figure 8 e: once an entry of the leader's own term is on a majority, all before it is safe", async (t) => {
  const group = new Ensemble("abcde", { disks: { ...FIGURE_8, a: { ...FIGURE_8.a, term: 3 } } })
  group.loses = ({ from, to }) => from === "e" || to === "e"
  group.elect("a")
  t.equal(group.on("a").raft.commit, 3)
  group.cut("a")
  group.campaign("e")
  t.not(group.on("e").raft.role, "leader", "e is not up to date")
  t.ok(group.on("e").sent("preVote").length > 0)
})

test("§5.5 messages that come twice do nothing twice", async (t) => {
  const group = new Ensemble("abc")
  group.elect("a")
  group.at("a", (stage) => stage.propose("x"))
  const sent = group.on("a").sent("append")
  const b = group.on("b")
  const before = [b.terms, b.raft.commit, b.writes.length]
  for (const message of sent) if (message.to === "b") b.step({ kind: "message", message })
  t.same([b.terms, b.raft.commit, b.writes.length], before)
  for (const message of b.sent("appended")) group.on("a").step({ kind: "message", message })
  t.equal(group.on("a").raft.commit, 3)
})

test("§5.5 a follower that was away gets all that it missed", async (t) => {
  const group = new Ensemble("abc")
  group.elect("a")
  group.cut("c")
  for (let count = 0; count < 20; count++) group.at("a", (stage) => stage.propose("x"))
  group.heal()
  group.beat("a")
  t.same(group.on("c").terms, group.on("a").terms)
})

test("§7 a follower behind the log is sent the snapshot", async (t) => {
  const group = new Ensemble("abc")
  group.elect("a")
  group.cut("c")
  for (let count = 0; count < 5; count++) group.at("a", (stage) => stage.propose("x"))
  const { log } = group.on("a").raft
  group.at("a", (stage) => stage.step({ kind: "snapshotTaken", meta: log.metaAt(at(6)) }))
  group.heal()
  group.beat("a")
  const [snapshot] = group.on("a").all("sendSnapshot")
  t.same(snapshot?.to, "c")
  t.same(snapshot?.meta, metaOf(6, 2))
  group.at("c", (stage) => stage.step({ kind: "snapshotReceived", from: id("a"), term: inTerm(2), meta: metaOf(6, 2) }))
  group.at("c", (stage) => stage.step({ kind: "restored", index: at(6) }))
  group.at("a", (stage) => stage.step({ kind: "snapshotSent", sending: 1, ok: true }))
  t.equal(group.on("c").raft.log.last, 7)
  t.same(group.on("c").applied, [1, 2, 7], "what the snapshot stands for is not applied again")
})

test("§8 a leader commits an empty entry of its own term first, and answers no read before", async (t) => {
  const stage = new Stage("a", { disk: { terms: [1, 1], commit: 1 } })
  stage.lead()
  t.equal(stage.raft.log.entry(at(3))?.kind, "noop")
  stage.step({ kind: "read", call: 1 })
  const round = stage.sent("heartbeat").at(-1)?.round ?? 0
  for (const from of "bc") stage.answer(from, round)
  t.same(stage.all("readReady"), [], "entries that were answered as committed may lie beyond what it knows")
  stage.acknowledge("b")
  t.same(
    stage.all("readReady").map(({ index }) => index),
    [3],
  )
})

test("§8 a read is answered after a round of heartbeats that began later", async (t) => {
  const stage = new Stage("a", { disk: {} })
  stage.lead()
  stage.acknowledge("b")
  const before = stage.sent("heartbeat").at(-1)?.round ?? 0
  stage.step({ kind: "read", call: 1 })
  stage.answer("b", before)
  t.same(stage.all("readReady"), [], "that round began before")
  stage.answer("b", before + 1)
  t.equal(stage.all("readReady")[0]?.index, 2)
})
