import { Crew, type Hand } from "@conclave/consensus/planner/work/crew"
import { evenPlaces } from "@conclave/consensus/planner/work/even-places"
import { Movable } from "@conclave/consensus/planner/work/movable"
import { test } from "tap"
import { PoolScene, type Unit, units } from "./pool-scene.ts"

/** The moves of a pool with hosts `1` and `2`, one after the other. */
function movesOf(all: readonly Unit[], capacity?: number): readonly (string | undefined)[] {
  const scene = new PoolScene(
    [
      { id: "a", place: "1" },
      { id: "b", place: "1" },
      { id: "c", place: "2", capacity },
    ],
    all,
  )
  const { workers, stockOf } = scene.input()
  const known = new Map<Hand, Movable>()
  const stocks = (hand: Hand): Movable => {
    const movable = known.get(hand) ?? new Movable(stockOf(hand.worker))
    known.set(hand, movable)
    return movable
  }
  return [...evenPlaces(new Crew(workers), stocks)].map((move) => move?.item)
}

test("the fuller place is relieved as long as no worker has more by that than one had", (t) => {
  const at = (id: string, weight: number): Unit => ({ item: `${id}${weight}`, weight, at: id })
  t.strictSame(movesOf([at("a", 1), at("b", 1)]).length, 1)
  t.strictSame(movesOf([at("a", 2), at("b", 2)]).length, 1)
  t.strictSame(movesOf([at("a", 2), at("b", 2)], 1), [], "the other has no room")
  t.strictSame(movesOf([at("a", 1), at("b", 1), { item: "c", weight: 1, at: "c" }]), [])
  t.strictSame(movesOf(units(9, { at: "c" })).length, 4)
  t.end()
})
