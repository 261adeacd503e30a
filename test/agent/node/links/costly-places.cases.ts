import { CostlyPlaces } from "conclave/node/links/costly-places"
import { test } from "tap"

test("where a handshake was too long none is had for ten minutes, and of too many places the first is forgotten", (t) => {
  const costly = new CostlyPlaces()
  costly.heard("a", 4096, 0)
  t.notOk(costly.isHeld("a", 0))
  costly.heard("a", 4097, 0)
  t.ok(costly.isHeld("a", 599_999))
  t.notOk(costly.isHeld("b", 599_999))
  t.notOk(costly.isHeld("a", 600_000))
  for (let each = 0; each <= 1024; each++) costly.heard(`${each}`, 5000, 0)
  t.same([costly.isHeld("0", 1), costly.isHeld("1", 1), costly.isHeld("1024", 1)], [false, true, true])
  t.end()
})
