import type { NodeId } from "@conclave/base"
import { Remembered } from "conclave/gossip/remembered"
import { test } from "tap"
import { idOf } from "../../swim/stage.ts"
import { FakeClock } from "../fake-clock.ts"

interface Scene {
  readonly clock: FakeClock
  readonly remembered: Remembered
  readonly forgotten: NodeId[]
  readonly asked: (readonly NodeId[])[]
  readonly held: Set<NodeId>
  /** Says whether another member lives. */
  readonly company: (isThere: boolean) => void
}

function scene(...members: readonly number[]): Scene {
  const clock = new FakeClock()
  const held = new Set<NodeId>()
  const forgotten: NodeId[] = []
  const asked: (readonly NodeId[])[] = []
  let isAlone = true
  const remembered = new Remembered({
    clock,
    ids: members.map(idOf),
    isAlone: () => isAlone,
    isHeld: (id) => held.has(id),
    ask: (ids) => asked.push(ids),
    forget: (id) => forgotten.push(id),
  })
  const company = (isThere: boolean): void => {
    isAlone = !isThere
    remembered.changed()
  }
  return { clock, remembered, forgotten, asked, held, company }
}

test("of whom nobody has spoken in ten minutes of company is forgotten, nobody else and not before", (t) => {
  const { clock, remembered, forgotten, held, company } = scene(1, 2, 3)
  company(true)
  remembered.spokenOf([idOf(1), idOf(7)])
  held.add(idOf(2))
  clock.advance(599_999)
  t.same(forgotten, [])
  clock.advance(1)
  t.same(forgotten, [idOf(3)])
  company(false)
  company(true)
  clock.advance(6_000_000)
  t.same(forgotten, [idOf(3)], "once")
  t.end()
})

test("who is alone forgets nobody, for however long, and company counts from when it came", (t) => {
  const { clock, forgotten, company } = scene(1)
  for (let each = 0; each < 100; each++) clock.advance(600_000)
  company(true)
  clock.advance(599_999)
  company(false)
  company(true)
  clock.advance(599_999)
  company(true)
  t.same(forgotten, [], "what was before the last one was gone does not count")
  clock.advance(1)
  t.same(forgotten, [idOf(1)])
  t.end()
})

test("without a last life nothing is waited for, and a stop ends the waiting", (t) => {
  const nobody = scene()
  nobody.company(true)
  t.equal(nobody.clock.armed, 0)
  const { clock, remembered, forgotten, company } = scene(1)
  company(true)
  t.equal(clock.armed, 2)
  remembered.stop()
  clock.advance(600_000)
  t.same(forgotten, [])
  t.end()
})

test("of whom nobody has spoken is asked for in company, eight at a time and in turn, until it is heard of or forgotten", (t) => {
  const { clock, remembered, asked, held, company } = scene(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
  clock.advance(60_000)
  t.same(asked, [], "who is alone asks them anyway")
  company(true)
  clock.advance(10_000)
  t.same(asked.splice(0), [[1, 2, 3, 4, 5, 6, 7, 8].map(idOf)])
  clock.advance(10_000)
  t.same(asked.splice(0), [[9, 10, 1, 2, 3, 4, 5, 6].map(idOf)])
  remembered.spokenOf([1, 2, 3, 4, 5, 6, 7].map(idOf))
  held.add(idOf(9))
  clock.advance(10_000)
  t.same(asked.splice(0), [[8, 10].map(idOf)])
  company(false)
  clock.advance(60_000)
  t.same(asked, [])
  company(true)
  for (let each = 1; each < 60; each++) clock.advance(10_000)
  t.equal(asked.splice(0).length, 59)
  for (let each = 0; each < 60; each++) clock.advance(10_000)
  t.ok(asked.length <= 1)
  t.equal(clock.armed, 0)
  t.end()
})

test("when all are heard of nothing is waited for any more", (t) => {
  const { clock, held, forgotten, asked, company } = scene(1)
  company(true)
  held.add(idOf(1))
  clock.advance(10_000)
  t.equal(clock.armed, 0)
  t.same([asked, forgotten], [[], []])
  t.end()
})
