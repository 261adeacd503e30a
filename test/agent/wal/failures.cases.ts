import { Random } from "@conclave/base"
import { type FileOperation, SystemError } from "@conclave/sim/sim-files"
import { test } from "tap"
import { metaOf } from "./store-model.ts"
import { openStage, type StoreStage } from "./store-stage.ts"

const CALLS: readonly FileOperation[] = ["create", "write", "sync", "rename", "syncNames", "remove"]

function act(stage: StoreStage, random: Random): void {
  for (let write = 0; write < 40; write++) {
    stage.writeRandom(random)
    stage.drain()
    if (write % 5 === 4) stage.takeOwnSnapshot(random)
  }
}

test("the first call that fails ends the store, and a new replica may begin", (t) => {
  for (const call of CALLS) {
    let times = 0
    const whole = openStage(1)
    whole.files.before = (operation) => {
      if (operation === call) times++
    }
    act(whole, new Random(1))
    t.ok(times > 1, `${call} is called`)
    for (let at = 0; at < times; at++) {
      const stage = openStage(1)
      let left = at
      stage.files.before = (operation) => {
        if (operation === call && left-- === 0) throw new SystemError("EIO")
      }
      act(stage, new Random(1))
      // The stage itself refuses acknowledgements behind the failure.
      t.same(stage.failures, ["EIO: simulated"], `${call} ${at}`)
      t.equal(stage.client.waitingSince, undefined)
      t.notOk(stage.takeSnapshot(metaOf(9, 1), [new Uint8Array(1)]), "no snapshot either")
      t.same(
        stage.result((done) => stage.client.retire(done)),
        { ok: true },
      )
      t.same(stage.create(), { ok: true })
      stage.models.length = 1
      stage.acked = 0
    }
  }
  t.end()
})

test("a full disk is known early, costs nothing, and is left when there is room again", (t) => {
  for (let seed = 1; seed <= 10; seed++) {
    const stage = openStage(seed, { leastBytes: 32_768, mostBytes: 65_536 })
    const random = new Random(seed)
    for (let write = 0; write < 10; write++) stage.writeRandom(random)
    stage.drain()
    stage.files.capacityBytes = stage.files.usedBytes
    const rooms = new Set<string>()
    for (let write = 0; stage.client.waitingSince === undefined && write < 500; write++) {
      rooms.add(stage.client.room)
      stage.writeRandom(random)
      stage.drain()
    }
    t.ok(rooms.has("low"), "new work could have been refused before a write had to wait")
    t.equal(stage.client.room, "full")
    t.ok(stage.acked < stage.writes)
    t.notOk(stage.takeSnapshot(metaOf(stage.acked, 1), [new Uint8Array(100_000)]), "no room for a snapshot")
    stage.ask({ kind: "retry" })
    stage.drain()
    t.equal(stage.client.room, "full", "asking again changes nothing")
    stage.files.capacityBytes = Number.POSITIVE_INFINITY
    stage.ask({ kind: "retry" })
    stage.drain()
    t.equal(stage.acked, stage.writes)
    t.equal(stage.client.room, "ok")
    t.same(stage.failures, [])
    stage.files.kill()
    stage.files.powerCut()
    const opened = stage.start()
    if (opened !== undefined) stage.found(opened)
  }
  t.end()
})

/**
 * A log that has no room for another segment, nor for the same bytes once more: others have taken what it gave back.
 */
function filled(seed: number): { stage: StoreStage; random: Random } {
  const stage = openStage(seed)
  const random = new Random(seed)
  for (let write = 0; write < 10; write++) stage.writeRandom(random)
  stage.drain()
  stage.files.capacityBytes = stage.files.usedBytes
  while (stage.client.room === "ok") {
    stage.writeRandom(random)
    stage.drain()
  }
  stage.files.capacityBytes = stage.files.usedBytes
  return { stage, random }
}

test("a log on a full disk opens again, and takes what there is place for", (t) => {
  let taken = 0
  for (let seed = 1; seed <= 60; seed++) {
    const { stage, random } = filled(seed)
    for (let life = 0; life < 3; life++) {
      const before = stage.acked
      stage.writeRandom(random)
      if (random.chance(1, 2)) stage.drain()
      else for (let turns = random.below(3); turns > 0; turns--) stage.turn()
      taken += stage.acked - before
      stage.files.kill()
      if (random.chance(1, 2)) stage.files.powerCut()
      else stage.files.restart()
      const opened = stage.start()
      t.equal(opened?.kind, "open", JSON.stringify(opened))
      if (opened !== undefined) stage.found(opened)
      t.not(stage.client.room, "ok")
    }
    stage.files.capacityBytes = Number.POSITIVE_INFINITY
    stage.ask({ kind: "retry" })
    stage.writeRandom(random)
    stage.drain()
    t.equal(stage.acked, stage.writes)
  }
  t.ok(taken > 20, `${taken} were taken on a full disk`)
  t.end()
})

/** A batch is cut short wherever a power cut leaves it, and the start that follows at each of its calls. */
test("a start on a full disk may be ended at any of its calls, by a power cut too", (t) => {
  let torn = 0
  for (let seed = 1; seed <= 40; seed++) {
    for (let at = 0; ; at++) {
      const { stage, random } = filled(seed)
      let isOver = false
      stage.files.before = (operation) => {
        if (operation === "sync") stage.files.kill()
      }
      stage.writeRandom(random)
      stage.drain()
      stage.files.kill()
      stage.files.powerCut()
      let left = at
      stage.files.before = () => {
        if (left-- === 0) stage.files.kill()
      }
      const first = stage.start()
      if (first?.kind === "open") {
        isOver = left >= 0
        stage.found(first)
        if (first.remarks.length > 0) torn++
      }
      stage.files.kill()
      stage.files.powerCut()
      const opened = stage.start()
      if (opened !== undefined) stage.found(opened)
      t.equal(opened?.kind, "open", JSON.stringify(opened))
      if (isOver) break
    }
  }
  t.ok(torn > 5, `${torn} torn batches`)
  t.end()
})
