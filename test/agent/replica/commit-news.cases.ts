import type { NodeId } from "@conclave/base"
import type { Change, Hold, HoldEnd, Session, SessionId } from "@conclave/consensus"
import { awaitedAt } from "conclave/replica/commit-news"
import { test } from "tap"

const holdOf = (session: string, token?: number): Hold => ({ session, token }) as unknown as Hold
const sessionAt = (host: string): Session => ({ host }) as Session

const holds = (before: Hold | undefined, after: Hold | undefined, end?: HoldEnd): Change =>
  ({ rev: 1, kind: "hold", before, after, end }) as Change

const awaited = (...changes: Change[]): string[] =>
  [...awaitedAt(changes, (id: SessionId) => sessionAt(`host of ${id}`))].sort()

test("what comes to be, is granted at once, given back or given up is awaited nowhere: who asked is answered", async (t) => {
  const [queued, granted] = [holdOf("s1"), holdOf("s1", 7)]
  t.same(awaited(holds(undefined, queued)), [])
  t.same(awaited(holds(undefined, queued), holds(queued, granted)), [])
  t.same(awaited(holds(granted, undefined, "released")), [])
  t.same(awaited(holds(queued, undefined, "cancelled")), [])
})

test("a grant that was waited for is awaited at its session's host, as is one that is asked back or lost", async (t) => {
  const [queued, granted] = [holdOf("s1"), holdOf("s1", 7)]
  t.same(awaited(holds(holdOf("s2", 6), undefined, "released"), holds(queued, granted)), ["host of s1"])
  t.same(awaited(holds(granted, holdOf("s1", 7))), ["host of s1"])
  t.same(awaited(holds(granted, undefined, "revoked"), holds(holdOf("s2"), undefined, "wait-timeout")), [
    "host of s1",
    "host of s2",
  ])
})

test("what becomes of a session is awaited at its host, at both where it moves; that it opens nowhere", async (t) => {
  const at = (host: string): Session => sessionAt(host as NodeId)
  const change = (before: Session | undefined, after: Session | undefined): Change =>
    ({ rev: 1, kind: "session", before, after, end: undefined }) as Change
  t.same(awaited(change(undefined, at("h1"))), [])
  t.same(awaited(change(at("h1"), undefined)), ["h1"])
  t.same(awaited(change(at("h1"), at("h2"))), ["h1", "h2"])
})
