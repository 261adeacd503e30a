import { foundingState } from "@conclave/consensus"
import { test } from "tap"
import { groupOf, id, Stage } from "./stage.ts"

test("a founder leads at once and alone, from an entry that makes it the only voter", async (t) => {
  const stage = new Stage("a", { stored: foundingState(id("a")) })
  t.same(stage.raft.group, groupOf("a"))
  t.equal(stage.raft.nextDeadlineMs, stage.nowMs, "there is nobody to wait for")
  stage.tick()
  t.equal(stage.raft.role, "leader")
  t.equal(stage.raft.term, 2)
  t.same(stage.applied, [1, 2], "its founding entry and the empty one of its term")
})

test("whoever joins begins with nothing and is in no group", async (t) => {
  const stage = new Stage("b")
  t.same(stage.raft.group, groupOf(""))
  stage.pass(10_000)
  t.equal(stage.raft.role, "follower")
  t.equal(stage.raft.term, 0)
})
