import type { Command } from "@conclave/consensus"
import type { Deed } from "conclave/coordination/audit"
import { revoke } from "conclave/coordination/revocation"
import { test } from "tap"
import { DeskStage, eventsOf } from "./desk-stage.ts"

test("it answers when nothing is left to break, also with what was let go in the grace", (t) => {
  const stage = new DeskStage()
  const { session } = stage.open()
  const [one, two] = [1, 2].map((seq) => stage.hold(session, seq, { mode: "shared" }))
  const { cluster, clock, deadline } = stage
  const got: object[] = []
  const deeds: Deed[] = []
  const ask = (name: string, more: object = {}) => {
    const input = { kind: "lock", name, graceMs: 1000, reason: "r", ...more }
    const audit = (deed: Deed): void => void deeds.push(deed)
    revoke(input, "ops", { cluster, clock, deadline, audit }, (revoked) => got.push(revoked))
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
  const done = deeds.map(({ name, tokens }) => [name, tokens?.length])
  t.same(
    done,
    [
      ["a", 2],
      ["nobody", 0],
      ["a", 0],
    ],
    "what was refused was not done",
  )
  cluster.hasQuorum = true
  cluster.losesAnswers = () => true
  ask("a")
  const deed = { kind: "lock", name: "a", by: "ops", reason: "r", graceMs: 1000, tokens: undefined }
  t.same(deeds.at(-1), deed, "what may have been done is told, too")
  t.end()
})

test("who revoked a grant and why stands in the history of its name, also without a grace and by its session", (t) => {
  const stage = new DeskStage()
  const { cluster } = stage
  const past = (name: string): object | undefined => cluster.machine.name("lock", name).name?.history.at(-1)
  const [one, two, three] = ["a", "b", "c"].map((name) => {
    const { session } = stage.open()
    stage.hold(session, 1, { names: [name] })
    return session.id
  })
  if (one === undefined || two === undefined || three === undefined) throw new Error("three sessions")
  const order = (what: Extract<Command, { kind: "revoke" }>["what"], graceMs: number): void => {
    cluster.apply({ kind: "revoke", what, graceMs, by: "ops", reason: `after ${graceMs}` })
  }
  order({ kind: "lock", name: "a", token: undefined }, 0)
  t.match(past("a"), { reason: "revoked", revoked: { by: "ops", reason: "after 0" } })
  order({ kind: "session", id: two }, 0)
  t.match(past("b"), { reason: "revoked", revoked: { by: "ops", reason: "after 0" } })
  order({ kind: "session", id: three }, 500)
  stage.pass(700)
  t.match(past("c"), { reason: "revoked", revoked: { by: "ops", reason: "after 500" } })
  t.end()
})

test("the token of an item takes that item from its worker, who is asked first and goes on with the others", (t) => {
  const stage = new DeskStage()
  const { session } = stage.open({ ttlMs: 60_000 })
  const { cluster, clock, deadline } = stage
  for (const item of ["x", "y"]) {
    const about = { kind: "workPut", request: undefined, pool: "p", item, payload: undefined, weight: 1 } as const
    cluster.apply({ ...about, pin: undefined })
  }
  const worker = stage.hold(session, 1, { hold: "work", names: ["p"], id: "w" })
  const to = { session: session.id, seq: 1 }
  const moves = ["x", "y"].map((item) => ({ item, to, token: undefined, reason: "join" }))
  cluster.apply({ kind: "workAssign", pool: "p", moves })
  eventsOf(worker)
  const token = String(cluster.machine.item("p", "x")?.owner?.token)
  const got: object[] = []
  const input = { kind: "work", name: "p", token, graceMs: 1000, reason: "stuck" }
  revoke(input, "ops", { cluster, clock, deadline, audit: () => {} }, (revoked) => got.push(revoked))
  stage.pass(500)
  t.match(eventsOf(worker), [{ type: "revoking", item: "x", token, by: "ops", reason: "stuck" }])
  t.same(got, [], "it still has it")
  stage.pass(1000)
  t.match(got, [{ revoked: [token] }])
  t.match(eventsOf(worker), [{ type: "lost", item: "x", token }])
  t.equal(cluster.machine.item("p", "y")?.state, "assigned")
  revoke({ ...input, graceMs: 0 }, "ops", { cluster, clock, deadline, audit: () => {} }, (revoked) => got.push(revoked))
  t.match(got[1], { revoked: [] }, "a token that does not hold")
  t.end()
})
