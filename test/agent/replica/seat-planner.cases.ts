import { generation, millis } from "@conclave/base"
import { type ReplicaId, raftConfig, voterPolicy } from "@conclave/consensus"
import { SystemError } from "@conclave/sim/sim-files"
import { type Member, makeRecord } from "@conclave/swim"
import { SeatPlanner } from "conclave/replica/seat-planner"
import { replicaOf } from "conclave/wal/replica-id"
import { test } from "tap"
import { RaftBench } from "../../simulator/raft-bench.ts"
import { fieldsOf, idOf } from "../../swim/stage.ts"
import { FakeClock } from "../fake-clock.ts"

test("the leader makes voters of the agents that it hears of, one change at a time, and says why", async (t) => {
  const bench = new RaftBench({ agents: 4 })
  t.ok(bench.until(() => bench.voters() === 3))
  const plans = bench.logs.filter((line) => / raft\.plan the group changes/.test(line))
  t.ok(plans.length >= 2, "learners first, then one joint change")
  t.match(plans[0], /\(learners\)/)
  t.ok(plans.some((line) => /\(grow\)/.test(line)))
})

test("a lone voter is said to be not fault tolerant, by the leader alone, until three vote", async (t) => {
  const bench = new RaftBench({ agents: 1 })
  t.ok(
    bench.until(() =>
      bench
        .host(0)
        .warnings()
        .some(({ code }) => code === "not-fault-tolerant"),
    ),
  )
  const larger = new RaftBench({ agents: 3 })
  t.ok(larger.until(() => larger.voters() === 3))
  const warned = (index: number): boolean =>
    larger
      .host(index)
      .warnings()
      .some(({ code }) => code === "not-fault-tolerant")
  t.ok(larger.until(() => [0, 1, 2].every((index) => !warned(index))))
})

test("an agent that never votes gets no seat", async (t) => {
  const bench = new RaftBench({ agents: 3, never: [2] })
  t.ok(bench.until(() => bench.leader() === 0))
  bench.runMs(10_000)
  t.equal(bench.host(2).consensus.running, undefined)
})

test("a voter that starts anew keeps its seat while it has not said yet what it wants, also where a standby is warm", async (t) => {
  const bench = new RaftBench({ agents: 4 })
  const group = () => bench.host(bench.leader() ?? 0).consensus.running?.raft.group
  t.ok(bench.until(() => bench.voters() === 3 && group()?.learners.length === 1))
  const voters = group()?.voters
  const index = [0, 1, 2, 3].find((each) => {
    const replica = bench.host(each).consensus.running?.raft.id
    return each !== bench.leader() && voters?.some((voter) => voter === replica)
  }) as number
  bench.fleet.kill(bench.member(index))
  bench.fleet.boot(bench.member(index))
  bench.member(index).machine.files.before = () => {
    throw new SystemError("EACCES")
  }
  bench.runMs(20_000)
  t.equal(bench.host(index).consensus.running, undefined)
  t.same(group()?.voters, voters)
  bench.member(index).machine.files.before = () => {}
  t.ok(bench.until(() => bench.host(index).consensus.running !== undefined))
  t.same(group()?.voters, voters)
})

test("a voter whose program is too old for what is in force ends, says so, and loses its seat to the standby", async (t) => {
  const bench = new RaftBench({ agents: 4, raft: { featureLevelMax: 2 } })
  const group = () => bench.host(bench.leader() ?? 0).consensus.running?.raft
  t.ok(bench.until(() => bench.voters() === 3 && group()?.featureLevel === 2 && group()?.group.learners.length === 1))
  const index = [0, 1, 2, 3].find((each) => {
    const replica = bench.host(each).consensus.running?.raft.id
    return each !== bench.leader() && group()?.group.voters.some((voter) => voter === replica)
  }) as number
  const before = bench.host(index).consensus.running?.raft.id as ReplicaId
  bench.fleet.kill(bench.member(index))
  bench.own.set(index, { featureLevelMax: 1 })
  bench.fleet.boot(bench.member(index))
  const warns = (): boolean =>
    bench
      .host(index)
      .warnings()
      .some(({ code, hint }) => code === "replica-too-old" && /newer version/.test(hint))
  t.ok(bench.until(warns))
  bench.runMs(50_000)
  t.ok(group()?.group.voters.includes(before), "not before its time")
  t.ok(bench.until(() => group()?.group.voters.includes(before) === false, 180_000))
  t.equal(bench.voters(), 3)
  t.ok(warns(), "and still says so")
  t.ok(bench.logs.some((line) => /\(replace\).* goes: without a replica and silent to the leader/.test(line)))
  bench.fleet.kill(bench.member(index))
  bench.own.delete(index)
  bench.fleet.boot(bench.member(index))
  t.ok(bench.until(() => bench.host(index).consensus.hasSeat, 180_000))
  t.notOk(warns(), "with the newer program it comes back")
})

test("voters that leave at once do not pass the leadership to and fro, and all lose their seats", async (t) => {
  for (const seed of [1, 2, 3]) {
    const bench = new RaftBench({ agents: 5, seed })
    const raft = () => bench.host(bench.leader() ?? 0).consensus.running?.raft
    t.ok(bench.until(() => bench.voters() === 3 && raft()?.group.learners.length === 1))
    const leader = bench.leader() as number
    const others = bench.running().filter((index) => {
      const replica = bench.host(index).consensus.running?.raft.id
      return index !== leader && raft()?.group.voters.some((voter) => voter === replica)
    })
    const term = raft()?.term ?? 0
    const left: unknown[] = []
    for (const index of [leader, others[0] as number]) {
      bench.member(index).machine.process?.task(() => {
        bench.host(index).leave({ force: false, timeoutMs: 30_000, graceMs: undefined }, (seat) => left.push(seat))
      })
    }
    t.ok(bench.until(() => left.length === 2))
    t.same(left, ["moved", "moved"])
    t.ok(bench.until(() => bench.leader() !== undefined))
    t.ok((raft()?.term ?? 0) <= term + 5, `${raft()?.term} is a few terms after ${term}`)
  }
})

function replicaNumber(index: number): string {
  return replicaOf(idOf(index), idOf(500 + index))
}

/** A member with a replica of its own. */
function memberOf(index: number, boot = 1): Member {
  const seat = { cluster: "c", replica: idOf(500 + index), role: "none", wish: "auto", isFull: false } as const
  const record = makeRecord(fieldsOf(index, { generation: generation(boot), seat: { ...seat, cluster: idOf(900) } }))
  return { id: idOf(index), record, state: "alive", sinceMs: millis(0), restartingUntilMs: undefined, accusers: [] }
}

/** A leader that votes alone, of a group whose learners are as it is told at once. */
function soleLeader(members: readonly Member[]) {
  const time = new FakeClock()
  const self = replicaNumber(1)
  const raft = {
    ...{ id: self, term: 1, commit: 1, featureLevel: 1, log: { groupIndex: 1, last: 1 } },
    group: { voters: [self], outgoing: [], learners: [] as string[], learnersNext: [] },
    reign: { progress: new Map(), transferTo: undefined },
  }
  const planner = new SeatPlanner({
    ...{ clock: time, raft: raftConfig(), everyMs: 5000, members: () => members, removed: () => new Set() },
    policy: voterPolicy("lan", raftConfig(), { syncP99MaxMs: Number.POSITIVE_INFINITY }),
    ...{ rttMs: () => 1, onAlarms: () => {}, log: { write: () => {} } },
  })
  const learners: string[][] = []
  const changeGroup = (to: { readonly learners: string[] }, done: (outcome: { kind: "applied" }) => void): void => {
    learners.push(to.learners)
    raft.group = { ...raft.group, learners: to.learners }
    done({ kind: "applied" })
  }
  const begin = (): void => planner.begin({ raft, isLeader: true, changeGroup } as never, idOf(900), self as never)
  const pass = (ms: number): void => {
    for (let passed = 0; passed < ms; passed += 1000) time.advance(1000)
  }
  return { planner, learners, begin, pass, time }
}

test("a member that gossip has forgotten is not remembered, and proves itself anew when it comes back", (t) => {
  const members = [1, 2, 3, 4].map((index) => memberOf(index))
  const { planner, learners, begin, pass } = soleLeader(members)
  for (const after of members) planner.memberChanged({ before: undefined, after })
  pass(59_000)
  const [, , , last] = members
  planner.memberChanged({ before: last, after: undefined })
  planner.memberChanged({ before: undefined, after: last })
  begin()
  pass(40_000)
  t.same(learners, [[replicaNumber(2), replicaNumber(3)].sort()])
  planner.stop()
  t.end()
})

test("who left and came back is offered a seat again by the same leader; whom an operator took it from is not", (t) => {
  const members = [1, 2].map((index) => memberOf(index))
  const { planner, learners, begin, pass, time } = soleLeader(members)
  const returns = (boot: number): void => {
    const [before] = members.splice(1, 1)
    members.push(memberOf(2, boot))
    planner.memberChanged({ before, after: members[1] })
    pass(120_000)
  }
  const depart = (): void => {
    const told: string[] = []
    planner.depart(idOf(2), time.now() + 5000, (departed) => told.push(departed))
    pass(6000)
    t.same(told, ["moved"])
    pass(120_000)
  }
  for (const after of members) planner.memberChanged({ before: undefined, after })
  begin()
  pass(120_000)
  t.same(learners.splice(0), [[replicaNumber(2)]])
  depart()
  t.same(learners.splice(0), [[]], "it is offered nothing while it goes")
  returns(2)
  t.same(learners.splice(0), [[replicaNumber(2)]], "the next life has not asked to go")
  planner.shun(idOf(2))
  depart()
  t.same(learners.splice(0), [[]])
  returns(3)
  t.same(learners.splice(0), [], "a start undoes no decision of an operator's")
  planner.welcome(idOf(2))
  pass(120_000)
  t.same(learners, [[replicaNumber(2)]])
  planner.stop()
  t.end()
})
