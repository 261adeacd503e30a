import { crc32 } from "node:zlib"
import {
  bodyOf,
  encodeFrame,
  FRAME_HEADER_BYTES,
  frameBytes,
  hasLaterFrame,
  isTornFrame,
  isTornHeader,
  isWhole,
  readFrameHeader,
  SECTOR_BYTES,
} from "conclave/wal/frame"
import { test } from "tap"

const FILE = new Uint8Array(16).fill(9)
const PLACE = { fileId: FILE, at: 1000 }

function frameOf(body: Uint8Array, at = PLACE.at, batch = 3): Uint8Array {
  return encodeFrame([body], { batch, chain: 77 }, { fileId: FILE, at }, crc32).bytes
}

/** How a reader takes these bytes. */
function verdict(bytes: Uint8Array, at = PLACE.at): "whole" | "torn" | "damaged" {
  const header = readFrameHeader(bytes, { fileId: FILE, at }, crc32)
  if (header === undefined) return isTornHeader(bytes, at) ? "torn" : "damaged"
  const frame = bytes.subarray(0, frameBytes(header.bodyBytes))
  if (isWhole(frame, header, crc32)) return "whole"
  return isTornFrame(frame, header, at) ? "torn" : "damaged"
}

/** Also bodies of zeros, which look like what was never written. */
const BODIES = [new Uint8Array(0), new Uint8Array([1]), new Uint8Array(700).fill(5), new Uint8Array(1500)]

test("a batch reads as it was written", (t) => {
  const { bytes, check } = encodeFrame(
    [new Uint8Array([1, 2]), new Uint8Array([3])],
    { batch: 8, chain: 4 },
    PLACE,
    crc32,
  )
  t.equal(bytes.length, frameBytes(3))
  t.equal(bytes.length % 8, 0)
  const header = readFrameHeader(bytes, PLACE, crc32)
  t.match(header, { bodyBytes: 3, batch: 8, chain: 4, check })
  if (header !== undefined) t.same(bodyOf(bytes, header), new Uint8Array([1, 2, 3]))
  t.end()
})

test("at another place or in another file it is none", (t) => {
  const bytes = frameOf(new Uint8Array(9))
  t.equal(readFrameHeader(bytes, { fileId: FILE, at: 1008 }, crc32), undefined)
  t.equal(readFrameHeader(bytes, { fileId: new Uint8Array(16), at: 1000 }, crc32), undefined)
  t.equal(readFrameHeader(bytes.subarray(0, FRAME_HEADER_BYTES - 1), PLACE, crc32), undefined)
  t.end()
})

test("one bit that tips over is damage, never a crash", (t) => {
  for (const body of BODIES) {
    const bytes = frameOf(body)
    const found = new Set<string>()
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      const flipped = bytes.slice()
      flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7))
      found.add(verdict(flipped))
    }
    t.same([...found], ["damaged"], `${body.length} bytes`)
  }
  t.end()
})

test("what a crash leaves is torn, cut at any byte or short of any sector", (t) => {
  for (const body of BODIES) {
    for (const at of [1000, 1024, 1496]) {
      const bytes = frameOf(body, at)
      for (let kept = 0; kept < bytes.length; kept++) {
        const cut = new Uint8Array(bytes.length)
        cut.set(bytes.subarray(0, kept))
        if (verdict(cut, at) !== "torn") t.fail(`${kept} of ${bytes.length} bytes at ${at}`)
      }
      for (let from = 0; from < bytes.length; ) {
        const to = Math.min(bytes.length, from + SECTOR_BYTES - ((at + from) % SECTOR_BYTES))
        const holed = bytes.slice().fill(0, from, to)
        const isSame = holed.every((each, index) => each === bytes[index])
        if (!isSame && verdict(holed, at) !== "torn")
          t.fail(`without bytes ${from} to ${to} of ${bytes.length} at ${at}`)
        from = to
      }
    }
  }
  t.pass()
  t.end()
})

test("a later batch of the file is found wherever it lies", (t) => {
  const bytes = new Uint8Array(4096)
  const options = { fileId: FILE, crc32 }
  bytes.set(frameOf(new Uint8Array(5), 2048, 4), 2048)
  t.ok(hasLaterFrame(bytes, 1000, 3, options))
  t.notOk(hasLaterFrame(bytes, 1000, 4, options), "only a later one proves anything")
  t.notOk(hasLaterFrame(bytes, 2056, 3, options))
  t.notOk(hasLaterFrame(bytes, 1000, 3, { ...options, fileId: new Uint8Array(16) }), "of this file")
  t.end()
})
