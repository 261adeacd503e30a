import { crc32 } from "node:zlib"
import { SimFiles } from "@conclave/sim/sim-files"
import { encodeRecords } from "conclave/wal/records"
import { Reserve } from "conclave/wal/reserve"
import { scanSegment } from "conclave/wal/scan"
import { Segment, segmentBytesFor, segmentName, segmentOf } from "conclave/wal/segment"
import { readHeader, type SegmentHeader } from "conclave/wal/segment-header"
import { test } from "tap"
import { MINT } from "./store-stage.ts"

const HEADER: SegmentHeader = {
  ...{ fileId: new Uint8Array(16).fill(3), cluster: MINT.cluster, replica: MINT.replica, owner: MINT.owner },
  ...{ inode: "1", segment: 7, replaces: 7, chain: 5 },
}
const HEAD = encodeRecords([{ kind: "base", index: 0, term: 0 }])

function begun(bytes: number): { files: SimFiles; segment: Segment } {
  const files = new SimFiles(1)
  files.make()
  const reserve = new Reserve(files, 7, bytes)
  reserve.fillUp()
  return { files, segment: Segment.begin(files, reserve, HEADER, { base: 0, body: HEAD }) }
}

test("a name says which segment it is", (t) => {
  for (const segment of [1, 255, 2 ** 52]) t.equal(segmentOf(segmentName(segment)), segment)
  for (const name of ["wal-1.log", "segment-7.tmp", `${segmentName(3)}.tmp`]) t.equal(segmentOf(name), undefined)
  t.ok(segmentName(9) < segmentName(10), "in the order of the log")
  t.end()
})

test("it has its name once it is durable, and not before", (t) => {
  const { files } = begun(2048)
  files.powerCut()
  t.same(files.list(), [segmentName(7)])
  const bytes = files.bytesOf(segmentName(7))
  t.same(readHeader(bytes, crc32), HEADER)
  t.same(scanSegment(bytes, HEADER, crc32).batches[0]?.body, HEAD)
  t.end()
})

test("batches fill it to the last byte but a seal, which fits in any case", (t) => {
  const body = new Uint8Array(100).fill(1)
  const { files, segment } = begun(segmentBytesFor(HEAD.length, body.length))
  t.ok(segment.fits(body.length))
  t.notOk(segment.fits(body.length + 8))
  segment.append([body.subarray(0, 40), body.subarray(40)])
  t.notOk(segment.fits(0))
  t.throws(() => segment.append([new Uint8Array(1)]), /room for its seal/)
  segment.seal()
  files.powerCut()
  const scan = scanSegment(files.bytesOf(segmentName(7)), HEADER, crc32)
  t.same(scan.batches.map((each) => each.body).slice(1), [body, encodeRecords([{ kind: "sealed" }])])
  t.equal(scan.ends, "end")
  t.end()
})
