import type { Generation } from "@conclave/base"
import { KeptGeneration } from "conclave/gossip/kept-generation"
import type { DiskResult } from "conclave/ports"
import { test } from "tap"
import { FakeClock } from "../fake-clock.ts"
import { clockOf } from "../fake-links.ts"

const FULL: DiskResult = { ok: false, code: "ENOSPC", message: "no space left on device" }

class Stage {
  readonly time: FakeClock = new FakeClock()
  readonly asked: number[] = []
  readonly answers: ((result: DiskResult) => void)[] = []
  readonly kept: KeptGeneration = new KeptGeneration(
    {
      raiseGeneration: (generation, done) => {
        this.asked.push(generation)
        this.answers.push(done)
      },
    },
    7 as Generation,
    clockOf(this.time),
  )

  answer(result: DiskResult): void {
    this.answers.shift()?.(result)
  }
}

test("a generation is kept when the disk has said so, and what it refuses is tried again", (t) => {
  const stage = new Stage()
  const told: DiskResult[] = []
  stage.kept.keep((result) => told.push(result))
  t.notOk(stage.kept.isKept)
  stage.answer(FULL)
  t.same(told, [FULL])
  stage.time.advance(4999)
  t.same(stage.asked, [7])
  stage.time.advance(1)
  stage.answer(FULL)
  stage.time.advance(5000)
  t.same(stage.asked, [7, 7, 7])
  stage.answer({ ok: true })
  t.ok(stage.kept.isKept)
  t.equal(told.length, 1)
  stage.time.advance(60_000)
  t.equal(stage.asked.length, 3)
  t.end()
})

test("a later one in the middle of a life is not kept before it is on disk itself", (t) => {
  const stage = new Stage()
  stage.kept.keep(() => {})
  stage.answer({ ok: true })
  stage.kept.raise(50 as Generation)
  t.notOk(stage.kept.isKept)
  stage.answer({ ok: true })
  t.ok(stage.kept.isKept)
  stage.kept.raise(60 as Generation)
  stage.answer(FULL)
  stage.kept.stop()
  stage.time.advance(60_000)
  t.equal(stage.asked.length, 3, "nothing is tried after the end")
  t.end()
})
