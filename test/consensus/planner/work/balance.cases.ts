import { balance } from "@conclave/consensus/planner/work/balance"
import { Crew } from "@conclave/consensus/planner/work/crew"
import { test } from "tap"
import { doneWith, PoolScene, units } from "./pool-scene.ts"

test("the item goes that brings two workers nearest to each other", (t) => {
  const scene = new PoolScene(
    ["a", "b"],
    [1, 9, 4, 2].map((weight) => ({ item: `w${weight}`, weight, at: "a" })),
  )
  const input = scene.input()
  t.strictSame(
    doneWith(balance(new Crew(input.workers), input, 1)).map(({ item, reason }) => [item, reason]),
    [["w9", "balance: 16 there, 0 here"]],
  )
  t.end()
})

test("a worker whose items are all pinned keeps nobody else from being relieved", (t) => {
  const scene = new PoolScene(
    ["a", "b", "c"],
    [...units(20, { at: "a", pin: "a" }), ...units(10).map(({ item }) => ({ item: `b${item}`, weight: 1, at: "b" }))],
  )
  const input = scene.input()
  const [first] = doneWith(balance(new Crew(input.workers), input, 1))
  t.equal(scene.units.find(({ token }) => token === first?.token)?.at, "b")
  t.equal(scene.idOf(first?.to?.session), "c")
  t.end()
})

test("a light item goes where it fits however many heavier ones came first", (t) => {
  const heavy = Array.from({ length: 300 }, (_, at) => ({ item: `h${at}`, weight: 1300 - at, at: "a" }))
  const light = Array.from({ length: 60 }, (_, at) => ({ item: `l${at}`, weight: 1 + at, at: "a" }))
  const scene = new PoolScene(["a", { id: "b", capacity: 900 }], [...heavy, ...light])
  const input = scene.input()
  const moves = doneWith(balance(new Crew(input.workers), input, 18))
  t.equal(moves.length, 18)
  t.strictSame([...new Set(moves.map(({ item }) => item[0]))], ["l"])
  t.end()
})

test("however many of the fullest nobody can relieve, those behind them are relieved", (t) => {
  const names = Array.from({ length: 40 }, (_, at) => `s${at}`)
  const small = (id: string): { id: string; capacity: number } => ({ id, capacity: 50 })
  for (const fields of [{ isPinned: true }, { isPinned: false }]) {
    const stuck = names.map((at) => ({ item: at, weight: 100, at, pin: fields.isPinned ? at : undefined }))
    const scene = new PoolScene([...names, "full", small("x"), small("y")], [...stuck, ...units(90, { at: "full" })])
    const input = scene.input()
    const moves = doneWith(balance(new Crew(input.workers), input, 60))
    t.strictSame([...new Set(moves.map(({ to }) => scene.idOf(to?.session)))].sort(), ["x", "y"])
    t.equal(moves.length, 60)
  }
  t.end()
})
