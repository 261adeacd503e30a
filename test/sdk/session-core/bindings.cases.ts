import { test } from "tap"
import { CoreStage } from "./core-stage.ts"

function bind(stage: CoreStage, ticket: number, processGroup: number, timeoutMs = 5000): void {
  stage.step({ kind: "bind", ticket, processGroup, timeoutMs })
}

test("a group is named once, and again to each agent that the session is attached to, before its holds", (t) => {
  const stage = new CoreStage().open()
  const hold = stage.granted()
  bind(stage, 900, 77)
  t.match(stage.sent("session.bind"), { in: { processGroup: 77 }, seq: undefined })
  t.equal(stage.settled(900), undefined)
  stage.out(stage.sent("session.bind").call, {})
  t.match(stage.settled(900), { failure: undefined })
  stage.step({ kind: "tick" })
  t.equal(stage.count("session.bind"), 1)
  stage.effects.length = 0
  stage.reattach()
  const sent = stage.effects.flatMap((each) => (each.kind === "send" ? [each.op] : []))
  t.same(sent, ["session.attach", "session.bind", "hold"])
  stage.error(stage.sent("session.bind").call, "RESOURCE_EXHAUSTED")
  t.ok(stage.core.isHeld(hold, stage.nowMs))
  t.same(
    stage.told().filter(({ kind }) => kind === "settled"),
    [],
    "it was settled before",
  )
  t.end()
})

test("a group that has ended is named to no agent any more", (t) => {
  const stage = new CoreStage().open()
  bind(stage, 900, 77)
  stage.out(stage.sent("session.bind").call, {})
  bind(stage, 901, 78)
  stage.step({ kind: "unbind", processGroup: 78 })
  t.match(stage.settled(901), { failure: undefined }, "nobody waits for it")
  t.match(stage.sent("session.unbind"), { in: { processGroup: 78 }, seq: undefined })
  stage.out(stage.sent("session.bind").call, {})
  stage.error(stage.sent("session.unbind").call, "INTERNAL")
  t.equal(stage.core.sessionAt(stage.nowMs).cause, undefined)
  stage.reattach()
  const named = stage.effects.flatMap((each) => (each.kind === "send" && each.op === "session.bind" ? [each.in] : []))
  t.same(named, [{ processGroup: 77 }, { processGroup: 78 }, { processGroup: 77 }])
  stage.step({ kind: "disconnected" })
  stage.step({ kind: "unbind", processGroup: 77 })
  stage.step({ kind: "unbind", processGroup: 99 })
  t.equal(stage.count("session.unbind"), 1, "the connection that knew of it is gone")
  t.end()
})

test("naming a group opens a session where there is none", (t) => {
  const stage = new CoreStage()
  bind(stage, 900, 77)
  stage.connect()
  stage.out(stage.sent("session.open").call, { id: "s1", secret: "x", validForMs: 9000 })
  stage.out(stage.sent("session.bind").call, {})
  t.match(stage.settled(900), { failure: undefined })
  t.end()
})

test("a group that an agent refuses is named no more", (t) => {
  const stage = new CoreStage().open()
  bind(stage, 900, 77)
  stage.error(stage.sent("session.bind").call, "RESOURCE_EXHAUSTED")
  t.match(stage.settled(900), { failure: { code: "RESOURCE_EXHAUSTED", outcome: "not-applied" } })
  stage.reattach()
  t.equal(stage.count("session.bind"), 1)
  t.end()
})

test("who waits hears of a late answer, of a session that is lost or refused, and of the end", (t) => {
  const late = new CoreStage().open()
  bind(late, 900, 77, 2000)
  late.advance(1999)
  t.equal(late.settled(900), undefined)
  late.advance(1)
  t.match(late.settled(900), { failure: { code: "TIMEOUT", outcome: "unknown" } })
  const lost = new CoreStage().open()
  bind(lost, 900, 77)
  lost.error(lost.sent("session.bind").call, "SESSION_LOST")
  t.match(lost.settled(900), { failure: { code: "SESSION_LOST" } })
  const refused = new CoreStage()
  bind(refused, 900, 77)
  refused.connect()
  refused.error(refused.sent("session.open").call, "NO_QUORUM")
  t.match(refused.settled(900), { failure: { code: "NO_QUORUM", outcome: "not-applied" } })
  const closed = new CoreStage().open()
  bind(closed, 900, 77)
  closed.step({ kind: "close" })
  t.match(closed.settled(900), { failure: { code: "CLOSED" } })
  t.end()
})

test("the groups of a lost session are not those of the next one", (t) => {
  const stage = new CoreStage().open()
  bind(stage, 900, 77)
  stage.out(stage.sent("session.bind").call, {})
  stage.step({ kind: "tick" })
  stage.hold()
  stage.error(stage.sent("hold").call, "SESSION_LOST")
  stage.hold()
  stage.step({ kind: "disconnected" })
  stage.connect()
  stage.out(stage.sent("session.open").call, { id: "s2", secret: "x", validForMs: 9000 })
  t.equal(stage.count("session.bind"), 1)
  t.end()
})
