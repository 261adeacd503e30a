import { test } from "tap"
import { PoolStage } from "./pool.ts"

test("a move that does not fit any more is dropped, and the others are made", (t) => {
  const stage = new PoolStage()
  for (const item of ["a", "b", "c"]) stage.put(item)
  const [one, two] = [stage.join(1, { id: "1", capacity: 1 }), stage.join(2, { id: "2" })]
  const move = (item: string, to: typeof one) => ({ item, to, token: undefined, reason: "test" })
  stage.assign([move("a", one), move("b", one), move("nothing", two), move("c", two), move("c", one)])
  t.strictSame(stage.owners, { a: "1", b: undefined, c: "2" })
  const token = stage.tokenOf("c")
  stage.assign([{ ...move("c", one), token: stage.tokenOf("a") }])
  t.equal(stage.item("c").state, "assigned", "another token")
  stage.assign([{ ...move("c", two), token }])
  t.equal(stage.item("c").state, "assigned", "to the one that has it")
  stage.drain(one)
  stage.assign([{ ...move("c", one), token }, move("b", one)])
  t.match([stage.item("c").state, stage.item("b").state], ["assigned", "free"], "to one that leaves")
  t.end()
})

test("what is kept for somebody, rests, or is pinned is given to nobody else", (t) => {
  const stage = new PoolStage()
  stage.put("pinned", { pin: "1" })
  stage.put("failed")
  const [one, two] = [stage.join(1, { id: "1" }), stage.join(2, { id: "2" })]
  stage.give("pinned", two)
  t.equal(stage.item("pinned").state, "free")
  stage.give("pinned", one)
  stage.give("failed", two)
  t.strictSame(stage.owners, { pinned: "1", failed: "2" })
  stage.settle("failed", "failed")
  stage.give("failed", two)
  t.equal(stage.item("failed").state, "free")
  t.end()
})

test("nothing is asked back for a worker that may not have it", (t) => {
  const stage = new PoolStage()
  stage.put("x")
  stage.join(1, { id: "1" })
  stage.plan()
  const two = stage.join(2, { id: "2" })
  stage.put("x", { pin: "3" })
  stage.askBack("x", two)
  t.equal(stage.item("x").state, "assigned")
  t.end()
})

test("no more steps are made than one entry may have", (t) => {
  const stage = new PoolStage()
  stage.configure({ partitions: 300 })
  const worker = stage.join(1)
  stage.assign(
    Array.from({ length: 300 }, (_, at) => ({ item: String(at), to: worker, token: undefined, reason: "test" })),
  )
  t.equal(stage.machine.itemsOf("p", worker).length, 256)
  t.end()
})

test("what a worker has is given to no other, and one that leaves is given nothing", (t) => {
  const stage = new PoolStage()
  const a = stage.join(1, { id: "a" })
  const b = stage.join(2, { id: "b" })
  for (const item of ["x", "y"]) stage.put(item)
  stage.give("x", a)
  stage.give("x", b)
  t.strictSame(stage.owners, { x: "a", y: undefined })
  stage.drain(a)
  stage.give("y", a)
  t.strictSame(stage.owners, { x: "a", y: undefined })
  t.end()
})
