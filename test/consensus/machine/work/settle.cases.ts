import type { Command } from "@conclave/consensus"
import { test } from "tap"
import { PoolStage } from "./pool.ts"

test("a task that is done is gone, and a partition is free again after a rest", (t) => {
  const tasks = new PoolStage()
  tasks.put("x")
  const worker = tasks.join(1, { id: "a" })
  tasks.plan()
  t.match(tasks.settle("x", "done"), { kind: "written" })
  t.equal(tasks.machine.item("p", "x"), undefined)
  t.equal(tasks.machine.pool("p"), undefined, "and with its last item a pool that nobody has configured")
  t.match(tasks.machine.holdsOf(worker.session), [{ kind: "work" }], "its worker stays")

  const stage = new PoolStage()
  stage.configure({ partitions: 1 })
  stage.join(1)
  stage.plan()
  stage.settle("0", "done")
  t.match(stage.item("0"), { state: "free", keptUntilMs: 1000 })
  stage.plan()
  t.match(stage.item("0"), { state: "free" }, "a worker that hands back each time does not spin")
  stage.pass(1000)
  stage.plan()
  t.match(stage.item("0"), { state: "assigned" })
  t.end()
})

test("each assignment has a token of its own, and what was settled under an old one settles nothing", (t) => {
  const stage = new PoolStage()
  stage.put("x")
  const worker = stage.join(1)
  stage.plan()
  const first = stage.tokenOf("x")
  stage.settle("x", "failed")
  stage.pass(1000)
  stage.plan()
  const second = stage.tokenOf("x")
  t.ok(second > first)
  const late = { session: worker.session, token: first }
  t.match(stage.settle("x", "done", late), { refusal: { kind: "grant-lost", current: second } })
  t.match(stage.checkpoint("x", "1", late), { refusal: { kind: "grant-lost", current: second } })
  t.equal(stage.tokenOf("x"), second)
  t.match(stage.settle("x", "done"), { kind: "written" })
  t.match(stage.machine.item("p", "x"), undefined)
  t.match(
    stage.result({
      ...{ kind: "workSettle", pool: "p", item: "x", token: second, result: "done", message: undefined },
      request: { session: worker.session, seq: stage.seq(worker.session), floor: 0 },
    }),
    { refusal: { kind: "grant-lost" } },
    "a second time",
  )
  t.end()
})

test("the same request settles once, and says so again", (t) => {
  const stage = new PoolStage()
  stage.put("x")
  const { session } = stage.join(1)
  stage.plan()
  const request = { session, seq: stage.seq(session), floor: 0 }
  const about = { pool: "p", item: "x", token: stage.tokenOf("x"), message: "no luck" }
  const command = { kind: "workSettle", request, ...about, result: "failed" } as const
  const first = stage.result(command)
  t.match(first, { kind: "written" })
  t.strictSame(stage.result(command), first)
  t.match(stage.item("x"), { attempt: 2, decisions: [{}, { reason: "failed: no luck", to: undefined }] })
  t.end()
})

test("another session settles nothing of it", (t) => {
  const stage = new PoolStage()
  stage.put("x")
  stage.join(1)
  stage.plan()
  const other = stage.join(2)
  const claim = { session: other.session, token: stage.tokenOf("x") }
  t.match(stage.settle("x", "done", claim), { refusal: { kind: "not-yours" } })
  t.match(stage.checkpoint("x", "1", claim), { refusal: { kind: "not-yours" } })
  t.match(stage.item("x"), { state: "assigned", checkpoint: undefined })
  t.end()
})

test("a task that fails rests twice as long each time, and is given up after so many tries", (t) => {
  const stage = new PoolStage()
  stage.configure({ maxAttempts: 3 })
  stage.put("x")
  stage.join(1)
  for (const restMs of [1000, 2000]) {
    stage.plan()
    stage.settle("x", "failed")
    t.match(stage.item("x"), { state: "free", keptUntilMs: stage.nowMs + restMs })
    stage.pass(restMs - 1)
    stage.plan()
    t.equal(stage.item("x").state, "free")
    stage.pass(1)
  }
  stage.plan()
  stage.settle("x", "failed")
  t.match(stage.item("x"), { state: "failed", attempt: 3, keptUntilMs: undefined })
  stage.plan()
  stage.pass(100_000)
  stage.plan()
  t.equal(stage.item("x").state, "failed")
  stage.retry("x")
  stage.plan()
  t.match(stage.item("x"), { state: "assigned", attempt: 1 })
  t.end()
})

test("a partition that fails is tried for ever, at most a minute apart, and anew once it went well for a minute", (t) => {
  const stage = new PoolStage()
  stage.configure({ partitions: 1, maxAttempts: 1 })
  stage.join(1)
  const rests: number[] = []
  for (let tries = 0; tries < 8; tries++) {
    stage.plan()
    stage.settle("0", "failed")
    rests.push((stage.item("0").keptUntilMs ?? 0) - stage.nowMs)
    stage.pass(60_000)
    stage.renew(1)
  }
  t.strictSame(rests, [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000])
  stage.plan()
  stage.pass(60_000)
  stage.settle("0", "failed")
  t.equal((stage.item("0").keptUntilMs ?? 0) - stage.nowMs, 1000)
  t.end()
})

test("a checkpoint goes to the next worker, and is bounded", (t) => {
  const stage = new PoolStage()
  stage.put("x")
  stage.join(1)
  stage.plan()
  t.match(stage.checkpoint("x", `"${"c".repeat(4094)}"`), { kind: "written" })
  t.match(stage.checkpoint("x", `"${"c".repeat(4095)}"`), { refusal: { kind: "invalid", field: "value" } })
  stage.checkpoint("x", "7")
  stage.settle("x", "failed")
  stage.pass(1000)
  stage.plan()
  t.match(stage.item("x"), { state: "assigned", checkpoint: "7" })
  t.end()
})

test("what was asked back goes on at once to the one that it was asked for", (t) => {
  const stage = new PoolStage()
  stage.put("x")
  stage.join(1, { id: "a", ttlMs: 10_000 })
  stage.plan()
  const other = stage.join(2, { id: "b" })
  stage.askBack("x", other)
  const revoking = { by: "planner", reason: "handoff", untilMs: 30_000 }
  t.match(stage.item("x"), { state: "revoking", target: "b", revoking, decisions: [{}, { reason: "test" }] })
  stage.settle("x", "released")
  t.match(stage.item("x"), { state: "free", target: "b", keptUntilMs: undefined })
  stage.plan()
  t.strictSame(stage.owners, { x: "b" })
  t.end()
})

test("a worker that drains hands back what it has, gets nothing more, and ends with its last item", (t) => {
  const stage = new PoolStage()
  stage.configure({ partitions: 2 })
  const worker = stage.join(1, { id: "a", ttlMs: 10_000 })
  stage.plan()
  stage.drain(worker)
  t.match(stage.item("0"), { state: "revoking", revoking: { by: "a", reason: "drain", untilMs: 30_000 } })
  stage.plan()
  stage.settle("0", "released")
  t.match(stage.machine.hold(worker.session, worker.seq), { token: worker.token })
  stage.plan()
  t.equal(stage.item("0").state, "free")
  stage.settle("1", "done")
  t.equal(stage.machine.hold(worker.session, worker.seq), undefined)
  t.match(stage.machine.name("work", "p").name?.history, [{ reason: "released" }])
  t.match(
    stage.drain(worker),
    { kind: "ended", how: "released", token: worker.token },
    "and that is the answer from then on",
  )
  t.end()
})

test("a worker that drains and has nothing ends at once; one that does not hand back loses it in time, and ends", (t) => {
  const stage = new PoolStage()
  const idle = stage.join(1)
  stage.drain(idle)
  t.equal(stage.machine.hold(idle.session, idle.seq), undefined)
  stage.put("x")
  const busy = stage.join(2, { ttlMs: 30_000 })
  stage.plan()
  stage.drain(busy)
  stage.nowMs = 29_999
  stage.renew(2)
  t.equal(stage.item("x").state, "revoking")
  stage.pass(1)
  t.match(stage.item("x"), { state: "free", decisions: [{}, {}, { reason: "handoff-timeout" }] })
  t.equal(stage.machine.hold(busy.session, busy.seq), undefined)
  t.end()
})

test("no item is taken from a worker before its session could have run out: cut off, it hears of nothing until then", (t) => {
  for (const handoffTimeoutMs of [0, 1000]) {
    const stage = new PoolStage()
    stage.configure({ partitions: 2, handoffTimeoutMs })
    const worker = stage.join(1, { id: "a", ttlMs: 60_000 })
    stage.plan()
    const other = stage.join(2, { id: "b" })
    stage.askBack("0", other)
    t.match(stage.item("0"), { state: "revoking", revoking: { untilMs: 60_000 } })
    stage.drain(worker)
    t.match(stage.item("1"), { state: "revoking", revoking: { reason: "drain", untilMs: 60_000 } })
    stage.nowMs = 59_999
    stage.renew(1)
    t.equal(stage.item("0").state, "revoking")
    stage.pass(1)
    t.match([stage.item("0"), stage.item("1")], [{ state: "free", target: "b" }, { state: "free" }])
  }
  t.end()
})

test("an assignment has a note as long as it lasts, and nothing else that a hold has", (t) => {
  const stage = new PoolStage()
  const one = stage.join(1)
  stage.put("x")
  stage.give("x", one)
  const token = stage.tokenOf("x")
  const update = (more: Partial<Extract<Command, { kind: "update" }>>, session = one.session) => {
    const own = { session, seq: stage.seq(session), floor: 0, token }
    return stage.result({ kind: "update", ...own, note: undefined, value: undefined, ready: undefined, ...more })
  }
  t.match(update({ note: "n".repeat(256) }), { kind: "written" })
  t.match(update({ note: "n".repeat(257) }), { refusal: { kind: "invalid", field: "note" } })
  t.match(update({ note: "n", value: "1" }), { refusal: { kind: "invalid", field: "value" } })
  t.match(update({ note: "n", ready: true }), { refusal: { kind: "invalid", field: "ready" } })
  t.match(update({ note: "n" }, stage.join(2).session), { refusal: { kind: "not-yours" } })
  t.match(update({}), { kind: "written" })
  t.equal(stage.item("x").owner?.note, "n".repeat(256))
  stage.askBack("x")
  t.equal(stage.item("x").owner?.note, "n".repeat(256))
  stage.settle("x", "released")
  t.match(update({ note: "late" }), { refusal: { kind: "grant-lost" } })
  stage.pass(1000)
  stage.give("x", one)
  t.equal(stage.item("x").owner?.note, undefined, "the next one says nothing yet")
  t.end()
})
