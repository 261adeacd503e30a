import type { Feed } from "conclave/api/feed"
import type { EventJson } from "conclave/api/objects"
import type { Problem } from "conclave/api/problem"
import { EVENTS_MAX, Journal } from "conclave/journal"
import { test } from "tap"
import { FakeAgent, fakeMember, memberId } from "./fake-view.ts"

type Query = { since?: string; kind?: string; follow?: boolean }

class Reading {
  readonly feed: Feed | Problem
  wakes: number = 0

  constructor(journal: Journal, { since, kind, follow = false }: Query = {}) {
    this.feed = journal.read({ since, kind, follow }, () => this.wakes++)
  }

  rest(): EventJson[] {
    const events: EventJson[] = []
    if (!("take" in this.feed)) return events
    for (let event = this.feed.take(); event !== undefined; event = this.feed.take()) events.push(event as EventJson)
    return events
  }

  get isOver(): boolean {
    return "isOver" in this.feed && this.feed.isOver()
  }
}

function kinds(events: readonly EventJson[]): string[] {
  return events.map(({ kind }) => kind)
}

test("what became of members is noted, with its witnesses", (t) => {
  const fake = new FakeAgent()
  const journal = new Journal(fake.view)
  const accusers = [{ id: memberId("a"), path: "udp" as never, rttMs: 1, health: 0 }]
  fake.put(fakeMember("b"))
  fake.put({ ...fakeMember("b", { state: "suspect" }), accusers }, "suspect")
  fake.wallMs += 750
  fake.put({ ...fakeMember("b", { state: "dead" }), accusers }, "dead", 700)
  fake.put(fakeMember("b"), "alive")
  fake.put(fakeMember("b"), "update")
  fake.put(fakeMember("b", { state: "left" }), "left")
  fake.remove("b", "prune")
  fake.conflict("c")
  t.same(new Reading(journal).rest(), [
    { seq: "1", time: "2026-03-01T12:00:00.000Z", kind: "member.join", member: "b" },
    { seq: "2", time: "2026-03-01T12:00:00.000Z", kind: "member.suspect", member: "b", by: ["a"] },
    { seq: "3", time: "2026-03-01T12:00:00.750Z", kind: "member.dead", member: "b", by: ["a"], suspectMs: 700 },
    { seq: "4", time: "2026-03-01T12:00:00.750Z", kind: "member.alive", member: "b" },
    { seq: "5", time: "2026-03-01T12:00:00.750Z", kind: "member.left", member: "b" },
    { seq: "6", time: "2026-03-01T12:00:00.750Z", kind: "member.reap", member: "b" },
    {
      seq: "7",
      time: "2026-03-01T12:00:00.750Z",
      kind: "member.conflict",
      member: "c",
      by: [memberId("c"), memberId("c2")],
    },
  ])
  for (const tell of fake.news) tell({ kind: "raft.leader", term: "2", leader: "b" })
  t.match(new Reading(journal, { kind: "raft.*" }).rest(), [{ seq: "8", kind: "raft.leader", term: "2", leader: "b" }])
  journal.close()
  fake.put(fakeMember("d"))
  t.same([journal.size, fake.news.size], [8, 0])
  t.end()
})

test("since is a number or a time, kind a pattern", (t) => {
  const fake = new FakeAgent()
  const journal = new Journal(fake.view)
  fake.put(fakeMember("b"))
  fake.wallMs += 1000
  fake.put(fakeMember("b", { state: "suspect" }), "suspect")
  fake.wallMs += 1000
  fake.put(fakeMember("b", { state: "dead" }), "dead")
  const seqs = (query: Query): string[] => new Reading(journal, query).rest().map(({ seq }) => seq)
  t.same(seqs({ since: "0" }), ["1", "2", "3"])
  t.same(seqs({ since: "2" }), ["3"])
  t.same(seqs({ since: "3" }), [])
  t.same(seqs({ since: "18446744073709551615" }), ["1", "2", "3"], "a number of a life before: all is newer")
  t.same(seqs({ since: "2026-03-01T12:00:01Z" }), ["2", "3"])
  t.same(seqs({ since: "2026-03-01T12:00:01.001Z" }), ["3"])
  t.same(seqs({ since: "2026-03-01T14:00:01.000+02:00" }), ["2", "3"])
  t.same(seqs({ since: "2030-01-01T00:00:00Z" }), [])
  t.same(seqs({ kind: "member.suspect" }), ["2"])
  t.same(seqs({ kind: "*.d*" }), ["3"])
  t.same(seqs({ kind: "raft.*" }), [])
  for (const since of ["", "yesterday", "-1", "1.5", "2026-03-01", "2026-03-01T12:00:00", "18446744073709551616"]) {
    const problem = new Reading(journal, { since }).feed
    t.match(problem, { code: "INVALID_ARGUMENT", details: { field: "since" } }, since)
  }
  t.end()
})

test("without follow the end is where the journal ended, with it new events wake the reader", (t) => {
  const fake = new FakeAgent()
  const journal = new Journal(fake.view)
  fake.put(fakeMember("b"))
  const once = new Reading(journal)
  const follow = new Reading(journal, { follow: true, kind: "member.*" })
  fake.put(fakeMember("c"))
  t.same([kinds(once.rest()), once.isOver], [["member.join"], true])
  t.same([follow.rest().length, follow.isOver, follow.wakes], [2, false, 1])
  if ("close" in follow.feed) follow.feed.close()
  fake.put(fakeMember("d"))
  t.same([follow.rest(), follow.isOver, follow.wakes], [[], true, 1])
  t.end()
})

test("the last 10,000 events are kept, and a slow reader sees the gap", (t) => {
  const fake = new FakeAgent()
  const journal = new Journal(fake.view)
  const slow = new Reading(journal, { follow: true })
  for (let each = 0; each < EVENTS_MAX; each++) fake.put(fakeMember(`m${each % 10}`), "alive")
  t.equal(journal.size, EVENTS_MAX)
  t.equal(new Reading(journal).rest()[0]?.seq, "1", "at the limit nothing is gone")
  fake.put(fakeMember("z"))
  const seen = slow.rest()
  t.same([seen.length, seen[0]?.seq, seen.at(-1)?.seq, journal.size], [EVENTS_MAX, "2", "10001", EVENTS_MAX])
  t.end()
})
