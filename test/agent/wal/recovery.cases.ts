import { Random } from "@conclave/base"
import { type SimFiles, SystemError } from "@conclave/sim/sim-files"
import type { Opened } from "conclave/log-store"
import { recover } from "conclave/wal/recovery"
import { Refusal } from "conclave/wal/refusal"
import { segmentOf } from "conclave/wal/segment"
import { snapshotName, snapshotOf } from "conclave/wal/snapshot-file"
import { test } from "tap"
import { entryOf, hardState, metaOf } from "./store-model.ts"
import { OWNER, openStage, SMALL, type StoreStage } from "./store-stage.ts"

/** Two snapshots, and a log that begins behind the older one. */
function filled(): StoreStage {
  const stage = openStage(2)
  const random = new Random(2)
  const snapshots = (): number => stage.files.list().filter((name) => snapshotOf(name) !== undefined).length
  while (snapshots() < 2 || stage.files.list().some((name) => segmentOf(name) === 1)) {
    stage.writeRandom(random)
    stage.drain()
    stage.takeOwnSnapshot(random)
    stage.drain()
  }
  return stage
}

function newest(files: SimFiles): string {
  return files
    .list()
    .filter((name) => snapshotOf(name) !== undefined)
    .sort()
    .at(-1) as string
}

function openedFrom(files: SimFiles): Extract<Opened, { kind: "open" }> | undefined {
  return recover(files, OWNER, SMALL)?.opened
}

test("the newest snapshot and the entries behind it are what is opened", (t) => {
  const stage = filled()
  stage.found(openedFrom(stage.files) as Opened)
  t.equal(stage.snapshot, snapshotOf(newest(stage.files))?.index)
  t.end()
})

test("a rotten snapshot is stood in for by the one before it, and said", (t) => {
  const stage = filled()
  const bytes = stage.files.bytesOf(newest(stage.files))
  bytes[bytes.length - 20] = (bytes[bytes.length - 20] as number) ^ 1
  const opened = openedFrom(stage.files)
  t.match(opened?.remarks, [/^snapshot-.* is damaged/])
  stage.snapshot = 0
  stage.found(opened as Opened)
  t.ok(stage.snapshot < (snapshotOf(newest(stage.files))?.index ?? 0))
  t.end()
})

test("a rotten one is none of the two that stay", (t) => {
  const stage = filled()
  const rot = (): void => {
    const bytes = stage.files.bytesOf(newest(stage.files))
    bytes[bytes.length - 20] = (bytes[bytes.length - 20] as number) ^ 1
  }
  rot()
  const rotten = newest(stage.files)
  stage.snapshot = 0
  stage.found(stage.start() as Opened)
  const stood = stage.snapshot
  const random = new Random(3)
  while (newest(stage.files) === rotten) {
    stage.writeRandom(random)
    stage.drain()
    stage.takeOwnSnapshot(random)
    stage.drain()
  }
  t.notOk(stage.files.list().includes(rotten), "it goes with the next one")
  rot()
  stage.snapshot = 0
  stage.found(openedFrom(stage.files) as Opened)
  t.equal(stage.snapshot, stood, "the one before both")
  t.end()
})

test("so is one that the disk does not read any more", (t) => {
  const stage = filled()
  const unreadable = newest(stage.files)
  stage.files.before = (operation, name) => {
    if (operation === "read" && name === unreadable) throw new SystemError("EIO")
  }
  stage.snapshot = 0
  stage.found(openedFrom(stage.files) as Opened)
  t.ok(stage.snapshot > 0 && stage.snapshot < (snapshotOf(unreadable)?.index ?? 0))
  t.end()
})

test("without a snapshot that reaches the log it stays closed", (t) => {
  const { files } = filled()
  for (const name of files.list().filter((each) => snapshotOf(each) !== undefined)) files.remove(name)
  t.throws(() => openedFrom(files), { reason: "damaged", message: /no sound snapshot/ })
  const alone = filled().files
  for (const name of alone.list().filter((each) => segmentOf(each) !== undefined)) alone.remove(name)
  t.throws(() => openedFrom(alone), { reason: "damaged", message: /the log is missing/ })
  t.end()
})

test("a snapshot that was sent and never taken over goes", (t) => {
  const stage = filled()
  const meta = metaOf(stage.model.hardState.commit + 50, stage.model.hardState.term)
  t.ok(stage.takeSnapshot(meta, [new Uint8Array(1)]))
  stage.found(openedFrom(stage.files) as Opened)
  t.notOk(stage.files.list().includes(snapshotName(meta)))
  t.end()
})

test("what came before a foreign snapshot is void, though a crash left it there again and again", (t) => {
  const stage = openStage(3)
  const random = new Random(3)
  while (stage.files.list().every((name) => segmentOf(name) !== 4)) {
    stage.writeRandom(random)
    stage.drain()
  }
  const killAtRemoval = (): void => {
    stage.files.restart()
    stage.files.before = (operation, name) => {
      if (operation === "remove" && segmentOf(name) !== undefined) stage.files.kill()
    }
  }
  killAtRemoval()
  stage.takeForeignSnapshot(random)
  stage.drain()
  for (let start = 0; start < 2; start++) {
    killAtRemoval()
    stage.start()
  }
  stage.files.restart()
  stage.found(stage.start() as Opened)
  t.same([stage.model.base.index, stage.model.entries], [stage.snapshot, []])
  t.same(stage.files.list().filter((name) => segmentOf(name) !== undefined).length, 1)
  t.end()
})

test("an opened log is in a new segment, and nothing unfinished is left", (t) => {
  const stage = filled()
  const before = stage.files.list().map(segmentOf)
  stage.found(openedFrom(stage.files) as Opened)
  const after = stage.files.list().map(segmentOf)
  t.ok(Math.max(...after.map(Number).filter(Number.isFinite)) > Math.max(...before.map(Number).filter(Number.isFinite)))
  t.notOk(stage.files.list().some((name) => name.endsWith(".tmp")))
  t.end()
})

test("what contradicts itself is damage, not a replica that stops at once", (t) => {
  const entries = [entryOf(1, 2, new Uint8Array(1))]
  for (const state of [hardState(2, undefined, 5), hardState(1, undefined, 0)]) {
    const stage = openStage()
    stage.client.persist({ write: 1, epoch: 0, entries, hardState: state })
    stage.drain()
    t.throws(() => openedFrom(stage.files), Refusal)
  }
  t.end()
})

test("an empty directory holds nothing, nor does one in which a founding was cut short", (t) => {
  const stage = openStage()
  const empty = stage.files.copy(1)
  for (const name of empty.list()) empty.remove(name)
  t.equal(recover(empty, OWNER, SMALL), undefined)
  empty.create("segment-1.tmp")
  t.equal(recover(empty, OWNER, SMALL), undefined)
  t.end()
})
