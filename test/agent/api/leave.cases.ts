import { leave } from "conclave/api/leave"
import { problem } from "conclave/api/problem"
import { test } from "tap"
import { FakeAgent, fakeMember, memberId } from "../fake-view.ts"

function left(fake: FakeAgent, input: object): unknown {
  let answer: unknown
  leave(fake.view, { timeoutMs: 1000, ...input }, (result) => {
    answer = result
  })
  return answer
}

test("a member that is suspected, dead or gone can be declared left, one that is alive cannot", (t) => {
  const fake = new FakeAgent()
  for (const state of ["suspect", "dead", "left"] as const) {
    fake.put(fakeMember(state, { state }))
    t.same(left(fake, { name: state, prune: state === "left" }), { left: state, seat: "none" })
  }
  t.same(fake.expelled, [
    [memberId("suspect"), false],
    [memberId("dead"), false],
    [memberId("left"), true],
  ])
  fake.put(fakeMember("c"))
  fake.put({ ...fakeMember("old", { state: "dead" }), record: { ...fakeMember("old").record, name: "c" } })
  t.same(left(fake, { name: "c", prune: true }), { left: "c", seat: "none" }, "its dead predecessor is meant")
  t.same(fake.expelled.at(-1), [memberId("old"), true])
  fake.put({ ...fakeMember("older", { state: "left" }), record: { ...fakeMember("older").record, name: "e" } })
  fake.put({ ...fakeMember("old-e", { state: "dead" }), record: { ...fakeMember("old-e").record, name: "e" } })
  t.same(left(fake, { name: "e" }), { left: "e", seat: "none" }, "of a dead one and one that has left")
  t.same(fake.expelled.at(-1), [memberId("old-e"), false], "the dead one is")
  fake.put({ ...fakeMember("was-d", { state: "left" }), record: { ...fakeMember("was-d").record, name: "d" } })
  fake.put(fakeMember("d"))
  t.match(left(fake, { name: "d" }), { code: "CONFLICT" }, "who has left long ago makes no living one gone")
  t.same(left(fake, { name: "d", prune: true }), { left: "d", seat: "none" })
  t.same(fake.expelled.at(-1), [memberId("was-d"), true], "but can be forgotten")
  t.match(left(fake, { name: "d", force: true }), { code: "CONFLICT", details: { reason: "alive" }, hint: /on d$/ })
  t.match(left(fake, { name: "x" }), { code: "NOT_FOUND" })
  t.equal(fake.leaves, 0)
  t.match(left(fake, { name: "a" }), { code: "CONFLICT" }, "its own name is a living member's, too")
  t.equal(fake.leaves, 0)
  t.same(left(fake, {}), { left: "a", seat: "none" })
  t.equal(fake.leaves, 1)
  t.end()
})

test("a host whose seat nobody can take leaves by force only; the answer says what became of the seat", (t) => {
  const fake = new FakeAgent()
  fake.seat = "needed"
  t.match(left(fake, {}), { code: "CONFLICT" })
  t.equal(fake.leaves, 0)
  t.same(left(fake, { force: true }), { left: "a", seat: "kept" })
  fake.seat = "moved"
  t.same(left(fake, {}), { left: "a", seat: "moved" })
  t.end()
})

test("where the group cannot be told to keep a member out, the answer says so", (t) => {
  const fake = new FakeAgent()
  fake.put(fakeMember("gone", { state: "dead" }))
  fake.expulsion = problem("NO_QUORUM", "no leader")
  t.match(left(fake, { name: "gone" }), { code: "NO_QUORUM" })
  t.end()
})
