import { planWork } from "@conclave/consensus"
import { test } from "tap"
import { PoolStage } from "./pool.ts"

test("of very many free items so many are looked at at once", (t) => {
  const stage = new PoolStage()
  stage.configure({ partitions: 1300 })
  stage.join(1, { id: "a" })
  const seen = stage.machine.planView("p")
  t.match(seen, { isAll: false })
  t.equal(seen?.free.length, 512)
  stage.plan()
  t.match(stage.machine.planView("p"), { free: [], isAll: true })
  t.end()
})

test("what no worker can bear is not looked at", (t) => {
  const stage = new PoolStage()
  stage.configure({ partitions: 3 })
  t.match(stage.machine.planView("p"), { free: [], workers: [] })
  stage.join(1, { capacity: 1 })
  stage.plan()
  t.match(stage.machine.planView("p"), { free: [], isAll: true })
  t.end()
})

test("what one worker cannot bear, or has to wait for, keeps no other from its own", (t) => {
  const stage = new PoolStage()
  for (let number = 0; number < 600; number++) stage.put(`a${number}`, { pin: "a", weight: 3 })
  for (let number = 0; number < 600; number++) stage.put(`b${number}`, { pin: "b" })
  for (let number = 0; number < 600; number++) stage.put(`heavy${number}`, { weight: 99 })
  stage.put("light")
  stage.join(1, { id: "a", capacity: 10 })
  stage.join(2, { id: "b", capacity: 10 })
  stage.join(3, { id: "c", capacity: 10 })
  t.strictSame(
    [undefined, "a", "b"].map((id) => stage.machine.planView("p")?.free.filter(({ only }) => only === id).length),
    [1, 256, 256],
  )
  stage.plan()
  const of = (id: string): number => Object.values(stage.owners).filter((owner) => owner === id).length
  t.strictSame([of("a"), of("b"), stage.owners["light"]], [3, 10, "c"])
  t.end()
})

test("no room is kept for what its worker could not bear, as it came back smaller or the item has grown", (t) => {
  const stage = new PoolStage()
  stage.put("heavy", { weight: 2 })
  stage.join(1, { id: "a" })
  stage.plan()
  stage.end(stage.item("heavy").owner?.session as never, { cause: "exited" })
  stage.join(2, { id: "a", capacity: 1 })
  stage.put("light")
  stage.plan()
  t.strictSame(stage.owners, { heavy: undefined, light: "a" })
  t.end()
})

test("what waits for workers that are away keeps nobody from anything", (t) => {
  const stage = new PoolStage()
  for (let number = 0; number < 600; number++) stage.put(`pinned-${number}`, { pin: "away" })
  stage.put("x")
  stage.join(1, { id: "a" })
  const seen = stage.machine.planView("p")
  t.strictSame(
    seen?.free.map(({ item }) => item),
    ["x"],
  )
  t.equal(planWork(seen as never).length, 1)
  t.end()
})

test("hosts and zones are places where they are spread over", (t) => {
  const stage = new PoolStage()
  stage.configure({ partitions: 2 })
  stage.join(1)
  stage.join(2)
  const placesOf = (): number => new Set(stage.machine.planView("p")?.workers.map(({ place }) => place)).size
  t.equal(placesOf(), 2)
  stage.configure({ spread: "zone" })
  t.equal(placesOf(), 1, "nobody knows a zone")
  stage.configure({ spread: "none" })
  t.equal(placesOf(), 1)
  t.end()
})
