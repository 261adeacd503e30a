import { type Call, prepareCall, prepareFramed } from "conclave/api/call"
import type { Caller, SessionLink } from "conclave/api/coordination"
import { HANDLERS } from "conclave/api/ops"
import { ADMIN, APPLICATION, type Principal } from "conclave/api/principal"
import { isProblem, type Problem } from "conclave/api/problem"
import { OPS } from "conclave/api/schema"
import { NO_KEYRING } from "conclave/keyring/keyring"
import fc from "fast-check"
import { test } from "tap"
import { FakeAgent } from "../fake-view.ts"
import { NO_GROUP, outside } from "../outside.ts"

const coordination = outside()
const feeds = { members: () => fail(), events: () => fail() }

function fail(): never {
  throw new Error("no stream is opened here")
}

function callerAt(principal: Principal, speaker?: SessionLink): Caller {
  return { principal, timeoutMs: 5000, seen: { rev: 0 }, speaker, seq: undefined, floor: 0 }
}

function prepare(op: string, input: unknown, principal: Principal = ADMIN): Call {
  return prepareCall(
    { view: new FakeAgent().view, feeds, coordination, raft: NO_GROUP, keyring: NO_KEYRING },
    callerAt(principal),
    op,
    input,
  )
}

function refusal(op: string, input: unknown, principal: Principal = ADMIN): Problem | undefined {
  const call = prepare(op, input, principal)
  return call.kind === "refused" ? call.problem : undefined
}

/** What is wrong with it, as its schema or its handler says. */
function answered(op: string, input: unknown): Problem | undefined {
  const call = prepare(op, input)
  if (call.kind === "refused") return call.problem
  let problem: Problem | undefined
  if (call.kind === "answer")
    call.start((result) => {
      if (isProblem(result)) problem = result
    })
  return problem
}

test("an object in the place of a list or a text is refused, whatever it says of its length", (t) => {
  const odd = { length: { toString: 1 } }
  for (const input of [{ addrs: odd }, { addrs: [odd] }]) t.match(refusal("join", input), { code: "INVALID_ARGUMENT" })
  t.end()
})

test("the door is checked before the input, the operation before the door", (t) => {
  t.match(refusal("no.such", 7, APPLICATION), { code: "NOT_FOUND", details: { op: "no.such" } })
  t.match(refusal("x".repeat(200_000), 7)?.message, / x{200}$/, "no more of it is echoed")
  t.match(refusal("join", 7, APPLICATION), { code: "PERMISSION_DENIED", details: { op: "join", name: null } })
  const asked = { kind: "lock", name: "a", graceMs: 0, reason: "r" }
  t.match(refusal("revoke", asked, APPLICATION), { details: { op: "revoke", name: "a" } })
  t.match(refusal("revoke", { name: "x".repeat(256) }, APPLICATION), { details: { name: null } })
  t.match(refusal("join", 7), { code: "INVALID_ARGUMENT", details: { field: "in" } })
  for (const name of ["toString", "__proto__", "constructor", ""]) t.match(refusal(name, {}), { code: "NOT_FOUND" })
  t.end()
})

test("every operation behind the admin door is refused at the other, every other one is not", (t) => {
  for (const [op, { admin }] of Object.entries(OPS)) {
    t.equal(refusal(op, null, APPLICATION)?.code === "PERMISSION_DENIED", admin, op)
  }
  t.end()
})

test("what is not known is ignored, what is known is checked, no input is an empty one", (t) => {
  t.equal(prepare("members.list", { unheard: "of", status: ["dead"] }).kind, "answer")
  t.equal(prepare("watch", { kind: "members", from: "12" }).kind, "stream")
  t.equal(prepare("status", undefined).kind, "answer")
  t.equal(prepare("status", null).kind, "answer")
  for (const from of ["x", "-1", "18446744073709551616", 5]) {
    t.match(refusal("watch", { kind: "members", from }), { code: "INVALID_ARGUMENT", details: { field: "from" } })
  }
  t.match(refusal("faults", { drop: ["a", 7] }), { code: "INVALID_ARGUMENT", details: { field: "drop" } })
  t.match(refusal("members.get", { name: "-a" }), {
    details: { field: "name" },
    message: /^name: must have 1 to 128 letters/,
  })
  t.match(refusal("members.get", { name: `a${"b".repeat(128)}` }), { details: { field: "name" } })
  t.equal(prepare("members.get", { name: `a${"b".repeat(127)}` }).kind, "answer", "128 characters are a name")
  t.end()
})

test("a filter that is refused comes back to its sender, so its length is bounded first", (t) => {
  const refused = (length: number): Problem | undefined =>
    [{ status: "x".repeat(length) }, { status: ["dead", "x".repeat(length)] }, { tag: "x".repeat(length) }]
      .map((input) => answered("members.list", input))
      .find((problem) => problem === undefined || JSON.stringify(problem).length > 2000)
  for (const length of [1024, 1025, 200_000]) t.equal(refused(length), undefined, `${length} characters`)
  const since = answered("events", { since: "x".repeat(200_000) })
  t.match(since, { code: "INVALID_ARGUMENT", details: { field: "since" } })
  t.ok(JSON.stringify(since).length < 2000)
  t.end()
})

test("too many of something is a limit, not a wrong argument", (t) => {
  const drop = (count: number): string[] => Array.from({ length: count }, (_, each) => `m${each}`)
  t.equal(prepare("faults", { drop: drop(10_000) }).kind, "answer")
  const over = refusal("faults", { drop: drop(10_001) })
  t.match(over, { code: "RESOURCE_EXHAUSTED", details: { limit: 10_000, field: "drop" } })
  const partitions = refusal("work.configure", { name: "p", partitions: 50_001 })
  t.match(partitions, { code: "RESOURCE_EXHAUSTED", details: { limit: 50_000, field: "partitions" } })
  t.match(refusal("work.configure", { name: "p", partitions: -1 }), { code: "INVALID_ARGUMENT" })
  t.equal(prepare("work.configure", { name: "p", handoffTimeoutMs: 86_400_000 }).kind, "answer", "a day")
  const late = refusal("work.configure", { name: "p", handoffTimeoutMs: 86_400_001 })
  t.match(late, { code: "INVALID_ARGUMENT", details: { field: "handoffTimeoutMs" } })
  const revoked = { kind: "lock", name: "a", graceMs: 0, reason: "" }
  t.match(refusal("revoke", revoked), { message: "reason: is empty", details: { field: "reason" } })
  t.end()
})

test("no input breaks anything", (t) => {
  const ops = fc.oneof(fc.constantFrom(...Object.keys(OPS)), fc.string())
  const keys = fc.constantFrom(
    "name",
    "token",
    "status",
    "tag",
    "kind",
    "since",
    "addrs",
    "drop",
    "count",
    "from",
    "__proto__",
  )
  const values = fc.oneof(fc.jsonValue(), fc.string(), fc.constantFrom("members", "a", "1", "-1", "true"))
  const inputs = fc.oneof(fc.jsonValue(), fc.dictionary(keys, values))
  fc.assert(
    fc.property(ops, inputs, (op, input) => {
      const call = prepare(op, input)
      if (call.kind === "refused") return call.problem.message !== "" && call.problem.outcome === "not-applied"
      if (call.kind === "answer" && op !== "leave") call.start(() => {})
      return true
    }),
    { numRuns: 2000 },
  )
  t.end()
})

test("an answer is no problem, whatever it is", (t) => {
  t.notOk(isProblem({ name: "a", code: 1 }))
  t.end()
})

/** What some operation needs of its input. */
const GIVEN = { token: "1", value: 1, limit: 1, result: "done" }

test("what is never answered was no change if it was a read, and is not to be sent again without a number", (t) => {
  const late = (op: string, input: object, seq?: number): unknown => {
    const context = { view: new FakeAgent().view, feeds, coordination, raft: NO_GROUP, keyring: NO_KEYRING }
    const call = prepareCall(context, { ...callerAt(ADMIN), seq }, op, input)
    return call.kind === "answer" ? call.overdue(6000) : call
  }
  const message = "kv.get took longer than 6000 ms"
  t.match(late("kv.get", { key: "a" }), { code: "TIMEOUT", message, outcome: "not-applied", retryable: true })
  t.match(late("work.items", { name: "a" }), { outcome: "not-applied", retryable: true })
  t.match(late("work.put", { name: "a", item: "b" }), { code: "TIMEOUT", outcome: "unknown", retryable: false })
  t.match(late("work.put", { name: "a", item: "b" }, 7), { outcome: "unknown", retryable: true })
  t.match(late("join", { addrs: ["a"] }), { outcome: "unknown", retryable: true })
  t.end()
})

test("what waits for the cluster may take longer than the way to it", (t) => {
  const extraMs = (op: string, input: object): unknown => {
    const call = prepare(op, input)
    return call.kind === "answer" ? call.extraMs : call
  }
  t.equal(extraMs("status", {}), 0)
  const needs = /^(hold|semaphore|kv|sessions|raft|work)\./
  for (const op of Object.keys(HANDLERS)) {
    if (!needs.test(op)) continue
    const call = prepare(op, { kind: "lock", name: "a", key: "a", item: "a", id: "a".repeat(26), ...GIVEN })
    t.match(call, { kind: "answer", extraMs: 1000 }, op)
  }
  t.equal(extraMs("revoke", { kind: "lock", name: "a", graceMs: 60_000, reason: "r" }), 70_000)
  t.end()
})

test("operations on a connection's session are checked by their schema, and are no matter for HTTP", (t) => {
  const link = coordination.connect({ app: "test", process: undefined })
  const framed = prepareFramed(callerAt(APPLICATION, link), "session.open", { ttlMs: 1 })
  t.match(framed, { kind: "refused", problem: { code: "INVALID_ARGUMENT", details: { field: "ttlMs" } } })
  t.match(prepareFramed(callerAt(APPLICATION), "heartbeat", {}), { kind: "refused", problem: { code: "NOT_FOUND" } })
  const call = prepareFramed(callerAt(APPLICATION, link), "session.open", {})
  t.equal(call.kind, "answer")
  if (call.kind === "answer") call.start((answer) => t.match(answer, { code: "NO_QUORUM" }, "there is no cluster yet"))
  t.end()
})
