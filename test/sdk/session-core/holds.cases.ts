import { REACH_MS } from "@conclave/sdk/session-core/hold-record"
import { test } from "tap"
import { CoreStage, TTL_MS } from "./core-stage.ts"

test("a hold is sent with a seq, granted once, and held to the clock's deadline", (t) => {
  const stage = new CoreStage().open()
  const hold = stage.hold({ waitMs: 700 })
  const sent = stage.sent("hold")
  t.match(sent, { in: { kind: "lock", name: "a", waitMs: 700 }, seq: 2 })
  stage.event(sent.call, { type: "queued", position: 2, holders: [] })
  stage.event(sent.call, { type: "granted", token: "41", rev: "9" })
  stage.event(sent.call, { type: "granted", token: "41", rev: "9" })
  t.same(stage.told(), [
    { kind: "queued", hold, position: 2, holders: [] },
    { kind: "granted", hold, token: 41n, rev: 9n },
  ])
  t.same([stage.core.isHeld(hold, stage.nowMs), stage.core.remainingMs(hold, stage.nowMs)], [true, TTL_MS])
  t.same([stage.core.isHeld(hold, stage.nowMs + TTL_MS), stage.core.isHeld(hold + 1, stage.nowMs)], [false, false])
  t.end()
})

test("nobody is granted a barrier: who waits there is answered in time, whatever an agent says", (t) => {
  const stage = new CoreStage().open()
  const hold = 99
  stage.step({ kind: "hold", hold, waitMs: 3000, request: { kind: "barrier", name: "b", parties: 2 } })
  stage.event(stage.sent("barrier").call, { type: "granted", token: "41", rev: "9" })
  stage.advance(3000 + REACH_MS)
  t.match(
    stage.told().filter(({ kind }) => kind === "failed"),
    [{ hold, failure: { code: "TIMEOUT" } }],
  )
  t.end()
})

test("that nobody leads is heard before the hold itself is late", (t) => {
  const stage = new CoreStage().open()
  stage.hold({ waitMs: 0 })
  t.equal(stage.sent("hold").timeoutMs, REACH_MS - 200)
  stage.hold({ waitMs: 60_000 })
  t.equal(stage.sent("hold").timeoutMs, REACH_MS, "who waits longer tries again")
  stage.hold()
  t.equal(stage.sent("hold").timeoutMs, REACH_MS)
  t.end()
})

test("holds that were granted resume with their old seq, and are held all the while", (t) => {
  const stage = new CoreStage().open()
  const [first, second] = [stage.granted(7), stage.hold({ name: "b" })]
  const [one, two] = stage.effects.filter((each) => each.kind === "send")
  stage.reattach()
  const again = stage.effects.filter((each) => each.kind === "send").slice(3)
  t.match(again, [
    { op: "hold", seq: one?.seq, in: one?.in },
    { op: "hold", seq: two?.seq, in: two?.in },
  ])
  t.ok(stage.core.isHeld(first, stage.nowMs))
  stage.event(stage.sent("hold").call, { type: "granted", token: "8", rev: "1" })
  t.ok(stage.core.isHeld(second, stage.nowMs))
  t.equal(stage.told().filter(({ kind }) => kind === "granted").length, 2)
  t.end()
})

test("who waits for a seq of its own holds nobody up who has one", (t) => {
  const stage = new CoreStage().open()
  const [first] = Array.from({ length: 200 }, () => stage.hold())
  const sent = stage.count("hold")
  t.ok(sent > 100 && sent < 200, "no more than the service remembers")
  stage.reattach()
  t.equal(stage.count("hold"), 2 * sent, "all are sent again")
  const again = stage.effects.filter((each) => each.kind === "send" && each.op === "hold").slice(sent)
  for (const each of again) if (each.kind === "send") stage.error(each.call, "NO_QUORUM")
  stage.advance(1000)
  t.equal(stage.count("hold"), 3 * sent, "and once more where nobody led")
  stage.effects.splice(0)
  stage.reattach()
  const [one] = stage.effects.filter((each) => each.kind === "send" && each.op === "hold")
  if (one?.kind === "send") stage.event(one.call, { type: "granted", token: "7", rev: "3" })
  t.ok(stage.told().some((each) => each.kind === "granted" && each.hold === first))
  t.equal(stage.count("hold"), sent + 1, "an answer lets the next one draw")
  t.end()
})

test("what was lost while the agent was away is told when it is back", (t) => {
  const stage = new CoreStage().open()
  const hold = stage.granted()
  stage.reattach()
  stage.error(stage.sent("hold").call, "GRANT_LOST", { details: { reason: "revoked" } })
  t.match(stage.told().at(-1), { kind: "lost", hold, reason: "revoked" })
  t.end()
})

test("a cancelled hold never becomes ours, however the grant and the end cross", (t) => {
  const stage = new CoreStage().open()
  const hold = stage.hold()
  const { call } = stage.sent("hold")
  stage.effects.length = 0
  t.same(stage.step({ kind: "cancel", hold }), [{ kind: "end", call }])
  stage.event(call, { type: "granted", token: "7", rev: "3" })
  t.same([stage.told(), stage.core.isHeld(hold, stage.nowMs)], [[], false])
  stage.out(call, { released: true, rev: "4" })
  stage.reattach()
  t.equal(stage.count("hold"), 0, "acknowledged, it is over")
  t.end()
})

test("the end of a cancelled hold is sent again until it is acknowledged", (t) => {
  const stage = new CoreStage().open()
  const hold = stage.hold()
  const { seq } = stage.sent("hold")
  stage.step({ kind: "cancel", hold })
  for (let each = 0; each < 3; each++) {
    stage.reattach()
    const { call, seq: again } = stage.sent("hold")
    t.equal(again, seq)
    t.same(stage.effects.filter(({ kind }) => kind === "end").at(-1), { kind: "end", call })
  }
  stage.error(stage.sent("hold").call, "NO_QUORUM", { retryable: true })
  stage.advance(500)
  t.equal(stage.count("hold"), 5, "what was refused for now is asked again")
  stage.error(stage.sent("hold").call, "WAIT_TIMEOUT")
  stage.reattach()
  t.equal(stage.count("hold"), 5)
  t.end()
})

test("a try that the agent cut off is ended, however often agents that go refuse to take the end", (t) => {
  const stage = new CoreStage().open()
  const hold = stage.hold({ waitMs: 0 })
  const { seq, call } = stage.sent("hold")
  stage.error(call, "AGENT_UNAVAILABLE", { outcome: "unknown" })
  t.match(stage.told(), [{ kind: "failed", hold, failure: { outcome: "unknown" } }])
  t.equal(stage.count("hold"), 2)
  stage.error(stage.sent("hold").call, "AGENT_UNAVAILABLE")
  stage.reattach()
  stage.advance(500)
  t.equal(stage.count("hold"), 3, "it may have been granted by the first one")
  t.equal(stage.sent("hold").seq, seq)
  t.equal(stage.effects.filter(({ kind }) => kind === "end").length, 2)
  t.end()
})

test("a hold that was cancelled before it was sent never is", (t) => {
  const stage = new CoreStage()
  stage.connect()
  const hold = stage.hold()
  stage.step({ kind: "cancel", hold })
  stage.out(stage.sent("session.open").call, { id: "s", secret: "x", validForMs: TTL_MS })
  t.same([stage.count("hold"), stage.effects.filter(({ kind }) => kind === "failed")], [0, []])
  t.end()
})

test("release: the signal first, then the end; committed, gone, or unknown", (t) => {
  const stage = new CoreStage().open()
  const hold = stage.granted()
  const { call } = stage.sent("hold")
  t.same(stage.step({ kind: "release", hold, timeoutMs: 1000 }), [
    { kind: "lost", hold, reason: "released" },
    { kind: "end", call },
  ])
  t.equal(stage.core.isHeld(hold, stage.nowMs), false)
  t.same(stage.out(call, { released: true, rev: "4" }), [{ kind: "released", hold, failure: undefined, rev: 4n }])
  t.match(stage.step({ kind: "release", hold, timeoutMs: 1000 }), [
    { kind: "released", failure: { code: "GRANT_LOST" } },
  ])

  const gone = stage.granted()
  stage.step({ kind: "release", hold: gone, timeoutMs: 1000 })
  stage.error(stage.sent("hold").call, "GRANT_LOST", { details: { reason: "revoked" } })
  t.match(stage.told().at(-1), { kind: "released", hold: gone, failure: { code: "GRANT_LOST" } })

  const late = stage.granted()
  stage.step({ kind: "release", hold: late, timeoutMs: 1000 })
  stage.advance(1000)
  t.match(stage.told().at(-1), { kind: "released", hold: late, failure: { code: "TIMEOUT", outcome: "unknown" } })
  stage.reattach()
  const { call: again } = stage.sent("hold")
  t.same(stage.effects.at(-1), { kind: "end", call: again }, "the session goes on releasing")
  t.end()
})

test("release while the agent is away is made when it is back", (t) => {
  const stage = new CoreStage().open()
  const hold = stage.granted()
  stage.step({ kind: "disconnected" })
  stage.step({ kind: "release", hold, timeoutMs: 5000 })
  stage.connect()
  stage.out(stage.sent("session.attach").call, { validForMs: TTL_MS })
  stage.out(stage.sent("hold").call, { released: true, rev: "4" })
  t.match(stage.told().at(-1), { kind: "released", hold, failure: undefined })
  t.end()
})

test("a release whose answer was lost, and is remembered no more, is unknown and no loss", (t) => {
  const FORGOTTEN = { details: { reason: "forgotten" } }
  const stage = new CoreStage().open()
  const hold = stage.granted()
  stage.step({ kind: "release", hold, timeoutMs: 60_000 })
  stage.reattach()
  stage.error(stage.sent("hold").call, "GRANT_LOST", FORGOTTEN)
  t.match(stage.told().at(-1), { kind: "released", hold, failure: { code: "TIMEOUT", outcome: "unknown" } })
  const before = stage.granted(8)
  stage.reattach()
  stage.step({ kind: "release", hold: before, timeoutMs: 60_000 })
  stage.error(stage.sent("hold").call, "GRANT_LOST", FORGOTTEN)
  t.match(stage.told().at(-1), { hold: before, failure: { code: "GRANT_LOST", outcome: "not-applied" } })
  t.end()
})

test("release racing the loss of the session", (t) => {
  const released = (end: (stage: CoreStage) => void) => {
    const stage = new CoreStage().open()
    const hold = stage.granted()
    stage.step({ kind: "release", hold, timeoutMs: 60_000 })
    end(stage)
    return stage.told().findLast(({ kind }) => kind === "released")
  }
  t.match(
    released((stage) => stage.advance(TTL_MS)),
    { failure: { code: "TIMEOUT", outcome: "unknown" } },
  )
  t.match(
    released((stage) => stage.error(stage.sent("hold").call, "SESSION_LOST")),
    { failure: { code: "GRANT_LOST" } },
  )
  const stage = new CoreStage().open()
  const hold = stage.granted()
  stage.jump(TTL_MS)
  const effects = stage.step({ kind: "release", hold, timeoutMs: 1000 })
  t.match(effects.slice(0, 1), [{ kind: "lost", hold, reason: "expired" }])
  t.match(
    effects.find(({ kind }) => kind === "released"),
    { failure: { code: "GRANT_LOST" } },
  )
  t.equal(
    effects.filter(({ kind }) => kind === "end").length,
    0,
    "what is lost is left to expire, never released early",
  )
  t.end()
})

test("a wait that ran out is told by the service, or here when nothing was ever sent", (t) => {
  const stage = new CoreStage().open()
  const told = stage.hold({ waitMs: 300 })
  stage.error(stage.sent("hold").call, "WAIT_TIMEOUT", { retryable: true })
  t.match(stage.told().at(-1), {
    kind: "failed",
    hold: told,
    failure: { code: "WAIT_TIMEOUT", outcome: "not-applied" },
  })
  stage.step({ kind: "disconnected" })
  const unsent = stage.hold({ waitMs: 300 })
  stage.advance(300)
  t.match(stage.told().at(-1), { kind: "failed", hold: unsent, failure: { code: "WAIT_TIMEOUT" } })
  const once = stage.hold({ waitMs: 0 })
  stage.advance(REACH_MS)
  t.match(stage.told().at(-1), { kind: "failed", hold: once, failure: { code: "AGENT_UNAVAILABLE" } })
  t.end()
})

test("a hold without an answer fails as unknown, and is cancelled", (t) => {
  const stage = new CoreStage().open()
  const hold = stage.hold({ waitMs: 0 })
  const { call } = stage.sent("hold")
  for (let each = 0; each < REACH_MS / 1000; each++) {
    stage.advance(1000)
    stage.beat()
  }
  t.match(stage.told().at(-1), { kind: "failed", hold, failure: { code: "TIMEOUT", outcome: "unknown" } })
  t.ok(stage.effects.some((each) => each.kind === "end" && each.call === call))
  stage.event(call, { type: "granted", token: "7", rev: "3" })
  t.equal(stage.core.isHeld(hold, stage.nowMs), false)
  t.end()
})

test("no quorum: one that waits goes on, one that tries once hears of it", (t) => {
  const stage = new CoreStage().open()
  const waits = stage.hold()
  stage.error(stage.sent("hold").call, "NO_QUORUM", { retryable: true })
  const { seq } = stage.sent("hold")
  stage.advance(500)
  t.same([stage.count("hold"), stage.sent("hold").seq], [2, seq])
  stage.event(stage.sent("hold").call, { type: "granted", token: "7", rev: "3" })
  t.ok(stage.core.isHeld(waits, stage.nowMs))
  const once = stage.hold({ waitMs: 0 })
  stage.error(stage.sent("hold").call, "NO_QUORUM", { retryable: true })
  t.match(stage.told().at(-1), { kind: "failed", hold: once, failure: { code: "NO_QUORUM", outcome: "not-applied" } })
  t.end()
})

test("an error on a grant's stream is no loss", (t) => {
  const stage = new CoreStage().open()
  const hold = stage.granted()
  for (const code of ["NO_QUORUM", "TIMEOUT", "INTERNAL"] as const) {
    stage.error(stage.sent("hold").call, code, { outcome: code === "NO_QUORUM" ? "not-applied" : "unknown" })
    t.ok(stage.core.isHeld(hold, stage.nowMs), code)
    stage.advance(500)
    t.equal(stage.sent("hold").seq, 2)
  }
  t.equal(stage.count("hold"), 4)
  t.end()
})

test("maxHoldMs and the grace of a revoke end a grant here before the service does", (t) => {
  const stage = new CoreStage().open()
  stage.advance(1000)
  const hold = stage.hold({ maxHoldMs: 3000 })
  const startMs = stage.nowMs
  stage.jump(700)
  stage.event(stage.sent("hold").call, { type: "granted", token: "7", rev: "3", maxHoldLeftMs: 2600 })
  t.equal(
    stage.core.remainingMs(hold, stage.nowMs),
    startMs + 2940 - stage.nowMs,
    "it was not granted before it was asked for",
  )
  stage.advance(2300)
  t.match(stage.told().at(-1), { kind: "lost", hold, reason: "max-hold" })

  const other = new CoreStage().open()
  const revoked = other.granted()
  other.advance(1000)
  const sentMs = other.nowMs
  other.jump(100)
  other.beat()
  other.event(other.sent("hold").call, { type: "revoking", by: "op", reason: "drain", deadlineMs: 2000 })
  t.match(other.told().at(-1), { kind: "revoking", hold: revoked, by: "op", deadlineMs: 2000 })
  t.equal(other.core.remainingMs(revoked, other.nowMs), sentMs + 2000 - other.nowMs)
  other.advance(2000)
  t.match(other.told().at(-1), { kind: "lost", hold: revoked, reason: "revoked" })
  t.end()
})

test("a hold that has waited counts what the agent says is left of maxHoldMs, from before it said so", (t) => {
  for (const [leftMs, isResumed] of [
    [1500, false],
    [1500, true],
    [0, false],
    [undefined, false],
  ] as const) {
    const stage = new CoreStage().open()
    const hold = stage.hold({ maxHoldMs: 3000 })
    const askedMs = stage.nowMs
    stage.event(stage.sent("hold").call, { type: "queued", position: 1, holders: [] })
    stage.advance(2000)
    let sentMs = stage.nowMs
    stage.beat()
    if (isResumed) {
      stage.step({ kind: "disconnected" })
      stage.advance(200)
      stage.connect()
      stage.out(stage.sent("session.attach").call, { validForMs: TTL_MS })
      sentMs = stage.nowMs
    }
    stage.jump(50)
    stage.event(stage.sent("hold").call, { type: "granted", token: "7", rev: "3", maxHoldLeftMs: leftMs })
    // Without a word on it, only that it was not granted before it was asked for.
    const untilMs = Math.max(askedMs + 2940, sentMs + (leftMs ?? 0))
    t.equal(stage.core.remainingMs(hold, stage.nowMs), untilMs - stage.nowMs)
  }
  t.end()
})

test("a grant that is told when nothing is left of maxHoldMs is lost at once", (t) => {
  const stage = new CoreStage().open()
  const hold = stage.hold({ maxHoldMs: 3000 })
  stage.advance(4000)
  stage.event(stage.sent("hold").call, { type: "granted", token: "7", rev: "3", maxHoldLeftMs: 0 })
  t.match(stage.told().slice(-2), [{ kind: "granted" }, { kind: "lost", hold, reason: "max-hold" }])
  t.notOk(stage.core.isHeld(hold, stage.nowMs))
  t.end()
})

test("a request to make way without a deadline ends nothing", (t) => {
  const stage = new CoreStage().open()
  const hold = stage.granted()
  stage.event(stage.sent("hold").call, { type: "revoking", by: "b", reason: "priority", deadlineMs: null })
  t.equal(stage.core.remainingMs(hold, stage.nowMs), TTL_MS)
  t.end()
})

test("a loss that the service tells, and an end that nobody asked for", (t) => {
  const stage = new CoreStage().open()
  const hold = stage.granted()
  const { call } = stage.sent("hold")
  stage.event(call, { type: "lost", token: "7", reason: "revoked" })
  t.match(stage.told().at(-1), { kind: "lost", hold, reason: "revoked" })
  stage.error(call, "GRANT_LOST")
  stage.reattach()
  t.equal(stage.count("hold"), 1, "it is not asked for again")
  const other = stage.granted()
  stage.out(stage.sent("hold").call, { released: true, rev: "9" })
  t.match(stage.told().at(-1), { kind: "lost", hold: other, reason: "released" })
  const waiting = stage.hold()
  stage.out(stage.sent("hold").call, { released: false, rev: "9" })
  t.match(stage.told().at(-1), { kind: "failed", hold: waiting, failure: { code: "INTERNAL" } })
  t.end()
})
