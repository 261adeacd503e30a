import type { Token } from "@conclave/consensus"
import { Movable } from "@conclave/consensus/planner/work/movable"
import { test } from "tap"

test("of one weight the newest goes first, of many only as many are known as are asked for, and what is pinned stays", (t) => {
  const items = Array.from({ length: 50 }, (_, at) => ({
    item: `i${at}`,
    weight: 1,
    token: ((at * 7) % 50) as Token,
    pin: undefined,
  }))
  const movable = new Movable([...items, { item: "p", weight: 3, token: 99 as Token, pin: "w" }], 3)
  t.strictSame([...movable.weights], [1])
  t.strictSame(
    [movable.take(1), movable.take(1), movable.take(1)].map((each) => each?.token),
    [49, 48, 47],
  )
  t.strictSame([...movable.weights], [])
  t.equal(movable.take(1), undefined)
  t.end()
})
