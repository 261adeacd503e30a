import type { Token } from "@conclave/consensus"
import { test } from "tap"
import { PoolStage } from "./pool.ts"

function revoke(stage: PoolStage, token: Token, graceMs: number, name = "p") {
  const what = { kind: "work", name, token } as const
  return stage.result({ kind: "revoke", what, graceMs, by: "operator", reason: "stuck" })
}

test("an operator takes one item from its worker: it is asked, and has its time", (t) => {
  const stage = new PoolStage()
  for (const item of ["a", "b"]) stage.put(item)
  const worker = stage.join(1, { id: "w" })
  stage.give("a", worker)
  stage.give("b", worker)
  const token = stage.tokenOf("a") as Token
  t.match(revoke(stage, token, 5000), { kind: "revoked", tokens: [token] })
  t.match(stage.item("a"), { state: "revoking", revoking: { by: "operator", reason: "stuck" } })
  t.equal(stage.item("b").state, "assigned")
  const { untilMs } = stage.item("a").revoking ?? {}
  revoke(stage, token, 60_000)
  t.equal(stage.item("a").revoking?.untilMs, untilMs, "a second wish lengthens nothing")
  stage.pass(5000)
  t.match(stage.item("a"), { state: "free", owner: undefined })
  t.equal(stage.item("a").decisions.at(-1)?.reason, "revoked", "it was no hand-off")
  t.equal(stage.machine.holdsOf(worker.session).length, 1, "and goes on as a worker")
  t.end()
})

test("without grace it is taken at once; a token of nobody, or of another pool, takes nothing", (t) => {
  const stage = new PoolStage()
  for (const item of ["a", "b"]) stage.put(item)
  const worker = stage.join(1, { id: "w" })
  for (const item of ["a", "b"]) stage.give(item, worker)
  const token = stage.tokenOf("a") as Token
  t.match(revoke(stage, token, 0, "q"), { tokens: [] })
  t.match(revoke(stage, (token + 7) as Token, 0), { tokens: [] })
  t.equal(stage.item("a").state, "assigned")
  t.match(revoke(stage, token, 0), { tokens: [token] })
  t.match([stage.item("a"), stage.item("b")], [{ state: "free" }, { state: "assigned" }], "its neighbour stays")
  t.equal(stage.item("a").decisions.at(-1)?.reason, "revoked")
  t.match(revoke(stage, token, 0), { tokens: [] }, "it holds nothing any more")
  t.end()
})

test("who drains ends when its last item is taken from it", (t) => {
  const stage = new PoolStage()
  stage.put("a")
  const worker = stage.join(1, { id: "w" })
  stage.give("a", worker)
  stage.drain(worker)
  revoke(stage, stage.tokenOf("a") as Token, 0)
  t.equal(stage.machine.holdsOf(worker.session).length, 0)
  t.end()
})
