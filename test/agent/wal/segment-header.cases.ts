import { crc32 } from "node:zlib"
import { encodeHeader, readHeader, SEGMENT_HEADER_BYTES, type SegmentHeader } from "conclave/wal/segment-header"
import { test } from "tap"
import { MINT } from "./store-stage.ts"

const HEADER: SegmentHeader = {
  ...{ fileId: new Uint8Array(16).fill(3), cluster: MINT.cluster, replica: MINT.replica, owner: MINT.owner },
  ...{ inode: "18446744073709551615", segment: 7, replaces: 6, chain: 0xdeadbeef },
}

test("a header reads as it was written", (t) => {
  const longest = "~".repeat(64)
  const header = { ...HEADER, cluster: longest, replica: longest } as unknown as SegmentHeader
  for (const each of [HEADER, { ...HEADER, inode: "" }, header])
    t.same(readHeader(encodeHeader(each, crc32), crc32), each)
  t.equal(encodeHeader(HEADER, crc32).length, SEGMENT_HEADER_BYTES)
  t.end()
})

test("a bit that tips over is damage; a later format is not", (t) => {
  const bytes = encodeHeader(HEADER, crc32)
  for (let at = 0; at < bytes.length; at++) {
    const flipped = bytes.slice()
    flipped[at] = (flipped[at] as number) ^ (1 << (at & 7))
    if (readHeader(flipped, crc32) !== "damaged") t.fail(`byte ${at}`)
  }
  t.equal(readHeader(bytes.subarray(1), crc32), "damaged", "too short")
  const later = bytes.slice()
  const view = new DataView(later.buffer)
  view.setUint32(4, 2)
  view.setUint32(SEGMENT_HEADER_BYTES - 4, crc32(later.subarray(0, -4)))
  t.equal(readHeader(later, crc32), "newer-version")
  view.setUint32(0, 1)
  view.setUint32(SEGMENT_HEADER_BYTES - 4, crc32(later.subarray(0, -4)))
  t.equal(readHeader(later, crc32), "damaged", "no magic")
  t.end()
})
