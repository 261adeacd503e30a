import type { Addr } from "@conclave/base"
import { KeptChannel, type KeptEnd } from "conclave/streams/kept-channel"
import { decodeFrame, encodeFrame, type StreamFrame } from "conclave/streams/stream-frame"
import { test } from "tap"
import { FakeClock } from "../fake-clock.ts"
import { clockOf, type Dial, FakeLinks } from "../fake-links.ts"

const PEER = "10.0.0.2:7951" as Addr
const HELLO = { kind: "hello", version: 1, purpose: "calls", cluster: "c", from: "a", to: "" } as const
const BODY = encodeFrame({ kind: "chunk", body: Uint8Array.of(5) })

class Stage {
  readonly time: FakeClock = new FakeClock()
  readonly links: FakeLinks = new FakeLinks()
  readonly frames: StreamFrame[] = []
  readonly ends: { why: KeptEnd; reason: string }[] = []
  readonly channel: KeptChannel
  gone = 0
  addr: Addr | undefined = PEER

  constructor() {
    this.channel = new KeptChannel({
      links: this.links.port("10.0.0.1:7951" as Addr),
      clock: clockOf(this.time),
      addr: () => this.addr,
      hello: () => HELLO,
      onFrame: (frame) => this.frames.push(frame),
      onEnd: (why, reason) => this.ends.push({ why, reason }),
      onGone: () => this.gone++,
    })
  }

  get last(): Dial {
    return this.links.dials.at(-1) as Dial
  }

  said(): (string | undefined)[] {
    return this.last.end.sent.map((bytes) => decodeFrame(bytes)?.kind)
  }

  /** The peer takes the last dial and answers the ping that follows. */
  up(): ReturnType<Dial["accept"]> {
    const peer = this.last.accept()
    peer.send(encodeFrame({ kind: "pong", number: 1 }))
    return peer
  }
}

test("a channel is dialled at need, greeted, and what is sent before it is up follows the hello", (t) => {
  const stage = new Stage()
  t.equal(stage.links.dials.length, 0)
  t.ok(stage.channel.send(BODY))
  t.same(stage.said(), ["hello", "chunk"])
  stage.up()
  t.same(stage.said(), ["hello", "chunk", "ping"])
  t.ok(stage.channel.send(BODY))
  t.equal(stage.links.dials.length, 1)
  t.end()
})

test("a channel may be dialled before there is anything to send", (t) => {
  const stage = new Stage()
  stage.addr = undefined
  t.notOk(stage.channel.open())
  stage.addr = PEER
  t.ok(stage.channel.open())
  t.same(stage.said(), ["hello"])
  t.ok(stage.channel.open())
  t.equal(stage.links.dials.length, 1)
  stage.last.fail("refused")
  t.notOk(stage.channel.open(), "not without a pause")
  t.end()
})

test("what nobody can take is dropped, and dials are not tried without a pause", (t) => {
  const stage = new Stage()
  stage.addr = undefined
  t.notOk(stage.channel.send(BODY), "nobody knows where the peer is")
  stage.addr = PEER
  t.ok(stage.channel.send(BODY))
  stage.last.fail("refused")
  t.same(stage.ends, [{ why: "refused", reason: "" }])
  t.notOk(stage.channel.send(BODY))
  stage.time.advance(50)
  t.ok(stage.channel.send(BODY))
  stage.last.fail("failed")
  stage.time.advance(50)
  t.notOk(stage.channel.send(BODY), "pauses grow")
  stage.time.advance(50)
  t.ok(stage.channel.send(BODY))
  t.equal(stage.gone, 0, "who was never there is not gone")
  t.end()
})

test("a peer whose connection ends and who refuses the next dial is gone", (t) => {
  const stage = new Stage()
  stage.channel.send(BODY)
  stage.up().close()
  t.equal(stage.links.dials.length, 2, "dialled again at once")
  t.equal(stage.gone, 0)
  stage.last.fail("refused")
  t.equal(stage.gone, 1)
  t.end()
})

test("a peer that takes the next dial is not gone, nor is one that cannot be reached", (t) => {
  for (const answer of ["accept", "failed"] as const) {
    const stage = new Stage()
    stage.channel.send(BODY)
    stage.up().close()
    if (answer === "accept") stage.up()
    else stage.last.fail("failed")
    t.equal(stage.gone, 0, answer)
  }
  t.end()
})

test("a dying process that still takes a connection and resets it is asked again until it refuses, a few times", (t) => {
  for (const resets of [1, 3, 4]) {
    const stage = new Stage()
    stage.channel.send(BODY)
    stage.up().close()
    for (let count = 0; count < resets; count++) {
      const dials = stage.links.dials.length
      stage.last.fail("failed")
      stage.time.advance(29)
      t.equal(stage.links.dials.length, dials, "not without a pause")
      stage.time.advance(1)
      t.equal(stage.links.dials.length, count === 3 ? dials : dials + 1)
    }
    stage.last.fail("refused")
    t.equal(stage.gone, resets < 4 ? 1 : 0, `${resets} resets`)
    t.equal(stage.time.armed, 0)
  }
  t.end()
})

test("a peer that ends what it has just taken is not dialled without a pause", (t) => {
  const stage = new Stage()
  stage.channel.send(BODY)
  stage.last.accept().close()
  t.equal(stage.links.dials.length, 1)
  t.end()
})

test("a peer that answers no ping is dropped, and dialled anew with the next frame", (t) => {
  const stage = new Stage()
  stage.channel.send(BODY)
  stage.up()
  stage.time.advance(1000)
  stage.channel.send(BODY)
  stage.time.advance(1999)
  t.same(stage.ends, [])
  stage.time.advance(1)
  t.same(stage.ends, [{ why: "silent", reason: "" }])
  t.ok(stage.channel.send(BODY))
  t.equal(stage.links.dials.length, 2)
  t.end()
})

test("an idle channel asks nothing", (t) => {
  const stage = new Stage()
  stage.channel.send(BODY)
  stage.up()
  stage.time.advance(60_000)
  t.same(stage.ends, [])
  t.equal(stage.said().filter((kind) => kind === "ping").length, 1)
  t.end()
})

test("a dial that takes too long is given up", (t) => {
  const stage = new Stage()
  stage.channel.send(BODY)
  stage.time.advance(1000)
  t.same(stage.ends, [{ why: "failed", reason: "" }])
  t.ok(stage.last.end.isClosed)
  t.end()
})

/** Dials that come up after so long: how many it takes until one is not given up. It ends again. */
function dialsUntilUp(stage: Stage, tookMs: number): number {
  for (let dials = 1; dials < 10; dials++) {
    stage.channel.send(BODY)
    const ends = stage.ends.length
    stage.time.advance(tookMs)
    if (stage.ends.length === ends) {
      stage.last.accept().close()
      stage.time.advance(1000)
      return dials
    }
    stage.time.advance(1000)
  }
  return Number.POSITIVE_INFINITY
}

test("where a dial takes long, by distance or by a lost packet, a later one is given the time", (t) => {
  const stage = new Stage()
  t.equal(dialsUntilUp(stage, 1100), 2, "three ways there and back over 330 ms, and what is computed")
  t.equal(dialsUntilUp(stage, 2100), 1, "with a lost packet on top; by then it is known how far the peer is")
  t.equal(dialsUntilUp(new Stage(), 2100), 3)
  t.end()
})

test("where a dial takes no time, the next one is given up as soon as ever", (t) => {
  const stage = new Stage()
  t.equal(dialsUntilUp(stage, 3000), 3)
  t.equal(dialsUntilUp(stage, 0), 1)
  stage.channel.send(BODY)
  const ends = stage.ends.length
  stage.time.advance(1000)
  t.equal(stage.ends.length, ends + 1)
  t.end()
})

test("a refusal is told with its reason, other frames are handed on, and nonsense ends the channel", (t) => {
  const stage = new Stage()
  stage.channel.send(BODY)
  const peer = stage.up()
  peer.send(encodeFrame({ kind: "answer", number: 1, how: 2, body: Uint8Array.of(3) }))
  t.match(stage.frames, [{ kind: "answer", how: 2 }])
  peer.send(encodeFrame({ kind: "refusal", reason: "not here" }))
  t.same(stage.ends, [{ why: "rejected", reason: "not here" }])
  stage.time.advance(1000)
  stage.channel.send(BODY)
  stage.up().send(Uint8Array.of(99))
  t.equal(stage.ends.at(-1)?.why, "failed")
  t.end()
})

test("a channel that is closed here stays closed", (t) => {
  const stage = new Stage()
  stage.channel.send(BODY)
  stage.up()
  stage.channel.close()
  t.ok(stage.last.end.isClosed)
  t.notOk(stage.channel.send(BODY))
  t.same(stage.ends, [])
  t.equal(stage.time.armed, 0)
  t.end()
})
