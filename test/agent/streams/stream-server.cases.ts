import type { Addr, NodeId } from "@conclave/base"
import { decodeFrame, encodeFrame, type StreamFrame } from "conclave/streams/stream-frame"
import { type Dialler, HELLO_LIMIT_MS, STRANGERS_MAX, StreamServer } from "conclave/streams/stream-server"
import { test } from "tap"
import { FakeClock } from "../fake-clock.ts"
import { clockOf, FakeLinks } from "../fake-links.ts"

const HERE = "10.0.0.1:7951" as Addr
const THERE = "10.0.0.2:7951" as Addr
const HELLO = { kind: "hello", version: 1, purpose: "calls", cluster: "c", from: "a", to: "" } as const

interface Dialled {
  readonly answers: (StreamFrame | undefined)[]
  readonly isClosed: () => boolean
}

class Stage {
  readonly time: FakeClock = new FakeClock()
  readonly links: FakeLinks = new FakeLinks()
  readonly refused: string[] = []
  readonly server: StreamServer
  readonly heard: StreamFrame[] = []

  constructor() {
    this.server = new StreamServer(this.links.port(HERE), clockOf(this.time), {
      onRefused: (source, reason) => this.refused.push(`${source} ${reason}`),
      isRelay: (from) => from === "relay",
      objection: ({ from }, peer) => (from === "a" ? undefined : `${peer} is not ${from}`),
    })
  }

  /** Dials and says these frames; what came back, and whether it is still open. */
  dial(...frames: readonly Uint8Array[]): Dialled {
    return this.dialAs(undefined, ...frames)
  }

  /** The same by whoever holds the key of `peer`. */
  dialAs(peer: NodeId | undefined, ...frames: readonly Uint8Array[]): Dialled {
    const answers: (StreamFrame | undefined)[] = []
    this.links.port(THERE, peer).dial(HERE, (event) => {
      if (event.kind === "frame") answers.push(decodeFrame(event.body))
    })
    const dial = this.links.dials.at(-1)
    dial?.accept()
    for (const frame of frames) dial?.end.send(frame)
    return { answers, isClosed: () => dial?.end.isClosed === true }
  }
}

test("who has shown to be somebody is asked by what right it speaks", (t) => {
  const stage = new Stage()
  stage.server.serve("calls", () => ({ onFrame: (frame) => stage.heard.push(frame), onEnd: () => {} }))
  const chunk = encodeFrame({ kind: "chunk", body: Uint8Array.of(1) })
  const peer = "p".repeat(26) as NodeId
  const refused = stage.dialAs(peer, encodeFrame({ ...HELLO, from: "b" }), chunk)
  t.same(refused.answers, [{ kind: "refusal", reason: `${peer} is not b` }])
  t.ok(refused.isClosed())
  t.same(stage.refused, [`${THERE} ${peer} is not b`])
  t.same(stage.heard, [])
  stage.dialAs(peer, encodeFrame(HELLO), chunk)
  stage.dial(encodeFrame({ ...HELLO, from: "b" }), chunk)
  t.equal(stage.heard.length, 2, "where nobody is asked all may speak")
  t.end()
})

test("a hello finds who serves its purpose; what follows is handed on, pings are answered", (t) => {
  const stage = new Stage()
  const diallers: Dialler[] = []
  let ends = 0
  stage.server.serve("calls", (dialler) => {
    diallers.push(dialler)
    return { onFrame: (frame) => stage.heard.push(frame), onEnd: () => ends++ }
  })
  const { answers, isClosed } = stage.dial(
    encodeFrame(HELLO),
    encodeFrame({ kind: "ping", number: 4 }),
    encodeFrame({ kind: "chunk", body: Uint8Array.of(1) }),
  )
  t.same(answers, [{ kind: "pong", number: 4 }])
  t.match(stage.heard, [{ kind: "chunk" }])
  t.equal(diallers[0]?.source, THERE)
  t.equal(stage.server.received, 3)
  diallers[0]?.send({ kind: "taken" })
  t.same(answers.at(-1), { kind: "taken" })
  stage.server.close()
  t.ok(isClosed())
  t.end()
})

test("what is not taken is refused with a reason, here and there", (t) => {
  const stage = new Stage()
  stage.server.serve("calls", () => "not now")
  const cases: readonly (readonly [Uint8Array, RegExp])[] = [
    [encodeFrame(HELLO), /not now$/],
    [encodeFrame({ ...HELLO, purpose: "snapshot" }), /takes no channels for snapshot/],
    [encodeFrame({ ...HELLO, version: 9 }), /speaks version 9 of the streams, this agent version 1/],
    [encodeFrame({ kind: "taken" }), /begins with a hello/],
    [Uint8Array.of(77), /cannot be read/],
  ]
  for (const [bytes, reason] of cases) {
    const { answers, isClosed } = stage.dial(bytes)
    t.match(answers, [{ kind: "refusal", reason }])
    t.ok(isClosed())
    t.match(stage.refused.at(-1), reason)
  }
  t.end()
})

test("who serves a purpose can be replaced, and hears of the end of a channel", (t) => {
  const stage = new Stage()
  let ends = 0
  stage.server.serve("calls", () => ({ onFrame: () => {}, onEnd: () => ends++ }))
  stage.dial(encodeFrame(HELLO))
  stage.links.dials.at(-1)?.end.close()
  t.equal(ends, 1)
  stage.server.serve("calls", undefined)
  t.match(stage.dial(encodeFrame(HELLO)).answers, [{ kind: "refusal" }])
  t.end()
})

test("a channel that does not say in time what it is for is closed, whatever else it says; one that has said it is not", (t) => {
  const stage = new Stage()
  stage.server.serve("calls", () => ({ onFrame: () => {}, onEnd: () => {} }))
  const [silent, asking] = [stage.dial(), stage.dial(encodeFrame({ kind: "ping", number: 1 }))]
  const known = stage.dial(encodeFrame(HELLO))
  stage.time.advance(HELLO_LIMIT_MS - 1)
  t.same([silent.isClosed(), asking.isClosed(), known.isClosed()], [false, false, false])
  stage.time.advance(1)
  t.same([silent.isClosed(), asking.isClosed(), known.isClosed()], [true, true, false])
  t.match(silent.answers, [{ kind: "refusal", reason: /has not said what it is for/ }])
  t.end()
})

test("of channels that have said nothing so far there are only so many: the oldest gives way", (t) => {
  const stage = new Stage()
  stage.server.serve("replica", () => ({ onFrame: () => {}, onEnd: () => {} }))
  const known = stage.dial(encodeFrame({ ...HELLO, purpose: "replica" }))
  const all = Array.from({ length: STRANGERS_MAX + 3 }, () => stage.dial())
  t.same(
    all.map(({ isClosed }) => isClosed()),
    all.map((_, at) => at < 3),
  )
  t.notOk(known.isClosed())
  t.end()
})

test("agents that come all at once are taken as fast as that is good for the others; replicas always are", (t) => {
  const stage = new Stage()
  for (const purpose of ["calls", "replica"] as const) {
    stage.server.serve(purpose, () => ({ onFrame: () => {}, onEnd: () => {} }))
  }
  const dial = (purpose: "calls" | "replica"): boolean => !stage.dial(encodeFrame({ ...HELLO, purpose })).isClosed()
  let taken = 0
  while (dial("calls")) taken++
  t.ok(taken > 10 && taken < 100, `${taken} of one source`)
  t.ok(dial("replica"))
  t.notOk(stage.dial(encodeFrame({ ...HELLO, from: "relay" })).isClosed(), "nor do those wait through whom others come")
  t.notOk(dial("calls"))
  t.equal(stage.refused.length, 1, "said once, not for each")
  stage.time.advance(10_000)
  t.ok(dial("calls"), "and later again")
  t.end()
})

test("whoever has shown who it is counts as that, whatever address it gives", (t) => {
  const stage = new Stage()
  stage.server.serve("calls", () => ({ onFrame: () => {}, onEnd: () => {} }))
  const [one, other] = ["p", "q"].map((letter) => letter.repeat(26) as NodeId)
  const isTaken = (peer: NodeId | undefined): boolean => !stage.dialAs(peer, encodeFrame(HELLO)).isClosed()
  while (isTaken(one));
  t.ok(isTaken(other), "at the same address")
  t.ok(isTaken(undefined))
  t.end()
})
