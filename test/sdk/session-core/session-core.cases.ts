import { CLOSE_MS } from "@conclave/sdk/session-core/session-core"
import { test } from "tap"
import { CoreStage, HEARTBEAT_MS, TTL_MS } from "./core-stage.ts"

test("a session is opened at the first need, and its deadline counts from the send time", (t) => {
  const stage = new CoreStage()
  t.equal(stage.core.nextDeadlineMs, Number.POSITIVE_INFINITY)
  stage.hold()
  t.same(stage.effects, [{ kind: "connect" }])
  stage.connect()
  t.match(stage.sent("session.open"), { in: {}, seq: undefined })
  const sentMs = stage.nowMs
  stage.jump(3000)
  stage.out(stage.sent("session.open").call, { id: "s1", secret: "x", validForMs: 9000 })
  t.match(stage.told(), [{ kind: "session", state: "live" }])
  t.match(stage.core.sessionAt(stage.nowMs), { id: "s1", state: "live", remainingMs: sentMs + 9000 - stage.nowMs })
  t.equal(stage.count("hold"), 1)
  t.end()
})

test("an agent may take as long for a session as the most patient caller waits, less the way back", (t) => {
  const timeoutOf = (ask: (stage: CoreStage) => void): number | undefined => {
    const stage = new CoreStage()
    ask(stage)
    stage.connect()
    return stage.sent("session.open").timeoutMs
  }
  t.equal(
    timeoutOf((stage) => stage.call({ timeoutMs: 20_000 })),
    19_800,
  )
  t.equal(
    timeoutOf((stage) => stage.call({ timeoutMs: 500 })),
    450,
  )
  t.equal(
    timeoutOf((stage) => stage.hold()),
    4800,
    "who waits for ever tries again",
  )
  t.equal(
    timeoutOf((stage) => {
      stage.call({ timeoutMs: 500 })
      stage.hold({ waitMs: 300 })
      stage.step({ kind: "bind", ticket: 99, processGroup: 5, timeoutMs: 7000 })
    }),
    6800,
  )
  t.end()
})

test("a heartbeat extends from its send time, not from the answer's arrival", (t) => {
  const stage = new CoreStage().open()
  const hold = stage.granted()
  stage.advance(HEARTBEAT_MS)
  const sentMs = stage.nowMs
  stage.jump(2000)
  stage.beat(8000)
  t.equal(stage.core.remainingMs(hold, stage.nowMs), TTL_MS - 3000, "an earlier promise is longer and stands")
  stage.step({ kind: "tick" })
  const againMs = stage.nowMs
  stage.jump(500)
  stage.beat(9900)
  t.equal(stage.core.remainingMs(hold, stage.nowMs), againMs + 9900 - stage.nowMs)
  t.ok(sentMs < againMs)
  t.end()
})

test("missing answers are jeopardy at half the TTL, loss at the deadline; an answer in between is safety", (t) => {
  const stage = new CoreStage().open()
  const hold = stage.granted()
  stage.advance(TTL_MS / 2)
  t.match(stage.told().at(-1), { kind: "session", state: "jeopardy", cause: "no-answer" })
  t.ok(stage.core.isHeld(hold, stage.nowMs))
  stage.beat()
  t.match(stage.told().at(-1), { kind: "session", state: "live", cause: undefined })
  stage.advance(TTL_MS - 1)
  t.ok(stage.core.isHeld(hold, stage.nowMs))
  stage.advance(1)
  t.match(stage.told().slice(-2), [
    { kind: "lost", hold, reason: "expired" },
    { kind: "session", state: "lost", cause: "expired" },
  ])
  t.match(stage.core.sessionAt(stage.nowMs), { id: "s1", state: "lost", cause: "expired", remainingMs: 0 })
  t.end()
})

test("errors before the deadline are jeopardy and no loss, whatever they say", (t) => {
  const stage = new CoreStage().open()
  const hold = stage.granted()
  const codes = ["NO_QUORUM", "TIMEOUT", "INTERNAL", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED"] as const
  for (const code of codes) {
    stage.advance(HEARTBEAT_MS)
    stage.error(stage.sent("heartbeat").call, code)
    t.ok(stage.core.isHeld(hold, stage.nowMs), code)
  }
  t.match(stage.core.sessionAt(stage.nowMs), { state: "jeopardy", cause: "resource-exhausted" })
  t.equal(stage.effects.filter(({ kind }) => kind === "lost").length, 0)
  stage.advance(HEARTBEAT_MS)
  stage.error(stage.sent("heartbeat").call, "SESSION_LOST")
  t.match(stage.told().slice(-2), [
    { kind: "lost", hold, reason: "session-lost" },
    { kind: "session", state: "lost" },
  ])
  t.end()
})

test("a blocked loop: the clock decides, in any question and before any answer", (t) => {
  const stage = new CoreStage().open()
  const hold = stage.granted()
  stage.advance(HEARTBEAT_MS)
  stage.jump(TTL_MS)
  t.equal(stage.core.isHeld(hold, stage.nowMs), false, "without a tick")
  stage.beat(1e9)
  t.match(stage.told().slice(-2), [
    { kind: "lost", hold, reason: "expired" },
    { kind: "session", state: "lost" },
  ])
  t.equal(stage.core.isHeld(hold, stage.nowMs), false, "an answer that comes too late changes nothing")
  t.end()
})

test("a suspend is a jump of the clock", (t) => {
  const stage = new CoreStage().open()
  const hold = stage.granted()
  stage.jump(8 * 3_600_000)
  t.same([stage.core.isHeld(hold, stage.nowMs), stage.core.remainingMs(hold, stage.nowMs)], [false, 0])
  t.match(stage.step({ kind: "tick" })[0], { kind: "lost", hold })
  t.end()
})

test("a new connection attaches the session; the deadline counts from the attach", (t) => {
  const stage = new CoreStage().open()
  const hold = stage.granted()
  stage.advance(2000)
  t.same(stage.step({ kind: "disconnected" }), [{ kind: "connect" }])
  stage.advance(5000)
  t.match(stage.told().at(-1), { kind: "session", state: "jeopardy", cause: "agent-gone" })
  stage.connect()
  t.match(stage.sent("session.attach"), { in: { id: "s1", secret: "x" } })
  t.equal(stage.count("session.open"), 0)
  const sentMs = stage.nowMs
  stage.jump(100)
  stage.out(stage.sent("session.attach").call, { validForMs: 9000 })
  t.equal(stage.core.remainingMs(hold, stage.nowMs), sentMs + 9000 - stage.nowMs)
  t.match(stage.told().at(-1), { kind: "session", state: "live" })
  t.end()
})

test("answers of an old connection count for nothing", (t) => {
  const stage = new CoreStage().open()
  const hold = stage.granted()
  stage.advance(HEARTBEAT_MS)
  const old = stage.sent("heartbeat").call
  const oldHold = stage.sent("hold").call
  stage.step({ kind: "disconnected" })
  stage.connect()
  stage.out(stage.sent("session.attach").call, { validForMs: 4000 })
  const remainingMs = stage.core.remainingMs(hold, stage.nowMs)
  stage.out(old, { validForMs: TTL_MS, rev: "1" })
  stage.event(oldHold, { type: "lost", token: "7", reason: "revoked" })
  stage.error(oldHold, "SESSION_LOST")
  t.equal(stage.core.remainingMs(hold, stage.nowMs), remainingMs)
  t.end()
})

test("an attach that is refused for now is tried again, one that finds no session is a loss", (t) => {
  const stage = new CoreStage().open()
  const hold = stage.granted()
  stage.step({ kind: "disconnected" })
  stage.connect()
  stage.error(stage.sent("session.attach").call, "NO_QUORUM", { retryable: true })
  t.ok(stage.core.isHeld(hold, stage.nowMs))
  stage.advance(500)
  t.equal(stage.count("session.attach"), 2)
  stage.error(stage.sent("session.attach").call, "SESSION_LOST")
  t.match(stage.told().slice(-2), [
    { kind: "lost", hold, reason: "session-lost" },
    { kind: "session", state: "lost" },
  ])
  const next = stage.hold()
  t.equal(stage.count("session.open"), 1, "the connection has carried none")
  stage.out(stage.sent("session.open").call, { id: "s2", secret: "y", validForMs: TTL_MS })
  stage.event(stage.sent("hold").call, { type: "granted", token: "9", rev: "3" })
  t.same([stage.core.isHeld(hold, stage.nowMs), stage.core.isHeld(next, stage.nowMs)], [false, true])
  t.end()
})

test("a lost session is replaced at the next call, on another connection, and its grants stay lost", (t) => {
  const stage = new CoreStage().open()
  const hold = stage.granted()
  const waiting = stage.hold({ name: "b" })
  stage.advance(TTL_MS)
  t.match(
    stage.told().find(({ kind }) => kind === "failed"),
    {
      hold: waiting,
      failure: { code: "SESSION_LOST", outcome: "unknown" },
    },
  )
  t.equal(
    stage.effects.some(({ kind }) => kind === "reconnect"),
    false,
    "nobody needs it yet",
  )
  const next = stage.hold()
  t.same(stage.effects.at(-1), { kind: "reconnect" })
  stage.advance(60_000)
  t.equal(stage.effects.filter(({ kind }) => kind === "reconnect").length, 1)
  stage.step({ kind: "disconnected" })
  stage.connect()
  stage.out(stage.sent("session.open").call, { id: "s2", secret: "y", validForMs: TTL_MS })
  t.equal(stage.sent("hold").seq, 1)
  stage.event(stage.sent("hold").call, { type: "granted", token: "9", rev: "3" })
  t.same([stage.core.isHeld(hold, stage.nowMs), stage.core.isHeld(next, stage.nowMs)], [false, true])
  t.match(
    stage
      .told()
      .filter(({ kind }) => kind === "session")
      .at(-1),
    { state: "live" },
  )
  t.match(stage.core.sessionAt(stage.nowMs), { id: "s2" })
  t.end()
})

test("a session that cannot be opened is tried again while somebody waits", (t) => {
  const stage = new CoreStage()
  stage.connect()
  const waits = stage.hold()
  const once = stage.hold({ waitMs: 0 })
  stage.error(stage.sent("session.open").call, "NO_QUORUM", { retryable: true })
  t.match(stage.told(), [{ kind: "failed", hold: once, failure: { code: "NO_QUORUM" } }])
  stage.advance(500)
  t.equal(stage.count("session.open"), 2)
  stage.error(stage.sent("session.open").call, "PERMISSION_DENIED")
  t.match(stage.told().at(-1), { kind: "failed", hold: waits, failure: { code: "PERMISSION_DENIED" } })
  stage.advance(60_000)
  t.equal(stage.count("session.open"), 2)
  t.end()
})

test("an opening whose outcome is unknown, or that has run out on its way, uses the connection up", (t) => {
  const stage = new CoreStage()
  stage.connect()
  stage.hold()
  stage.error(stage.sent("session.open").call, "TIMEOUT", { outcome: "unknown" })
  stage.advance(500)
  t.same(stage.effects.at(-1), { kind: "reconnect" })
  stage.step({ kind: "disconnected" })
  stage.connect()
  stage.jump(TTL_MS)
  t.match(stage.out(stage.sent("session.open").call, { id: "s", secret: "x", validForMs: TTL_MS }), [
    { kind: "reconnect" },
  ])
  stage.step({ kind: "disconnected" })
  stage.connect()
  stage.out(stage.sent("session.open").call, { id: 1 })
  t.match(stage.told().at(-1), { kind: "failed", failure: { code: "INTERNAL", outcome: "not-applied" } })
  stage.hold()
  stage.advance(500)
  t.same(stage.effects.at(-1), { kind: "reconnect" }, "so does an answer that cannot be read")
  t.end()
})

test("a goaway is a cause and no loss", (t) => {
  const stage = new CoreStage().open()
  const hold = stage.granted()
  stage.step({ kind: "goaway" })
  stage.advance(TTL_MS / 2)
  t.match(stage.told().at(-1), { kind: "session", state: "jeopardy", cause: "draining" })
  t.ok(stage.core.isHeld(hold, stage.nowMs))
  stage.step({ kind: "disconnected" })
  stage.connect()
  stage.out(stage.sent("session.attach").call, { validForMs: TTL_MS })
  t.match(stage.told().at(-1), { kind: "session", state: "live" })
  t.end()
})

test("close: grants first, then everybody who waits, then the session", (t) => {
  const stage = new CoreStage().open()
  const held = stage.granted()
  const waiting = stage.hold({ name: "b" })
  const ticket = stage.call()
  const effects = stage.step({ kind: "close" })
  t.match(effects, [
    { kind: "lost", hold: held, reason: "closed" },
    { kind: "failed", hold: waiting, failure: { code: "CLOSED" } },
    { kind: "settled", ticket, failure: { code: "CLOSED", outcome: "unknown" } },
    { kind: "send", op: "session.close" },
  ])
  t.match(stage.out(stage.sent("session.close").call, { rev: "3" })[0], { kind: "closed" })
  t.equal(stage.core.nextDeadlineMs, Number.POSITIVE_INFINITY)
  t.end()
})

test("close waits for nobody who is not there", (t) => {
  t.match(new CoreStage().step({ kind: "close" }), [{ kind: "closed" }, { kind: "session", state: "lost" }])
  const silent = new CoreStage().open()
  silent.step({ kind: "close" })
  silent.advance(CLOSE_MS)
  t.equal(silent.effects.filter(({ kind }) => kind === "closed").length, 1)
  for (const end of ["disconnected", "error"] as const) {
    const stage = new CoreStage().open()
    stage.step({ kind: "close" })
    if (end === "disconnected") stage.step({ kind: "disconnected" })
    else stage.error(stage.sent("session.close").call, "NO_QUORUM")
    t.equal(stage.effects.filter(({ kind }) => kind === "closed").length, 1, end)
  }
  t.end()
})

test("time never falls", (t) => {
  const stage = new CoreStage()
  stage.step({ kind: "tick" })
  t.throws(() => stage.core.step(stage.nowMs - 1, { kind: "tick" }), { name: "AssertionError" })
  t.end()
})

test("to a host that leaves an application says that it believes no more, after all that it held was told as lost", (t) => {
  const stage = new CoreStage().open()
  const hold = stage.granted()
  const { call } = stage.sent("hold")
  stage.effects.length = 0
  stage.event(call, { type: "lost", token: "7", reason: "session-lost" })
  const beat = stage.sent("heartbeat")
  stage.effects.length = 0
  stage.error(beat.call, "SESSION_LOST", { details: { cause: "left" } })
  const kinds = stage.effects.map((effect) => (effect.kind === "send" ? effect.op : effect.kind))
  t.same(kinds, ["session.close", "session"])
  t.notOk(stage.core.isHeld(hold, stage.nowMs))
  const goodbye = stage.sent("session.close")
  stage.effects.length = 0
  stage.error(goodbye.call, "SESSION_LOST", { details: { cause: "left" } })
  t.same(stage.effects, [], "its answer is no news")
  t.end()
})

test("a grant that expired tells that its session did: whoever asks next gets another one", (t) => {
  const stage = new CoreStage().open()
  const [hold, other] = [stage.granted(), stage.granted()]
  const { call } = stage.sent("hold")
  stage.effects.length = 0
  stage.event(call, { type: "lost", token: "7", reason: "expired" })
  const lost = stage.effects.filter(({ kind }) => kind === "lost")
  t.same(lost.map((effect) => [(effect as { hold: number }).hold, (effect as { reason: string }).reason]).sort(), [
    [hold, "expired"],
    [other, "expired"],
  ])
  t.equal(stage.core.sessionAt(stage.nowMs).state, "lost")
  stage.effects.length = 0
  stage.step({ kind: "hold", hold: 99, request: { kind: "lock", name: "x" }, waitMs: Number.POSITIVE_INFINITY })
  t.ok(
    stage.effects.some(({ kind }) => kind === "reconnect"),
    "one session a connection",
  )
  t.end()
})

test("a grant that was not told as lost yet is, before the host hears of it", (t) => {
  const stage = new CoreStage().open()
  const hold = stage.granted()
  stage.advance(HEARTBEAT_MS)
  const beat = stage.sent("heartbeat")
  stage.effects.length = 0
  stage.error(beat.call, "SESSION_LOST", { details: { cause: "left" } })
  const kinds = stage.effects.map((effect) => (effect.kind === "send" ? effect.op : effect.kind))
  t.same(kinds.slice(0, 2), ["lost", "session.close"])
  t.match(stage.effects[0], { hold, reason: "session-lost" })
  t.end()
})

test("nothing is confirmed of a session that ended otherwise, nor while another process acts for it", (t) => {
  for (const [cause, isBound] of [
    ["revoked", false],
    ["expired", false],
    ["left", true],
  ] as const) {
    const stage = new CoreStage().open()
    stage.granted()
    if (isBound) stage.step({ kind: "bind", ticket: 77, processGroup: 5, timeoutMs: 5000 })
    stage.advance(HEARTBEAT_MS)
    const beat = stage.sent("heartbeat")
    stage.effects.length = 0
    stage.error(beat.call, "SESSION_LOST", { details: { cause: cause } })
    t.equal(stage.count("session.close"), 0, cause)
  }
  t.end()
})
