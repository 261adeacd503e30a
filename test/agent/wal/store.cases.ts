import { Random } from "@conclave/base"
import { EMPTY_SNAPSHOT } from "@conclave/consensus"
import { SystemError } from "@conclave/sim/sim-files"
import { test } from "tap"
import { entryOf, hardState, metaOf } from "./store-model.ts"
import { MINT, openStage } from "./store-stage.ts"

test("a founder's first entries are there from the first moment on", (t) => {
  const stage = openStage()
  stage.result((done) => stage.client.retire(done))
  const state = {
    hardState: hardState(1, undefined, 1),
    snapshot: EMPTY_SNAPSHOT,
    entries: [entryOf(1, 1, new Uint8Array(3))],
  }
  t.same(stage.create({ ...MINT, state }), { ok: true })
  stage.files.kill()
  stage.files.powerCut()
  t.match(stage.start(), { kind: "open", identity: { cluster: "c1", replica: "r1" }, stored: state, remarks: [] })
  t.end()
})

test("between two batches there is one piece of the rest, and never more", (t) => {
  const stage = openStage()
  const random = new Random(1)
  stage.writeRandom(random)
  stage.drain()
  const writer = stage.client.writeSnapshot(metaOf(1, 1))
  for (let chunk = 0; chunk < 5; chunk++) writer.append(new Uint8Array(9), () => {})
  let isDone = false
  writer.finish(() => {
    isDone = true
  })
  let pieces = 0
  for (; !isDone; pieces++) {
    stage.writeRandom(random)
    stage.turn()
    stage.turn()
    if (stage.acked !== stage.writes) t.fail(`a write waited for more than one piece, ${pieces}`)
  }
  t.ok(pieces > 10, `${pieces} pieces`)
  t.end()
})

test("a log under constant load has its next segment reserved in time", (t) => {
  const stage = openStage(1, { leastBytes: 2 ** 21, mostBytes: 2 ** 21 })
  const write = (): void =>
    stage.write((number, epoch) => {
      const entries = [entryOf(number, 1, new Uint8Array(100_000))]
      return { write: number, epoch, entries, hardState: hardState(1, undefined, 0) }
    })
  let turns = 0
  let most = 0
  for (let number = 0; number < 45; number++) {
    let writes = 0
    stage.files.before = (operation, name) => {
      // By the name that they were made under.
      if (operation === "write" && name.endsWith(".tmp")) writes++
    }
    write()
    for (; stage.acked < stage.writes; turns++) stage.turn()
    most = Math.max(most, writes)
  }
  t.ok(turns <= 60, `${turns} turns`)
  t.equal(most, 4, "a rotation waits for header, head, batch and one piece of the next, not for four of them")
  t.end()
})

test("a snapshot is read in the chunks that it was written in", (t) => {
  const stage = openStage()
  const chunks = [new Uint8Array([1]), new Uint8Array([2, 2])]
  t.ok(stage.takeSnapshot(metaOf(7, 1), chunks))
  t.same(stage.readSnapshot(metaOf(7, 1)), [...chunks.map((bytes) => ({ kind: "chunk", bytes })), { kind: "end" }])
  t.match(stage.readSnapshot(metaOf(8, 1)), [{ kind: "unreadable" }])
  stage.files.before = (operation) => {
    if (operation === "read") throw new SystemError("EIO")
  }
  t.match(stage.readSnapshot(metaOf(7, 1)), [{ kind: "unreadable" }])
  t.same(stage.failures, [], "which is no reason to stop writing")
  t.end()
})

test("a retired replica's files stay aside until they are discarded", (t) => {
  const stage = openStage()
  t.same(
    stage.result((done) => stage.client.retire(done)),
    { ok: true },
  )
  t.equal(stage.files.retired, 1)
  t.same(stage.create(), { ok: true })
  t.same(
    stage.result((done) => stage.client.discardRetired(done)),
    { ok: true },
  )
  t.equal(stage.files.retired, 0)
  stage.writeRandom(new Random(1))
  stage.drain()
  t.equal(stage.acked, 1)
  t.end()
})

test("what a disk refuses at the start or at a founding is said, and tried again", (t) => {
  const stage = openStage()
  stage.files.before = (operation) => {
    if (operation === "open" || operation === "rename") throw new SystemError("EACCES")
  }
  t.match(stage.start(), { kind: "closed", reason: "io-error", message: "EACCES: simulated", identity: undefined })
  t.match(
    stage.result((done) => stage.client.retire(done)),
    { ok: false },
  )
  stage.files.before = () => {}
  t.same(
    stage.result((done) => stage.client.retire(done)),
    { ok: true },
  )
  stage.files.capacityBytes = 100
  t.match(stage.create(), { ok: false, message: "ENOSPC: simulated" })
  stage.files.capacityBytes = 1e6
  t.same(stage.create(), { ok: true })
  t.end()
})

test("close writes what was handed over", (t) => {
  const stage = openStage()
  stage.writeRandom(new Random(1))
  let isClosed = false
  stage.client.close(() => {
    isClosed = true
  })
  stage.drain()
  t.ok(isClosed)
  t.equal(stage.acked, 1)
  t.end()
})
