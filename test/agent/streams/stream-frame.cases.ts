import { decodeFrame, encodeFrame, type StreamFrame } from "conclave/streams/stream-frame"
import { test } from "tap"

const BODY = Uint8Array.of(1, 2, 3)
const FRAMES: readonly StreamFrame[] = [
  { kind: "ping", number: 7 },
  { kind: "pong", number: 2 ** 32 - 1 },
  { kind: "hello", version: 1, purpose: "replica", cluster: "c", from: "one", to: "two" },
  { kind: "hello", version: 9, purpose: "mirror", cluster: "", from: "", to: "" },
  { kind: "refusal", reason: "not ours" },
  { kind: "call", number: 3, leftMs: 1500, what: 2, body: BODY },
  { kind: "answer", number: 3, how: 4, body: new Uint8Array(0) },
  { kind: "chunk", body: BODY },
  { kind: "end" },
  { kind: "taken" },
  { kind: "raft", body: Uint8Array.of(0x52, 1, 2) },
]

test("frames are read as they were written", (t) => {
  for (const frame of FRAMES) t.same(decodeFrame(encodeFrame(frame)), frame, frame.kind)
  t.end()
})

test("whatever else comes is refused, and never throws", (t) => {
  for (const frame of FRAMES) {
    const bytes = encodeFrame(frame)
    for (let length = 0; length < bytes.length; length++) t.doesNotThrow(() => decodeFrame(bytes.subarray(0, length)))
  }
  const hello = encodeFrame(FRAMES[2] as StreamFrame)
  t.equal(decodeFrame(hello.subarray(0, hello.length - 1)), undefined)
  t.equal(decodeFrame(Uint8Array.of(3, 1, 99, 0, 0, 0)), undefined, "a purpose that nobody knows")
  for (const bytes of [[], [0], [99], [1, 0], [5, 0, 0, 0, 0], [6, 0], [7], [8, 1], [9, 1]]) {
    t.equal(decodeFrame(Uint8Array.from(bytes)), undefined, bytes.join())
  }
  t.same(decodeFrame(Uint8Array.from([...hello, 1, 2])), FRAMES[2], "what a later version adds is for later versions")
  t.end()
})

test("what does not fit is cut: a time, a reason", (t) => {
  const call = { kind: "call", number: 1, what: 1, body: BODY } as const
  t.match(decodeFrame(encodeFrame({ ...call, leftMs: -5 })), { leftMs: 0 })
  t.match(decodeFrame(encodeFrame({ ...call, leftMs: 1e12 })), { leftMs: 2 ** 32 - 1 })
  const long = decodeFrame(encodeFrame({ kind: "refusal", reason: "x".repeat(5000) }))
  t.equal(long?.kind === "refusal" && long.reason.length, 512)
  t.end()
})
