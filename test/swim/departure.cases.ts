import { test } from "tap"
import { alive, idOf, Stage } from "./stage.ts"

test("who leaves tells several others in three ticks, then has departed", async (t) => {
  const stage = new Stage({ members: 12 })
  stage.advance(5000)
  stage.take()
  stage.step({ kind: "leave" })
  const took = stage.until(() => stage.of("departed").length > 0, 5000)
  t.ok(took <= 3 * 200 + 1, `${took} ms`)
  const told = stage
    .sent("gossip")
    .filter(({ message }) => message.updates.some((update) => update.kind === "left" && update.id === idOf(0)))
  t.ok(new Set(told.map(({ to }) => to)).size >= 6, "different members")
  // Six a tick get nothing but the good-bye, beside the gossip that goes on.
  t.ok(told.length >= 3 * 6, `${told.length} packets`)
  stage.advance(5000)
  t.equal(stage.of("departed").length, 1)
})

test("who leaves probes and watches nobody any more", async (t) => {
  const stage = new Stage({ members: 12 })
  stage.advance(5000)
  stage.take()
  stage.step({ kind: "leave" })
  t.equal(stage.of("closeLink").length, 3)
  stage.take()
  stage.advance(10_000)
  t.same(stage.sent("ping"), [])
  t.same(stage.of("dialLink"), [])
})

test("a member alone departs at once", async (t) => {
  const stage = new Stage({ members: 1 })
  stage.step({ kind: "leave" })
  t.equal(
    stage.until(() => stage.of("departed").length > 0, 10),
    0 + 1,
  )
})

test("a planned restart is announced in the own record, and an accusation is answered with it", async (t) => {
  const stage = new Stage({ members: 8 })
  stage.advance(5000)
  stage.take()
  stage.step({ kind: "announceRestart", forMs: 15_000 })
  t.equal(stage.swim.self.restartingForMs, 15_000)
  t.equal(stage.swim.self.incarnation, 1)
  stage.hear(1, alive(0, 1))
  t.equal(stage.swim.self.restartingForMs, 15_000, "what it has to say next says it too")
  stage.until(() => stage.of("departed").length > 0, 5000)
  const told = stage.sent("gossip").flatMap(({ message }) => message.updates)
  t.ok(told.some((update) => update.kind === "alive" && update.record.restartingForMs === 15_000))
  t.notOk(told.some((update) => update.kind === "left"))
})
