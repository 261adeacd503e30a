import { Crew } from "@conclave/consensus/planner/work/crew"
import { fill } from "@conclave/consensus/planner/work/fill"
import { test } from "tap"
import { doneWith, PoolScene, units } from "./pool-scene.ts"

test("what is meant for a worker comes before what is anybody's, and the rest in its order", (t) => {
  const scene = new PoolScene(["a"], [...units(3), { item: "mine", weight: 1, target: "a" }])
  const moves = doneWith(fill(new Crew(scene.input().workers), scene.input(), 3))
  t.strictSame(
    moves.map(({ item, reason }) => [item, reason]),
    [
      ["mine", "handed over"],
      ["0", "least loaded"],
      ["1", "least loaded"],
    ],
  )
  t.end()
})

test("where the one that it is meant for has no room another has it", (t) => {
  const scene = new PoolScene([{ id: "a", capacity: 0 }, "b"], [{ item: "x", weight: 1, target: "a" }])
  const [move] = doneWith(fill(new Crew(scene.input().workers), scene.input(), 3))
  t.equal(scene.idOf(move?.to?.session), "b")
  t.equal(move?.reason, "its target has no room")
  t.end()
})
