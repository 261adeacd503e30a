import { SimFiles } from "@conclave/sim/sim-files"
import type { StoreResult } from "conclave/log-store"
import { snapshotName } from "conclave/wal/snapshot-file"
import { Snapshots } from "conclave/wal/snapshots"
import { test } from "tap"
import { metaOf } from "./store-model.ts"

function empty(): { files: SimFiles; snapshots: Snapshots } {
  const files = new SimFiles(1)
  files.make()
  return { files, snapshots: new Snapshots(files, []) }
}

let numbers = 0

function take(snapshots: Snapshots, index: number): StoreResult {
  const number = ++numbers
  snapshots.begin(number, metaOf(index, 1))
  snapshots.append(number, new Uint8Array([index]))
  for (;;) {
    const result = snapshots.finish(number)
    if (result !== undefined) return result
  }
}

test("a snapshot has its name once it is durable and was read back", (t) => {
  const { files, snapshots } = empty()
  t.same(take(snapshots, 5), { ok: true })
  files.powerCut()
  t.same(files.list(), [snapshotName(metaOf(5, 1))])
  t.end()
})

test("what is read back otherwise than it was written is the end of the store", (t) => {
  const { files, snapshots } = empty()
  snapshots.begin(1, metaOf(5, 1))
  snapshots.append(1, new Uint8Array(100).fill(1))
  const name = files.list()[0] as string
  files.before = (operation) => {
    if (operation === "open") files.bytesOf(name)[150] = 2
  }
  t.throws(() => {
    while (snapshots.finish(1) === undefined);
  }, /not read as it was written/)
  t.end()
})

test("the two newest stay, and the log behind the older of them", (t) => {
  const { files, snapshots } = empty()
  take(snapshots, 5)
  t.equal(snapshots.keep(metaOf(5, 1)), 0, "with one alone the log stays whole")
  take(snapshots, 9)
  t.equal(snapshots.keep(metaOf(9, 1)), 5)
  take(snapshots, 12)
  t.equal(snapshots.keep(metaOf(12, 1)), 9)
  files.powerCut()
  t.same(
    [...files.list()].sort(),
    [9, 12].map((index) => snapshotName(metaOf(index, 1))),
  )
  t.equal(snapshots.keep(metaOf(99, 1)), 0, "one that is not here frees nothing")
  take(snapshots, 20)
  t.equal(snapshots.keep(metaOf(12, 1)), 9, "one that a leader sent and that is not in use yet does not count")
  t.end()
})

test("one that is taken again where a damaged one lies is kept, and not taken for damaged", (t) => {
  const { files, snapshots } = empty()
  take(snapshots, 5)
  take(snapshots, 9)
  const later = new Snapshots(files, [metaOf(5, 1)], [metaOf(9, 1)])
  take(later, 9)
  t.equal(later.keep(metaOf(9, 1)), 5)
  t.ok(files.list().includes(snapshotName(metaOf(9, 1))))
  t.end()
})

test("a full disk ends the one that is written, and takes no place", (t) => {
  const { files, snapshots } = empty()
  take(snapshots, 5)
  files.capacityBytes = files.usedBytes + 300
  snapshots.begin(1, metaOf(6, 1))
  t.ok(snapshots.append(1, new Uint8Array(100)).ok)
  t.notOk(snapshots.append(1, new Uint8Array(1000)).ok)
  t.notOk(snapshots.append(1, new Uint8Array(1)).ok, "and it stays ended")
  t.notOk(snapshots.finish(1)?.ok)
  t.equal(files.list().length, 1)
  files.capacityBytes = files.usedBytes
  snapshots.begin(2, metaOf(6, 1))
  t.notOk(snapshots.append(2, new Uint8Array(1)).ok)
  t.equal(files.list().length, 1)
  t.end()
})

test("one that is given up leaves nothing, at whatever point", (t) => {
  const { files, snapshots } = empty()
  snapshots.begin(1, metaOf(6, 1))
  snapshots.abort(1)
  snapshots.begin(2, metaOf(6, 1))
  snapshots.append(2, new Uint8Array(1))
  t.equal(snapshots.finish(2), undefined, "still reading back")
  snapshots.close()
  snapshots.abort(3)
  t.same(files.list(), [])
  t.end()
})

test("several are read at a time, each to its end; one that is not here is not readable", (t) => {
  const { snapshots } = empty()
  take(snapshots, 5)
  snapshots.beginReading(1, metaOf(5, 1))
  snapshots.beginReading(2, metaOf(5, 1))
  snapshots.beginReading(3, metaOf(5, 2))
  for (const reading of [1, 2]) t.same(snapshots.read(reading), { kind: "chunk", bytes: new Uint8Array([5]) })
  for (const reading of [1, 2]) t.same(snapshots.read(reading), { kind: "end" })
  t.match(snapshots.read(3), { kind: "unreadable" })
  snapshots.endReading(1)
  t.match(snapshots.read(1), { kind: "unreadable" })
  t.end()
})
