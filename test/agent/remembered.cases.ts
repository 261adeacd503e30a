import type { NodeId } from "@conclave/base"
import { Remembered } from "conclave/remembered"
import { test } from "tap"
import { idOf } from "../swim/stage.ts"
import { FakeClock } from "./fake-clock.ts"

interface Scene {
  readonly clock: FakeClock
  readonly remembered: Remembered
  readonly forgotten: NodeId[]
  readonly held: Set<NodeId>
  isAlone: boolean
}

function scene(...members: readonly number[]): Scene {
  const clock = new FakeClock()
  const held = new Set<NodeId>()
  const forgotten: NodeId[] = []
  const remembered: Remembered = new Remembered({
    clock,
    ids: members.map(idOf),
    isAlone: () => made.isAlone,
    isHeld: (id) => held.has(id),
    forget: (id) => forgotten.push(id),
  })
  const made: Scene = { clock, remembered, forgotten, held, isAlone: false }
  return made
}

test("of whom nobody has spoken for ten minutes is forgotten, nobody else and not before", (t) => {
  const { clock, remembered, forgotten, held } = scene(1, 2, 3)
  remembered.spokenOf([idOf(1), idOf(7)])
  held.add(idOf(2))
  clock.advance(599_999)
  t.same(forgotten, [])
  clock.advance(1)
  t.same(forgotten, [idOf(3)])
  clock.advance(6_000_000)
  t.same(forgotten, [idOf(3)], "once")
  t.end()
})

test("who is alone forgets nobody, for however long", (t) => {
  const made = scene(1)
  made.isAlone = true
  for (let each = 0; each < 100; each++) made.clock.advance(600_000)
  t.same(made.forgotten, [])
  made.isAlone = false
  made.clock.advance(600_000)
  t.same(made.forgotten, [idOf(1)])
  t.end()
})

test("without a last life nothing is waited for, and a stop ends the waiting", (t) => {
  t.equal(scene().clock.armed, 0)
  const { clock, remembered, forgotten } = scene(1)
  t.equal(clock.armed, 1)
  remembered.stop()
  clock.advance(600_000)
  t.same(forgotten, [])
  t.end()
})
