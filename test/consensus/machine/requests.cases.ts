import type { Token } from "@conclave/consensus"
import { LIMIT_MAX } from "@conclave/consensus/machine/limits"
import { acquireProblem } from "@conclave/consensus/machine/requests"
import { test } from "tap"
import { acquireOf, Stage, sessionId } from "./stage.ts"

test("a request of no session is refused, with the cause while it is known", (t) => {
  const stage = new Stage()
  t.match(stage.acquire(sessionId(9), 1), { kind: "refused", refusal: { kind: "session-lost", cause: undefined } })
  const session = stage.open(1)
  stage.end(session, { cause: "exited" })
  t.match(stage.acquire(session, 1), { kind: "refused", refusal: { kind: "session-lost", cause: "exited" } })
  t.end()
})

test("what does not wait is granted now or never", (t) => {
  const stage = new Stage()
  const [one, two] = [stage.open(1), stage.open(2)]
  const token = stage.granted(one, 1, { waitMs: 0 })
  t.match(stage.acquire(two, 1, { waitMs: 0 }), { kind: "ended", how: "wait-timeout", token: undefined })
  stage.release(one, 2, token)
  t.match(stage.acquire(two, 1, { waitMs: 0 }), { kind: "ended", how: "wait-timeout" }, "the same answer later")
  t.same(stage.holders("a"), [])
  t.end()
})

test("a cancelled request is over, whether it waited, was granted or was never seen", (t) => {
  const stage = new Stage()
  const [one, two, three] = [stage.open(1), stage.open(2), stage.open(3)]
  const token = stage.granted(one, 1)
  stage.acquire(two, 1)
  stage.acquire(three, 1)
  t.match(stage.cancel(two, 1), { kind: "ended", how: "cancelled", token: undefined })
  t.same(stage.waiters("a"), [three])
  t.match(stage.cancel(one, 1), { kind: "ended", how: "released", token })
  t.same(stage.holders("a"), [three])
  t.match(stage.cancel(two, 5), { kind: "ended", how: "cancelled", token: undefined })
  stage.cancel(three, 1)
  t.match(stage.acquire(two, 5), { kind: "ended", how: "cancelled" }, "its late forward is refused")
  t.match(stage.acquire(two, 1), { kind: "ended", how: "cancelled" })
  t.same(stage.holders("a"), [])
  t.match(stage.cancel(one, 1), { kind: "ended", how: "released", token }, "again, the same answer")
  t.end()
})

test("release looks at session and token, and does nothing otherwise", (t) => {
  const stage = new Stage()
  const [one, two] = [stage.open(1), stage.open(2)]
  const first = stage.granted(one, 1)
  t.match(stage.release(two, 1, first), { kind: "refused", refusal: { kind: "not-yours" } })
  t.match(stage.release(one, 2, (first + 1) as Token), { kind: "refused", refusal: { kind: "grant-lost" } })
  t.same(stage.holders("a"), [one])
  stage.release(one, 3, first)
  const second = stage.granted(one, 4)
  t.match(
    stage.release(one, 5, first),
    { kind: "refused", refusal: { kind: "grant-lost" } },
    "a late one of a former grant",
  )
  t.same(stage.holders("a"), [one])
  t.match(stage.release(one, 6, second), { kind: "written" })
  t.match(stage.acquire(one, 4), { kind: "ended", how: "released", token: second })
  t.end()
})

test("note and value change only while the token holds", (t) => {
  const stage = new Stage()
  const session = stage.open(1)
  const token = stage.granted(session, 1, { hold: "election", value: "1", note: "starting" })
  const update = { kind: "update", session, floor: 0, token, note: undefined, value: "2", ready: undefined } as const
  const applied = stage.apply({ ...update, seq: 2 })
  t.match(applied.result, { kind: "written" })
  t.match(applied.changes, [{ before: { value: "1" }, after: { value: "2", note: "starting", token } }])
  stage.release(session, 3, token)
  t.match(stage.result({ ...update, seq: 4 }), { kind: "refused", refusal: { kind: "grant-lost" } })
  const lock = stage.granted(session, 5)
  const refusal = { kind: "refused", refusal: { kind: "invalid", field: "value" } }
  t.match(stage.result({ ...update, seq: 6, token: lock }), refusal, "a lock has no value")
  t.end()
})

test("leadership is handed to a candidate that stands, in place or by name", (t) => {
  const stage = new Stage()
  const [one, two, three] = [stage.open(1), stage.open(2), stage.open(3)]
  const hold = "election" as const
  const token = stage.granted(one, 1, { hold })
  const transfer = { kind: "transfer", session: one, floor: 0, token } as const
  const none = { kind: "refused", refusal: { kind: "conflict", reason: "no-candidate" } }
  t.match(stage.result({ ...transfer, seq: 2, to: undefined }), none)
  stage.acquire(two, 1, { hold })
  stage.acquire(three, 1, { hold })
  t.match(stage.result({ ...transfer, seq: 3, to: "m9" }), none)
  t.same(stage.holders("a", "election"), [one], "a refused transfer changes nothing")
  const applied = stage.apply({ ...transfer, seq: 4, to: "m3" })
  t.match(applied.changes, [{ end: "transferred" }, { after: { session: three, token: token + 1 } }])
  t.same(stage.waiters("a", "election"), [two])
  t.match(stage.acquire(one, 1, { hold }), { kind: "ended", how: "transferred", token })
  const lock = stage.granted(one, 7, { names: ["l"] })
  t.match(stage.result({ ...transfer, token: lock, seq: 8, to: undefined }), {
    refusal: { kind: "invalid", field: "kind" },
  })
  t.end()
})

test("sizes and ranges are refused by the name of their field, one beyond the limit", (t) => {
  const session = sessionId(1)
  const problem = (fields: Parameters<typeof acquireOf>[2]): string | undefined => {
    return acquireProblem(acquireOf(session, 1, fields))
  }
  const many = Array.from({ length: 65 }, (_, at) => `n${at}`)
  t.equal(problem({ names: many.slice(1) }), undefined)
  t.equal(problem({ names: many }), "names")
  t.equal(problem({ names: [...many.slice(1), "n1"] }), undefined, "a name given twice counts once")
  t.equal(problem({ names: [] }), "names")
  t.equal(problem({ names: ["-a"] }), "names")
  t.equal(problem({ hold: "election", names: ["a", "b"] }), "names")
  t.equal(problem({ hold: "election", mode: "shared" }), "mode")
  t.equal(problem({ lockDelayMs: 60_000 }), undefined)
  t.equal(problem({ lockDelayMs: 60_001 }), "lockDelayMs")
  t.equal(problem({ maxHoldMs: 0 }), "maxHoldMs")
  t.equal(problem({ waitMs: Number.MAX_SAFE_INTEGER }), "waitMs")
  t.equal(problem({ priority: 1 }), "priority", "locks have none")
  t.equal(problem({ hold: "election", priority: -1_000_000 }), undefined)
  t.equal(problem({ hold: "election", priority: 1_000_001 }), "priority")
  t.equal(problem({ limit: 1 }), "limit", "locks have none")
  t.equal(problem({ hold: "semaphore" }), "limit", "semaphores need one")
  t.equal(problem({ hold: "semaphore", limit: LIMIT_MAX, weight: LIMIT_MAX }), undefined)
  t.equal(problem({ hold: "semaphore", limit: LIMIT_MAX + 1 }), "limit")
  t.equal(problem({ hold: "semaphore", limit: 0 }), "limit")
  t.equal(problem({ hold: "semaphore", limit: 2, weight: 3 }), "weight")
  t.equal(problem({ hold: "semaphore", limit: 2, weight: 0 }), "weight")
  t.equal(problem({ hold: "semaphore", limit: 2, lockDelayMs: 1 }), "lockDelayMs")
  t.equal(problem({ hold: "group", weight: 1 }), "weight")
  t.equal(problem({ hold: "barrier", limit: 10_000 }), undefined)
  t.equal(problem({ hold: "barrier", limit: 10_001 }), "parties")
  t.equal(problem({ hold: "group", id: "x".repeat(255), ready: false, value: "1" }), undefined)
  t.equal(problem({ hold: "group", id: "x".repeat(256) }), "id")
  t.equal(problem({ id: "x" }), "id", "locks have none")
  t.equal(problem({ hold: "work", ready: true }), "ready")
  const tags = [{ key: "a", value: "b".repeat(511) }]
  const worker = { capacity: 1, zone: "z".repeat(128), tags, isLeaving: false }
  t.equal(problem({ hold: "work", worker }), undefined)
  t.equal(problem({ hold: "group", worker }), "worker")
  t.equal(problem({ hold: "work", worker: { ...worker, isLeaving: true } }), "worker")
  t.equal(problem({ hold: "work", worker: { ...worker, capacity: 0 } }), "capacity")
  t.equal(problem({ hold: "work", worker: { ...worker, zone: "z".repeat(129) } }), "zone")
  t.equal(problem({ hold: "work", worker: { ...worker, tags: [{ key: "a", value: "b".repeat(512) }] } }), "tags")
  const same = { key: "a", value: "" }
  t.equal(problem({ hold: "work", worker: { ...worker, tags: [same, same] } }), "tags", "once each, in their order")
  t.equal(problem({ note: "é".repeat(128) }), undefined)
  t.equal(problem({ note: `${"é".repeat(128)}.` }), "note")
  t.equal(problem({ hold: "election", value: JSON.stringify("v".repeat(4094)) }), undefined)
  t.equal(problem({ hold: "election", value: JSON.stringify("v".repeat(4095)) }), "value")
  t.equal(problem({ hold: "election", value: "v" }), "value", "no JSON: whoever showed it could not read it")
  t.end()
})

test("counts are refused one beyond the limit, and what relieves goes on", (t) => {
  const stage = new Stage({ names: 2, holdsOfName: 2 })
  const [one, two, three] = [stage.open(1), stage.open(2), stage.open(3)]
  const token = stage.granted(one, 1)
  stage.acquire(two, 1)
  const full = { kind: "refused", refusal: { kind: "exhausted", limit: "holds of a name" } }
  t.match(stage.acquire(three, 1), full)
  t.match(stage.acquire(three, 2, { names: ["b", "c"] }), { refusal: { kind: "exhausted", limit: "names" } })
  t.match(stage.acquire(three, 3, { names: ["b"] }), { kind: "granted" })
  t.match(stage.acquire(three, 4, { names: ["c"] }), { refusal: { kind: "exhausted", limit: "names" } })
  t.match(stage.release(one, 2, token), { kind: "written" })
  t.match(stage.acquire(three, 5), { kind: "queued" })
  t.end()
})

test("a state of the full size takes no more holds or sessions, and gets smaller again", (t) => {
  const stage = new Stage({ stateBytes: 2000 })
  const session = stage.open(1)
  let token: Token | undefined
  let seq = 0
  for (;;) {
    const result = stage.acquire(session, ++seq, { names: [`n${seq}`], note: "x".repeat(200), floor: seq })
    if (result.kind !== "granted") {
      t.match(result, { kind: "refused", refusal: { kind: "exhausted", limit: "state" } })
      break
    }
    token = result.token
  }
  t.ok(stage.machine.stateBytes >= 2000 && stage.machine.stateBytes < 2600)
  stage.open(2)
  t.equal(stage.machine.session(sessionId(2)), undefined)
  t.match(stage.release(session, ++seq, token as Token), { kind: "written" })
  stage.end(session)
  t.ok(stage.machine.stateBytes < 1000, `${stage.machine.stateBytes}`)
  t.end()
})
