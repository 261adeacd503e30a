import type { HoldEvent } from "conclave/api/hold-objects"
import { ConnectionHold } from "conclave/coordination/connection-hold"
import { test } from "tap"
import { DeskStage } from "./desk-stage.ts"

function open(stage: DeskStage, ttlMs = 2000, more: Parameters<DeskStage["hold"]>[2] = {}): ConnectionHold {
  const { book, clock, cluster } = stage
  const start = (session: Parameters<DeskStage["hold"]>[0]) => stage.hold(session, 1, more)
  return new ConnectionHold({ book, cluster, clock, ttlMs, timeoutMs: 1000, onReadable: () => {}, start })
}

function eventsOf(hold: ConnectionHold): HoldEvent[] {
  const events: HoldEvent[] = []
  for (let event = hold.take(); event !== undefined; event = hold.take()) events.push(event)
  return events
}

test("it beats, warns when the host is not heard, and calms when it is again", (t) => {
  const stage = new DeskStage()
  const hold = open(stage)
  t.same(
    eventsOf(hold).map(({ type }) => type),
    ["granted"],
  )
  stage.pass(1000)
  t.match(eventsOf(hold), [{ type: "beat", atBootMs: stage.clock.bootMs() }])
  stage.cluster.hasQuorum = false
  stage.pass(1000)
  t.match(eventsOf(hold), [{ type: "jeopardy", validForMs: Number, cause: String }])
  stage.cluster.hasQuorum = true
  stage.pass(1000)
  t.match(eventsOf(hold), [{ type: "safe" }])
  hold.close()
  t.same([...stage.cluster.machine.sessions()], [], "the session ends with the connection")
  t.end()
})

test("what nobody may act on any more is lost, whatever the cluster says", (t) => {
  const stage = new DeskStage()
  const hold = open(stage)
  eventsOf(hold)
  stage.cluster.hasQuorum = false
  stage.pass(3000)
  t.match(eventsOf(hold).at(-1), { type: "lost", reason: "expired" })
  t.ok(hold.isOver())
  t.same(hold.ending(), { out: {} }, "the loss was the last line")
  hold.close()
  stage.cluster.hasQuorum = true
  stage.pass(2000)
  t.same([...stage.cluster.machine.sessions()], [])
  t.match(stage.cluster.machine.name("lock", "a").name?.history, [{ reason: "expired" }], "as its client was told")
  t.end()
})

test("its deadline is no later than the end of the longest time, and by that it is lost", (t) => {
  const stage = new DeskStage()
  const hold = open(stage, 10_000, { maxHoldMs: 2500 })
  t.match(eventsOf(hold), [{ type: "granted", validForMs: 2450, maxHoldLeftMs: 2450 }])
  stage.pass(1000)
  t.match(eventsOf(hold), [{ type: "beat", validForMs: 1450 }])
  // Its end is not heard of.
  stage.isDeaf = true
  stage.pass(2000)
  t.match(eventsOf(hold).at(-1), { type: "lost", reason: "max-hold" })
  t.ok(hold.isOver())
  t.same(hold.ending(), { out: {} })
  t.end()
})

test("without a quorum there is no session, and the answer says so", (t) => {
  const stage = new DeskStage()
  stage.cluster.hasQuorum = false
  const hold = open(stage)
  t.ok(hold.isOver())
  t.match(hold.ending(), { error: { code: "NO_QUORUM" } })
  hold.close()
  t.end()
})

test("a client that is gone before its session is there leaves none", async (t) => {
  const stage = new DeskStage()
  stage.cluster.isLate = true
  const hold = open(stage)
  hold.close()
  await new Promise((turn) => setImmediate(turn))
  stage.pass(100)
  await new Promise((turn) => setImmediate(turn))
  t.same([...stage.cluster.machine.sessions()], [])
})

test("when the agent goes a grant stands until its deadline, and whoever waits gives up", (t) => {
  const stage = new DeskStage()
  const [holder, waiter] = [open(stage), open(stage)]
  t.same(
    [eventsOf(holder), eventsOf(waiter)].map((events) => events.at(-1)?.type),
    ["granted", "queued"],
  )
  holder.leave()
  holder.close()
  waiter.leave()
  waiter.close()
  const [session, ...others] = [...stage.cluster.machine.sessions()]
  t.same([stage.cluster.machine.holdsOf(session?.id as never).length, others], [1, []])
  stage.pass(2000)
  t.same(eventsOf(holder), [], "nothing more is said of it")
  t.end()
})

test("what its client was told to have lost by the clock the log ends for that reason, though the request ends before", (t) => {
  for (const [reason, more] of [
    ["revoked", {}],
    ["max-hold", { maxHoldMs: 3005 }],
  ] as const) {
    const stage = new DeskStage()
    const hold = open(stage, 10_000, more)
    eventsOf(hold)
    const what = { kind: "lock", name: "a", token: undefined } as const
    if (reason === "revoked") stage.cluster.apply({ kind: "revoke", what, graceMs: 3005, by: "ops", reason: "why" })
    const end = { type: "lost", reason }
    let told: HoldEvent | undefined
    for (let passed = 0; told === undefined && passed < 5000; passed += 10) {
      stage.pass(10)
      told = eventsOf(hold).find(({ type }) => type === "lost")
    }
    t.match(told, end)
    const holders = () => stage.cluster.machine.name("lock", "a").holders.length
    t.equal(holders(), 1, "the cluster's own clock has not come so far")
    hold.close()
    stage.pass(1000)
    t.match(stage.cluster.machine.name("lock", "a").name?.history, [{ reason }])
    t.same([...stage.cluster.machine.sessions()], [], "then its session ends, too")
  }
  t.end()
})

test("what the cluster does not end in time ends with the session of its connection", (t) => {
  const stage = new DeskStage()
  const hold = open(stage, 10_000, { maxHoldMs: 2500 })
  eventsOf(hold)
  stage.pass(2460)
  stage.cluster.hasQuorum = false
  stage.pass(1000)
  hold.close()
  stage.pass(3000)
  stage.cluster.hasQuorum = true
  stage.pass(6000)
  t.same([...stage.cluster.machine.sessions()], [])
  t.end()
})
