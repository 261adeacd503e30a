import { Crew } from "@conclave/consensus/planner/work/crew"
import { HandHeap } from "@conclave/consensus/planner/work/hand-heap"
import { test } from "tap"
import { PoolScene } from "./pool-scene.ts"

test("whoever has grown since is passed over for one with less", (t) => {
  const crew = new Crew(new PoolScene(["a", "b", "c"], []).input())
  const heap = new HandHeap(crew)
  const given: string[] = []
  for (let count = 0; count < 6; count++) {
    const hand = heap.first(() => true)
    if (hand === undefined) throw new Error("nobody")
    given.push(hand.worker.id)
    crew.give(hand, 1, false)
  }
  t.strictSame(given.slice(0, 3).sort(), ["a", "b", "c"])
  t.strictSame(given.slice(3).sort(), ["a", "b", "c"])
  t.equal(heap.first(({ worker }) => worker.id === "b")?.worker.id, "b", "of those that will do")
  t.equal(
    heap.first(() => false),
    undefined,
  )
  t.not(
    heap.first(() => true),
    undefined,
    "and nobody is lost by that",
  )
  t.end()
})
