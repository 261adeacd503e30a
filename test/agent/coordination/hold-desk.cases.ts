import { test } from "tap"
import { DeskStage, typesOf } from "./desk-stage.ts"

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
