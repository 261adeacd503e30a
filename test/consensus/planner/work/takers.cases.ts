import { Crew, give, type Hand } from "@conclave/consensus/planner/work/crew"
import { Takers } from "@conclave/consensus/planner/work/takers"
import { test } from "tap"
import { doneWith, PoolScene } from "./pool-scene.ts"

test("whoever has grown since is passed over for one with less, and who has no room is none", (t) => {
  const crew = new Crew(new PoolScene(["a", { id: "b", capacity: 1 }, "c"], []).input().workers)
  const takers = new Takers(crew)
  const given: string[] = []
  for (let count = 0; count < 5; count++) {
    const hand = takers.first as Hand
    given.push(hand.worker.id)
    give(hand, 1, false)
    takers.update(hand)
  }
  t.strictSame(given.slice(0, 3).sort(), ["a", "b", "c"])
  t.strictSame(given.slice(3).sort(), ["a", "c"], "b is full")
  t.end()
})

test("of those with equally much the one at the emptier place comes first, also when the place has changed alone", (t) => {
  const scene = new PoolScene(
    [
      { id: "a", place: "1" },
      { id: "b", place: "2" },
      { id: "c", place: "2" },
    ],
    [{ item: "x", weight: 3, at: "a" }],
  )
  const { workers } = scene.input()
  const crew = new Crew(workers.map((each) => ({ ...each, used: each.id === "c" ? 4 : 2 })))
  const takers = new Takers(crew)
  t.equal(takers.first?.worker.id, "a", "at the other place there is more")
  const [a, c] = [crew.byId("a") as Hand, crew.byId("c") as Hand]
  give(c, -4, false)
  takers.update(c)
  give(a, 0, false)
  t.equal(takers.first?.worker.id, "c")
  give(c, 2, false)
  takers.update(c)
  t.not(takers.first?.worker.id, undefined)
  t.end()
})

test("what is looked for is found at the first that has it, and nobody is lost by the search", (t) => {
  const takers = new Takers(new Crew(new PoolScene(["a", "b", "c"], []).input().workers))
  const idOf = ({ worker }: Hand): string => worker.id
  const order: string[] = []
  const nothing = takers.find((hand) => {
    order.push(idOf(hand))
    return undefined
  })
  t.equal(doneWith(nothing), undefined)
  t.strictSame([...order].sort(), ["a", "b", "c"])
  t.equal(doneWith(takers.find((hand) => (idOf(hand) === order[2] ? order[2] : undefined))), order[2])
  t.equal(doneWith(takers.find(idOf, (hand) => idOf(hand) === order[0])), undefined, "it ends where it is over")
  t.equal(takers.first?.worker.id, order[0])
  t.end()
})
