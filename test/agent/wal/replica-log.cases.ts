import { SimFiles } from "@conclave/sim/sim-files"
import { encodeWrite } from "conclave/wal/records"
import { ReplicaLog } from "conclave/wal/replica-log"
import type { PersistRequest } from "conclave/wal/requests"
import { segmentOf } from "conclave/wal/segment"
import { test } from "tap"
import { entryOf, hardState, metaOf } from "./store-model.ts"
import { MINT, SMALL } from "./store-stage.ts"

function created(): { files: SimFiles; log: ReplicaLog } {
  const files = new SimFiles(1)
  return { files, log: ReplicaLog.create(files, SMALL, MINT) }
}

function requestOf(index: number, bytes: number): PersistRequest {
  const write = {
    write: index,
    epoch: 0,
    entries: [entryOf(index, 1, new Uint8Array(bytes))],
    hardState: hardState(1, undefined, 0),
  }
  return {
    ...{ kind: "persist", write: index, epoch: 0, records: encodeWrite(write), hardState: write.hardState },
    ...{ last: { index, term: 1 }, snapshot: undefined },
  }
}

const segmentsIn = (files: SimFiles): readonly number[] =>
  files
    .list()
    .map(segmentOf)
    .filter((each) => each !== undefined)

test("writes that wait together are one batch with one sync", (t) => {
  const { files, log } = created()
  let syncs = 0
  files.before = (operation) => {
    if (operation === "sync") syncs++
  }
  const waiting = [requestOf(1, 10), requestOf(2, 10), requestOf(3, 10)]
  t.equal(log.append(waiting)?.write, 3)
  t.equal(syncs, 1)
  t.same(waiting, [])
  t.equal(log.append([]), undefined)
  t.end()
})

test("what does not fit any more goes into the next batch and the next segment", (t) => {
  const { files, log } = created()
  const waiting = [requestOf(1, 500), requestOf(2, 500), requestOf(3, 500)]
  t.equal(log.append(waiting)?.write, 2)
  t.equal(segmentsIn(files).length, 1)
  t.equal(log.append(waiting)?.write, 3)
  t.equal(segmentsIn(files).length, 2)
  t.end()
})

test("each segment is twice as large as the one before, up to the most; one entry may exceed it", (t) => {
  const { files, log } = created()
  let index = 0
  while (segmentsIn(files).length < 6) log.append([requestOf(++index, 300)])
  const sizes = files
    .list()
    .filter((name) => segmentOf(name) !== undefined)
    .sort()
    .map((name) => files.bytesOf(name).length)
  t.same(sizes, [2048, 4096, 8192, 8192, 8192, 8192])
  t.equal(log.append([requestOf(++index, 20_000)])?.write, index)
  t.end()
})

test("the next segment is reserved in steps, before it is needed", (t) => {
  const { files, log } = created()
  t.ok(log.wantsReserve)
  while (log.wantsReserve) log.reserve()
  t.equal(files.list().length, 2)
  files.capacityBytes = files.usedBytes
  t.equal(log.append([requestOf(1, 1300)])?.write, 1)
  t.equal(log.append([requestOf(2, 1300)])?.write, 2, "a full disk does not meet it")
  t.equal(segmentsIn(files).length, 2)
  t.end()
})

test("segments go whole, and only those that are not needed", (t) => {
  const { files, log } = created()
  for (let index = 1; segmentsIn(files).length < 4; index++) log.append([requestOf(index, 600)])
  // Two entries in the first, five in the second.
  log.forget(1)
  t.equal(segmentsIn(files).length, 4)
  log.forget(2)
  t.equal(segmentsIn(files).length, 3)
  files.powerCut()
  t.equal(segmentsIn(files).length, 3, "durably")
  t.end()
})

test("a foreign snapshot makes all before it void", (t) => {
  const { files, log } = created()
  let index = 1
  for (; segmentsIn(files).length < 4; index++) log.append([requestOf(index, 600)])
  log.append([{ ...requestOf(index, 1), snapshot: metaOf(index, 1) }])
  t.equal(segmentsIn(files).length, 1)
  t.end()
})
