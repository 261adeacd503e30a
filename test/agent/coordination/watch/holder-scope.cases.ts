import type { Acquire } from "@conclave/consensus"
import type { Feed } from "conclave/api/feed"
import type { LocalSession } from "conclave/coordination/local-session"
import { test } from "tap"
import { linesOf, WatchStage } from "./watch-stage.ts"

function watch(stage: WatchStage, more: { readonly prefix?: string; readonly from?: number } = {}): Feed {
  return stage.watch({ kind: "group", by: "holder", name: "g", ...more })
}

function join(stage: WatchStage, session: LocalSession, seq: number, more: Partial<Acquire> = {}): void {
  stage.hold(session, seq, { hold: "group", names: ["g"], ...more })
}

test("each member by itself: a view in the order of their ids, then each change once, with its reason", (t) => {
  const stage = new WatchStage()
  const { session } = stage
  join(stage, session, 1, { id: "b", value: "1" })
  join(stage, session, 2, { id: "a", ready: false })
  join(stage, session, 3, { names: ["other"], id: "x" })
  const feed = watch(stage)
  t.match(linesOf(feed), [
    {
      type: "view",
      items: [
        { id: "a", ready: false, value: null },
        { id: "b", ready: true, value: 1 },
      ],
    },
  ])
  join(stage, session, 4, { id: "c" })
  const { cluster } = stage
  const token = cluster.machine.hold(session.id, 1)?.token as never
  const own = { session: session.id, floor: 0, token }
  cluster.apply({ kind: "update", ...own, seq: 5, note: undefined, value: "2", ready: false })
  cluster.apply({ kind: "release", ...own, seq: 6 })
  join(stage, session, 7, { names: ["other"], id: "y" })
  t.match(linesOf(feed), [
    { type: "change", changes: [{ type: "put", item: { id: "c" }, reason: "joined" }] },
    { type: "change", changes: [{ type: "put", item: { id: "b", value: 2, ready: false }, reason: "updated" }] },
    { type: "change", changes: [{ type: "delete", item: { id: "b", value: 2 }, reason: "released" }] },
  ])
  t.end()
})

test("who joins under a live id takes its place in one change; a session that ends takes all of its members along", (t) => {
  const stage = new WatchStage()
  const other = stage.open().session
  for (const id of ["b", "a"]) join(stage, stage.session, id === "a" ? 1 : 2, { id })
  const feed = watch(stage)
  linesOf(feed)
  join(stage, other, 1, { id: "a" })
  const [fenced] = linesOf(feed)
  t.match(fenced?.changes, [{ type: "put", item: { id: "a", session: other.id }, reason: "fenced" }])
  t.equal(fenced?.changes?.length, 1)
  join(stage, stage.session, 3, { id: "c" })
  linesOf(feed)
  stage.cluster.apply({ kind: "end", session: stage.session.id, of: undefined, cause: "exited", isGone: true })
  const [gone] = linesOf(feed)
  t.match(gone?.changes, [
    { type: "delete", item: { id: "b", session: stage.session.id, member: "a" }, reason: "session-lost" },
    { type: "delete", item: { id: "c" }, reason: "session-lost" },
  ])
  t.end()
})

test("what nobody sees is not told: a wait, a request to finish, a member of one revision", (t) => {
  const stage = new WatchStage()
  const { session, cluster } = stage
  const permit = { hold: "semaphore", names: ["g"], limit: 1 } as const
  const feed = stage.watch({ kind: "semaphore", by: "holder", name: "g" })
  linesOf(feed)
  stage.hold(session, 1, permit)
  stage.hold(session, 2, permit)
  const token = String(cluster.machine.hold(session.id, 1)?.token)
  const what = { kind: "semaphore", name: "g", token: undefined } as const
  cluster.apply({ kind: "revoke", what, graceMs: 5000, by: "op", reason: "r" })
  t.match(linesOf(feed), [{ changes: [{ type: "put", item: { token, weight: 1 }, reason: "joined" }] }])
  t.end()
})

test("of ten thousand members a change is as long as one, the view comes in parts, and both make the group", (t) => {
  const stage = new WatchStage()
  const { session, cluster } = stage
  const value = JSON.stringify("v".repeat(200))
  for (let seq = 1; seq <= 10_000; seq++) join(stage, session, seq, { id: `m-${seq}`, value })
  const feed = watch(stage)
  const view = linesOf(feed)
  t.ok(view.length > 20, `${view.length} parts`)
  t.ok(view.every(({ more }, at) => (more === true) === at < view.length - 1))
  const members = new Map(view.flatMap(({ items = [] }) => items.map((item) => [item.id, item.token])))
  t.equal(members.size, 10_000)
  for (let seq = 10_001; seq <= 10_100; seq++) join(stage, session, seq, { id: `m-${(seq * 37) % 10_000}` })
  for (let seq = 1; seq <= 100; seq++) cluster.apply({ kind: "cancel", session: session.id, seq, floor: 0 })
  for (const line of linesOf(feed)) {
    t.ok(JSON.stringify(line).length < 1000)
    for (const { type, item } of line.changes ?? []) {
      if (type === "put") members.set(item.id, item.token)
      else members.delete(item.id)
    }
  }
  const now = cluster.machine.name("group", "g").holders.map(({ id, token }) => [id, String(token)])
  t.same([...members].sort(), now.sort(), "the view and all changes are the group as it is now")
  t.end()
})

test("who comes back after a revision is told what followed; ids are filtered by their prefix", (t) => {
  const stage = new WatchStage()
  const { session, cluster } = stage
  linesOf(watch(stage))
  join(stage, session, 1, { id: "a-1" })
  const { rev } = cluster.machine
  join(stage, session, 2, { id: "b-1" })
  t.match(linesOf(watch(stage, { from: rev })), [{ type: "change", changes: [{ item: { id: "b-1" } }] }])
  t.match(linesOf(watch(stage, { prefix: "a-" })), [{ type: "view", items: [{ id: "a-1" }] }])
  t.end()
})
