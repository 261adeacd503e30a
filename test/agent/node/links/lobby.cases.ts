import { Lobby, type Waiting } from "conclave/node/links/lobby"
import { test } from "tap"

/** Everybody who has entered, and who has given way. */
function stage(all: number, one: number): { enter: (name: string, place?: string) => Waiting; gone: string[] } {
  const lobby = new Lobby({ all, one })
  const gone: string[] = []
  return { enter: (name, place = name) => lobby.enter(place, () => gone.push(name)), gone }
}

test("first goes who has shown nothing and has waited longest, last who shakes hands", (t) => {
  const { enter, gone } = stage(3, 3)
  enter("a").shakesHands()
  enter("b")
  const c = enter("c")
  enter("d")
  t.same(gone, ["b"])
  c.shakesHands()
  const e = enter("e")
  t.same(gone, ["b", "d"])
  e.shakesHands()
  enter("f")
  t.same(gone, ["b", "d", "a"])
  enter("g")
  t.same(gone, ["b", "d", "a", "f"], "and who has just come before those")
  t.end()
})

test("a place that has as many as it may have loses one of its own, however much room there is", (t) => {
  const { enter, gone } = stage(100, 2)
  enter("other")
  enter("a1", "a").shakesHands()
  enter("a2", "a")
  enter("a3", "a").shakesHands()
  t.same(gone, ["a2"])
  enter("a4", "a")
  t.same(gone, ["a2", "a1"])
  t.end()
})

test("who has left takes no room and does not give way", (t) => {
  const { enter, gone } = stage(2, 1)
  const a = enter("a1", "a")
  a.leave()
  a.shakesHands()
  enter("a2", "a")
  enter("b")
  t.same(gone, [])
  enter("c")
  t.same(gone, ["a2"])
  t.end()
})
