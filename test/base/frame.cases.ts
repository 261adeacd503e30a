import { FrameReader, frame } from "@conclave/base"
import fc from "fast-check"
import { test } from "tap"

test("a frame is its length in four bytes, big-endian, and its body", (t) => {
  t.same([...frame(new Uint8Array([7, 8]))], [0, 0, 0, 2, 7, 8])
  t.same([...frame(new Uint8Array(0))], [0, 0, 0, 0])
  t.same([...frame(new Uint8Array(0x0102)).subarray(0, 4)], [0, 0, 1, 2])
  t.end()
})

test("frames come out as they went in, however the stream is cut", (t) => {
  const bodies = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 10 })
  fc.assert(
    fc.property(bodies, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (sent, cuts) => {
      const stream = Uint8Array.from(sent.flatMap((body) => [...frame(body)]))
      const reader = new FrameReader(40)
      const got: Uint8Array[] = []
      for (let at = 0, cut = 0; at < stream.length; cut++) {
        const size = cuts[cut % cuts.length] as number
        const frames = reader.push(stream.subarray(at, at + size))
        if (frames === "oversize") return false
        got.push(...frames)
        at += size
      }
      return !reader.unfinished && sent.length === got.length && sent.every((body, n) => same(body, got[n]))
    }),
  )
  t.pass("any cut")
  t.end()
})

test("a body at the limit passes, one byte more is refused before it arrives", (t) => {
  t.same(new FrameReader(3).push(frame(new Uint8Array(3))), [new Uint8Array(3)])
  t.equal(new FrameReader(3).push(frame(new Uint8Array(4)).subarray(0, 4)), "oversize")
  t.equal(new FrameReader(1_000_000).push(new Uint8Array([255, 255, 255, 255])), "oversize")
  t.end()
})

test("a frame that has begun is unfinished until its last byte", (t) => {
  const reader = new FrameReader(10)
  t.equal(reader.unfinished, false)
  for (const byte of [0, 0, 0, 2, 1]) {
    reader.push(new Uint8Array([byte]))
    t.equal(reader.unfinished, true)
  }
  t.same(reader.push(new Uint8Array([2])), [new Uint8Array([1, 2])])
  t.equal(reader.unfinished, false)
  t.end()
})

test("a body does not change with the buffer it came in", (t) => {
  const chunk = frame(new Uint8Array([1, 2, 3]))
  const frames = new FrameReader(10).push(chunk)
  chunk.fill(9)
  t.same(frames, [new Uint8Array([1, 2, 3])])
  t.end()
})

function same(a: Uint8Array, b: Uint8Array | undefined): boolean {
  return b !== undefined && a.length === b.length && a.every((byte, n) => byte === b[n])
}
