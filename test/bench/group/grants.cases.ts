import { countBySession, outOfOrder } from "@conclave/bench/group/grants"
import { test } from "tap"

function grant(token: number, atNs: number, session = 0) {
  return { token: String(token), session, waitMs: 1, atNs: String(atNs) }
}

test("grants in the order of their tokens were never two at a time", async (t) => {
  t.equal(outOfOrder([grant(9, 900), grant(10, 1000), grant(2, 20)]), 0, "from several programs, and by number")
  t.equal(outOfOrder([]), 0)
})

test("a grant that was there before one with a smaller token is counted", async (t) => {
  t.equal(outOfOrder([grant(1, 10), grant(2, 30), grant(3, 20), grant(4, 40)]), 1)
})

test("grants are counted for each session", async (t) => {
  t.same(countBySession([grant(1, 1, 4), grant(2, 2, 0), grant(3, 3, 4)]), [2, 1])
})
