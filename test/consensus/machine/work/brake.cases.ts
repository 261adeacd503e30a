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
  stage.join(19, { id: "w9" })
  t.match(stage.machine.pool("p"), { pool: { brake: { of: 8 } }, missing: 3 }, "a newcomer is not one of those")
  t.match(stage.machine.listNames("work", "").step(1000), [{ pool: { missing: 3 } }], "and a list says the same")
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

test("a worker that is lost again and again is missing once at most, and not at all when it is back", (t) => {
  const { stage, members } = crew(6)
  let last = members[5]?.session
  for (let number = 10; number < 20; number++) {
    stage.pass(1000)
    stage.end(last as never, { cause: "exited" })
    last = stage.join(number, { id: "w6" }).session
    stage.plan()
  }
  t.match(stage.machine.pool("p")?.pool, { brake: undefined, losses: [] })
  stage.end(last as never, { cause: "exited" })
  for (const { session } of members.slice(0, 1)) stage.end(session, { cause: "exited" })
  t.equal(stage.machine.pool("p")?.pool.brake, undefined, "two of six")
  t.end()
})

test("workers that crash one after the other and are back at once brake nothing, whoever they are", (t) => {
  for (const hasId of [true, false]) {
    const stage = new PoolStage()
    stage.configure({ partitions: 40, restartGraceMs: 0 })
    const id = (at: number): { id?: string } => (hasId ? { id: `w${at}` } : {})
    const members = Array.from({ length: 10 }, (_, at) => stage.join(at + 1, id(at)))
    stage.plan()
    for (const [at, { session }] of members.entries()) {
      stage.pass(2000)
      stage.end(session, { cause: "exited" })
      stage.join(20 + at, id(at))
      stage.plan()
    }
    t.match(stage.machine.pool("p"), { pool: { brake: undefined, losses: [] }, book: { counts: { free: 0 } } })
  }
  t.end()
})

test("what workers without an id of their own had is kept for whoever takes their place", (t) => {
  const stage = new PoolStage()
  stage.configure({ partitions: 8 })
  const members = Array.from({ length: 4 }, (_, at) => stage.join(at + 1))
  stage.plan()
  for (const { session } of members.slice(0, 3)) stage.end(session, { cause: "exited" })
  t.match(stage.machine.pool("p"), { pool: { brake: { of: 4 } }, missing: 3 })
  const kept = [...(stage.machine.pool("p")?.book?.items.values() ?? [])].filter(
    ({ keptUntilMs }) => keptUntilMs === 300_000,
  )
  t.ok(kept.length > 0 && kept.every(({ target }) => target === undefined))
  for (const number of [11, 12, 13]) stage.join(number)
  t.equal(stage.machine.pool("p")?.pool.brake, undefined)
  stage.plan()
  t.equal(stage.machine.pool("p")?.book?.counts.free, 0)
  t.end()
})

test("of very many that are missing the first are known by their ids and the others counted", (t) => {
  const stage = new PoolStage()
  stage.isChecked = false
  stage.configure({ partitions: 1 })
  const members = Array.from({ length: 400 }, (_, at) => stage.join(at + 1, { id: `w${at}` }))
  for (const { session } of members) stage.end(session, { cause: "exited" })
  t.match(stage.machine.pool("p"), { pool: { brake: { of: 400 } }, missing: 400 })
  t.equal(stage.machine.pool("p")?.pool.losses.length, 257)
  for (let number = 0; number < 339; number++) stage.join(1000 + number, { id: `w${399 - number}` })
  t.match(stage.machine.pool("p"), { pool: { brake: { of: 400 } }, missing: 61 })
  stage.join(2000, { id: "w0" })
  t.match(stage.machine.pool("p"), { pool: { brake: undefined }, missing: 0 })
  t.same(stage.machine.problems(), [])
  t.end()
})
