import type { Alarm, ClusterId, ReplicaId, Term } from "@conclave/consensus"
import type { Member, Seat } from "@conclave/swim"
import type { JournalNote } from "conclave/api/objects"
import { GroupNews } from "conclave/group/group-news"
import type { Reign } from "conclave/group/mirror/reign"
import { test } from "tap"
import { groupOf, id, Stage } from "../../consensus/stage.ts"
import { fakeMember } from "../fake-view.ts"

function stage() {
  const logged: string[] = []
  const told: JournalNote[] = []
  const seen: { stranger: Member | undefined; seats: Member[] } = { stranger: undefined, seats: [] }
  const news = new GroupNews({
    log: { write: (_level, event, message) => void logged.push(`${event}: ${message}`) },
    book: { seats: () => seen.seats },
    stranger: () => seen.stranger,
    nameOf: (replica) => (replica === "r9" ? undefined : replica.replace("r", "n")),
    tell: (note) => void told.push(note),
  })
  return { logged, told, seen, news }
}

function seated(name: string, role: Seat["role"]): Member {
  const member = fakeMember(name)
  const seat: Seat = { cluster: "c", replica: "1", role, wish: "auto", isFull: false }
  return { ...member, record: { ...member.record, seat } }
}

function reign(term: number, leader: string | undefined, more: Partial<Reign> = {}): Reign {
  const voters = ["r3", "r1"] as unknown as readonly ReplicaId[]
  return { term: term as Term, leader: leader as ReplicaId, voters, learners: [], isJoint: false, ...more }
}

test("a leader is told of once a term, by its name, and so is that there is none any more", (t) => {
  const { logged, told, news } = stage()
  news.learned(reign(2, undefined))
  t.same(told, [], "that nobody was ever known to lead is no news")
  for (const each of [reign(3, "r2"), reign(3, "r2"), reign(4, "r2"), reign(5, undefined), reign(6, undefined)]) {
    news.learned(each)
  }
  t.same(logged, [
    "raft.leader: n2 leads in term 3",
    "raft.leader: n2 leads in term 4",
    "raft.no-leader: nobody leads in term 5",
  ])
  t.same(
    told.filter(({ kind }) => kind !== "raft.config"),
    [
      { kind: "raft.leader", term: "3", leader: "n2" },
      { kind: "raft.leader", term: "4", leader: "n2" },
      { kind: "raft.no-leader", term: "5", leader: null },
    ],
  )
  t.end()
})

test("a relay that is behind says nothing new, one that follows says it again", (t) => {
  const { told, news } = stage()
  news.learned(reign(7, "r2"))
  const before = told.length
  news.learned(reign(6, "r1"))
  news.learned(reign(6, undefined))
  news.learned(reign(7, "r2"))
  t.equal(told.length, before)
  news.learned(reign(7, undefined))
  news.learned(reign(7, "r2"))
  t.same(
    told.slice(before).map(({ kind }) => kind),
    ["raft.no-leader", "raft.leader"],
    "it was lost and found again",
  )
  t.end()
})

test("a group is told of when it rests, with who votes and who only receives", (t) => {
  const { told, news } = stage()
  const groups = (): JournalNote[] => told.filter(({ kind }) => kind === "raft.config")
  news.learned(reign(1, "r1"))
  t.same(groups(), [{ kind: "raft.config", term: "1", leader: "n1", voters: ["n1", "n3"], learners: [] }])
  const voters = ["r1", "r4", "r9"] as unknown as readonly ReplicaId[]
  news.learned(reign(1, "r1", { voters, isJoint: true }))
  news.learned(reign(2, undefined, { voters }))
  t.equal(groups().length, 1, "one that is under way may be taken back, and without a leader nobody knows")
  const learners = ["r3"] as unknown as readonly ReplicaId[]
  news.learned(reign(3, "r4", { voters, learners }))
  news.learned(reign(3, "r4", { voters: [...voters].reverse(), learners }))
  t.same(groups().slice(1), [
    { kind: "raft.config", term: "3", leader: "n4", voters: ["n1", "n4", "r9"], learners: ["n3"] },
  ])
  t.end()
})

test("alarms of the planner and a member of another cluster are warnings for as long as they last", (t) => {
  const { logged, seen, news } = stage()
  const own = "c1" as ClusterId
  const alarm: Alarm = { kind: "even-voters", text: "two vote" }
  news.alarmed([alarm])
  seen.stranger = fakeMember("x")
  news.belongsTo(own)
  news.belongsTo(own)
  t.equal(logged.length, 1, "said once")
  t.same(
    news.warnings(own).map(({ code }) => code),
    ["even-voters", "other-cluster"],
  )
  news.alarmed([])
  seen.stranger = undefined
  news.belongsTo(own)
  t.same(news.warnings(own), [])
  t.end()
})

test("a replica that knows of no leader says why, by people's names, until one is heard", (t) => {
  const { news, seen } = stage()
  const own = "c" as ClusterId
  const replica = new Stage("r1", { disk: { group: { ...groupOf(""), voters: ["r1", "r2", "r9"].map(id) } } })
  replica.tick()
  replica.receive("r2", { kind: "preVoteReply", granted: false, refusal: "disk" })
  const [warning] = news.leaderless(replica.raft, own, replica.nowMs)
  t.match(warning, { code: "no-leader", hint: "conclave raft status" })
  t.match(warning?.message, /^no leader is known in term 1: .*; n2 refused: its disk is sick; r9 has not answered/)
  seen.seats = [seated("n5", "voter"), seated("n6", "learner"), { ...seated("n7", "voter"), state: "dead" }]
  const [beside] = news.leaderless(replica.raft, own, replica.nowMs)
  t.match(beside, { code: "no-leader", message: /by gossip n5 vote, whom/, hint: /conclave raft recover apply/ })
  replica.heartbeat("r2")
  t.same(news.leaderless(replica.raft, own, replica.nowMs), [])
  t.end()
})

test("that a group bears no loss is said until three vote, once", (t) => {
  const { news } = stage()
  const own = "c" as ClusterId
  const codes = (): readonly string[] => news.warnings(own).map(({ message }) => message)
  const voters = (...names: string[]) => ({ voters: names as unknown as readonly ReplicaId[] })
  t.same(codes(), [])
  news.learned(reign(1, "r1", voters("r1")))
  const one = "not fault tolerant: one votes, so the next loss stops everything"
  t.same(codes(), [one])
  news.alarmed([{ kind: "not-fault-tolerant", text: one }])
  t.same(codes(), [one], "the leader's own word is enough")
  news.alarmed([])
  news.learned(reign(1, "r1", { ...voters("r1", "r2", "r3"), isJoint: true }))
  t.same(codes(), [one], "they do not vote yet")
  news.learned(reign(1, "r1", voters("r1", "r2", "r3")))
  t.same(codes(), [])
  news.learned(reign(2, "r1", voters("r1", "r3")))
  t.match(codes(), [/two vote/])
  t.end()
})
