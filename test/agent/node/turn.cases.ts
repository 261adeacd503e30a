import { afterTurn, atTurnEnd } from "conclave/node/turn"
import { test } from "tap"

test("what leaves leaves behind all that was put off, in the same turn, and at once where nothing was; what is put off meanwhile comes in the next", async (t) => {
  const order: string[] = []
  await new Promise<void>((resolve) => {
    atTurnEnd(() => order.push("leaves alone"))
    afterTurn(() => {
      order.push("act")
      atTurnEnd(() => order.push("second leaves"))
      afterTurn(() => {
        order.push("next act")
        atTurnEnd(resolve)
      })
    })
    atTurnEnd(() => order.push("first leaves"))
    queueMicrotask(() => order.push("now"))
  })
  t.same(order, ["now", "leaves alone", "act", "first leaves", "second leaves", "next act"])
})

test("input that is waiting is dealt with between two turns", async (t) => {
  const order: string[] = []
  await new Promise<void>((resolve) => {
    afterTurn(() => {
      order.push("turn")
      afterTurn(() => {
        order.push("next turn")
        resolve()
      })
      queueMicrotask(() => order.push("between"))
    })
  })
  t.same(order, ["turn", "between", "next turn"])
})
