import { millis } from "@conclave/base"
import { type Effect, foundingState, Raft, type ReplicaId, raftConfig } from "@conclave/consensus"
import { test } from "tap"

test("the example in the docstring of Raft founds a group and agrees on a command", async (t) => {
  const done: string[] = []
  const id = "r1" as ReplicaId
  const raft = new Raft({ id, config: raftConfig(), seed: 1, nowMs: millis(0), stored: foundingState(id) })
  const perform = (effects: readonly Effect[]): void => {
    for (const effect of effects) {
      if (effect.kind === "commit") done.push(...effect.entries.map(({ data }) => new TextDecoder().decode(data)))
      if (effect.kind !== "persist") continue
      const { write, epoch } = effect.write
      perform(raft.step(millis(0), { kind: "persisted", write, epoch }))
    }
  }
  perform(raft.step(millis(0), { kind: "tick" }))
  const data = new TextEncoder().encode("x = 1")
  perform(raft.step(millis(0), { kind: "propose", proposals: [{ call: 1, data, stampMs: 0, relieves: false }] }))
  t.equal(raft.role, "leader")
  t.same(done, ["", "", "x = 1"])
})

test("a replica shows what it knows", async (t) => {
  const id = "r1" as ReplicaId
  const raft = new Raft({ id, config: raftConfig(), seed: 1, nowMs: millis(0), stored: foundingState(id) })
  t.same([raft.id, raft.term, raft.role, raft.leader, raft.commit], ["r1", 1, "follower", undefined, 1])
  t.same(raft.group.voters, ["r1"])
  t.equal(raft.log.last, 1)
  t.equal(raft.featureLevel, 1)
  t.equal(raft.reign, undefined)
  t.equal(raft.refusals.size, 0)
})

test("one seed gives one run, another one other timeouts", async (t) => {
  const id = "r1" as ReplicaId
  const dueOf = (seed: number): number => new Raft({ id, config: raftConfig(), seed, nowMs: millis(0) }).nextDeadlineMs
  t.equal(dueOf(7), dueOf(7))
  t.ok(new Set([1, 2, 3, 4, 5].map(dueOf)).size > 1)
})
