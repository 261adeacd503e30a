import type { ClusterId, ReplicaId, Term } from "@conclave/consensus"
import type { Member, MemberState, Seat } from "@conclave/swim"
import { GroupView } from "conclave/group/group-view"
import type { RunningReplica } from "conclave/replica/running-replica"
import { replicaOf } from "conclave/wal/replica-id"
import { test } from "tap"
import { fakeMember, memberId } from "../fake-view.ts"

const CLUSTER = "c" as ClusterId

function member(name: string, state: MemberState = "alive", role: Seat["role"] = "voter"): Member {
  const fake = fakeMember(name)
  return {
    ...fake,
    state,
    record: { ...fake.record, seat: { cluster: CLUSTER, replica: `r${name}`, role, wish: "auto", isFull: false } },
  }
}

function replica(name: string): ReplicaId {
  return replicaOf(memberId(name), `r${name}`)
}

function reign(term: number, leader: string) {
  const voters = ["a", "b", "c"].map(replica)
  return { term: term as Term, leader: replica(leader), voters, learners: [], isJoint: false }
}

/** The host is a; with `leader` it has a replica that knows this one. */
function stage({ leader, cluster = CLUSTER }: { readonly leader?: string; readonly cluster?: ClusterId | null } = {}) {
  const raft = { id: replica("a"), leader: replica(leader ?? ""), group: { voters: ["a", "b", "c"].map(replica) } }
  const running = leader === undefined ? undefined : ({ raft } as unknown as RunningReplica)
  const view = new GroupView({
    self: memberId("a"),
    members: () => [member("a")],
    life: () => ({ cluster: cluster ?? undefined, replica: replica("a"), running }),
    appliedIndex: () => 7,
  })
  const tell = (...members: Member[]): void => {
    for (const after of members) view.memberChanged({ before: undefined, after })
  }
  return { view, tell }
}

test("what stands against a write names the voters that are up, and those that are not", (t) => {
  const { view, tell } = stage({ leader: "b" })
  tell(member("b", "suspect"), member("c"))
  const refusal = { kind: "not-proposed", reason: "no-quorum", up: 2, needed: 2 }
  t.same(view.notProposed("no-quorum"), { ...refusal, reachable: ["a", "c"], unreachable: ["b"] })
  tell(member("c", "dead"))
  t.match(view.notProposed("overloaded"), { reason: "overloaded", up: 1, reachable: ["a"], unreachable: ["b", "c"] })
  t.end()
})

test("others whose disks are full are known, unless they are dead, and who leads by a relay's word", (t) => {
  const { view, tell } = stage()
  const full = (name: string, state: MemberState = "alive"): Member => {
    const { record, ...rest } = member(name, state)
    return { ...rest, record: { ...record, seat: { ...(record.seat as Seat), isFull: true } } }
  }
  tell(full("a"), full("b"), full("c", "dead"), full("d", "suspect"), member("e"))
  t.same(
    view.full.map(({ record }) => record.name),
    ["b", "d"],
  )
  t.equal(view.leader, undefined)
  view.learned(reign(3, "b"))
  t.equal(view.leader?.record.name, "b")
  t.same(stage({ cluster: null }).view.full, [])
  t.end()
})

test("too few voters have room once two of three have told that they have none, the own one counted", (t) => {
  for (const leader of ["b", undefined]) {
    const { view, tell } = stage(leader === undefined ? {} : { leader })
    if (leader === undefined) view.learned(reign(3, "b"))
    const full = (name: string): Member => {
      const { record, ...rest } = member(name)
      return { ...rest, record: { ...record, seat: { ...(record.seat as Seat), isFull: true } } }
    }
    t.notOk(view.lacksRoom)
    tell(full("a"), full("d"), full("e"))
    t.notOk(view.lacksRoom, "those that do not vote count for nothing")
    tell(full("c"))
    t.ok(view.lacksRoom)
    tell(member("a"))
    t.notOk(view.lacksRoom)
  }
  t.notOk(stage({ cluster: null }).view.lacksRoom)
  t.end()
})

test("without a replica the voters are those that a relay told of last, under their ids where nobody knows them", (t) => {
  const { view, tell } = stage()
  t.same(view.notProposed("no-cluster"), {
    ...{ kind: "not-proposed", reason: "no-cluster", up: 0, needed: 1 },
    ...{ reachable: [], unreachable: [] },
  })
  view.learned(reign(3, "b"))
  tell(member("b"))
  t.match(view.notProposed("no-quorum"), { up: 1, needed: 2, reachable: ["b"], unreachable: ["a", replica("c")] })
  t.end()
})

test("a relay that is behind tells of a reign that is over", (t) => {
  const { view } = stage()
  for (const each of [reign(3, "b"), reign(4, "c"), reign(3, "b")]) view.learned(each)
  t.equal(view.sight.reign?.leader, replica("c"))
  t.end()
})

test("outside of every cluster there are no seats and no relays", (t) => {
  const { view, tell } = stage({ cluster: null })
  tell(member("b"))
  t.same(view.relays(), [])
  t.same(view.sight.seats, [])
  t.equal(view.others(undefined)[0]?.record.seat?.cluster, CLUSTER, "and one is seen")
  t.end()
})

test("calls go to two relays at most, and never to the host itself", (t) => {
  const { view, tell } = stage()
  tell(member("a"), member("b"), member("c", "alive", "learner"), member("d"), member("e", "alive", "none"))
  const relays = view.relays()
  t.equal(relays.length, 2)
  const seated = ["b", "c", "d"].map((name) => member(name).record.addr)
  t.ok(relays.every((addr) => seated.includes(addr)))
  t.same(view.sight, { ...view.sight, appliedIndex: 7 })
  t.equal(view.sight.seats.length, 4)
  t.end()
})

test("who leads is the member whose replica this host's replica follows", (t) => {
  const { view, tell } = stage({ leader: "b" })
  t.equal(view.leader, undefined, "whose host nobody knows")
  tell(member("b"))
  t.equal(view.leader?.record.name, "b")
  t.equal(view.ownerOf(replica("b"))?.id, memberId("b"))
  t.equal(view.addrOf(replica("b")), member("b").record.addr)
  t.equal(view.nameOf(replica("a")), "a", "its own is known before gossip tells of it")
  t.equal(view.others("other" as ClusterId)[0]?.record.name, "b")
  t.equal(stage().view.leader, undefined)
  t.end()
})
