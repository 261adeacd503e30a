import { Install } from "@conclave/consensus"
import { MACHINE_LIMITS } from "@conclave/consensus/machine/limits"
import { test } from "tap"
import { run } from "../stage.ts"
import { PoolStage } from "./pool.ts"

test("a state with work in it is the same after a snapshot, and goes on alike", (t) => {
  const stage = new PoolStage()
  stage.configure({ partitions: 20 })
  for (let number = 1; number <= 4; number++) stage.join(number, { id: `w${number}` })
  stage.plan()
  stage.settle("3", "failed")
  stage.askBack("4")
  stage.checkpoint("5", "7")
  stage.configure({ partitions: 18 })
  stage.configure({ partitions: 20 })
  t.not(stage.machine.tombstone("p", "19"), undefined)
  for (const number of [1, 2, 3])
    stage.end(stage.machine.name("work", "p").holders[0]?.session as never, { cause: number > 0 ? "exited" : "closed" })
  t.not(stage.machine.pool("p")?.pool.brake, undefined)
  const reader = stage.machine.snapshot()
  const install = new Install(MACHINE_LIMITS)
  for (let record = reader.next(); record !== undefined; record = reader.next()) t.ok(install.add(record))
  const copy = install.finish(stage.machine.appliedIndex)
  if (typeof copy === "string") throw new Error(copy)
  t.equal(copy.hash, stage.machine.hash)
  t.strictSame(copy.problems(), [])
  const before = stage.log.length
  stage.join(9, { id: "w9" })
  stage.plan()
  stage.pass(300_000)
  for (const { data, stampMs } of stage.log.slice(before)) run(copy, data, stampMs)
  t.equal(copy.hash, stage.machine.hash)
  t.end()
})
