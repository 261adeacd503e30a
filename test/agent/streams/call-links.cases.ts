import type { Addr } from "@conclave/base"
import { CallLinks, type CallOutcome } from "conclave/streams/call-links"
import { decodeFrame, encodeFrame, type StreamFrame } from "conclave/streams/stream-frame"
import { test } from "tap"
import { FakeClock } from "../fake-clock.ts"
import { clockOf, FakeLinks } from "../fake-links.ts"

const PEER = "10.0.0.2:7951" as Addr
const BODY = Uint8Array.of(5)

class Stage {
  readonly time: FakeClock = new FakeClock()
  readonly links: FakeLinks = new FakeLinks()
  readonly calls: CallLinks
  readonly outcomes: CallOutcome[] = []

  constructor() {
    this.calls = new CallLinks({
      links: this.links.port("10.0.0.1:7951" as Addr),
      clock: clockOf(this.time),
      hello: () => ({ cluster: "c", from: "a" }),
    })
  }

  call(leftMs = 5000, to: Addr = PEER): void {
    this.calls.call(to, { what: 1, body: BODY, untilMs: this.time.now() + leftMs }, (outcome) =>
      this.outcomes.push(outcome),
    )
  }

  once(leftMs: number): void {
    const call = { what: 1, body: BODY, untilMs: this.time.now() + leftMs, isOnce: true }
    this.calls.call(PEER, call, (outcome) => this.outcomes.push(outcome))
  }

  /** The calls that went out on the last dial. */
  sent(): Extract<StreamFrame, { kind: "call" }>[] {
    return (this.links.dials.at(-1)?.end.sent ?? []).flatMap((bytes) => {
      const frame = decodeFrame(bytes)
      return frame?.kind === "call" ? [frame] : []
    })
  }
}

test("an answer finds its call, whatever the order", (t) => {
  const stage = new Stage()
  stage.call()
  stage.call()
  const peer = stage.links.dials[0]?.accept()
  const [first, second] = stage.sent()
  t.equal(stage.links.dials.length, 1, "one channel serves all calls to a peer")
  peer?.send(encodeFrame({ kind: "answer", number: second?.number ?? 0, how: 2, body: BODY }))
  peer?.send(encodeFrame({ kind: "answer", number: first?.number ?? 0, how: 1, body: BODY }))
  t.match(stage.outcomes, [{ how: 2 }, { how: 1 }])
  peer?.send(encodeFrame({ kind: "answer", number: first?.number ?? 0, how: 1, body: BODY }))
  t.equal(stage.outcomes.length, 2, "once")
  t.end()
})

test("the callee is given a little less time than its caller has", (t) => {
  const stage = new Stage()
  stage.call(5000)
  stage.call(100)
  stage.links.dials[0]?.accept()
  t.same(
    stage.sent().map(({ leftMs }) => leftMs),
    [4800, 75],
  )
  t.end()
})

test("a call leaves once its channel is up: who takes connections and stands still never reads it", (t) => {
  const stage = new Stage()
  stage.call(5000)
  t.same(stage.sent(), [], "it waits")
  stage.time.advance(400)
  const peer = stage.links.dials[0]?.accept()
  t.same(
    stage.sent().map(({ leftMs }) => leftMs),
    [4400],
    "the time that it waited is not given to the callee",
  )
  peer?.send(encodeFrame({ kind: "answer", number: stage.sent()[0]?.number ?? 0, how: 2, body: BODY }))
  t.match(stage.outcomes, [{ how: 2 }])
  const frozen = new Stage()
  frozen.call(5000)
  frozen.call(600)
  frozen.time.advance(600)
  t.same(frozen.outcomes, [{ kind: "unsent" }], "at its deadline")
  frozen.time.advance(400)
  t.same(frozen.outcomes, [{ kind: "unsent" }, { kind: "unsent" }], "when the dial is given up")
  t.same(frozen.sent(), [])
  t.end()
})

test("calls that wait for a channel are bounded", (t) => {
  const stage = new Stage()
  const body = new Uint8Array(4 * 1024 * 1024)
  for (let call = 0; call < 3; call++) {
    stage.calls.call(PEER, { what: 1, body, untilMs: stage.time.now() + 5000 }, (outcome) =>
      stage.outcomes.push(outcome),
    )
  }
  t.same(stage.outcomes, [{ kind: "unsent" }])
  stage.links.dials[0]?.accept()
  t.equal(stage.sent().length, 2)
  t.end()
})

test("a call on a channel that never came up reached nobody", (t) => {
  const stage = new Stage()
  stage.call()
  stage.links.dials[0]?.fail("refused")
  t.same(stage.outcomes, [{ kind: "unsent" }])
  stage.call()
  t.same(stage.outcomes, [{ kind: "unsent" }, { kind: "unsent" }], "nor does one between two dials")
  t.end()
})

test("a call whose channel breaks is lost, one whose hello is refused is not", (t) => {
  const broken = new Stage()
  broken.call()
  broken.links.dials[0]?.accept().close()
  t.same(broken.outcomes, [{ kind: "lost" }])
  const refused = new Stage()
  refused.call()
  refused.links.dials[0]?.accept().send(encodeFrame({ kind: "refusal", reason: "another cluster" }))
  t.same(refused.outcomes, [{ kind: "unsent" }])
  t.end()
})

test("what must not be sent twice leaves only for a peer that was heard a moment ago", (t) => {
  const stage = new Stage()
  stage.call(5000)
  const peer = stage.links.dials[0]?.accept()
  const pong = (number: number): void => void peer?.send(encodeFrame({ kind: "pong", number }))
  pong(1)
  stage.once(5000)
  t.equal(stage.sent().length, 2, "just now")
  stage.time.advance(600)
  stage.once(1000)
  t.equal(stage.sent().length, 2, "it is asked first")
  pong(2)
  t.same(
    stage.sent().map(({ leftMs }) => leftMs),
    [4800, 4800, 800],
  )
  stage.time.advance(600)
  stage.once(1000)
  stage.once(9000)
  stage.call(9000)
  t.equal(stage.sent().length, 4, "what may be sent twice does not wait")
  stage.time.advance(1000)
  t.same(stage.outcomes, [{ kind: "lost" }, { kind: "unsent" }], "at its deadline: nobody can have got it")
  stage.time.advance(1000)
  t.same(
    stage.outcomes.map(({ kind }) => kind),
    ["lost", "unsent", "lost", "lost", "unsent", "lost"],
    "the peer is silent: what left may have arrived, what waited has not",
  )
  t.end()
})

test("what still waits can be taken back, what has left cannot", (t) => {
  const stage = new Stage()
  const call = { what: 1, body: BODY, untilMs: stage.time.now() + 5000, isOnce: true }
  const first = stage.calls.call(PEER, call, (outcome) => stage.outcomes.push(outcome))
  const second = stage.calls.call(PEER, call, (outcome) => stage.outcomes.push(outcome))
  t.ok(first())
  stage.links.dials[0]?.accept()
  t.equal(stage.sent().length, 1, "it never leaves")
  t.notOk(second())
  stage.time.advance(5000)
  t.same(stage.outcomes, [{ kind: "lost" }], "and is not spoken of")
  t.end()
})

test("a call without an answer is lost at its deadline", (t) => {
  const stage = new Stage()
  stage.call(1000)
  const peer = stage.links.dials[0]?.accept()
  const number = stage.sent()[0]?.number ?? 0
  stage.time.advance(999)
  t.same(stage.outcomes, [])
  stage.time.advance(1)
  t.same(stage.outcomes, [{ kind: "lost" }])
  peer?.send(encodeFrame({ kind: "answer", number, how: 1, body: BODY }))
  t.equal(stage.outcomes.length, 1)
  t.end()
})

test("channels are bounded: the one used longest ago gives way", (t) => {
  const stage = new Stage()
  for (let peer = 1; peer <= 17; peer++) {
    const to = `10.0.1.${peer}:7951` as Addr
    stage.call(5000, to)
    stage.links.dials.at(-1)?.accept()
    const number = stage.sent()[0]?.number ?? 0
    stage.links.dials.at(-1)?.end.peer?.send(encodeFrame({ kind: "answer", number, how: 1, body: BODY }))
  }
  t.same(
    stage.links.dials.flatMap(({ end }, at) => (end.isClosed ? [at] : [])),
    [0],
  )
  stage.calls.close()
  t.ok(stage.links.dials.every(({ end }) => end.isClosed))
  t.end()
})
