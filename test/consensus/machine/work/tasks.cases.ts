import { test } from "tap"
import { PoolStage } from "./pool.ts"

test("what is put is given out first come first served", (t) => {
  const stage = new PoolStage()
  for (const item of ["z", "a", "m"]) stage.put(item)
  stage.join(1, { id: "w", capacity: 2 })
  stage.plan()
  t.strictSame(stage.owners, { z: "w", a: "w", m: undefined })
  stage.settle("z", "done")
  stage.plan()
  t.strictSame(stage.owners, { a: "w", m: "w" })
  t.end()
})

test("the same again changes nothing; otherwise payload, weight and pin are replaced, and its worker keeps it", (t) => {
  const stage = new PoolStage()
  const first = stage.put("x", { payload: "1" })
  t.strictSame(stage.put("x", { payload: "1" }), first)
  stage.join(1, { capacity: 3 })
  stage.plan()
  const token = stage.tokenOf("x")
  stage.put("x", { payload: "2", weight: 3 })
  t.match(stage.item("x"), { payload: "2", weight: 3, state: "assigned", owner: { token } })
  t.match(stage.put("x", { weight: 4 }), { refusal: { kind: "conflict", reason: "capacity" } }, "more than it can bear")
  stage.put("x", { weight: 1 })
  t.end()
})

test("a task that is removed is its worker's no more", (t) => {
  const stage = new PoolStage()
  stage.put("x")
  const worker = stage.join(1)
  stage.plan()
  const token = stage.tokenOf("x")
  const { changes, result } = stage.apply({ kind: "workRemove", request: undefined, pool: "p", item: "x" })
  t.match(result, { kind: "removed", isRemoved: true })
  t.match(
    changes.find(({ kind }) => kind === "item"),
    { before: { owner: { token } }, after: undefined, reason: "removed" },
  )
  t.match(stage.remove("x"), { kind: "removed", isRemoved: false })
  stage.put("x")
  t.match(stage.settle("x", "done", { session: worker.session, token }), { refusal: { kind: "grant-lost" } })
  t.end()
})

test("what rests is tried now, and what nobody knows cannot be", (t) => {
  const stage = new PoolStage()
  stage.put("x")
  stage.join(1)
  stage.plan()
  stage.settle("x", "failed")
  t.equal(stage.item("x").keptUntilMs, 1000)
  stage.retry("x")
  t.match(stage.item("x"), { keptUntilMs: undefined, attempt: 2 })
  stage.plan()
  const token = stage.tokenOf("x")
  stage.retry("x")
  t.equal(stage.tokenOf("x"), token, "what is at work goes on")
  t.match(stage.retry("y"), { refusal: { kind: "unknown-item" } })
  t.end()
})

test("sizes and names are bounded", (t) => {
  const stage = new PoolStage()
  t.match(stage.put("x", { payload: `"${"p".repeat(65_534)}"` }), { kind: "written" })
  t.match(stage.put("y", { payload: `"${"p".repeat(65_535)}"` }), { refusal: { kind: "invalid", field: "payload" } })
  t.match(stage.put("y", { weight: 0 }), { refusal: { kind: "invalid", field: "weight" } })
  t.match(stage.put("y", { weight: 1_000_001 }), { refusal: { kind: "invalid", field: "weight" } })
  t.match(stage.put("y", { weight: 1_000_000 }), { kind: "written" })
  t.match(stage.put("y z"), { refusal: { kind: "invalid", field: "item" } })
  t.match(stage.put("z", { pin: "no pin" }), { refusal: { kind: "invalid", field: "pin" } })
  t.end()
})
