import { duration, Wording } from "@conclave/consensus/explain-wording"
import { test } from "tap"
import { groupOf, id, ids } from "./stage.ts"

const words = new Wording((each) => `host-${each}`, 10_000)

test("times are told as people tell them", async (t) => {
  t.same([0, 80.4, 999, 1000, 1449, 61_000, 119_900, 120_000, 3_600_000].map(duration), [
    ...["0 ms", "80 ms", "999 ms", "1.0 s", "1.4 s", "61.0 s", "119.9 s", "2 min", "60 min"],
  ])
  t.equal(words.since(8600), "1.4 s ago")
  t.equal(words.until(10_600), "in 600 ms")
  t.equal(words.until(9000), "now")
  t.equal(words.heard(9900), "for 100 ms")
  t.equal(words.heard(Number.NEGATIVE_INFINITY), "since this start")
  t.equal(words.heard(undefined), "since this start")
})

test("replicas have the names that people gave them", async (t) => {
  t.equal(words.list(ids("")), "nobody")
  t.equal(words.list(ids("a")), "host-a")
  t.equal(words.list(ids("ab")), "host-a and host-b")
  t.equal(words.list(ids("abc")), "host-a, host-b and host-c")
})

test("a majority is told with what it needs, in a joint group twice", async (t) => {
  const has = (each: string) => each === id("a")
  t.equal(words.quorum(groupOf("abc"), has), "1 of 3, needs 2")
  t.equal(
    words.quorum(groupOf("bcd", { outgoing: "a" }), has),
    "0 of 3, needs 2; and of the group before 1 of 1, needs 1",
  )
})
