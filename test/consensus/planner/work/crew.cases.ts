import { Crew, hasLess, hasMore, hasRoom, rankOf, roomOf } from "@conclave/consensus/planner/work/crew"
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
  const crew = new Crew(scene.input().workers)
  const [hand] = crew.hands
  if (hand === undefined) throw new Error("nobody")
  t.equal(crew.hands.length, 1, "who leaves is not of the crew")
  t.match(hand, { used: 3, incoming: 1, load: 2 })
  t.equal(roomOf(hand), 1)
  t.match(crew.places, [{ load: 2 }])
  t.ok(hasRoom(hand, 1, false))
  t.notOk(hasRoom(hand, 2, false), "what is on its way to it has its room kept")
  t.ok(hasRoom(hand, 2, true))
  t.end()
})

test("among equals each pool has another first", (t) => {
  const ids = ["a", "b", "c", "d"]
  const firsts = new Set<string>()
  for (let pool = 0; pool < 40; pool++) {
    const views = new PoolScene(ids, []).input().workers
    const { hands } = new Crew(views.map((each) => ({ ...each, rank: rankOf(`p${pool}`, each.id) })))
    const [first, second] = [...hands].sort((a, b) => (hasLess(a, b) ? -1 : 1))
    if (first === undefined || second === undefined) throw new Error("nobody")
    firsts.add(first.worker.id)
    t.ok(hasMore(first, second), "of those with equally much the same one comes first, whatever is asked")
  }
  t.equal(firsts.size, 4)
  t.end()
})
