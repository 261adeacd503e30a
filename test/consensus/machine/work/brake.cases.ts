import { test } from "tap"
import { PoolStage } from "./pool.ts"

function crew(size: number): { stage: PoolStage; members: readonly ReturnType<PoolStage["join"]>[] } {
  const stage = new PoolStage()
  stage.configure({ partitions: 40, restartGraceMs: 0 })
  const members = Array.from({ length: size }, (_, at) => stage.join(at + 1, { id: `w${at + 1}` }))
  stage.plan()
  return { stage, members }
}

test("where three workers and more than 30 % are lost within a minute what they had waits for them", (t) => {
  const { stage, members } = crew(8)
  for (const { session } of members.slice(0, 2)) stage.end(session, { cause: "exited" })
  t.equal(stage.machine.pool("p")?.pool.brake, undefined, "a quarter is not")
  stage.plan()
  stage.end(members[2]?.session as never, { cause: "exited" })
  t.match(stage.machine.pool("p"), { pool: { brake: { of: 8, untilMs: 300_000 } }, missing: 3 })
  const waiting = Object.entries(stage.owners).flatMap(([item, owner]) => (owner === undefined ? [item] : []))
  t.ok(waiting.length > 0)
  stage.plan()
  t.ok(waiting.every((item) => stage.item(item).target === "w3"))
  stage.join(20, { id: "w3" })
  stage.join(21, { id: "w1" })
  t.equal(stage.machine.pool("p")?.pool.brake, undefined, "enough are back")
  stage.plan()
  t.equal(stage.machine.pool("p")?.book?.counts.free, 0)
  t.end()
})

test("who has not come back in five minutes is not waited for", (t) => {
  const { stage, members } = crew(6)
  stage.configure({ restartGraceMs: 30_000 })
  stage.end(members[0]?.session as never, { cause: "exited" })
  for (const { session } of members.slice(1, 4)) stage.end(session, { cause: "exited" })
  stage.pass(30_000)
  t.ok((stage.machine.pool("p")?.book?.counts.free ?? 0) > 20, "also what was to wait shorter")
  stage.plan()
  t.ok((stage.machine.pool("p")?.book?.counts.free ?? 0) > 20)
  stage.pass(269_999)
  t.not(stage.machine.pool("p")?.pool.brake, undefined)
  stage.pass(1)
  t.equal(stage.machine.pool("p")?.pool.brake, undefined)
  stage.plan()
  t.equal(stage.machine.pool("p")?.book?.counts.free, 0)
  t.end()
})

test("losses more than a minute apart are not one event, and those of a minute are remembered in few", (t) => {
  const { stage, members } = crew(8)
  for (const { session } of members.slice(0, 6)) {
    stage.end(session, { cause: "exited" })
    stage.pass(45_000)
  }
  t.equal(stage.machine.pool("p")?.pool.brake, undefined)
  t.ok((stage.machine.pool("p")?.pool.losses.length ?? 0) <= 2)
  t.end()
})

test("workers that leave of themselves are no loss", (t) => {
  const { stage, members } = crew(8)
  for (const { session } of members.slice(0, 6)) stage.end(session, { cause: "closed" })
  t.equal(stage.machine.pool("p")?.pool.brake, undefined)
  t.end()
})
