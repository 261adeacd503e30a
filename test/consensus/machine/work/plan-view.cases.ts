import { planWork } from "@conclave/consensus"
import { test } from "tap"
import { PoolStage } from "./pool.ts"

test("of very many free items so many are looked at at once, and the rest by and by", (t) => {
  const stage = new PoolStage()
  stage.configure({ partitions: 1300 })
  stage.join(1, { id: "a" })
  const first = stage.machine.planView("p", 0)
  t.match(first, { next: 512, input: { isAll: false } })
  t.equal(first?.input.free.length, 512)
  const last = stage.machine.planView("p", 1024)
  t.match(last, { next: undefined, input: { isAll: true } })
  t.equal(last?.input.free.length, 276)
  t.end()
})

test("where no worker has room nothing that is free is looked at", (t) => {
  const stage = new PoolStage()
  stage.configure({ partitions: 3 })
  t.match(stage.machine.planView("p", 0), { input: { free: [], workers: [] } })
  stage.join(1, { capacity: 1 })
  stage.plan()
  t.match(stage.machine.planView("p", 0), { input: { free: [], isAll: true } })
  t.end()
})

test("what waits for workers that are away keeps nobody from anything", (t) => {
  const stage = new PoolStage()
  for (let number = 0; number < 600; number++) stage.put(`pinned-${number}`, { pin: "away" })
  stage.put("x")
  stage.join(1, { id: "a" })
  const seen = stage.machine.planView("p", 0)
  t.strictSame(
    seen?.input.free.map(({ item }) => item),
    ["x"],
  )
  t.equal(planWork(seen?.input as never).length, 1)
  t.end()
})

test("hosts and zones are places where they are spread over", (t) => {
  const stage = new PoolStage()
  stage.configure({ partitions: 2 })
  stage.join(1)
  stage.join(2)
  const placesOf = (): number => new Set(stage.machine.planView("p", 0)?.input.workers.map(({ place }) => place)).size
  t.equal(placesOf(), 2)
  stage.configure({ spread: "zone" })
  t.equal(placesOf(), 1, "nobody knows a zone")
  stage.configure({ spread: "none" })
  t.equal(placesOf(), 1)
  t.end()
})
