import { swimConfig } from "@conclave/swim"
import { suspicionBounds } from "@conclave/swim/suspicion"
import { test } from "tap"
import { idOf, Stage, suspect } from "./stage.ts"

function acks(stage: Stage, from: Stage["effects"] = stage.effects): void {
  for (const effect of from) {
    if (effect.kind !== "send" || effect.message.kind !== "ping") continue
    const { target, nonce } = effect.message
    const message = { kind: "ack", from: target, nonce, digest: 0, updates: [] } as const
    stage.step({ kind: "message", source: effect.to, message })
  }
}

test("answers that wait in the buffer are read before anything overdue is judged", async (t) => {
  const stage = new Stage({ members: 200 })
  stage.answering = false
  stage.until(() => stage.sent("ping").length > 0, 5000)
  const waiting = stage.take()
  stage.nowMs += 6000
  for (let other = 0; other < 200; other++) stage.hear((other % 199) + 1)
  t.equal(stage.swim.counters.indirectProbes, 0, "messages judge nothing, however late it is")
  acks(stage, [...waiting])
  stage.step({ kind: "stalled", lostMs: 5900, drops: false })
  t.equal(stage.swim.counters.probeFailures, 0)
  t.same(stage.changes(0), ["update"], "and we announce ourselves")
})

test("after a minute away nobody is dead or even accused before it could answer", async (t) => {
  const stage = new Stage({ members: 30 })
  stage.answering = false
  stage.until(() => stage.sent("ping").length > 1, 5000)
  for (const index of [1, 2, 3, 4]) stage.hear(9, suspect(index, [9, 8, 7]))
  stage.take()
  stage.nowMs += 60_000
  stage.answering = true
  stage.step({ kind: "stalled", lostMs: 60_000, drops: false })
  t.equal(stage.swim.counters.deaths, 0)
  t.equal(stage.swim.counters.probeFailures, 0)
})

test("a stall raises the local health score by its length", async (t) => {
  const { probeIntervalMs, probeTimeoutMaxMs } = swimConfig("lan")
  const score = (lostMs: number): number => {
    const stage = new Stage({ members: 8 })
    stage.answering = false
    stage.step({ kind: "stalled", lostMs, drops: false })
    return stage.swim.localHealth
  }
  t.same(
    [60, probeTimeoutMaxMs, probeTimeoutMaxMs + 1, probeIntervalMs, probeIntervalMs + 1].map(score),
    [0, 0, 1, 1, 2],
  )
})

test("after a stall of the minimum suspicion we announce ourselves, after a shorter one not", async (t) => {
  const { minMs } = suspicionBounds(swimConfig("lan"), 8)
  const announced = (lostMs: number): number => {
    const stage = new Stage({ members: 8 })
    stage.step({ kind: "stalled", lostMs, drops: false })
    return stage.swim.self.incarnation
  }
  t.equal(announced(minMs - 1), 0)
  t.equal(announced(minMs), 1)
})

test("an agent that stalls all the time still accuses the silent", async (t) => {
  const stage = new Stage({ members: 2 })
  stage.answering = false
  stage.until(() => stage.sent("ping").length > 0, 5000)
  let turns = 0
  for (; turns < 300 && stage.state(1) === "alive"; turns++) {
    stage.nowMs += 100
    stage.step({ kind: "stalled", lostMs: 100, drops: false })
  }
  t.equal(stage.state(1), "suspect")
  const { probeIntervalMs } = swimConfig("lan")
  t.ok(turns * 100 <= 3 * probeIntervalMs + 200, `${turns * 100} ms`)
})

test("a round trip that a stall lies in is no sample", async (t) => {
  const stage = new Stage({ members: 2 })
  stage.answering = false
  stage.until(() => stage.sent("ping").length > 0, 5000)
  stage.nowMs += 900
  stage.step({ kind: "stalled", lostMs: 900, drops: false })
  acks(stage, stage.effects.slice(0, stage.effects.findIndex((effect) => effect.kind === "send") + 1))
  t.equal(stage.swim.rttMs(idOf(1)), undefined)
})

test("the baselines count their stalls and do nothing about them", async (t) => {
  for (const mode of ["swim", "lifeguard"] as const) {
    const stage = new Stage({ members: 8, config: swimConfig("lan", mode) })
    stage.answering = false
    stage.step({ kind: "stalled", lostMs: 60_000, drops: true })
    t.equal(stage.swim.counters.stalls, 1)
    t.equal(stage.swim.localHealth, 0)
    t.equal(stage.swim.self.incarnation, 0)
  }
})
