import { test } from "tap"
import { CoreStage, HEARTBEAT_MS, TTL_MS } from "./core-stage.ts"

test("a heartbeat each interval, and what a stall has left out is not caught up", (t) => {
  const stage = new CoreStage().open()
  for (let each = 1; each <= 3; each++) {
    stage.advance(HEARTBEAT_MS)
    t.equal(stage.count("heartbeat"), each)
    stage.beat()
  }
  stage.jump(4500)
  stage.step({ kind: "tick" })
  t.equal(stage.count("heartbeat"), 4)
  stage.advance(HEARTBEAT_MS - 1)
  t.equal(stage.count("heartbeat"), 4)
  t.end()
})

test("a short TTL has four chances, too", (t) => {
  const stage = new CoreStage({ ttlMs: 2000 })
  stage.connect()
  stage.hold()
  t.same(stage.sent("session.open").in, { ttlMs: 2000 })
  stage.out(stage.sent("session.open").call, { id: "s", secret: "x", validForMs: 2000 })
  stage.advance(500)
  t.equal(stage.count("heartbeat"), 1)
  t.end()
})

test("after an answer that was slow the first heartbeat comes the sooner", (t) => {
  const stage = new CoreStage()
  stage.connect()
  stage.hold()
  stage.advance(400)
  stage.out(stage.sent("session.open").call, { id: "s", secret: "x", validForMs: TTL_MS })
  stage.advance(HEARTBEAT_MS - 401)
  t.equal(stage.count("heartbeat"), 0)
  stage.advance(1)
  t.equal(stage.count("heartbeat"), 1)
  stage.beat()
  stage.step({ kind: "disconnected" })
  stage.connect()
  stage.advance(HEARTBEAT_MS + 500)
  stage.out(stage.sent("session.attach").call, { validForMs: TTL_MS })
  stage.advance(0)
  t.equal(stage.count("heartbeat"), 2, "at once, when it is late already")
  t.end()
})

test("heartbeats go on while earlier ones wait for an answer, up to a limit", (t) => {
  const stage = new CoreStage({ ttlMs: 100_000 }).open(100_000)
  stage.advance(15 * HEARTBEAT_MS)
  t.equal(stage.count("heartbeat"), 15)
  stage.advance(5 * HEARTBEAT_MS)
  t.equal(stage.count("heartbeat"), 16)
  stage.beat()
  stage.advance(HEARTBEAT_MS)
  t.equal(stage.count("heartbeat"), 17)
  t.end()
})

test("an application that is not well does not renew, and does again when it is", (t) => {
  const stage = new CoreStage({ hasHealth: true }).open()
  stage.step({ kind: "health", isWell: false })
  stage.advance(3 * HEARTBEAT_MS)
  t.equal(stage.count("heartbeat"), 0)
  const asked = stage.effects.filter(({ kind }) => kind === "checkHealth").length
  t.equal(asked, 1, "one question at a time")
  stage.step({ kind: "health", isWell: true })
  stage.advance(HEARTBEAT_MS)
  t.equal(stage.count("heartbeat"), 1)
  t.end()
})

test("an unwell application loses its grants by its own deadline, and the cause says why", (t) => {
  const stage = new CoreStage({ hasHealth: true }).open()
  const hold = stage.granted()
  stage.step({ kind: "health", isWell: false })
  stage.advance(TTL_MS / 2)
  t.match(
    stage.effects.findLast(({ kind }) => kind === "session"),
    { state: "jeopardy", cause: "unhealthy" },
  )
  stage.advance(TTL_MS / 2)
  t.match(
    stage.effects.find(({ kind }) => kind === "lost"),
    { hold, reason: "expired" },
  )
  t.end()
})

test("a question of health that hangs stops the renewal after half the TTL", (t) => {
  const stage = new CoreStage({ hasHealth: true }).open()
  let beats = 0
  for (let each = 0; each < 20 && stage.core.sessionAt(stage.nowMs).state !== "lost"; each++) {
    stage.advance(HEARTBEAT_MS)
    if (stage.count("heartbeat") > beats) stage.beat()
    beats = stage.count("heartbeat")
  }
  t.equal(beats, TTL_MS / 2 / HEARTBEAT_MS, "asked at the start, silent ever since")
  t.end()
})

test("a goaway renews once more", (t) => {
  const stage = new CoreStage().open()
  stage.step({ kind: "goaway" })
  t.equal(stage.count("heartbeat"), 1)
  t.end()
})
