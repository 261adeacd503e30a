import type { Command, Token } from "@conclave/consensus"
import { test } from "tap"
import { Stage, sessionId } from "./stage.ts"

function revokeName(name: string, graceMs: number, token?: Token): Command {
  return { kind: "revoke", what: { kind: "lock", name, token }, graceMs, by: "operator", reason: "maintenance" }
}

test("a holder is asked, and its grant broken when the grace is over", (t) => {
  const stage = new Stage()
  const [one, two] = [stage.open(1), stage.open(2)]
  const token = stage.granted(one, 1, { lockDelayMs: 1000 })
  stage.acquire(two, 1)
  const asked = stage.apply(revokeName("a", 5000))
  t.match(asked.result, { kind: "revoked", tokens: [token] })
  t.match(asked.changes, [{ after: { revoking: { by: "operator", reason: "maintenance", untilMs: 5000 } } }])
  stage.pass(4999)
  t.same(stage.holders("a"), [one])
  const broken = stage.pass(1)
  t.match(broken.changes, [{ before: { token, revoking: { reason: "maintenance" } }, end: "revoked" }])
  t.same(stage.holders("a"), [], "and then its lock delay")
  stage.pass(1000)
  t.same(stage.holders("a"), [two])
  t.end()
})

test("without grace it is broken at once, and who finishes in the grace is not", (t) => {
  const stage = new Stage()
  const [one, two] = [stage.open(1), stage.open(2)]
  const token = stage.granted(one, 1)
  stage.apply(revokeName("a", 5000))
  stage.release(one, 2, token)
  t.match(stage.acquire(one, 1), { kind: "ended", how: "released" })
  const next = stage.granted(two, 1)
  t.match(stage.result(revokeName("a", 0)), { kind: "revoked", tokens: [next] })
  t.same(stage.holders("a"), [])
  t.match(stage.acquire(two, 1), { kind: "ended", how: "revoked", token: next })
  t.end()
})

test("a second request may shorten the grace and never lengthens it", (t) => {
  const stage = new Stage()
  stage.granted(stage.open(1), 1)
  const untilMs = (): number | undefined => stage.machine.name("lock", "a").holders[0]?.revoking?.untilMs
  stage.apply(revokeName("a", 5000))
  stage.apply(revokeName("a", 9000))
  t.equal(untilMs(), 5000)
  stage.apply(revokeName("a", 2000))
  t.equal(untilMs(), 2000)
  t.end()
})

test("one token of several holders, every holder of a name, nobody at all", (t) => {
  const stage = new Stage()
  const [one, two] = [stage.open(1), stage.open(2)]
  const first = stage.granted(one, 1, { mode: "shared" })
  const second = stage.granted(two, 1, { mode: "shared" })
  t.match(stage.result(revokeName("a", 0, (second + 5) as Token)), { tokens: [] })
  t.match(stage.result(revokeName("free", 0)), { tokens: [] })
  t.match(stage.result(revokeName("a", 5000)), { tokens: [first, second] })
  t.match(stage.result(revokeName("a", 0, second)), { tokens: [second] })
  t.same(stage.holders("a"), [one])
  t.end()
})

test("a session is asked with all that it holds, and ended when the grace is over", (t) => {
  const stage = new Stage()
  const session = stage.open(1)
  const token = stage.granted(session, 1)
  const revoke = { kind: "revoke", what: { kind: "session", id: session }, by: "operator", reason: "" } as const
  t.match(stage.result({ ...revoke, graceMs: 3000 }), { kind: "revoked", tokens: [token] })
  stage.granted(session, 2, { names: ["b"] })
  const { changes } = stage.pass(3000)
  t.match(changes, [{ end: "revoked" }, { end: "revoked" }, { kind: "session", end: "revoked" }])
  t.match(stage.result({ ...revoke, graceMs: 0 }), { refusal: { kind: "session-lost", cause: "revoked" } })
  const other = stage.open(2)
  t.match(stage.result({ ...revoke, what: { kind: "session", id: other }, graceMs: 0 }), { tokens: [] })
  t.equal(stage.machine.session(other), undefined)
  t.match(stage.result({ ...revoke, what: { kind: "session", id: sessionId(9) }, graceMs: 0 }), {
    refusal: { kind: "session-lost", cause: undefined },
  })
  t.end()
})

test("what an operator says has limits", (t) => {
  const stage = new Stage()
  const fields = (command: object): unknown => stage.result({ ...revokeName("a", 0), ...command } as Command)
  t.match(fields({ what: { kind: "lock", name: "?", token: undefined } }), { refusal: { field: "name" } })
  t.match(fields({ reason: "r".repeat(256) }), { kind: "revoked" })
  t.match(fields({ reason: "r".repeat(257) }), { refusal: { field: "reason" } })
  t.match(fields({ by: "b".repeat(256) }), { refusal: { field: "by" } })
  t.match(fields({ graceMs: Number.MAX_SAFE_INTEGER }), { refusal: { field: "graceMs" } })
  t.end()
})
