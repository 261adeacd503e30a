import { greatest, isClusterId, isReplicaId, least, logIndex, next, term } from "@conclave/consensus/ids"
import { test } from "tap"

test("terms and indexes are whole numbers from 0", async (t) => {
  t.equal(term(0), 0)
  t.equal(logIndex(7), 7)
  for (const wrong of [-1, 1.5, Number.NaN, 2 ** 53]) {
    t.throws(() => term(wrong), /a term is a whole number/)
    t.throws(() => logIndex(wrong), /an index is a whole number/)
  }
})

test("indexes are compared and counted", async (t) => {
  t.equal(next(logIndex(4)), 5)
  t.equal(least(logIndex(4), logIndex(9)), 4)
  t.equal(greatest(logIndex(4), logIndex(9)), 9)
})

test("an id is 1 to 64 printable characters", async (t) => {
  for (const is of [isReplicaId, isClusterId]) {
    for (const sound of ["a", "aebagbafaydqqcikbmga2dqpca", "~".repeat(64)]) t.ok(is(sound), sound)
    for (const wrong of ["", "a b", "ü", "a\n", "x".repeat(65)]) t.notOk(is(wrong), wrong)
  }
})
