import { Crew, hasRoom, isBefore } from "@conclave/consensus/planner/work/crew"
import { test } from "tap"
import { PoolScene } from "./pool-scene.ts"

test("what is on its way out and in counts as gone and come", (t) => {
  const scene = new PoolScene(
    [
      { id: "a", capacity: 5 },
      { id: "b", isLeaving: true },
    ],
    [
      { item: "stays", weight: 1, at: "a" },
      { item: "goes", weight: 2, at: "a", isRevoking: true },
      { item: "comes", weight: 1, target: "a" },
    ],
  )
  const crew = new Crew(scene.input())
  const [hand] = crew.hands
  if (hand === undefined) throw new Error("nobody")
  t.equal(crew.hands.length, 1, "who leaves is not of the crew")
  t.match(hand, { used: 3, incoming: 1, load: 2 })
  t.ok(hasRoom(hand, 1, false))
  t.notOk(hasRoom(hand, 2, false), "what is on its way to it has its room kept")
  t.ok(hasRoom(hand, 2, true))
  t.end()
})

test("among equals each pool has another first", (t) => {
  const firsts = new Set<string>()
  for (let pool = 0; pool < 40; pool++) {
    const input = { ...new PoolScene(["a", "b", "c", "d"], []).input(), pool: `p${pool}` }
    const crew = new Crew(input)
    const [first, second] = crew.hands
    if (first === undefined || second === undefined) throw new Error("nobody")
    firsts.add(first.worker.id)
    t.ok(isBefore(crew, first, second))
  }
  t.equal(firsts.size, 4)
  t.end()
})
