import { swimConfig } from "@conclave/swim"
import { updateBytesMax } from "@conclave/swim/update-size"
import { encodeMessage } from "@conclave/swim/wire"
import { test } from "tap"
import { addrOf, alive, gone, idOf, Stage, suspect } from "./stage.ts"

test("a quiet member sends no gossip", async (t) => {
  const stage = new Stage({ members: 20 })
  stage.advance(30_000)
  stage.take()
  stage.advance(30_000)
  t.same(stage.sent("gossip"), [])
  t.ok(stage.sent("ping").every(({ message }) => message.updates.length === 0))
})

test("a refutation goes before the accusation it answers", async (t) => {
  const stage = new Stage({ members: 40 })
  stage.advance(30_000)
  for (let index = 1; index < 30; index++) stage.hear(31, suspect(index, [31]))
  stage.hear(7, alive(7, 1))
  stage.take()
  stage.until(() => stage.sent("gossip").length > 0, 1000)
  const first = stage.sent("gossip")[0]?.message.updates[0]
  t.equal(first?.kind === "alive" && first.record.id, idOf(7))
  stage.advance(3000)
  const about = stage
    .of("send")
    .flatMap(({ message }) => message.updates.filter((update) => update.kind === "suspect" && update.id === idOf(7)))
  t.same(about, [], "which is told no more")
})

test("a refutation goes before accusations also where its own accusation has not come by", async (t) => {
  const stage = new Stage({ members: 40 })
  stage.advance(30_000)
  for (let index = 10; index < 39; index++) stage.hear(9, suspect(index, [9]))
  stage.hear(8, alive(8, 1, 1, { tags: { changed: "yes" } }))
  stage.hear(7, alive(7, 1))
  stage.take()
  stage.until(() => stage.sent("gossip").length > 0, 1000)
  const updates = stage.sent("gossip")[0]?.message.updates ?? []
  const first = updates[0]
  t.equal(first?.kind === "alive" && first.record.id, idOf(7))
  t.notOk(
    updates.some((update) => update.kind === "alive" && update.record.id === idOf(8)),
    "a changed description is no refutation",
  )
})

test("a mass failure is told in at most ten packets a tick, each within its budget", async (t) => {
  const stage = new Stage({ members: 300 })
  stage.answering = false
  stage.advance(60_000)
  for (let index = 1; index < 150; index++) stage.hear(200, suspect(index, [200, 201, 202]))
  for (let index = 200; index < 290; index++) stage.hear(index, alive(index, 1, 1, { tags: { role: "x".repeat(300) } }))
  let most = 0
  for (let tick = 0; tick < 400; tick++) {
    stage.take()
    stage.step({ kind: "tick" })
    most = Math.max(most, stage.sent("gossip").length)
    for (const { message } of stage.of("send")) {
      const bytes = message.updates.reduce((sum, update) => sum + updateBytesMax(update), 0)
      if (bytes > swimConfig("lan").packetBytesMax) t.fail(`${bytes} bytes`)
    }
    stage.nowMs += 10
  }
  t.ok(most > 4 && most <= 10, `${most}`)
})

test("a full packet is within its bytes, also with the accusation of its receiver", async (t) => {
  const stage = new Stage({ members: 300 })
  stage.answering = false
  stage.advance(60_000)
  for (let index = 1; index < 150; index++) stage.hear(200, suspect(index, [200, 201, 202, 203, 204, 205, 206, 207]))
  stage.take()
  stage.advance(20)
  for (let index = 1; index < 60; index++) {
    // As long as a datagram may be.
    const updates = Array.from({ length: 6 }, () => alive(index, 0, 1, { tags: { role: "x".repeat(150) } }))
    const digest = 0xffff_ffff
    stage.message(index, { kind: "ping", from: idOf(index), nonce: 0xffff_ffff, target: idOf(0), digest, updates })
  }
  stage.advance(2000)
  let [most, acks] = [0, 0]
  for (const { message } of stage.of("send")) {
    most = Math.max(most, encodeMessage(message, 1).length)
    if (message.kind === "ack" && message.updates.length > 2) acks++
  }
  // Sealed it is 34 bytes longer.
  const bound = swimConfig("lan").packetBytesMax - 34
  t.ok(most > bound - 300 && most <= bound, `${most} bytes`)
  t.ok(acks > 3, `${acks} full acks`)
  // The longest record fills a packet alone: what room is left for its envelope is needed to the last byte.
  for (const { message } of stage.sent("ack")) {
    const bytes = message.updates.reduce((sum, update) => sum + updateBytesMax(update), 0)
    if (bytes > bound - 80) t.fail(`${bytes} bytes of updates leave no room for the envelope`)
  }
})

test("hot news leaves at once, but not more often than its spacing", async (t) => {
  const stage = new Stage({ members: 20 })
  stage.advance(30_000)
  stage.take()
  const bursts: number[] = []
  for (let ms = 0; ms < 200; ms++) {
    if (ms % 5 === 0) stage.hear(3, alive(3, ms + 1), suspect(3, [4], ms + 1))
    const before = stage.sent("gossip").length
    stage.advance(1)
    if (stage.sent("gossip").length > before || before > 0)
      if (stage.sent("gossip").length > 0) bursts.push(stage.nowMs)
    stage.take()
  }
  t.ok(bursts.length >= 5 && bursts.length <= 14, `${bursts.length}`)
})

test("hot news leaves at once in a small fleet, too", async (t) => {
  for (const members of [3, 4, 6, 9]) {
    const stage = new Stage({ members })
    stage.advance(30_000)
    stage.take()
    stage.hear(2, suspect(1, [2]))
    stage.advance(1)
    t.ok(stage.sent("gossip").length > 0, `${members} members`)
  }
})

test("each piece of news is sent a bounded number of times", async (t) => {
  const stage = new Stage({ members: 20 })
  stage.advance(30_000)
  stage.take()
  stage.hear(1, alive(1, 1, 1, { tags: { role: "db" } }))
  stage.advance(30_000)
  const sends = stage
    .of("send")
    .filter(({ message }) => message.updates.some((update) => update.kind === "alive" && update.record.id === idOf(1)))
  t.equal(sends.length, swimConfig("lan").retransmitMult * 2)
  t.equal(stage.swim.queueLength, 0)
})

test("an accused member is told its own accusation whenever it speaks", async (t) => {
  const stage = new Stage({ members: 8 })
  stage.advance(20_000)
  stage.hear(2, suspect(1, [2]))
  // Also when everybody was told of it often enough, and the queue holds it no more.
  for (const afterMs of [0, 1000, 3000]) {
    stage.advance(afterMs)
    stage.take()
    const ping = { kind: "ping", from: idOf(1), nonce: 5, target: idOf(0), digest: 0 } as const
    stage.message(1, { ...ping, updates: [] })
    const told = stage.sent("gossip").find(({ to }) => to === addrOf(1))?.message.updates[0]
    t.equal(told?.kind === "suspect" && told.id, idOf(1), `${afterMs} ms later`)
    stage.message(1, { ...ping, updates: [alive(1)] })
    const first = stage.sent("ack")[1]?.message.updates[0]
    t.equal(first?.kind === "suspect" && first.id, idOf(1), "with the answer, where there is room")
  }
  t.equal(stage.swim.queueLength, 0)
})

test("a dead member that speaks is told so, once a second", async (t) => {
  const stage = new Stage({ members: 8 })
  stage.hear(2, gone("dead", 1), gone("left", 3))
  stage.take()
  for (let turn = 0; turn < 9; turn++) {
    stage.hear(1)
    stage.hear(3)
  }
  const told = stage.sent("gossip").filter(({ to }) => to === addrOf(1))
  t.equal(told.length, 1)
  t.equal(told[0]?.message.updates[0]?.kind, "dead")
  t.equal(stage.sent("gossip").filter(({ to }) => to === addrOf(3)).length, 0, "who said good-bye is left alone")
})

test("the newly dead still hear gossip for a while, so that they can refute", async (t) => {
  const stage = new Stage({ members: 8 })
  stage.silent.add(1)
  stage.advance(10_000)
  stage.take()
  stage.hear(2, gone("dead", 1, { by: 2 }))
  stage.advance(3000)
  t.ok(stage.sent("gossip").some(({ to }) => to === addrOf(1)))
})
