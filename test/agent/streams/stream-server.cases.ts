import type { Addr } from "@conclave/base"
import { decodeFrame, encodeFrame, type StreamFrame } from "conclave/streams/stream-frame"
import { type Dialler, StreamServer } from "conclave/streams/stream-server"
import { test } from "tap"
import { FakeLinks } from "../fake-links.ts"

const HERE = "10.0.0.1:7951" as Addr
const THERE = "10.0.0.2:7951" as Addr
const HELLO = { kind: "hello", version: 1, purpose: "calls", cluster: "c", from: "a", to: "" } as const

class Stage {
  readonly links: FakeLinks = new FakeLinks()
  readonly refused: string[] = []
  readonly server: StreamServer
  readonly heard: StreamFrame[] = []

  constructor() {
    this.server = new StreamServer(this.links.port(HERE), (source, reason) => this.refused.push(`${source} ${reason}`))
  }

  /** Dials and says these frames; what came back, and whether it is still open. */
  dial(...frames: readonly Uint8Array[]): {
    readonly answers: (StreamFrame | undefined)[]
    readonly isClosed: () => boolean
  } {
    const answers: (StreamFrame | undefined)[] = []
    this.links.port(THERE).dial(HERE, (event) => {
      if (event.kind === "frame") answers.push(decodeFrame(event.body))
    })
    const dial = this.links.dials.at(-1)
    dial?.accept()
    for (const frame of frames) dial?.end.send(frame)
    return { answers, isClosed: () => dial?.end.isClosed === true }
  }
}

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
