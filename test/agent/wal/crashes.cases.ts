import { Random } from "@conclave/base"
import { SimFiles, SystemError } from "@conclave/sim/sim-files"
import { test } from "tap"
import { openStage, StoreStage } from "./store-stage.ts"

/** A few of everything that a store is asked for. */
function act(stage: StoreStage, random: Random, count: number): void {
  for (let done = 0; done < count && stage.failures.length === 0; done++) {
    const kind = random.below(12)
    if (kind < 8) for (let burst = random.below(3); burst >= 0; burst--) stage.writeRandom(random)
    else if (kind === 8) stage.takeForeignSnapshot(random)
    else if (kind === 9) stage.takeOwnSnapshot(random)
    if (random.chance(1, 3)) stage.turn()
    else stage.drain()
  }
}

/** A start after a crash; the crash may come again while it reads. */
function reopen(stage: StoreStage): void {
  const opened = stage.start()
  if (opened === undefined) throw new Error("a store that nothing disturbs opens")
  if (opened.kind === "nothing") stage.create()
  stage.found(opened)
}

test("whatever comes in between, what was acknowledged is there and nothing is half there", (t) => {
  let marks = { cuts: 0, kills: 0, twice: 0, lost: 0 }
  for (let seed = 1; seed <= 100; seed++) {
    const random = new Random(seed)
    const stage = openStage(seed)
    for (let life = 0; life < 6; life++) {
      let left = random.below(120)
      stage.files.before = () => {
        if (left-- === 0) stage.files.kill()
      }
      act(stage, random, 12)
      stage.files.kill()
      const before = stage.writes
      const isCut = random.chance(1, 2)
      if (isCut) stage.files.powerCut()
      else stage.files.restart()
      marks = isCut ? { ...marks, cuts: marks.cuts + 1 } : { ...marks, kills: marks.kills + 1 }
      // The start itself may be cut short.
      if (random.chance(1, 3)) {
        let reads = random.below(20)
        stage.files.before = () => {
          if (reads-- === 0) stage.files.kill()
        }
        const opened = stage.start()
        if (opened?.kind === "open") stage.found(opened)
        stage.files.kill()
        stage.files.powerCut()
        marks.twice++
      }
      reopen(stage)
      if (stage.writes < before) marks.lost++
      // What a start has told is durable (R52): not even a power cut in the same moment takes it back.
      stage.files.kill()
      stage.files.powerCut()
      reopen(stage)
    }
  }
  for (const [mark, times] of Object.entries(marks)) t.ok(times > 9, `${mark}: ${times}`)
  t.end()
})

test("a process that dies at any call of the system leaves a log that goes on", (t) => {
  const script = (stage: StoreStage): void => act(stage, new Random(5), 40)
  const whole = openStage(5)
  let calls = 0
  whole.files.before = () => calls++
  script(whole)
  t.ok(calls > 150, `${calls} calls`)
  for (let at = 0; at < calls; at++) {
    for (const isCut of [true, false]) {
      const stage = openStage(5 + at)
      let left = at
      stage.files.before = () => {
        if (left-- === 0) stage.files.kill()
      }
      script(stage)
      stage.files.kill()
      if (isCut) stage.files.powerCut()
      else stage.files.restart()
      reopen(stage)
      stage.writeRandom(new Random(at))
      stage.drain()
      t.equal(stage.acked, stage.writes, "and takes the next write")
    }
  }
  t.end()
})

test("a sync that fails is not forgotten by a restart: what is read back is written anew", (t) => {
  for (let seed = 1; seed <= 60; seed++) {
    const stage = openStage(seed)
    const random = new Random(seed)
    act(stage, random, 6)
    stage.drain()
    stage.files.before = (operation) => {
      if (operation === "sync") throw new SystemError("EIO")
    }
    stage.writeRandom(random)
    stage.drain()
    t.equal(stage.failures.length, 1)
    stage.files.kill()
    stage.files.restart()
    reopen(stage)
    stage.files.kill()
    stage.files.powerCut()
    reopen(stage)
  }
  t.end()
})

test("one run of a seed is like another", (t) => {
  const run = (): readonly number[] => {
    const stage = new StoreStage(new SimFiles(9))
    stage.start()
    stage.create()
    act(stage, new Random(9), 30)
    return stage.files.list().map((name) => stage.files.crc32(stage.files.bytesOf(name)))
  }
  t.same(run(), run())
  t.end()
})
