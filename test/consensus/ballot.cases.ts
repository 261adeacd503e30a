import { Ballot } from "@conclave/consensus/ballot"
import { test } from "tap"
import { groupOf, id, ids } from "./stage.ts"

test("replicas are counted, not replies", async (t) => {
  const ballot = new Ballot()
  for (let count = 0; count < 5; count++) ballot.grant(id("a"))
  t.notOk(ballot.isWon(groupOf("abc")))
  ballot.grant(id("b"))
  t.ok(ballot.isWon(groupOf("abc")))
})

test("who is no voter of the group does not count", async (t) => {
  const ballot = new Ballot()
  for (const each of ids("axyz")) ballot.grant(each)
  t.notOk(ballot.isWon(groupOf("abc", { learners: "xyz" })))
})

test("a joint group needs both halves, and one half can lose it", async (t) => {
  const ballot = new Ballot()
  const group = groupOf("ade", { outgoing: "abc" })
  for (const each of ids("ade")) ballot.grant(each)
  t.notOk(ballot.isWon(group))
  ballot.refuse(id("b"), "log-behind")
  t.notOk(ballot.isLost(group))
  ballot.refuse(id("c"), undefined)
  t.ok(ballot.isLost(group))
  t.same(
    [...ballot.refusals],
    [
      ["b", "log-behind"],
      ["c", undefined],
    ],
  )
})

test("a grant stands against a refusal that is late or early", async (t) => {
  const ballot = new Ballot()
  ballot.refuse(id("b"), "leader-heard")
  ballot.grant(id("b"))
  ballot.refuse(id("b"), "leader-heard")
  ballot.grant(id("a"))
  t.ok(ballot.isWon(groupOf("abc")))
  t.equal(ballot.refusals.size, 0)
})
