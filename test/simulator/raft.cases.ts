import { ok } from "node:assert/strict"
import type { Millis } from "@conclave/base"
import type { SessionId } from "@conclave/consensus"
import { GroupControl } from "conclave/group/group-control"
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
  ok(
    bench.until(() => bench.voters() === 3),
    "all three vote",
  )
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
  const roles = () =>
    bench
      .host(0)
      .members()
      .map(({ record }) => record.seat?.role)
  t.ok(
    bench.until(() => roles().every((role) => role === "voter")),
    "gossip tells who votes",
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

/** The only voters' leader stands still: its connections stay, and the system of its host takes what is sent. */
for (const ms of [0, 40, 80, 120]) {
  test(`a leader that stands still ${ms} ms after a heartbeat is given up after three of them and an own probe`, async (t) => {
    const bench = three(100 + ms)
    bench.runMs(3000 + ms)
    const first = bench.leader() as number
    const { term } = bench.host(first).consensus.running?.raft ?? { term: 0 }
    const stoppedUs = bench.world.nowUs
    bench.member(first).machine.process?.freeze()
    const rest = bench.running().filter((index) => index !== first)
    const asked = rest.map((index) => bench.open(index).asked)
    t.ok(
      bench.until(() => asked.every(({ outcome }) => outcome?.kind === "applied")),
      "also what was sent to it before that was known",
    )
    const tookMs = (bench.world.nowUs - stoppedUs) / 1000
    t.ok(tookMs <= 900, `all writes went through after ${tookMs} ms`)
    t.ok(bench.logs.some((line) => line.includes("raft.leader-gone")))
    bench.member(first).machine.process?.thaw()
    t.ok(
      bench.until(() => (bench.host(first).consensus.running?.raft.term ?? 0) > term),
      "it learns that it was",
    )
  })
}

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

for (const way of ["neither hears the other", "the leader is heard and not reached"]) {
  test(`a voter that only the leader cannot serve goes through another: ${way}`, async (t) => {
    const bench = three()
    const leader = bench.leader() as number
    const [lonely = 0, between = 0] = [0, 1, 2].filter((index) => index !== leader)
    const only = (index: number): Uint8Array => Uint8Array.from([0, 1, 2], (each) => (each === index ? 1 : 0))
    const cut = [{ from: only(lonely), to: only(leader), effect: { kind: "cut", proto: "both" } as const }]
    if (way.startsWith("neither"))
      cut.push({ from: only(leader), to: only(lonely), effect: { kind: "cut", proto: "both" } })
    for (const rule of cut) bench.fleet.network.addRule(rule)
    const { consensus } = bench.host(lonely)
    const seen: number[] = []
    consensus.state.listen({
      changed: (rev) => seen.push(rev),
      replaced: ({ rev }) => seen.push(rev),
    })
    const written = bench.open(lonely, 20_000)
    t.ok(bench.until(() => written.asked.outcome !== undefined))
    t.match(written.asked.outcome, { kind: "applied" })
    t.ok(
      bench.until(() => bench.knows(lonely, written.id)),
      "and its application hears what becomes of it",
    )
    const others = bench.open(between)
    const read = bench.read(lonely, 20_000)
    t.ok(bench.until(() => bench.knows(lonely, others.id) && read.outcome !== undefined))
    t.match(read.outcome, { kind: "read" })
    t.equal(bench.leader(), leader, "nobody is deposed")
    for (const rule of cut) bench.fleet.network.removeRule(rule)
    const own = (): object | undefined => consensus.running?.resting?.machine
    const isBack = (): boolean => own() !== undefined && consensus.state.local()?.state === own()
    const later = bench.open(between)
    t.ok(
      bench.until(() => isBack() && bench.knows(lonely, later.id)),
      "then it reads its own replica again",
    )
    t.same(
      seen,
      [...seen].sort((a, b) => a - b),
      "and never goes back in time",
    )
  })
}

for (const way of ["neither hears the other", "the leader is heard and not reached"]) {
  test(`a voter that only the leader cannot serve is ready, asks for changes and leaves: ${way}`, async (t) => {
    const bench = new RaftBench({ agents: 4 })
    const seated = () => bench.running().filter((index) => bench.host(index).consensus.hasSeat)
    t.ok(bench.until(() => bench.voters() === 3 && seated().length === 4))
    const leader = bench.leader() as number
    const hasVote = (index: number): boolean => {
      const { id, group } = bench.host(index).consensus.running?.raft ?? {}
      return id !== undefined && group?.voters.includes(id) === true
    }
    const lonely = seated().find((index) => index !== leader && hasVote(index)) as number
    const only = (index: number): Uint8Array => Uint8Array.from([0, 1, 2, 3], (each) => (each === index ? 1 : 0))
    const cut = [{ from: only(lonely), to: only(leader), effect: { kind: "cut", proto: "both" } as const }]
    if (way.startsWith("neither"))
      cut.push({ from: only(leader), to: only(lonely), effect: { kind: "cut", proto: "both" } })
    for (const rule of cut) bench.fleet.network.addRule(rule)
    const host = bench.host(lonely)
    const { consensus } = host
    const ready: string[] = []
    for (let look = 0; look < 100; look++) {
      bench.runMs(100)
      ready.push(consensus.readiness.message)
    }
    const [atFirst, later] = [ready.slice(0, 50), ready.slice(50)]
    t.ok(
      atFirst.some((word) => word !== "ok"),
      "for a moment nobody can say",
    )
    t.same([...new Set(later)], ["ok"], "a write is accepted, so it says")
    const controls = bench.hosts.map(
      (view) => new GroupControl({ consensus: view.consensus, view, clock: view.consensus.reach.ways.clock }),
    )
    const results: object[] = []
    const ask = (act: () => void): void => bench.member(lonely).machine.process?.task(act)
    ask(() => controls[lonely]?.add("nobody", 10_000, (result) => results.push(result)))
    t.ok(bench.until(() => results.length > 0))
    t.match(results[0], { code: "NOT_FOUND" }, "the leader has answered")
    const left: unknown[] = []
    ask(() => host.leave({ force: false, timeoutMs: 30_000, graceMs: undefined }, (result) => left.push(result)))
    t.ok(bench.until(() => left.length > 0))
    t.same(left, ["moved"])
    t.equal(bench.leader(), leader)
  })
}

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
  const clients = (): readonly number[] =>
    bench.running().filter((index) => bench.host(index).consensus.running === undefined)
  t.ok(
    bench.until(() => bench.voters() === 3 && clients().length === 1),
    "three vote, one stands by",
  )
  const [client = 0] = clients()
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
  bench.host(1).consensus.bootstrap((refusal) => problems.push(refusal?.why))
  bench.runMs(1000)
  t.same(problems, [undefined], "it belongs to one: there is nothing to do")
  t.equal(bench.leader(), 0)
  t.equal(bench.host(1).consensus.clusterId, bench.host(0).consensus.clusterId)
})

test("a voter whose disk was wiped is replaced by what it comes back as", async (t) => {
  const bench = three()
  const { id, asked } = bench.open(0)
  t.ok(bench.until(() => asked.outcome?.kind === "applied"))
  const lost = [0, 1, 2].find((index) => index !== bench.leader()) as number
  const before = bench.host(lost).consensus.running?.raft.id
  bench.fleet.kill(bench.member(lost))
  bench.wipe(lost)
  bench.fleet.boot(bench.member(lost))
  const group = () => bench.host(bench.leader() ?? 0).consensus.running?.raft.group
  t.ok(bench.until(() => bench.host(lost).consensus.running !== undefined && bench.voters() === 3, 120_000))
  const after = bench.host(lost).consensus.running?.raft.id
  t.not(after, before)
  t.ok(bench.until(() => after !== undefined && group()?.voters.includes(after) === true, 120_000))
  t.notOk(before !== undefined && group()?.voters.includes(before))
  t.ok(bench.until(() => bench.knows(lost, id)))
})

test("a founder that lost its disk founds no second cluster", async (t) => {
  const bench = three()
  const cluster = bench.host(1).consensus.clusterId
  bench.fleet.kill(bench.member(0))
  bench.wipe(0)
  bench.fleet.boot(bench.member(0))
  t.ok(bench.until(() => bench.host(0).consensus.clusterId !== undefined))
  t.equal(bench.host(0).consensus.clusterId, cluster)
  t.equal(bench.logs.filter((line) => line.includes("raft.founded")).length, 1)
})

test("snapshots are taken, sent to who was away for long, and started from", async (t) => {
  const bench = new RaftBench({ agents: 3, snapshotBytesMin: 1, raft: { keepEntries: 1 } })
  t.ok(bench.until(() => bench.voters() === 3))
  const away = [0, 1, 2].find((index) => index !== bench.leader()) as number
  bench.fleet.kill(bench.member(away))
  const ids: SessionId[] = []
  for (let opened = 0; opened < 30; opened++) {
    const { id, asked } = bench.open(bench.leader() as number)
    t.ok(bench.until(() => asked.outcome?.kind === "applied"))
    ids.push(id)
  }
  const snapshotOf = (index: number) => bench.host(index).consensus.running?.raft.log.snapshot.index ?? 0
  t.ok(bench.until(() => snapshotOf(bench.leader() as number) > 10))
  bench.fleet.boot(bench.member(away))
  t.ok(
    bench.until(() => ids.every((id) => bench.knows(away, id))),
    "it took over a snapshot",
  )
  for (const index of [0, 1, 2]) bench.fleet.cutPower(bench.member(index))
  for (const index of [0, 1, 2]) bench.fleet.boot(bench.member(index))
  t.ok(bench.until(() => bench.leader() !== undefined))
  t.ok(bench.until(() => [0, 1, 2].every((index) => ids.every((id) => bench.knows(index, id)))))
  const hashes = () => new Set([0, 1, 2].map((index) => bench.host(index).consensus.state.local()?.state.hash))
  t.ok(bench.until(() => hashes().size === 1 && !hashes().has(undefined)))
})

test("a snapshot under way when its sender is elected anew arrives after all", async (t) => {
  const bench = new RaftBench({ agents: 3, snapshotBytesMin: 1, raft: { keepEntries: 1 } })
  t.ok(bench.until(() => bench.voters() === 3))
  const leader = bench.leader() as number
  const [other, away] = [0, 1, 2].filter((index) => index !== leader) as [number, number]
  const raft = () => bench.host(leader).consensus.running?.raft
  bench.fleet.kill(bench.member(away))
  for (let opened = 0; opened < 100; opened++) {
    const { asked } = bench.open(leader)
    t.ok(bench.until(() => asked.outcome?.kind === "applied"))
  }
  let begun = 0
  const asked = ({ index }: { readonly index: number }, request: { readonly kind: string }): void => {
    if (index === away && request.kind === "beginSnapshot") begun++
  }
  bench.fleet.taps.push({ asked, said: () => {}, sent: () => {} })
  bench.member(away).machine.disk.setDelayUs(400_000)
  bench.fleet.boot(bench.member(away))
  t.ok(bench.until(() => begun > 0))
  for (const index of [other, away]) bench.member(index).machine.process?.freeze()
  t.ok(bench.until(() => bench.leader() === undefined))
  bench.member(away).machine.process?.thaw()
  t.ok(bench.until(() => bench.leader() === leader))
  bench.member(other).machine.process?.thaw()
  const snapshot = raft()?.log.snapshot.index ?? 0
  t.ok(bench.until(() => (bench.host(away).consensus.running?.appliedIndex ?? 0) >= snapshot))
  t.ok(begun <= 5, `of ${begun} none pushes the one before aside`)
})

test("where all disks are slow one leads and work goes on; a slow one alone loses the lead to the others", async (t) => {
  const bench = three()
  const slow = (index: number, ms: number): void => bench.member(index).machine.disk.setDelayUs(ms * 1000)
  const term = () => bench.host(bench.leader() ?? 0).consensus.running?.raft.term ?? 0
  for (const index of [0, 1, 2]) slow(index, 650)
  bench.runMs(5000)
  const before = term()
  for (let count = 0; count < 20; count++) {
    const { asked } = bench.open(bench.leader() ?? 0, 20_000)
    t.ok(bench.until(() => asked.outcome?.kind === "applied"))
  }
  t.ok(term() <= before + 2, `term ${term()} after ${before}`)
  const leader = bench.leader() as number
  for (const index of [0, 1, 2]) if (index !== leader) slow(index, 0)
  bench.open(leader)
  t.ok(bench.until(() => bench.leader() !== undefined && bench.leader() !== leader, 10_000))
})

test("a leader that restarts hands over first", async (t) => {
  const bench = three()
  const leader = bench.leader() as number
  let isAnnounced = false
  bench.member(leader).host?.announceRestart(() => {
    isAnnounced = true
  })
  t.ok(bench.until(() => isAnnounced, 2000))
  t.ok(
    bench.until(() => bench.leader() !== undefined && bench.leader() !== leader, 100),
    "another leads already",
  )
})

test("time passes in the state by ticks, and a session that nobody renews expires on all replicas alike", async (t) => {
  const bench = three()
  const { id, asked } = bench.open(0, 5000, 2000)
  t.ok(bench.until(() => asked.outcome?.kind === "applied"))
  t.ok(bench.until(() => [0, 1, 2].every((index) => bench.knows(index, id)), 1000))
  const openedUs = bench.world.nowUs
  t.ok(bench.until(() => [0, 1, 2].every((index) => !bench.knows(index, id)), 60_000))
  t.ok(bench.world.nowUs - openedUs >= 1_900_000, "no earlier than its time to live")
})

test("renewals through relays keep the sessions of a host", async (t) => {
  const bench = new RaftBench({ agents: 5 })
  const clients = () => bench.running().filter((index) => bench.host(index).consensus.running === undefined)
  t.ok(bench.until(() => bench.voters() === 3 && clients().length === 1))
  const client = clients()[0] as number
  const { id, asked } = bench.open(client, 5000, 2000)
  t.ok(bench.until(() => asked.outcome?.kind === "applied"))
  let counted = 0
  for (let attempt = 1; attempt <= 10; attempt++) {
    const process = bench.member(client).machine.process
    process?.task(() =>
      bench
        .host(client)
        .consensus.state.renew(
          { host: bench.host(client).id, boot: 1, attempt },
          (process.nowMs + 1000) as Millis,
          (outcome) => {
            if (outcome?.isCurrent === true && outcome.attempt === attempt) counted++
          },
        ),
    )
    bench.runMs(800)
  }
  t.equal(counted, 10)
  t.ok(bench.knows(bench.leader() as number, id), "8 s after a time to live of 2 s")
})
