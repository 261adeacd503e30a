import type { Addr } from "@conclave/base"
import { RelayFeed } from "conclave/group/mirror/relay-feed"
import { decodeFrame, encodeFrame } from "conclave/streams/stream-frame"
import { test } from "tap"
import { FakeClock } from "../../fake-clock.ts"
import { clockOf, FakeLinks } from "../../fake-links.ts"

const TWO = ["10.0.0.1:1", "10.0.0.2:1"] as unknown as readonly Addr[]
const NONSENSE = 9

class Stage {
  readonly time: FakeClock = new FakeClock()
  readonly links: FakeLinks = new FakeLinks()
  readonly told: number[] = []
  relays: readonly Addr[] = TWO
  broken = 0
  readonly feed: RelayFeed

  constructor(first?: () => Uint8Array) {
    this.feed = new RelayFeed({
      clock: clockOf(this.time),
      links: this.links.port("10.0.0.9:7951" as Addr),
      hello: () => ({ cluster: "c", from: "a" }),
      relays: () => this.relays,
      ...{ purpose: "reign", retryMaxMs: 2000, askMs: 1000 },
      ...(first === undefined ? {} : { first }),
      onTold: ([byte]) => {
        if (byte !== NONSENSE) this.told.push(byte as number)
        return byte !== NONSENSE
      },
      onBroken: () => this.broken++,
    })
    this.feed.start()
  }

  pass(ms: number): void {
    for (let passed = 0; passed < ms; passed += 50) this.time.advance(50)
  }

  get last() {
    const dial = this.links.dials.at(-1)
    if (dial === undefined) throw new Error("nobody is dialled")
    return dial
  }
}

const said = (byte: number): Uint8Array => encodeFrame({ kind: "chunk", body: Uint8Array.of(byte) })

test("a relay is asked as soon as one is known, once, and the next when it breaks off or talks nonsense", (t) => {
  const stage = new Stage()
  stage.feed.stop()
  stage.relays = []
  stage.links.dials.length = 0
  stage.feed.start()
  stage.feed.start()
  stage.pass(1000)
  t.equal(stage.links.dials.length, 0)
  stage.relays = TWO
  stage.pass(300)
  t.equal(stage.links.dials.length, 1)
  const { to } = stage.last
  const first = stage.last.accept()
  first.send(said(1))
  t.same(stage.told, [1])
  first.close()
  t.equal(stage.broken, 1)
  stage.pass(300)
  t.not(stage.last.to, to, "the other one")
  const end = stage.last.accept()
  end.send(said(NONSENSE))
  t.ok(end.isClosed, "what cannot be read is nothing to go on with")
  const before = stage.links.dials.length
  stage.pass(1000)
  t.ok(stage.links.dials.length > before)
  stage.feed.stop()
  const after = stage.links.dials.length
  stage.pass(60_000)
  t.equal(stage.links.dials.length, after)
  t.end()
})

test("pauses grow while relays say nothing, up to the last, and begin anew behind a word", (t) => {
  const stage = new Stage()
  const dialsOf = (ms: number): number => {
    const before = stage.links.dials.length
    for (let passed = 0; passed < ms; passed += 50) {
      if (!stage.last.end.isClosed) stage.last.fail("refused")
      stage.pass(50)
    }
    return stage.links.dials.length - before
  }
  t.ok(dialsOf(1000) >= 2)
  dialsOf(10_000)
  const late = dialsOf(10_000)
  t.ok(late >= 5 && late <= 10, `${late}: each pause between one second and two`)
  for (; stage.last.end.isClosed; ) stage.pass(50)
  stage.last.accept().send(said(1))
  t.ok(dialsOf(1000) >= 2)
  stage.feed.stop()
  t.end()
})

test("each relay hears the first word, and is asked whether it is there while it says nothing", (t) => {
  let words = 0
  const stage = new Stage(() => Uint8Array.of(++words))
  const heard: (number | undefined)[] = []
  for (const turn of [1, 2]) {
    const end = stage.last.accept()
    const frames = stage.last.end.sent.map((body) => decodeFrame(body))
    heard.push(...frames.map((frame) => (frame?.kind === "chunk" ? frame.body[0] : undefined)).filter(Boolean))
    stage.pass(1500)
    t.ok(
      stage.last.end.sent.some((body) => decodeFrame(body)?.kind === "ping"),
      `turn ${turn}`,
    )
    end.close()
    stage.pass(300)
  }
  t.same(heard, [1, 2])
  stage.feed.stop()
  t.end()
})

test("a relay that is left gives way to the next, and in a pause nobody is left", (t) => {
  const stage = new Stage()
  stage.pass(500)
  const { dialledMs } = stage.feed
  stage.last.accept().send(said(1))
  stage.feed.leave()
  t.equal(stage.broken, 1)
  stage.feed.leave()
  t.equal(stage.broken, 1)
  stage.pass(300)
  t.equal(stage.links.dials.length, 2)
  t.ok(stage.feed.dialledMs > dialledMs)
  stage.feed.stop()
  t.end()
})
