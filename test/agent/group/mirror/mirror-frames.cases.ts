import {
  decodeMirror,
  decodeMirrorWish,
  encodeMirror,
  encodeMirrorWish,
  type MirrorFrame,
} from "conclave/group/mirror/mirror-frames"
import { test } from "tap"

const FRAMES: readonly MirrorFrame[] = [
  { kind: "begin", index: 2 ** 40 },
  { kind: "records", chunk: Uint8Array.of(1, 2, 3) },
  { kind: "whole" },
  {
    kind: "entries",
    entries: [
      { index: 7, stampMs: 0, data: undefined },
      { index: 8, stampMs: 123_456_789, data: Uint8Array.of(9) },
      { index: 9, stampMs: 1, data: new Uint8Array(0) },
    ],
  },
  { kind: "pulse", ageMs: 1234 },
]

test("frames are read as they were written", (t) => {
  for (const frame of FRAMES) t.same(decodeMirror(encodeMirror(frame)), frame)
  t.same(decodeMirrorWish(encodeMirrorWish({ index: 77, epoch: 3 })), { index: 77, epoch: 3 })
  t.end()
})

test("whatever else comes is refused, and never throws", (t) => {
  for (const frame of FRAMES) {
    const bytes = encodeMirror(frame)
    for (let length = 0; length < bytes.length; length++) t.doesNotThrow(() => decodeMirror(bytes.subarray(0, length)))
  }
  const entries = encodeMirror(FRAMES[3] as MirrorFrame)
  t.equal(decodeMirror(entries.subarray(0, entries.length - 1)), undefined)
  t.equal(decodeMirror(Uint8Array.of(9)), undefined)
  t.equal(decodeMirror(new Uint8Array(0)), undefined)
  for (const length of [0, 8, 15, 17]) t.equal(decodeMirrorWish(new Uint8Array(length)), undefined)
  t.equal(decodeMirrorWish(encodeMirrorWish({ index: -1, epoch: 0 })), undefined)
  t.equal(decodeMirrorWish(encodeMirrorWish({ index: 1, epoch: 0.5 })), undefined)
  t.end()
})
