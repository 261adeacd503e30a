import type { NodeId } from "@conclave/base"
import { UnsealedSenders } from "conclave/gossip/unsealed-senders"
import { test } from "tap"
import { idOf } from "../../swim/stage.ts"

test("who was heard in the clear is told for a minute", async (t) => {
  const senders = new UnsealedSenders()
  senders.heard(idOf(1), 0)
  senders.heard(idOf(2), 10_000)
  senders.heard(idOf(1), 20_000)
  t.same(senders.lately(20_000), [idOf(2), idOf(1)])
  t.same(senders.lately(70_000), [idOf(1)])
  t.same(senders.lately(80_000), [])
})

test("any number of made up senders costs no more than 1,024, and the last are told", async (t) => {
  const senders = new UnsealedSenders()
  for (let index = 0; index < 3000; index++) senders.heard(`made-up-${index}` as NodeId, index)
  const told = senders.lately(3000)
  t.equal(told.length, 1024)
  t.equal(told.at(-1), "made-up-2999")
})
