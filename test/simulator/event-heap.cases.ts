import { EventHeap, type EventOwner } from "@conclave/sim/event-heap"
import fc from "fast-check"
import { test } from "tap"

const nobody: EventOwner = { tag: 0, fire: () => {} }

test("the heap gives events back by time, equal times in the order they were asked for", async (t) => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 20 }), { maxLength: 200 }), (times) => {
      const heap = new EventHeap()
      for (const [index, at] of times.entries()) heap.push(at, nobody, 0, index, undefined, undefined)
      const expected = times.map((at, index) => ({ at, index })).sort((a, b) => a.at - b.at || a.index - b.index)
      for (const { at, index } of expected) {
        const event = heap.pop()
        if (event?.atUs !== at || event.n !== index) return false
        heap.recycle(event)
      }
      return heap.size === 0
    }),
  )
  t.pass()
})

test("events pushed between pops find their place", async (t) => {
  const heap = new EventHeap()
  heap.push(10, nobody, 0, 1, undefined, undefined)
  heap.push(30, nobody, 0, 3, undefined, undefined)
  t.equal(heap.pop()?.n, 1)
  heap.push(20, nobody, 0, 2, undefined, undefined)
  t.equal(heap.nextUs, 20)
  t.equal(heap.pop()?.n, 2)
  t.equal(heap.pop()?.n, 3)
  t.equal(heap.pop(), undefined)
  t.equal(heap.nextUs, Number.POSITIVE_INFINITY)
})
