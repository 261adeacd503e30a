import { QUEUED_MAX, SENT_MAX } from "@conclave/sdk/session-core/ops"
import { test } from "tap"
import { CoreStage } from "./core-stage.ts"

test("a write has a seq, and its answer settles it once", (t) => {
  const stage = new CoreStage().open()
  const ticket = stage.call()
  const { call, seq } = stage.sent("kv.put")
  t.equal(seq, 2, "the opener had the first")
  stage.out(call, { rev: "5" })
  stage.out(call, { rev: "6" })
  t.match(stage.told(), [{ kind: "settled", ticket, out: { rev: "5" }, failure: undefined }])
  t.end()
})

test("the agent is told what is left of the caller's limit, each time, less the way back", (t) => {
  const stage = new CoreStage().open()
  stage.call({ timeoutMs: 2000 })
  t.equal(stage.sent("kv.put").timeoutMs, 1800)
  stage.error(stage.sent("kv.put").call, "TIMEOUT", { outcome: "unknown", retryable: true })
  stage.advance(500)
  t.equal(stage.sent("kv.put").timeoutMs, 1350)
  t.end()
})

test("after a lost answer it is asked again under the same seq", (t) => {
  const stage = new CoreStage().open()
  const ticket = stage.call()
  const { seq } = stage.sent("kv.put")
  stage.reattach()
  t.same([stage.count("kv.put"), stage.sent("kv.put").seq], [2, seq])
  stage.out(stage.sent("kv.put").call, { rev: "5" })
  t.match(stage.settled(ticket), { out: { rev: "5" } }, "an answer under a seq is the answer of every attempt")
  t.end()
})

test("a refusal after a lost attempt is unknown, unless the log gave it", (t) => {
  const refusal = (isDecided: boolean, isLost: boolean) => {
    const stage = new CoreStage().open()
    const ticket = stage.call()
    if (isLost) stage.reattach()
    stage.error(stage.sent("kv.put").call, "CONFLICT", { isDecided })
    return stage.settled(ticket)?.failure
  }
  t.match(refusal(false, false), { code: "CONFLICT", outcome: "not-applied" })
  t.match(refusal(true, true), { code: "CONFLICT", outcome: "not-applied" })
  t.match(refusal(false, true), { code: "CONFLICT", outcome: "unknown" })
  t.end()
})

test("proposed and not known: the same seq asks again until the caller's limit", (t) => {
  const stage = new CoreStage().open()
  const ticket = stage.call()
  stage.error(stage.sent("kv.put").call, "TIMEOUT", { outcome: "unknown", retryable: true })
  stage.advance(500)
  t.same([stage.count("kv.put"), stage.sent("kv.put").seq], [2, 2])
  stage.error(stage.sent("kv.put").call, "NO_QUORUM", { retryable: true })
  t.match(stage.settled(ticket)?.failure, { code: "NO_QUORUM", outcome: "unknown", retryable: true })
  const late = stage.call()
  stage.advance(5000)
  t.match(stage.settled(late)?.failure, { code: "TIMEOUT", outcome: "unknown", retryable: true })
  t.end()
})

test("what gives something back is asked under one number until it is decided, whoever waits for that", (t) => {
  const stage = new CoreStage().open()
  const hold = stage.granted()
  const settle = (): number => stage.call({ op: "work.settle", hold, isInsistent: true, timeoutMs: 2000 })
  const refused = (code: "NO_QUORUM" | "RESOURCE_EXHAUSTED" | "CONFLICT", isDecided = false) =>
    stage.error(stage.sent("work.settle").call, code, { isDecided })
  const ticket = settle()
  const { seq } = stage.sent("work.settle")
  refused("NO_QUORUM")
  stage.advance(500)
  refused("RESOURCE_EXHAUSTED")
  t.equal(stage.settled(ticket), undefined)
  stage.advance(1000)
  t.same([stage.count("work.settle"), stage.sent("work.settle").seq], [3, seq], "the second time after twice as long")
  stage.advance(500)
  t.match(stage.settled(ticket)?.failure, { code: "TIMEOUT", outcome: "unknown", retryable: true })
  stage.beat()
  stage.error(stage.sent("work.settle").call, "TIMEOUT", { outcome: "unknown", retryable: true })
  stage.advance(2000)
  t.equal(stage.count("work.settle"), 4, "nobody waits, and it goes on")
  const settledTickets = (): number => stage.effects.filter(({ kind }) => kind === "settled").length
  const before = settledTickets()
  stage.out(stage.sent("work.settle").call, { rev: "5" })
  t.equal(settledTickets(), before, "told once")
  stage.beat()
  stage.advance(8000)
  t.equal(stage.count("work.settle"), 4)
  stage.beat()
  const decided = settle()
  refused("CONFLICT", true)
  t.match(stage.settled(decided)?.failure, { code: "CONFLICT", outcome: "not-applied" })
  const forgotten = settle()
  stage.step({ kind: "forget", ticket: forgotten })
  refused("NO_QUORUM")
  stage.advance(500)
  t.equal(stage.count("work.settle"), 7)
  const lost = settle()
  stage.jump(10_000)
  stage.step({ kind: "tick" })
  t.equal(stage.settled(forgotten), undefined)
  t.match(stage.settled(lost)?.failure, { code: "SESSION_LOST", outcome: "unknown" })
  t.end()
})

test("without an agent it was certainly not sent", (t) => {
  const stage = new CoreStage()
  const ticket = stage.call()
  t.same(stage.effects, [{ kind: "connect" }])
  stage.advance(5000)
  t.match(stage.settled(ticket)?.failure, { code: "AGENT_UNAVAILABLE", outcome: "not-applied", retryable: true })
  t.end()
})

test("a call for a grant that is not held is refused here", (t) => {
  const stage = new CoreStage().open()
  const ticket = stage.call({ hold: 99 })
  t.match(stage.settled(ticket)?.failure, { code: "GRANT_LOST", outcome: "not-applied" })
  const hold = stage.granted()
  const update = stage.call({ op: "hold.update", hold })
  stage.out(stage.sent("hold.update").call, { rev: "9" })
  t.match(stage.settled(update), { out: { rev: "9" } })
  stage.jump(10_000)
  t.match(stage.settled(stage.call({ hold }))?.failure, { code: "GRANT_LOST" }, "by the clock, before any tick")
  t.end()
})

test("what was sent ends unknown with its session; the rest goes to the next one", (t) => {
  const stage = new CoreStage().open()
  const hold = stage.granted()
  stage.step({ kind: "disconnected" })
  stage.connect()
  const unsent = stage.call({ timeoutMs: 60_000 })
  const ofGrant = stage.call({ hold, timeoutMs: 60_000 })
  stage.out(stage.sent("session.attach").call, { validForMs: 10_000 })
  const again = stage.sent("kv.put")
  t.same([again.seq !== undefined, stage.count("kv.put")], [true, 2])
  stage.step({ kind: "disconnected" })
  const late = stage.call({ timeoutMs: 60_000 })
  stage.advance(10_000)
  t.match(stage.settled(unsent)?.failure, { code: "SESSION_LOST", outcome: "unknown" })
  t.match(stage.settled(ofGrant)?.failure, { code: "SESSION_LOST", outcome: "unknown" })
  t.equal(stage.settled(late), undefined)
  stage.connect()
  stage.out(stage.sent("session.open").call, { id: "s2", secret: "y", validForMs: 10_000 })
  t.equal(stage.sent("kv.put").seq, 1, "a new session counts anew")
  t.end()
})

test("an unsent call of a grant ends with it", (t) => {
  const stage = new CoreStage().open()
  const hold = stage.granted()
  stage.step({ kind: "disconnected" })
  const ticket = stage.call({ hold, timeoutMs: 60_000 })
  stage.advance(10_000)
  t.match(stage.settled(ticket)?.failure, { code: "GRANT_LOST", outcome: "not-applied" })
  t.end()
})

test("a session that cannot be had fails the calls that wait for it", (t) => {
  const stage = new CoreStage()
  stage.connect()
  const ticket = stage.call()
  stage.error(stage.sent("session.open").call, "NO_QUORUM", { retryable: true })
  t.match(stage.settled(ticket)?.failure, { code: "NO_QUORUM", outcome: "not-applied" })
  t.end()
})

test("no more are on their way than the agent takes, and the rest waits in order", (t) => {
  const stage = new CoreStage().open()
  for (let each = 0; each < 200; each++) stage.call({ in: { each } })
  t.equal(stage.count("kv.put"), SENT_MAX)
  const first = stage.effects.find((each) => each.kind === "send")
  if (first?.kind === "send") stage.out(first.call, {})
  t.same([stage.count("kv.put"), stage.sent("kv.put").in], [SENT_MAX + 1, { each: SENT_MAX }])
  t.end()
})

test("no seq is drawn while an unanswered one would leave the window of stored answers", (t) => {
  const stage = new CoreStage().open()
  const slow = stage.call({ timeoutMs: 1e9 })
  const { seq } = stage.sent("kv.put")
  for (let each = 0; each < 300; each++) {
    stage.call({ op: "quick" })
    stage.out(stage.sent("quick").call, {})
  }
  t.equal(stage.sent("quick").seq, (seq ?? 0) + 127)
  stage.hold()
  t.equal(stage.count("hold"), 0, "holds draw from the same numbers")
  stage.step({ kind: "forget", ticket: slow })
  t.ok(stage.count("hold") === 1 || stage.count("quick") > 127, "what nobody waits for is not asked again")
  t.end()
})

test("one call too many is refused", (t) => {
  const stage = new CoreStage()
  for (let each = 0; each < QUEUED_MAX; each++) stage.call({ timeoutMs: 1e9 })
  const ticket = stage.call()
  t.match(stage.settled(ticket)?.failure, { code: "RESOURCE_EXHAUSTED", details: { limit: QUEUED_MAX } })
  t.end()
})

/** How many values of maps are read meanwhile. */
function valuesRead(act: () => void): number {
  const { values } = Map.prototype
  let count = 0
  Map.prototype.values = function* (this: Map<unknown, unknown>): ReturnType<typeof values> {
    for (const each of values.call(this)) {
      count++
      yield each
    }
    return undefined
  }
  try {
    act()
  } finally {
    Map.prototype.values = values
  }
  return count
}

test("among thousands that wait one more looks at no more than among hundreds", (t) => {
  const stage = new CoreStage().open()
  let ticket = 0
  const ask = (): void => {
    stage.step({ kind: "call", ticket: ++ticket, op: "kv.put", in: {}, timeoutMs: 1e9 })
    if (stage.core.nextDeadlineMs <= stage.nowMs) t.fail("nothing is due")
  }
  const readAmong = (count: number): number => {
    while (ticket < count) ask()
    return valuesRead(ask)
  }
  const amongHundreds = readAmong(300)
  t.ok(amongHundreds > 0)
  t.equal(readAmong(3000), amongHundreds)
  t.end()
})

test("from the first frame of a handover on nothing is held, unless it was certainly not done", (t) => {
  const handover = (end: (stage: CoreStage, call: number) => void): readonly boolean[] => {
    const stage = new CoreStage().open()
    const hold = stage.granted(7, { kind: "election" })
    const held: boolean[] = [stage.core.isHeld(hold, stage.nowMs)]
    stage.call({ op: "hold.transfer", in: { name: "a", token: "7" }, hold })
    held.push(stage.core.isHeld(hold, stage.nowMs), stage.core.remainingMs(hold, stage.nowMs) > 0)
    end(stage, stage.sent("hold.transfer").call)
    held.push(stage.core.isHeld(hold, stage.nowMs))
    const update = stage.call({ op: "hold.update", hold })
    t.equal(stage.settled(update), undefined, "what is asked under the grant is the cluster's to refuse")
    return held
  }
  t.same(
    handover((stage, call) => stage.error(call, "CONFLICT", { isDecided: true })),
    [true, false, false, true],
  )
  t.same(
    handover((stage, call) => stage.out(call, { rev: "5" })),
    [true, false, false, false],
  )
  t.same(
    handover((stage) => stage.advance(5000)),
    [true, false, false, false],
    "nobody knows",
  )
  t.end()
})
