import { test } from "tap"
import { accusations, answer, probing } from "./probing.ts"
import { addrOf, alive, idOf } from "./stage.ts"

test("a direct answer ends a probe and gives a round trip", async (t) => {
  const { stage, nonce, target } = probing({ members: 2 })
  stage.nowMs += 12
  answer(stage, "ack", target, nonce)
  t.equal(stage.swim.rttMs(idOf(target)), 12)
  stage.advance(450)
  t.same(stage.sent("pingReq"), [])
  t.equal(stage.swim.counters.probeFailures, 0)
})

test("an answer through a helper ends a probe without a round trip", async (t) => {
  const { stage, nonce, target } = probing({ members: 5 })
  stage.advance(500)
  const helper = stage.sent("pingReq")[0]?.to
  const from = [1, 2, 3, 4].find((index) => addrOf(index) === helper) ?? 0
  answer(stage, "ack", from, nonce)
  t.equal(stage.swim.rttMs(idOf(target)), undefined)
  stage.advance(495)
  t.notOk(accusations(stage).includes(idOf(target)))
})

test("an answer by stream ends a probe, that of another member does not", async (t) => {
  for (const [page, accused] of [
    [{ kind: "pong", upMs: 1 }, 0],
    [{ kind: "wrongTarget" }, 1],
  ] as const) {
    const { stage } = probing({ members: 2 })
    stage.advance(500)
    const asked = stage.of("streamRequest")[0]
    t.equal(asked?.body.kind, "ping")
    t.equal(asked?.limitMs, 500)
    stage.step({ kind: "streamReply", request: asked?.request ?? 0, pages: [page], failure: "" })
    stage.advance(501)
    t.equal(accusations(stage).length, accused, page.kind)
  }
})

test("a late answer revives nobody, but its sender is told what is said of it", async (t) => {
  const { stage, nonce, target } = probing({ members: 2 })
  stage.advance(1100)
  t.equal(stage.state(target), "suspect")
  stage.take()
  answer(stage, "ack", target, nonce)
  t.equal(stage.state(target), "suspect")
  const told = stage.sent("gossip")[0]
  t.equal(told?.to, addrOf(target))
  t.equal(told?.message.updates[0]?.kind, "suspect")
})

test("duplicate and forged answers change nothing", async (t) => {
  const { stage, nonce, target } = probing({ members: 4 })
  const stranger = [1, 2, 3].find((index) => index !== target) ?? 0
  answer(stage, "ack", stranger, nonce)
  t.equal(stage.swim.counters.forgedAcks, 1)
  answer(stage, "ack", target, nonce + 1)
  stage.nowMs += 5
  answer(stage, "ack", target, nonce)
  stage.nowMs += 50
  answer(stage, "ack", target, nonce)
  answer(stage, "nack", stranger, nonce)
  t.equal(stage.swim.rttMs(idOf(target)), 5)
  t.equal(stage.swim.counters.nacksReceived, 0)
})

test("a forged answer does not save a silent member", async (t) => {
  const { stage, nonce, target } = probing({ members: 4 })
  const stranger = [1, 2, 3].find((index) => index !== target) ?? 0
  answer(stage, "ack", stranger, nonce)
  stage.message(9, { kind: "ack", from: idOf(9), nonce, digest: 0, updates: [] })
  stage.advance(1001)
  t.ok(accusations(stage).includes(idOf(target)))
})

test("a probe of an earlier boot or incarnation says nothing about a later one", async (t) => {
  for (const [counter, boot] of [
    [1, 1],
    [0, 2],
  ] as const) {
    const { stage, target } = probing({ members: 2 })
    stage.advance(600)
    stage.hear(target, alive(target, counter, boot))
    stage.advance(450)
    t.equal(stage.swim.counters.probeFailures, 1)
    t.equal(stage.state(target), "alive")
    t.same(accusations(stage), [])
  }
})
