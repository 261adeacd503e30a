import { logIndex, Machine } from "@conclave/consensus"
import { StateReaders } from "conclave/replica/state-readers"
import { test } from "tap"

test("a reader waits for its entry, whichever state comes to have it", (t) => {
  const [first, second] = [new Machine(), new Machine()]
  let applied: number | undefined
  let machine = first
  const readers = new StateReaders(() => (applied === undefined ? undefined : { applied: logIndex(applied), machine }))
  const read: [number, Machine][] = []
  for (const index of [2, 4, 7]) readers.after(logIndex(index), (state) => void read.push([index, state]))
  const callOff = readers.after(logIndex(5), () => t.fail("it was called off"))
  applied = 2
  readers.look()
  t.same(read, [[2, first]])
  callOff()
  // Another state takes over, which is behind at first.
  machine = second
  applied = 0
  readers.look()
  applied = 6
  readers.look()
  applied = undefined
  readers.look()
  t.equal(read.length, 2)
  t.equal(read[1]?.[0], 4)
  t.equal(read[1]?.[1], second)
  applied = 7
  readers.look()
  t.equal(read.length, 3)
  readers.after(logIndex(7), () => void read.push([7, machine]))
  t.equal(read.length, 4, "what is there already is read at once")
  t.end()
})

test("a reader that asks again when it is answered, and one that leaves meanwhile, disturb nobody", (t) => {
  let applied = 0
  const machine = new Machine()
  const readers = new StateReaders(() => ({ applied: logIndex(applied), machine }))
  const read: string[] = []
  let callOff = (): void => {}
  readers.after(logIndex(1), () => {
    read.push("first")
    callOff()
    readers.after(logIndex(1), () => void read.push("again"))
  })
  callOff = readers.after(logIndex(1), () => void read.push("second"))
  applied = 1
  readers.look()
  readers.look()
  t.same(read, ["first", "again"], "each once")
  t.end()
})
