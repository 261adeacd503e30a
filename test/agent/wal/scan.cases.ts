import { crc32 } from "node:zlib"
import { encodeFrame, frameBytes } from "conclave/wal/frame"
import { scanSegment } from "conclave/wal/scan"
import { SEGMENT_HEADER_BYTES, type SegmentHeader } from "conclave/wal/segment-header"
import { test } from "tap"
import { MINT } from "./store-stage.ts"

const HEADER: SegmentHeader = {
  ...{ fileId: new Uint8Array(16).fill(3), cluster: MINT.cluster, replica: MINT.replica, owner: MINT.owner },
  ...{ inode: "1", segment: 1, replaces: 1, chain: 5 },
}
const BODY = new Uint8Array(600).fill(7)
const STEP = frameBytes(BODY.length)

/** So many batches behind a header of zeros; `last` is called with the place of the last one. */
function segmentOf(batches: number, change: (bytes: Uint8Array, last: number) => void = () => {}): Uint8Array {
  const bytes = new Uint8Array(4096)
  let chain = HEADER.chain
  for (let batch = 1; batch <= batches; batch++) {
    const at = SEGMENT_HEADER_BYTES + (batch - 1) * STEP
    const frame = encodeFrame([BODY], { batch, chain }, { fileId: HEADER.fileId, at }, crc32)
    bytes.set(frame.bytes, at)
    chain = frame.check
  }
  change(bytes, SEGMENT_HEADER_BYTES + (batches - 1) * STEP)
  return bytes
}

function verdict(bytes: Uint8Array): readonly [string, number] {
  const { ends, batches } = scanSegment(bytes, HEADER, crc32)
  return [ends, batches.length]
}

test("whole batches are read to the end", (t) => {
  t.same(verdict(segmentOf(0)), ["end", 0])
  t.same(verdict(segmentOf(3)), ["end", 3])
  t.equal(scanSegment(segmentOf(2), HEADER, crc32).at, SEGMENT_HEADER_BYTES + 2 * STEP)
  t.end()
})

test("what a crash left of the last is cut", (t) => {
  t.same(verdict(segmentOf(3, (bytes, last) => bytes.fill(0, last + 100))), ["torn", 2])
  t.same(
    verdict(segmentOf(3, (bytes, last) => bytes.fill(0, last, 2048))),
    ["torn", 2],
    "its first sectors are not there",
  )
  t.end()
})

test("a batch that is not there before one that is was there once", (t) => {
  const first = SEGMENT_HEADER_BYTES + STEP
  t.same(verdict(segmentOf(3, (bytes) => bytes.fill(0, first, first + STEP))), ["damaged", 1])
  t.same(verdict(segmentOf(3, (bytes) => bytes.fill(0, first + 200, first + STEP))), ["damaged", 1])
  t.end()
})

test("a whole batch that does not follow on the one before it is damage", (t) => {
  const other = encodeFrame(
    [BODY],
    { batch: 3, chain: 1 },
    { fileId: HEADER.fileId, at: SEGMENT_HEADER_BYTES + 2 * STEP },
    crc32,
  )
  t.same(verdict(segmentOf(3, (bytes, last) => bytes.set(other.bytes, last))), ["damaged", 2])
  t.same(verdict(segmentOf(1, (bytes) => bytes.copyWithin(SEGMENT_HEADER_BYTES + STEP, SEGMENT_HEADER_BYTES))), [
    "damaged",
    1,
  ])
  const { ends } = scanSegment(segmentOf(1), { ...HEADER, chain: 6 }, crc32)
  t.equal(ends, "damaged", "nor on the segment before it")
  t.end()
})
