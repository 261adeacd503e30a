import { ReplayWindow } from "conclave/gossip/seal/replay-window"
import fc from "fast-check"
import { test } from "tap"

function taken(window: ReplayWindow, counter: number): boolean {
  const isFresh = window.isFresh(counter)
  if (isFresh) window.mark(counter)
  return isFresh
}

test("each counter is taken once, in any order within 1,024", async (t) => {
  const window = new ReplayWindow()
  const order = [5, 3, 1, 4, 2, 1000, 999, 1024, 6]
  for (const counter of order) t.ok(taken(window, counter), `${counter} is new`)
  for (const counter of order) t.notOk(taken(window, counter), `${counter} was here`)
})

test("what is 1,024 behind is too old, what is 1,023 behind is not", async (t) => {
  const window = new ReplayWindow()
  t.ok(taken(window, 2000))
  t.notOk(taken(window, 976))
  t.ok(taken(window, 977))
  t.ok(taken(window, 2 ** 48 - 1), "a jump to the end")
  t.notOk(taken(window, 2000))
  t.notOk(taken(window, 0), "none is 0")
})

test("it says what a list of all that was seen would say", async (t) => {
  const jump = fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: -40, max: 40 }) },
    fc.integer({ min: -1100, max: 3000 }),
  )
  fc.assert(
    fc.property(fc.array(jump, { maxLength: 300 }), (jumps) => {
      const window = new ReplayWindow()
      const seen = new Set<number>()
      let at = 2000
      for (const each of jumps) {
        at = Math.max(1, at + each)
        const top = Math.max(0, ...seen)
        const isExpected = !seen.has(at) && at > top - 1024
        if (taken(window, at) !== isExpected) return false
        if (isExpected) seen.add(at)
      }
      return true
    }),
  )
  t.pass("for all orders")
})

test("one that goes on where another ended takes nothing of what was before", async (t) => {
  for (const top of [1, 31, 700, 1024, 2 ** 40]) {
    const window = new ReplayWindow(top)
    t.equal(window.top, top)
    for (let back = 0; back < Math.min(top, 1100); back++) if (window.isFresh(top - back)) t.fail(`${top} - ${back}`)
    t.notOk(window.isFresh(0))
    t.ok(taken(window, top + 2))
    t.ok(taken(window, top + 1), "and later ones in any order")
    t.notOk(taken(window, top + 2))
    t.equal(window.top, top + 2)
  }
  t.equal(new ReplayWindow().top, 0)
})
