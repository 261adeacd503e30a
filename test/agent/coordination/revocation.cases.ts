import { revoke } from "conclave/coordination/revocation"
import { test } from "tap"
import { DeskStage, eventsOf } from "./desk-stage.ts"

test("it answers when nothing is left to break, also with what was let go in the grace", (t) => {
  const stage = new DeskStage()
  const { session } = stage.open()
  const [one, two] = [1, 2].map((seq) => stage.hold(session, seq, { mode: "shared" }))
  const { cluster, clock, deadline } = stage
  const got: object[] = []
  const ask = (name: string, more: object = {}) => {
    const input = { kind: "lock", name, graceMs: 1000, reason: "r", ...more }
    revoke(input, "ops", { cluster, clock, deadline }, (revoked) => got.push(revoked))
  }
  ask("a")
  stage.pass(500)
  t.same(got, [])
  one?.finish()
  stage.pass(100)
  t.same(got, [])
  stage.pass(600)
  t.match(got, [{ revoked: [String(one?.token), String(two?.token)], rev: /^\d+$/ }])
  t.match(eventsOf(two as never).at(-1), { type: "lost", reason: "revoked" })
  ask("nobody")
  ask("a", { kind: "clock" })
  ask("b".repeat(26), { kind: "session" })
  t.match(got.slice(1), [{ revoked: [] }, { code: "NOT_FOUND" }, { code: "NOT_FOUND" }])
  ask("a", { token: String(2n ** 64n - 1n) })
  t.match(got[4], { revoked: [] }, "no token is as large, and the log could not hold it")
  stage.hold(session, 9)
  ask(`${session.id}x`, { kind: "session", graceMs: 0 })
  ask("nobody", { kind: "session" })
  t.match(got.slice(5), [{ code: "NOT_FOUND" }, { code: "NOT_FOUND" }])
  t.equal(stage.state(session.id), "attached", "what only begins like its id is no session")
  cluster.hasQuorum = false
  ask("a")
  t.match(got[7], { code: "NO_QUORUM" })
  t.end()
})
