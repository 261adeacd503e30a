import type { Member } from "@conclave/swim"
import { test } from "tap"
import { RaftBench } from "./raft-bench.ts"

/**
 * What gossip may never decide, over whole agents: those of the ten that are no affair of the planner alone (the others
 * are in `consensus/planner/voters-nevers`).
 */

function three(options: { readonly agents?: number; readonly never?: readonly number[] } = {}): RaftBench {
  const bench = new RaftBench({ agents: 3, ...options })
  if (!bench.until(() => bench.voters() === 3)) throw new Error("three agents never voted")
  return bench
}

/** Gossip says to `at` that agent `about` is in this state, whatever is true. */
function rumour(bench: RaftBench, at: number, about: number, state: Member["state"]): void {
  const host = bench.host(at)
  const before = host.swim.member(bench.host(about).id)
  if (before === undefined) throw new Error("nobody is spoken of")
  bench.member(at).machine.process?.task(() => host.consensus.memberChanged({ before, after: { ...before, state } }))
}

test("never 2: that gossip calls the leader dead ends neither its reign nor its term", async (t) => {
  const bench = three()
  const leader = bench.leader() as number
  const term = bench.host(leader).consensus.running?.raft.term
  const others = [0, 1, 2].filter((index) => index !== leader)
  for (const state of ["suspect", "dead", "left"] as const) {
    for (const at of others) rumour(bench, at, leader, state)
    bench.runMs(5000)
    t.equal(bench.leader(), leader, state)
    t.equal(bench.host(leader).consensus.running?.raft.term, term, state)
  }
})

test("never 3: whatever gossip says of the voters, nothing is committed without a majority of them", async (t) => {
  const bench = three()
  const leader = bench.leader() as number
  const others = [0, 1, 2].filter((index) => index !== leader)
  for (const other of others) bench.fleet.kill(bench.member(other))
  for (const state of ["dead", "left", "alive"] as const) {
    for (const other of others) rumour(bench, leader, other, state)
    bench.runMs(2000)
    const raft = bench.host(leader).consensus.running?.raft
    const [commit, voters] = [raft?.commit, raft?.group.voters]
    const { id, asked } = bench.open(leader, 2000)
    t.ok(bench.until(() => asked.outcome !== undefined))
    t.not(asked.outcome?.kind, "applied", state)
    t.notOk(bench.knows(leader, id))
    t.same([raft?.commit, raft?.group.voters], [commit, voters], state)
  }
})

test("never 4: a host that is dead to gossip keeps its sessions until their time to live is over", async (t) => {
  const bench = three({ agents: 4, never: [3] })
  const { id, asked } = bench.open(3, 5000, 60_000)
  t.ok(bench.until(() => asked.outcome?.kind === "applied"))
  const dead = bench.host(3).id
  bench.fleet.cutPower(bench.member(3))
  const isDead = (index: number): boolean => bench.host(index).swim.member(dead)?.state === "dead"
  t.ok(bench.until(() => [0, 1, 2].every(isDead)))
  bench.runMs(20_000)
  const knowing = [0, 1, 2].filter((index) => bench.knows(index, id))
  t.same(knowing, [0, 1, 2], "long after it was called dead")
  t.ok(
    bench.until(() => [0, 1, 2].every((index) => !bench.knows(index, id)), 120_000),
    "and not for ever",
  )
})

test("never 5: that nobody is seen founds no cluster", async (t) => {
  const alone = new RaftBench({ agents: 1, founders: [] })
  alone.runMs(120_000)
  t.equal(alone.host(0).consensus.clusterId, undefined, "nobody told it to")
  const bench = new RaftBench({ agents: 2, never: [1] })
  t.ok(bench.until(() => bench.host(1).consensus.clusterId !== undefined))
  const cluster = bench.host(1).consensus.clusterId
  bench.fleet.kill(bench.member(0))
  bench.fleet.kill(bench.member(1))
  bench.fleet.boot(bench.member(1))
  bench.runMs(60_000)
  const told: (string | undefined)[] = []
  bench.host(1).consensus.bootstrap((refusal) => told.push(refusal?.why))
  bench.runMs(5000)
  t.same(told, [undefined], "it belongs to one that it saw in another life")
  t.equal(bench.host(1).consensus.clusterId, cluster)
  t.equal(bench.host(1).consensus.running, undefined)
})

test("never 5: a founder that lost its disk and its key founds none while the others hold its name for the old one", async (t) => {
  for (const isAtStart of [true, false]) {
    const bench = new RaftBench({ agents: 3, founders: isAtStart ? [0] : [1] })
    t.ok(bench.until(() => bench.voters() === 3))
    const cluster = bench.host(1).consensus.clusterId
    bench.fleet.kill(bench.member(0))
    bench.wipeKey(0)
    bench.fleet.boot(bench.member(0))
    const told: (string | undefined)[] = []
    if (!isAtStart) {
      bench.runMs(10)
      bench.host(0).consensus.bootstrap((refusal) => told.push(refusal?.why))
      t.ok(bench.until(() => told.length > 0))
      t.match(told[0], /^the name a1 is taken/)
    }
    t.ok(bench.until(() => bench.host(0).consensus.clusterId !== undefined, 120_000))
    t.equal(bench.host(0).consensus.clusterId, cluster)
    t.equal(bench.logs.filter((line) => line.includes("raft.founded")).length, 1)
  }
})

test("never 5: whoever is told to found while its peers are slow hears them first", async (t) => {
  for (const slowMs of [300, 1200]) {
    const bench = new RaftBench({ agents: 3 })
    t.ok(bench.until(() => bench.voters() === 3))
    const cluster = bench.host(1).consensus.clusterId
    bench.fleet.kill(bench.member(0))
    bench.wipe(0)
    bench.runMs(3000)
    for (const index of [1, 2]) bench.member(index).machine.process?.freeze()
    bench.fleet.boot(bench.member(0))
    bench.runMs(100)
    const told: (string | undefined)[] = []
    bench.host(0).consensus.bootstrap((refusal) => told.push(refusal?.why))
    bench.runMs(slowMs)
    for (const index of [1, 2]) bench.member(index).machine.process?.thaw()
    t.ok(bench.until(() => told.length > 0))
    t.match(told[0], /belongs to cluster/)
    t.ok(bench.until(() => bench.host(0).consensus.clusterId === cluster))
    t.equal(bench.logs.filter((line) => line.includes("raft.founded")).length, 1)
  }
})

test("and losing every datagram of gossip does not stop the group: it agrees, fails over, and takes back who restarts", async (t) => {
  const bench = three()
  const all = Uint8Array.of(1, 1, 1)
  bench.fleet.network.addRule({ from: all, to: all, effect: { kind: "cut", proto: "udp" } })
  bench.runMs(60_000)
  const before = bench.open(1)
  t.ok(bench.until(() => before.asked.outcome?.kind === "applied"))
  const first = bench.leader() as number
  bench.fleet.kill(bench.member(first))
  const [one] = bench.running() as [number]
  t.ok(bench.until(() => bench.leader() !== undefined, 60_000))
  const after = bench.open(one, 20_000)
  t.ok(bench.until(() => after.asked.outcome?.kind === "applied"))
  bench.fleet.boot(bench.member(first))
  t.ok(bench.until(() => bench.knows(first, after.id), 60_000))
  t.equal(bench.voters(), 3)
})
