import { test } from "tap"
import { hostId, run, Stage, sessionId, TTL_MS } from "./stage.ts"

test("time is the highest stamp that the log has shown; one that says nothing or less moves nothing", (t) => {
  const stage = new Stage()
  stage.pass(5000)
  for (const stampMs of [4000, 0]) {
    run(stage.machine, undefined, stampMs)
    t.equal(stage.machine.timeMs, 5000)
  }
  run(stage.machine, undefined, 6000)
  t.equal(stage.machine.timeMs, 6000, "also of an entry that is Raft's own")
  t.end()
})

test("expiry is an effect of any entry, of Raft's own as well", (t) => {
  const stage = new Stage()
  const session = stage.open(1)
  run(stage.machine, undefined, TTL_MS)
  t.equal(stage.machine.session(session), undefined)
  t.end()
})

test("a renewal counts before the stamp that it travels with", (t) => {
  const stage = new Stage()
  const session = stage.open(1)
  stage.nowMs = TTL_MS
  stage.renew(1)
  t.ok(stage.machine.session(session))
  t.equal(stage.machine.nextDueMs, 2 * TTL_MS)
  stage.nowMs = 2 * TTL_MS
  stage.cancel(session, 1)
  t.equal(stage.machine.session(session), undefined, "nothing else saves a session that is due")
  t.end()
})

test("equal deadlines are taken by kind, then by id, whatever came first", (t) => {
  const stage = new Stage()
  for (const each of [12, 10, 11, 13, 14, 15, 16, 17, 18, 19]) {
    stage.open(each, each < 13 ? { ttlMs: 5000 } : { ttlMs: 60_000 })
  }
  const [ten, waiter] = [sessionId(10), sessionId(13)]
  stage.granted(waiter, 1, { names: ["m"], maxHoldMs: 5000 })
  stage.granted(ten, 1, { names: ["a"] })
  stage.acquire(waiter, 2, { names: ["a"], waitMs: 5000 })
  const { changes } = stage.pass(5000)
  const ends = changes.flatMap((each) => ("end" in each && each.after === undefined ? [[each.kind, each.end]] : []))
  t.same(ends, [
    ["hold", "expired"],
    ["session", "expired"],
    ["session", "expired"],
    ["session", "expired"],
    ["hold", "max-hold"],
    ["hold", "wait-timeout"],
  ])
  const ids = changes.flatMap((each) => (each.kind === "session" && each.before ? [each.before.id] : []))
  t.same(ids, [10, 11, 12].map(sessionId))
  t.end()
})

test("earlier deadlines come first, whatever their kind", (t) => {
  const stage = new Stage()
  const [one, two] = [stage.open(1, { ttlMs: 6000 }), stage.open(2, { ttlMs: 60_000 })]
  stage.granted(one, 1)
  stage.acquire(two, 1, { waitMs: 5000 })
  const { changes } = stage.pass(7000)
  t.match(changes[0], { kind: "hold", end: "wait-timeout" })
  t.same(stage.holders("a"), [])
  t.end()
})

test("one entry expires a thousand, and the rest follows in ticks of the same time", (t) => {
  const stage = new Stage()
  stage.isChecked = false
  for (let each = 1; each <= 2500; each++) stage.open(each, { host: hostId(1) })
  const left = (): number => [...stage.machine.sessions()].length
  stage.pass(TTL_MS)
  stage.isChecked = true
  t.equal(left(), 1500)
  t.equal(stage.machine.nextDueMs, TTL_MS, "a tick is due at once")
  stage.pass(0)
  t.equal(left(), 500)
  stage.pass(0)
  t.equal(left(), 0)
  t.equal(stage.machine.nextDueMs, TTL_MS + 60_000)
  t.end()
})

test("with nothing due nothing is ever due", (t) => {
  const stage = new Stage()
  t.equal(stage.machine.nextDueMs, undefined)
  stage.open(1)
  for (let times = 0; times < 10; times++) {
    stage.nowMs += 2500
    stage.renew(1)
    t.equal(stage.machine.nextDueMs, stage.nowMs + TTL_MS, "exactly, whatever renewals have put off")
  }
  t.end()
})

test("what is due next is at most too early when renewals have put off many deadlines at once", (t) => {
  const stage = new Stage()
  stage.isChecked = false
  for (let each = 1; each <= 2500; each++) stage.open(each, { host: hostId(1) })
  stage.nowMs = 5000
  stage.renew(1)
  const { hash } = stage.machine
  t.same(
    [0, 1, 2].map(() => stage.machine.nextDueMs),
    [TTL_MS, TTL_MS, 5000 + TTL_MS],
  )
  t.equal(stage.machine.hash, hash, "and looking changes nothing")
  t.end()
})
