import { millis } from "@conclave/base"
import { ACCUSATIONS_MAX, Accusations } from "@conclave/swim/accusations"
import { test } from "tap"
import { accuser, idOf } from "./stage.ts"

test("the last accusations of each member are kept, oldest first, until it is forgotten", async (t) => {
  const kept = new Accusations()
  for (let at = 0; at < ACCUSATIONS_MAX + 5; at++) kept.add(idOf(1), accuser(2), millis(at))
  kept.add(idOf(3), accuser(4), millis(9))
  t.equal(kept.of(idOf(1)).length, ACCUSATIONS_MAX)
  t.equal(kept.of(idOf(1))[0]?.atMs, 5)
  t.equal(kept.of(idOf(1)).at(-1)?.atMs, ACCUSATIONS_MAX + 4)
  kept.forget(idOf(1))
  t.same(kept.of(idOf(1)), [])
  t.equal(kept.of(idOf(3)).length, 1)
})
