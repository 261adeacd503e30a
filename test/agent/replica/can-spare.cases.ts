import type { NodeId } from "@conclave/base"
import type { Group, ReplicaId } from "@conclave/consensus"
import { canSpare } from "conclave/replica/can-spare"
import { replicaOf } from "conclave/wal/replica-id"
import { test } from "tap"
import { RaftBench } from "../../simulator/raft-bench.ts"
import { memberId } from "../fake-view.ts"

const NUMBER = "a".repeat(26)

function seat(name: string): ReplicaId {
  return replicaOf(memberId(name), NUMBER)
}

interface Sight {
  readonly voters: string
  readonly outgoing?: string
  readonly learners?: string
  readonly heard: string
  readonly removed?: string
  /** Who is to vote, once all that this needs have answered. */
  readonly changing?: string
}

/** Each host is a letter. */
function spares(host: string, { voters, outgoing = "", learners = "", ...more }: Sight): boolean {
  const seats = (names: string): ReplicaId[] => [...names].map(seat)
  const group: Group = { voters: seats(voters), outgoing: seats(outgoing), learners: seats(learners), learnersNext: [] }
  const { heard, removed = "", changing = "" } = more
  const joint = { voters: seats(changing), outgoing: seats(voters), learners: [], learnersNext: [] }
  const isHeard = (id: ReplicaId): boolean => seats(heard).includes(id)
  const reign = { isHeard, changing: changing === "" ? undefined : { group: joint } }
  const gone = new Set<NodeId>([...removed].map((name) => memberId(name)))
  return canSpare({ raft: { group, reign } as never }, memberId(host), gone)
}

test("a voter can be spared where those that the leader hears are a quorum without it", (t) => {
  t.notOk(spares("a", { voters: "a", heard: "a" }), "the only one")
  t.notOk(spares("b", { voters: "ab", heard: "ab" }))
  t.ok(spares("c", { voters: "abc", heard: "abc" }))
  t.ok(spares("a", { voters: "abc", heard: "abc" }), "the leader, too")
  t.ok(spares("c", { voters: "abc", heard: "ab" }), "one that is dead")
  t.notOk(spares("b", { voters: "abc", heard: "ab" }), "one more than may be lost")
  t.notOk(spares("b", { voters: "abc", heard: "abc", removed: "c" }), "nobody listens to who was removed a moment ago")
  t.ok(spares("b", { voters: "abcde", heard: "abcde", removed: "c" }))
  t.end()
})

test("during a change both halves are counted", (t) => {
  t.notOk(spares("a", { voters: "bcd", outgoing: "a", heard: "abcd" }))
  t.notOk(spares("b", { voters: "bcd", outgoing: "abc", heard: "abc" }))
  t.ok(spares("c", { voters: "bcd", outgoing: "abc", heard: "abd" }))
  t.ok(spares("d", { voters: "abc", learners: "d", heard: "acd" }))
  t.notOk(spares("d", { voters: "abc", learners: "d", changing: "abd", heard: "ad" }), "also of one that only begins")
  t.end()
})

test("who has no vote can be spared always, and who was removed already", (t) => {
  t.ok(spares("x", { voters: "a", heard: "a" }))
  t.ok(spares("b", { voters: "a", learners: "b", heard: "" }))
  t.ok(spares("a", { voters: "a", heard: "a", removed: "a" }))
  t.end()
})

test("an operator who takes a living voter for dead does not end the group", async (t) => {
  const bench = new RaftBench({ agents: 4, never: [3] })
  t.ok(bench.until(() => bench.voters() === 3))
  const leader = bench.leader() as number
  const [dead, living] = [0, 1, 2].filter((each) => each !== leader) as [number, number]
  const idOf = (index: number): NodeId => bench.host(index).id
  const removes = (host: NodeId) => {
    const asked = bench.propose(3, { kind: "removeHost", host })
    t.ok(bench.until(() => asked.outcome !== undefined))
    return asked.outcome
  }
  const lost = idOf(dead)
  bench.fleet.kill(bench.member(dead))
  const { raft } = bench.host(leader).consensus.running ?? {}
  const isHeard = (): boolean => raft?.group.voters.every((each) => raft.reign?.isHeard(each) === true) === true
  t.ok(bench.until(() => !isHeard()))
  const refusal = { kind: "conflict", reason: "quorum-at-risk", current: 3 }
  t.match(removes(idOf(living)), { kind: "applied", result: { kind: "refused", refusal } })
  t.match(removes(lost), { kind: "applied", result: { kind: "done" } })
  t.equal(bench.leader(), leader)
})
