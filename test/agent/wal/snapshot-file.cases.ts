import { SimFiles } from "@conclave/sim/sim-files"
import { SNAPSHOT_CHUNK_BYTES_MAX } from "conclave/log-store"
import {
  checkSnapshot,
  SnapshotFileReader,
  SnapshotFileWriter,
  snapshotName,
  snapshotOf,
} from "conclave/wal/snapshot-file"
import { test } from "tap"
import { metaOf } from "./store-model.ts"

const META = metaOf(30, 4)
const NAME = snapshotName(META)
const CHUNKS = [new Uint8Array([1, 2, 3]), new Uint8Array(500).fill(9), new Uint8Array(1)]

function written(chunks: readonly Uint8Array[] = CHUNKS): SimFiles {
  const files = new SimFiles(1)
  files.make()
  const writer = new SnapshotFileWriter(files, NAME, META)
  for (const chunk of chunks) writer.append(chunk)
  writer.end()
  return files
}

test("chunks read as they were written, then comes the end", (t) => {
  const reader = new SnapshotFileReader(written(), NAME)
  t.equal(reader.begin(), "end")
  t.same(reader.meta, META)
  for (const chunk of CHUNKS) t.same(reader.next(), chunk)
  t.equal(reader.next(), "end")
  t.same(checkSnapshot(written(), META), META)
  t.same(checkSnapshot(written([]), META), META, "also one of nothing")
  t.end()
})

test("what is not as it was written is never handed out", (t) => {
  const whole = written()
  const length = whole.bytesOf(NAME).length
  for (let at = 0; at < length; at++) {
    const flipped = whole.copy(1)
    const bytes = flipped.bytesOf(NAME)
    bytes[at] = (bytes[at] as number) ^ (1 << (at & 7))
    if (checkSnapshot(flipped, META) !== "damaged") t.fail(`byte ${at}`)
  }
  t.ok(length > 500)
  t.end()
})

test("a file that ends early, or late, or stands for something else is damaged", (t) => {
  const whole = written().bytesOf(NAME)
  for (const length of [0, 5, 40, whole.length - 1, whole.length + 1]) {
    const files = new SimFiles(1)
    files.make()
    const bytes = new Uint8Array(length)
    bytes.set(whole.subarray(0, length))
    files.create(NAME).write(0, bytes)
    t.equal(checkSnapshot(files, META), "damaged", `${length} of ${whole.length} bytes`)
  }
  const files = written()
  files.rename(NAME, snapshotName(metaOf(31, 4)))
  t.equal(checkSnapshot(files, metaOf(31, 4)), "damaged")
  t.end()
})

test("long snapshots are synced on the way; a chunk has its limits", (t) => {
  const files = new SimFiles(1)
  files.make()
  let syncs = 0
  files.before = (operation) => {
    if (operation === "sync") syncs++
  }
  const writer = new SnapshotFileWriter(files, NAME, META)
  for (let chunk = 0; chunk < 4; chunk++) writer.append(new Uint8Array(SNAPSHOT_CHUNK_BYTES_MAX))
  t.equal(syncs, 4)
  t.throws(() => writer.append(new Uint8Array(0)))
  t.throws(() => writer.append(new Uint8Array(SNAPSHOT_CHUNK_BYTES_MAX + 1)))
  t.end()
})

test("a name says what a snapshot stands for", (t) => {
  t.same(snapshotOf(NAME), { index: 30, term: 4 })
  for (const name of ["snapshot-1.tmp", `${NAME}.tmp`, "wal-00000000000001.log"]) t.equal(snapshotOf(name), undefined)
  t.end()
})
