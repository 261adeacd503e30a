import { deepStrictEqual, equal, ok } from "node:assert/strict"
import { crc32 } from "node:zlib"
import { Random } from "@conclave/base"
import { SimFiles } from "@conclave/sim/sim-files"
import { Contents } from "conclave/wal/contents"
import { encodeFrame } from "conclave/wal/frame"
import { encodeRecords, type LogRecord, readRecords } from "conclave/wal/records"
import { scanSegment } from "conclave/wal/scan"
import { encodeHeader, readHeader, SEGMENT_HEADER_BYTES, type SegmentHeader } from "conclave/wal/segment-header"
import { checkSnapshot, SnapshotFileReader, SnapshotFileWriter, snapshotName } from "conclave/wal/snapshot-file"
import { test } from "tap"
import { again, fuzz } from "../../fuzz.ts"
import { damagedValue } from "../../fuzz-values.ts"
import { entryOf, hardState, metaOf } from "./store-model.ts"
import { MINT } from "./store-stage.ts"

const HEADER: SegmentHeader = {
  ...{ fileId: new Uint8Array(16).fill(3), cluster: MINT.cluster, replica: MINT.replica, owner: MINT.owner },
  ...{ inode: "1", segment: 2, replaces: 1, chain: 5 },
}
const RECORDS: readonly LogRecord[] = [
  { kind: "base", index: 0, term: 1 },
  { kind: "entry", entry: entryOf(1, 1, Uint8Array.of(1, 2, 3)) },
  { kind: "entry", entry: entryOf(2, 2, new Uint8Array(40)) },
  { kind: "hardState", hardState: hardState(3, "r1", 1) },
  { kind: "truncate", from: 2 } as LogRecord,
  { kind: "snapshot", meta: metaOf(9, 2) },
  { kind: "entry", entry: entryOf(10, 3, new Uint8Array(0)) },
  { kind: "sealed" },
]

test("no bytes make the reader of a log's records throw, and what is understood can be said again", (t) => {
  const corpus = [1, 2, 3].map((from) => encodeRecords(RECORDS.slice(0, 2 * from)))
  const decode = again((bytes) => {
    const records = readRecords(bytes)
    return typeof records === "string" ? undefined : records
  }, encodeRecords)
  fuzz(t, 701, { corpus: [...corpus, encodeRecords(RECORDS.slice(4))], decode, inGate: 20_000 })
  t.end()
})

function otherwise(random: Random): Uint8Array {
  try {
    return encodeRecords(damagedValue(random, RECORDS))
  } catch {
    return new Uint8Array(1)
  }
}

test("whatever records say, the log that they add up to is one entry behind the other, or refused", (t) => {
  const random = new Random(702)
  const decode = (bytes: Uint8Array): boolean => {
    const read = readRecords(random.chance(1, 4) ? bytes : otherwise(random))
    if (typeof read === "string") return false
    const contents = new Contents()
    if (contents.take(read) !== undefined) return false
    for (const [at, { index, term }] of contents.entries.entries()) {
      equal(index, contents.base + at + 1)
      ok(term >= (contents.entries[at - 1]?.term ?? contents.baseTerm))
    }
    return true
  }
  fuzz(t, 703, { corpus: [encodeRecords(RECORDS)], decode, inGate: 5000 })
  t.end()
})

test("no bytes are taken for the head of a segment but those that were written, or of one who knows its check", (t) => {
  const random = new Random(704)
  const whole = encodeHeader(HEADER, crc32)
  const decode = (bytes: Uint8Array): boolean => {
    const read = readHeader(bytes, crc32)
    // What lies behind it is not its affair.
    if (typeof read !== "string") deepStrictEqual(bytes.subarray(0, whole.length), whole)
    if (bytes.length < SEGMENT_HEADER_BYTES || random.chance(1, 4)) return typeof read !== "string"
    new DataView(bytes.buffer).setUint32(SEGMENT_HEADER_BYTES - 4, crc32(bytes.subarray(0, SEGMENT_HEADER_BYTES - 4)))
    const forged = readHeader(bytes, crc32)
    if (typeof forged === "string") return false
    deepStrictEqual(readHeader(encodeHeader(forged, crc32), crc32), forged)
    return true
  }
  fuzz(t, 705, { corpus: [whole], decode, inGate: 20_000 })
  t.end()
})

/** Bodies of batches, one behind the other, in a file that is larger. */
function segmentOf(bodies: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(3072)
  bytes.set(encodeHeader(HEADER, crc32))
  let [at, chain] = [SEGMENT_HEADER_BYTES, HEADER.chain]
  for (const [index, body] of bodies.entries()) {
    const frame = encodeFrame([body], { batch: index + 1, chain }, { fileId: HEADER.fileId, at }, crc32)
    bytes.set(frame.bytes, at)
    at += frame.bytes.length
    chain = frame.check
  }
  return bytes
}

test("no damage makes a batch of a segment another one, or brings one that was not there", (t) => {
  const bodies = [300, 5, 700, 64].map((length, at) => new Uint8Array(length).fill(at + 1))
  const decode = (bytes: Uint8Array): boolean => {
    // Nobody looks for batches behind half a head.
    if (bytes.length < SEGMENT_HEADER_BYTES) return false
    const { batches, ends, at } = scanSegment(bytes, HEADER, crc32)
    ok(batches.length <= bodies.length && at <= bytes.length)
    for (const [index, { body }] of batches.entries()) deepStrictEqual(body, bodies[index])
    return ends !== "damaged"
  }
  fuzz(t, 706, { corpus: [segmentOf(bodies)], decode, inGate: 10_000 })
  t.end()
})

/** A directory of its own: one remembers all that was ever done to it. */
function emptyFiles(): SimFiles {
  const files = new SimFiles(1)
  files.make()
  return files
}

test("no damage makes a chunk of a snapshot another one, and all of it is sound or none", (t) => {
  const meta = metaOf(30, 4)
  const chunks = [Uint8Array.of(1, 2, 3), new Uint8Array(500).fill(9), new Uint8Array(1)]
  const written = emptyFiles()
  const writer = new SnapshotFileWriter(written, snapshotName(meta), meta)
  for (const chunk of chunks) writer.append(chunk)
  writer.end()
  const whole = written.bytesOf(snapshotName(meta))
  const decode = (bytes: Uint8Array): boolean => {
    const files = emptyFiles()
    files.create(snapshotName(meta)).write(0, bytes)
    const isSame = Buffer.from(bytes).equals(whole)
    equal(typeof checkSnapshot(files, meta) !== "string", isSame)
    const reader = new SnapshotFileReader(files, snapshotName(meta))
    let piece = reader.begin() === "end" ? reader.next() : "damaged"
    let pieces = 0
    for (; typeof piece !== "string"; piece = reader.next()) deepStrictEqual(piece, chunks[pieces++])
    reader.close()
    return pieces > 0
  }
  fuzz(t, 707, { corpus: [whole], decode, inGate: 4000 })
  t.end()
})
