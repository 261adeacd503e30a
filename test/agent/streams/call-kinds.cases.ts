import { HOW, WHAT } from "conclave/streams/call-kinds"
import { test } from "tap"

test("the numbers of calls and answers on the wire are what they always were", (t) => {
  t.same(WHAT, {
    ...{ propose: 1, relieve: 2, proposeHere: 3, relieveHere: 4 },
    ...{ read: 5, renew: 6, depart: 7, departHere: 8, group: 9, groupHere: 10, keys: 11, founding: 12 },
  })
  t.same(HOW, {
    ...{ applied: 1, notProposed: 2, unknown: 3, overloaded: 4 },
    ...{ read: 5, renewed: 6, departed: 7, group: 8, keys: 9, founding: 10 },
  })
  t.end()
})
