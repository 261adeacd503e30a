import { FrameOutbox, FrameReader, frame, frames } from "@conclave/base"
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

test("a body that came in one piece is no copy, one that came in several is", (t) => {
  const chunk = frame(new Uint8Array([1, 2, 3]))
  const [body] = new FrameReader(10).push(chunk)
  t.equal((body as Uint8Array).buffer, chunk.buffer)
  const reader = new FrameReader(10)
  reader.push(chunk.subarray(0, 5))
  const whole = reader.push(chunk.subarray(5))
  chunk.fill(9)
  t.same(whole, [new Uint8Array([1, 2, 3])])
  t.end()
})

test("an outbox lets go of a turn's frames in one piece and in their order", (t) => {
  const { outbox, left, turn } = boxed()
  for (const byte of [1, 2, 3]) outbox.add(new Uint8Array([byte]))
  t.same(left, [])
  t.equal(outbox.bytes, 15)
  turn()
  t.same(left, [frames([1, 2, 3].map((byte) => new Uint8Array([byte])))])
  t.equal(outbox.bytes, 0)
  outbox.add(new Uint8Array([4]))
  turn()
  t.same(left.slice(1), [frame(new Uint8Array([4]))])
  t.end()
})

test("an outbox does not keep much back, and gathers the rest of the turn again", (t) => {
  const { outbox, left, turn } = boxed()
  outbox.add(new Uint8Array([1]))
  outbox.add(new Uint8Array(16 * 1024))
  t.equal(left.length, 1)
  outbox.add(new Uint8Array([2]))
  t.equal(left.length, 1)
  turn()
  t.same(left.slice(1), [frame(new Uint8Array([2]))])
  t.end()
})

test("a body in parts is one frame, and is written into the room that is given", (t) => {
  const left: Uint8Array[] = []
  const used = new Uint8Array(12).fill(9)
  const outbox = new FrameOutbox({
    write: (bytes) => left.push(bytes),
    soon: () => {},
    room: (bytes) => used.subarray(0, bytes),
  })
  outbox.add(new Uint8Array([1]), new Uint8Array(0), new Uint8Array([2, 3]))
  t.equal(outbox.bytes, 7)
  outbox.flush()
  t.same(left, [frame(new Uint8Array([1, 2, 3]))])
  t.equal(left[0]?.buffer, used.buffer)
  t.end()
})

test("an outbox that was emptied before the end of the turn says nothing then", (t) => {
  const { outbox, left, turn } = boxed()
  outbox.add(new Uint8Array([1]))
  outbox.flush()
  t.equal(left.length, 1)
  turn()
  t.equal(left.length, 1)
  t.end()
})

function boxed(): { readonly outbox: FrameOutbox; readonly left: Uint8Array[]; readonly turn: () => void } {
  const left: Uint8Array[] = []
  const soon: (() => void)[] = []
  const outbox = new FrameOutbox({ write: (bytes) => left.push(bytes), soon: (act) => soon.push(act) })
  return { outbox, left, turn: () => void soon.splice(0).map((act) => act()) }
}

function same(a: Uint8Array, b: Uint8Array | undefined): boolean {
  return b !== undefined && a.length === b.length && a.every((byte, n) => byte === b[n])
}
