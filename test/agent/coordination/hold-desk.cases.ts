import type { Token } from "@conclave/consensus"
import { test } from "tap"
import { DeskStage, eventsOf, typesOf } from "./desk-stage.ts"

test("a hold that is asked for again takes the place of its older stream", (t) => {
  const stage = new DeskStage()
  const { session } = stage.open()
  const first = stage.hold(session, 1)
  t.same(typesOf(first), ["granted"])
  const second = stage.hold(session, 1)
  t.ok(first.isOver())
  const resumed = { code: "CONFLICT", outcome: "not-applied", retryable: false, details: { reason: "resumed" } }
  t.match(first.ending(), { error: resumed }, "no end of the hold")
  t.same(typesOf(second), ["granted"])
  t.equal(stage.desk.grants, 1)
  t.match(stage.desk.holding(session.id, second.token ?? 0), { names: ["a"] })
  t.equal(stage.desk.holding(session.id, 5), undefined)
  second.finish()
  t.equal(stage.desk.grants, 0)
  t.end()
})

test("who asks again for a hold after its end is told of the end, though the state here has yet to hear of it", (t) => {
  const stage = new DeskStage()
  const { session } = stage.open()
  const { cluster } = stage
  const held = stage.hold(session, 1)
  const waiting = stage.hold(session, 2)
  for (const each of [held, waiting]) typesOf(each)
  cluster.fallBehind()
  waiting.finish()
  held.finish()
  t.match(waiting.ending(), { out: { released: false } })
  t.match(held.ending(), { out: { released: true } })
  const toldRev = cluster.machine.rev
  for (const seq of [1, 2]) {
    const again = stage.hold(session, seq, {}, toldRev)
    t.notOk(typesOf(again).some((type) => type === "granted" || type === "queued"))
    t.match(again.ending(), { out: { released: seq === 1 } })
  }
  t.end()
})

test("after the state was replaced each stream is told what it missed", (t) => {
  const stage = new DeskStage()
  const { session } = stage.open()
  const held = stage.hold(session, 1)
  const next = stage.hold(session, 2)
  const third = stage.hold(session, 3)
  for (const each of [held, next, third]) typesOf(each)
  stage.cluster.apply({ kind: "cancel", session: session.id, seq: 1, floor: 0 }, false)
  t.same(typesOf(next), [], "it did not hear of it")
  stage.cluster.replace()
  t.same(typesOf(held), ["released"])
  t.same(typesOf(next), ["granted"])
  t.notOk(third.isOver())
  t.end()
})

test("of what a worker had before its session came here a state that goes through it again says nothing", (t) => {
  const stage = new DeskStage()
  const { session } = stage.open()
  const { cluster } = stage
  const put = {
    kind: "workPut",
    request: undefined,
    pool: "p",
    item: "x",
    payload: "1",
    weight: 1,
    pin: undefined,
  } as const
  const assign = (token: Token | undefined): void => {
    const move = { item: "x", to: { session: session.id, seq: 1 }, token, reason: "join" }
    cluster.apply({ kind: "workAssign", pool: "p", moves: [move] })
  }
  // As if the state here had yet to come to where the session was attached.
  const attached = { ...session, rev: cluster.machine.rev + 20 }
  const worker = stage.hold(attached, 1, { hold: "work", names: ["p"], waitMs: undefined })
  t.same(typesOf(worker), ["granted"], "the answer to its own request is true")
  cluster.apply(put)
  assign(undefined)
  const item = cluster.machine.item("p", "x")
  t.equal(item?.state, "assigned")
  t.ok(cluster.machine.rev < attached.rev)
  cluster.replace()
  t.same(typesOf(worker), [], "it may have it no more")
  while (cluster.machine.rev < attached.rev) cluster.apply({ ...put, item: `y${cluster.machine.rev}` })
  stage.pass(50)
  t.match(eventsOf(worker), [
    { type: "assigned", item: "x", token: String(item?.owner?.token) },
    { type: "synced", rev: String(attached.rev) },
  ])
  t.end()
})
