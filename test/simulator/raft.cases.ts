import { ok } from "node:assert/strict"
import { test } from "tap"
import { RaftBench } from "./raft-bench.ts"

test("an agent told to found a cluster is one of its own: what is proposed is applied, and survives a restart", async (t) => {
  const bench = new RaftBench({ agents: 1 })
  t.ok(bench.until(() => bench.leader() === 0))
  const { id, asked } = bench.open(0)
  t.ok(bench.until(() => asked.outcome !== undefined))
  t.match(asked.outcome, { kind: "applied" })
  const cluster = bench.host(0).consensus.clusterId
  bench.fleet.kill(bench.member(0))
  bench.runMs(100)
  bench.fleet.boot(bench.member(0))
  t.ok(bench.until(() => bench.leader() === 0))
  t.equal(bench.host(0).consensus.clusterId, cluster, "it founds no second one")
  t.ok(bench.until(() => bench.knows(0, id)))
})

function three(seed = 7): RaftBench {
  const bench = new RaftBench({ agents: 3, seed })
  ok(
    bench.until(() => bench.leader() === 0),
    "the founder leads",
  )
  ok(bench.grow(), "all three vote")
  return bench
}

test("three agents vote; what one of them proposes is known to all", async (t) => {
  const bench = three()
  for (const from of [0, 1, 2]) {
    const { id, asked } = bench.open(from)
    t.ok(bench.until(() => asked.outcome !== undefined))
    t.match(asked.outcome, { kind: "applied" })
    t.ok(bench.until(() => [0, 1, 2].every((index) => bench.knows(index, id))))
  }
  const clusters = new Set([0, 1, 2].map((index) => bench.host(index).consensus.clusterId))
  t.equal(clusters.size, 1)
  t.same(
    bench
      .host(0)
      .members()
      .map(({ record }) => record.seat?.role),
    ["voter", "voter", "voter"],
  )
})

test("the leader is killed: another leads soon, and nothing that was acknowledged is lost", async (t) => {
  const bench = three()
  const { id, asked } = bench.open(1)
  t.ok(bench.until(() => asked.outcome?.kind === "applied"))
  const first = bench.leader() as number
  const killedUs = bench.world.nowUs
  bench.fleet.kill(bench.member(first))
  t.ok(bench.until(() => bench.leader() !== undefined))
  t.comment(`failover after ${(bench.world.nowUs - killedUs) / 1000} ms`)
  t.ok(
    bench.world.nowUs - killedUs < 1_000_000,
    "its connection was reset and the dial refused: no timeout is waited for",
  )
  const rest = bench.running()
  const late = bench.open(rest[0] as number)
  t.ok(bench.until(() => late.asked.outcome?.kind === "applied"))
  t.ok(bench.until(() => rest.every((index) => bench.knows(index, id) && bench.knows(index, late.id))))
  bench.fleet.boot(bench.member(first))
  t.ok(
    bench.until(() => bench.knows(first, late.id)),
    "it comes back and catches up",
  )
})

test("a leader that is cut off proposes nothing that counts, and learns what became of the rest", async (t) => {
  const bench = three()
  const leader = bench.leader() as number
  const others = [0, 1, 2].filter((index) => index !== leader)
  const alone = new Uint8Array(3)
  alone[leader] = 1
  const rest = Uint8Array.from(alone, (bit) => 1 - bit)
  const cut = [
    { from: alone, to: rest, effect: { kind: "cut", proto: "both" } as const },
    { from: rest, to: alone, effect: { kind: "cut", proto: "both" } as const },
  ]
  for (const rule of cut) bench.fleet.network.addRule(rule)
  const lost = bench.open(leader, 3000)
  t.ok(
    bench.until(
      () => others.includes(bench.leader() ?? -1) && bench.host(leader).consensus.running?.isLeader === false,
    ),
  )
  const refused = bench.open(leader, 2000)
  const kept = bench.open(others[0] as number)
  t.ok(bench.until(() => kept.asked.outcome?.kind === "applied"))
  t.ok(bench.until(() => lost.asked.outcome !== undefined && refused.asked.outcome !== undefined))
  t.same(lost.asked.outcome, { kind: "unknown" }, "it was appended, and nobody can say yet")
  t.match(refused.asked.outcome, { kind: "not-proposed", reason: "no-quorum" })
  for (const rule of cut) bench.fleet.network.removeRule(rule)
  t.ok(bench.until(() => [0, 1, 2].every((index) => bench.knows(index, kept.id))))
  t.notOk(bench.knows(leader, lost.id), "its entry gave way to another")
  t.notOk(bench.knows(leader, refused.id))
})

test("all agents lose their power and come back: what was acknowledged is there", async (t) => {
  const bench = three()
  const ids = [0, 1, 2].map((from) => bench.open(from))
  t.ok(bench.until(() => ids.every(({ asked }) => asked.outcome?.kind === "applied")))
  for (const index of [0, 1, 2]) bench.fleet.cutPower(bench.member(index))
  bench.runMs(1000)
  for (const index of [0, 1, 2]) bench.fleet.boot(bench.member(index))
  t.ok(bench.until(() => bench.leader() !== undefined))
  t.ok(bench.until(() => ids.every(({ id }) => [0, 1, 2].every((index) => bench.knows(index, id)))))
})

test("an agent without a replica proposes and reads through relays, across the loss of one and a change of leader", async (t) => {
  const bench = new RaftBench({ agents: 5 })
  t.ok(bench.until(() => bench.leader() === 0))
  t.ok(bench.grow(3))
  const client = 4
  t.equal(bench.host(client).consensus.running, undefined)
  const first = bench.open(client)
  t.ok(bench.until(() => first.asked.outcome?.kind === "applied"))
  const seen = bench.read(client)
  t.ok(bench.until(() => seen.outcome !== undefined))
  t.equal(seen.outcome?.kind, "read")
  t.ok(bench.knows(client, first.id), "its own state follows")
  bench.fleet.kill(bench.member(bench.leader() as number))
  const second = bench.open(client)
  t.ok(bench.until(() => second.asked.outcome !== undefined))
  t.match(second.asked.outcome, { kind: "applied" }, "it is repeated until there is a leader again")
  const again = bench.read(client)
  t.ok(bench.until(() => again.outcome !== undefined))
  t.ok(bench.knows(client, first.id) && bench.knows(client, second.id))
})

test("a cluster without a quorum says at the deadline that nothing was proposed", async (t) => {
  const bench = three()
  const leader = bench.leader() as number
  const [left, killed] = [0, 1, 2].filter((index) => index !== leader) as [number, number]
  bench.fleet.kill(bench.member(leader))
  bench.fleet.kill(bench.member(killed))
  bench.runMs(3000)
  const { asked } = bench.open(left, 1000)
  const read = bench.read(left, 1000)
  bench.runMs(1100)
  t.match(asked.outcome, { kind: "not-proposed", reason: "no-quorum", needed: 2 })
  t.match(read.outcome, { kind: "not-proposed", reason: "no-quorum" })
})

test("an agent that sees a cluster founds none", async (t) => {
  const bench = new RaftBench({ agents: 3 })
  t.ok(
    bench.until(
      () => bench.leader() === 0 && [1, 2].every((index) => bench.host(index).consensus.clusterId !== undefined),
    ),
  )
  const problems: (string | undefined)[] = []
  bench.host(1).consensus.bootstrap((problem) => problems.push(problem))
  bench.runMs(1000)
  t.match(problems, [/belongs to cluster/])
  t.equal(bench.leader(), 0)
})
