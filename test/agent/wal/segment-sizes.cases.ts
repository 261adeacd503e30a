import { segmentBytesFor } from "conclave/wal/segment"
import { SEGMENT_SIZES, sizeFor } from "conclave/wal/segment-sizes"
import { test } from "tap"

test("a segment is as small as may be, and as large as it must be", (t) => {
  const { leastBytes, mostBytes } = SEGMENT_SIZES
  t.ok(mostBytes / leastBytes === 16 && leastBytes % 512 === 0)
  t.equal(sizeFor(10, 10, SEGMENT_SIZES), leastBytes)
  const fits = leastBytes - segmentBytesFor(0, 0)
  t.equal(sizeFor(0, fits, SEGMENT_SIZES), leastBytes)
  t.equal(sizeFor(0, fits + 8, SEGMENT_SIZES), 2 * leastBytes)
  t.equal(sizeFor(0, 40 * leastBytes, SEGMENT_SIZES), 64 * leastBytes, "a batch that is larger than the most")
  t.end()
})
