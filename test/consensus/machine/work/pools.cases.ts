import { test } from "tap"
import { PoolStage } from "./pool.ts"

test("partitions are named by their numbers; those too many end, those that lack come to be", (t) => {
  const stage = new PoolStage()
  stage.configure({ partitions: 3 })
  t.strictSame(Object.keys(stage.owners), ["0", "1", "2"])
  stage.join(1, { id: "a" })
  stage.plan()
  const { changes } = stage.apply({
    ...{ kind: "workConfigure", request: undefined, pool: "p", ifRev: undefined },
    config: {
      partitions: 1,
      handoffTimeoutMs: undefined,
      restartGraceMs: undefined,
      spread: undefined,
      maxAttempts: undefined,
    },
  })
  t.match(
    changes.filter(({ kind }) => kind === "item"),
    [
      { before: { item: "1", owner: { id: "a" } }, after: undefined, reason: "removed" },
      { before: { item: "2" }, reason: "removed" },
    ],
  )
  t.strictSame(stage.owners, { "0": "a" })
  stage.configure({ partitions: 2 })
  t.strictSame(stage.owners, { "0": "a", "1": undefined })
  stage.configure({ partitions: 0 })
  t.strictSame(stage.owners, {})
  t.end()
})

test("what is not said stays as it is, and the same again changes nothing", (t) => {
  const stage = new PoolStage()
  const first = stage.configure({ partitions: 3 })
  t.match(stage.machine.pool("p")?.pool.config, {
    partitions: 3,
    handoffTimeoutMs: 30_000,
    restartGraceMs: 30_000,
    spread: "host",
    maxAttempts: 10,
  })
  stage.configure({ maxAttempts: 4 })
  t.match(stage.machine.pool("p")?.pool.config, { partitions: 3, maxAttempts: 4 })
  const rev = stage.machine.pool("p")?.pool.configuredAt as number
  t.ok(rev > (first as { rev: number }).rev)
  t.strictSame(stage.configure({ maxAttempts: 4 }), { kind: "written", rev })
  t.equal(stage.machine.pool("p")?.pool.configuredAt, rev)
  t.end()
})

test("a condition names the configuration that it replaces", (t) => {
  const stage = new PoolStage()
  t.match(stage.configure({ partitions: 1 }, 5), { refusal: { kind: "conflict", reason: "rev", current: 0 } })
  const { rev } = stage.configure({ partitions: 1 }, 0) as { rev: number }
  t.match(stage.configure({ partitions: 2 }, 0), { refusal: { kind: "conflict", current: rev } })
  t.match(stage.configure({ partitions: 2 }, rev), { kind: "written" })
  t.end()
})

test("a pool has partitions or tasks", (t) => {
  const stage = new PoolStage()
  stage.put("x")
  t.match(stage.configure({ partitions: 1 }), { refusal: { kind: "conflict", reason: "tasks" } })
  stage.remove("x")
  stage.configure({ partitions: 1 })
  t.match(stage.put("x"), { refusal: { kind: "conflict", reason: "partitioned" } })
  t.match(stage.remove("0"), { refusal: { kind: "conflict", reason: "partitioned" } })
  t.match(stage.put("0", { weight: 3, payload: "1" }), { kind: "written" })
  t.match(stage.item("0"), { weight: 3, payload: "1" })
  t.end()
})

test("settings out of bounds are refused, and more items than there may be", (t) => {
  const stage = new PoolStage({ workItems: 10 })
  t.match(stage.configure({ partitions: 11 }), { refusal: { kind: "invalid", field: "partitions" } })
  t.match(stage.configure({ maxAttempts: 0 }), { refusal: { kind: "invalid", field: "maxAttempts" } })
  t.match(stage.configure({ maxAttempts: 1_000_001 }), { refusal: { kind: "invalid", field: "maxAttempts" } })
  t.match(stage.configure({ partitions: 10 }), { kind: "written" })
  t.match(
    stage.result({
      ...{
        kind: "workPut",
        request: undefined,
        pool: "other",
        item: "x",
        payload: undefined,
        weight: 1,
        pin: undefined,
      },
    }),
    { refusal: { kind: "exhausted", limit: "work items" } },
  )
  t.end()
})

test("a worker that drains ends also when its last partitions are there no more", (t) => {
  const stage = new PoolStage()
  stage.configure({ partitions: 3 })
  const worker = stage.join(1, { id: "a" })
  stage.plan()
  stage.drain(worker)
  stage.settle("0", "released")
  stage.configure({ partitions: 2 })
  t.match(stage.machine.hold(worker.session, worker.seq), { token: worker.token })
  stage.configure({ partitions: 1 })
  t.equal(stage.machine.hold(worker.session, worker.seq), undefined)
  t.end()
})

test("beyond the limit of the state nothing grows, and what makes nothing larger goes on", (t) => {
  const stage = new PoolStage({ stateBytes: 40_000 })
  stage.isChecked = false
  stage.configure({ partitions: 20 })
  stage.join(1, { id: "a" })
  stage.plan()
  const long = JSON.stringify("x".repeat(3000))
  const results = Array.from({ length: 20 }, (_, at) => stage.checkpoint(String(at), long).kind)
  t.strictSame([results[0], results[19]], ["written", "refused"])
  t.match(stage.checkpoint("19", long), { refusal: { kind: "exhausted", limit: "state" } })
  t.match(stage.put("19", { payload: "1" }), { refusal: { kind: "exhausted", limit: "state" } })
  t.match(stage.configure({ partitions: 21 }), { refusal: { kind: "exhausted", limit: "state" } })
  t.equal(stage.checkpoint("0", long).kind, "written", "no longer than before")
  t.equal(stage.put("19", { weight: 2 }).kind, "written")
  t.equal(stage.configure({ restartGraceMs: 0 }).kind, "written")
  for (let round = 0; round < 10; round++) {
    for (let at = 0; at < 20; at++) stage.settle(String(at), "released")
    stage.pass(1000)
    stage.renew(1)
    stage.plan()
  }
  const items = [...(stage.machine.pool("p")?.book?.items.values() ?? [])]
  t.ok(
    items.every(({ decisions }) => decisions.length === 1),
    "of each item the last step alone is remembered",
  )
  t.strictSame(stage.machine.problems(), [])
  t.equal(stage.configure({ partitions: 4 }).kind, "written")
  t.equal(stage.checkpoint("3", JSON.stringify("y")).kind, "written", "there is room again")
  t.end()
})

test("a partition that comes back is nobody's while who had it may believe", (t) => {
  const stage = new PoolStage()
  stage.configure({ partitions: 2 })
  const member = stage.join(1, { id: "a", ttlMs: 10_000 })
  stage.plan()
  stage.configure({ partitions: 1 })
  stage.configure({ partitions: 2 })
  stage.plan()
  t.strictSame(stage.owners, { "0": "a", "1": undefined })
  stage.pass(9999)
  stage.renew(1)
  t.match(stage.item("1"), { state: "free", keptUntilMs: 10_000 })
  stage.pass(1)
  stage.plan()
  t.match(stage.item("1"), { state: "assigned", owner: { session: member.session } })
  t.end()
})
