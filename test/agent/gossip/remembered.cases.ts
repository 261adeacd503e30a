import type { NodeId } from "@conclave/base"
import { Remembered } from "conclave/gossip/remembered"
import { test } from "tap"
import { idOf } from "../../swim/stage.ts"
import { FakeClock } from "../fake-clock.ts"

interface Scene {
  readonly clock: FakeClock
  readonly remembered: Remembered
  readonly forgotten: NodeId[]
  readonly held: Set<NodeId>
  /** Says whether another member lives. */
  readonly company: (isThere: boolean) => void
}

function scene(...members: readonly number[]): Scene {
  const clock = new FakeClock()
  const held = new Set<NodeId>()
  const forgotten: NodeId[] = []
  let isAlone = true
  const remembered = new Remembered({
    clock,
    ids: members.map(idOf),
    isAlone: () => isAlone,
    isHeld: (id) => held.has(id),
    forget: (id) => forgotten.push(id),
  })
  const company = (isThere: boolean): void => {
    isAlone = !isThere
    remembered.changed()
  }
  return { clock, remembered, forgotten, held, company }
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
  t.equal(clock.armed, 1)
  remembered.stop()
  clock.advance(600_000)
  t.same(forgotten, [])
  t.end()
})
