import { SEAT_WISHES } from "conclave/group/seat-wishes"
import { test } from "tap"
import { memberId } from "../fake-view.ts"

test("the wish to give up a seat names the agent; what is no id is none", (t) => {
  const agent = memberId("b")
  t.equal(SEAT_WISHES.decode(SEAT_WISHES.encode(agent)), agent)
  t.equal(SEAT_WISHES.decode(new Uint8Array(15)), undefined)
  t.notOk(SEAT_WISHES.isOnce(agent), "asked twice it is the same wish")
  t.end()
})

test("what became of a seat is one of few words, and any other is no answer", (t) => {
  for (const told of ["moved", "none", "needed"] as const) {
    t.equal(SEAT_WISHES.decodeTold(SEAT_WISHES.encodeTold(told)), told)
  }
  t.equal(SEAT_WISHES.decodeTold(Uint8Array.of(99)), undefined)
  t.equal(SEAT_WISHES.decodeTold(new Uint8Array(0)), undefined)
  t.end()
})
