import { crc32 } from "node:zlib"
import type { NodeId } from "@conclave/base"
import { Random } from "@conclave/base"
import type { SimFiles } from "@conclave/sim/sim-files"
import type { ClosedReason } from "conclave/log-store"
import { frameBytes } from "conclave/wal/frame"
import { Refusal } from "conclave/wal/refusal"
import { scanSegment } from "conclave/wal/scan"
import { segmentName, segmentOf } from "conclave/wal/segment"
import { readSegments } from "conclave/wal/segment-chain"
import { encodeHeader, readHeader, SEGMENT_HEADER_BYTES, type SegmentHeader } from "conclave/wal/segment-header"
import { test } from "tap"
import { entryOf, hardState } from "./store-model.ts"
import { OWNER, openStage, type StoreStage } from "./store-stage.ts"

function filled(): StoreStage {
  const stage = openStage(4)
  const random = new Random(4)
  while (segmentsOf(stage.files).length < 4) {
    stage.writeRandom(random)
    stage.drain()
  }
  return stage
}

function segmentsOf(files: SimFiles): readonly number[] {
  const found = files.list().map(segmentOf)
  return found.filter((each) => each !== undefined).sort((a, b) => a - b)
}

function rewritten(files: SimFiles, segment: number, change: Partial<SegmentHeader>): void {
  const bytes = files.bytesOf(segmentName(segment))
  const header = readHeader(bytes, crc32)
  if (typeof header !== "string") bytes.set(encodeHeader({ ...header, ...change }, crc32))
}

function reasonOf(files: SimFiles, owner: NodeId = OWNER): ClosedReason | "readable" {
  try {
    readSegments(files, owner)
    return "readable"
  } catch (cause) {
    if (cause instanceof Refusal) return cause.reason
    throw cause
  }
}

test("all segments are read, and where each begins", (t) => {
  const stage = filled()
  const chain = readSegments(stage.files, OWNER)
  const segments = segmentsOf(stage.files)
  t.same(chain?.identity, { cluster: "c1", replica: "r1" })
  t.equal(chain?.contents.last, stage.model.entries.length)
  t.same([...(chain?.earlier ?? []).map(({ number }) => number), chain?.last.segment], segments)
  const bases = chain?.earlier.map(({ base }) => base) ?? []
  t.same(bases[0], 0)
  t.same(
    bases,
    [...bases].sort((a, b) => a - b),
  )
  t.end()
})

test("a log of another agent, of two replicas, in another directory or of a newer program stays closed", (t) => {
  const { files } = filled()
  const first = segmentsOf(files)[0] as number
  t.equal(reasonOf(files), "readable")
  t.equal(reasonOf(files, "baaaaaaaaaaaaaaaaaaaaaaaaa" as NodeId), "copy")
  const two = files.copy(1)
  rewritten(two, first, { replica: "r2" as SegmentHeader["replica"] })
  t.equal(reasonOf(two), "damaged")
  const moved = files.copy(1)
  moved.moved()
  t.equal(reasonOf(moved), "data-directory-moved")
  const unknown = files.copy(1)
  unknown.moved()
  rewritten(unknown, segmentsOf(files).at(-1) as number, { inode: "" })
  t.equal(reasonOf(unknown), "readable", "where inodes mean nothing they are not compared")
  t.end()
})

test("a segment that is missing, renamed or exchanged is missed", (t) => {
  const { files } = filled()
  const [first = 0, second = 0, third = 0] = segmentsOf(files)
  const last = segmentsOf(files).at(-1) as number
  const missing = files.copy(1)
  missing.remove(segmentName(last))
  t.equal(reasonOf(missing), "damaged", "the one before it is sealed")
  const renamed = files.copy(1)
  renamed.rename(segmentName(third), segmentName(second))
  t.equal(reasonOf(renamed), "damaged")
  const older = files.copy(1)
  older.bytesOf(segmentName(second)).fill(0, 600)
  t.equal(reasonOf(older), "damaged", "the end of one in the middle is gone")
  const unchained = files.copy(1)
  rewritten(unchained, second, { chain: 1 })
  t.equal(reasonOf(unchained), "damaged")
  t.ok(first < second)
  t.end()
})

test("the last batch of a segment is missed also where the next one would follow on without it", (t) => {
  const stage = openStage(1)
  const write = (term: number, from: number | undefined, index: number, bytes: number): void => {
    const entries = [entryOf(index, term, new Uint8Array(bytes))]
    const cut = from === undefined ? {} : { truncateFrom: entryOf(from, 1, new Uint8Array(0)).index }
    stage.write((number, epoch) => ({ write: number, epoch, ...cut, entries, hardState: hardState(2, undefined, 0) }))
    stage.drain()
  }
  write(1, undefined, 1, 10)
  write(2, 1, 1, 10)
  write(2, undefined, 2, 1500)
  const first = stage.files.bytesOf(segmentName(1))
  const header = readHeader(first, crc32)
  t.equal(segmentsOf(stage.files).length, 2)
  const kept = typeof header === "string" ? [] : scanSegment(first, header, crc32).batches.slice(0, 2)
  first.fill(
    0,
    kept.reduce((at, { body }) => at + frameBytes(body.length), SEGMENT_HEADER_BYTES),
  )
  t.equal(reasonOf(stage.files), "damaged")
  t.end()
})

test("what lies before a gap is left over", (t) => {
  const { files } = filled()
  const [first = 0, second = 0, third = 0] = segmentsOf(files)
  files.remove(segmentName(second))
  const chain = readSegments(files, OWNER)
  t.same(chain?.leftovers, [segmentName(first)])
  t.ok((chain?.contents.base ?? 0) > 0, "whether a snapshot reaches there is another's question")
  t.equal(chain?.earlier[0]?.number, third)
  t.end()
})
