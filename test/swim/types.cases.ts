import { HEALTH_BITS, makeRecord } from "@conclave/swim"
import { test } from "tap"
import { fieldsOf } from "./stage.ts"

test("each sickness has a bit of its own, and all of them travel together", (t) => {
  const bits = Object.values(HEALTH_BITS)
  const all = bits.reduce((sum, bit) => sum | bit, 0)
  t.equal(
    all,
    bits.reduce((sum, bit) => sum + bit, 0),
  )
  t.equal(makeRecord(fieldsOf(1, { health: all })).health, all)
  t.same(HEALTH_BITS, { loop: 1, cpu: 2, disk: 4, socket: 8 }, "they are on the wire")
  t.end()
})
