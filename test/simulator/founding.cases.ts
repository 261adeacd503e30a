import { SystemError } from "@conclave/sim/sim-files"
import type { Member } from "@conclave/swim"
import { test } from "tap"
import { RaftBench } from "./raft-bench.ts"

/** Agents that are told to found with others, `expects` of each. */
function fleetOf(
  expects: readonly (number | undefined)[],
  options: { seed?: number; never?: number[] } = {},
): RaftBench {
  return new RaftBench({ agents: expects.length, founders: [], expects, ...options })
}

/** The clusters that the running agents belong to, each once; undefined for those that belong to none. */
function clustersOf(bench: RaftBench): readonly (string | undefined)[] {
  return [...new Set(bench.running().map((index) => bench.host(index).consensus.clusterId))]
}

function areOne(bench: RaftBench): boolean {
  const clusters = clustersOf(bench)
  return clusters.length === 1 && clusters[0] !== undefined && bench.leader() !== undefined
}

function foundedIn(bench: RaftBench): number {
  return bench.logs.filter((line) => line.includes("raft.founded")).length
}

function warningOf(bench: RaftBench, index: number): string {
  const warnings = bench.host(index).warnings()
  return warnings
    .filter(({ code }) => code === "bootstrap-expect")
    .map(({ message, hint }) => `${message} (${hint})`)
    .join()
}

/** Who founds of agents 1 to `count`: the one with the lowest id. */
function founderOf(bench: RaftBench, count = bench.hosts.length): number {
  const ids = bench.hosts.slice(0, count).map(({ id }) => id)
  return ids.indexOf([...ids].sort()[0] as (typeof ids)[number])
}

test("as many as were told to found one cluster together, and three of them vote", (t) => {
  for (const count of [1, 2, 3, 4, 5]) {
    const bench = fleetOf(Array.from({ length: count }, () => count))
    t.ok(
      bench.until(() => areOne(bench)),
      `${count} hosts`,
    )
    t.equal(foundedIn(bench), 1)
    t.ok(bench.until(() => bench.voters() === (count < 3 ? 1 : 3)))
    t.same(warningOf(bench, 0), "", "nothing is waited for any more")
  }
  t.end()
})

test("fewer than were told to found nothing, and say who is there; the last one completes them", (t) => {
  const bench = fleetOf([3, 3, 3])
  bench.fleet.kill(bench.member(2))
  bench.runMs(60_000)
  t.same(clustersOf(bench), [undefined])
  t.match(warningOf(bench, 0), /founded when 3 hosts are there; there are 2: a1, a2.*conclave raft bootstrap/)
  bench.fleet.boot(bench.member(2))
  t.ok(bench.until(() => areOne(bench)))
  t.equal(foundedIn(bench), 1)
  t.end()
})

test("more than were told to found one cluster, and the others come to it, told or not", (t) => {
  const bench = fleetOf([3, 3, 3, 3, 3, undefined])
  t.ok(bench.until(() => areOne(bench)))
  t.ok(bench.until(() => bench.voters() === 3))
  t.equal(foundedIn(bench), 1)
  t.end()
})

test("as long as two were told other numbers nothing is founded, and both say so", (t) => {
  const bench = fleetOf([2, 3, 2])
  bench.runMs(60_000)
  t.same(clustersOf(bench), [undefined])
  t.match(warningOf(bench, 0), /this host is to found with 2, a2 with 3: as long as they differ/)
  t.match(warningOf(bench, 1), /this host is to found with 3, a\d with 2: as long as they differ/)
  bench.fleet.kill(bench.member(1))
  bench.expects[1] = 2
  bench.fleet.boot(bench.member(1))
  t.ok(bench.until(() => areOne(bench)))
  t.end()
})

test("one that may not vote promises and does not found; where none may, that is said", (t) => {
  const bench = fleetOf([3, 3, 3])
  const first = founderOf(bench)
  const others = fleetOf([3, 3, 3], { never: [first] })
  t.ok(others.until(() => areOne(others)))
  t.not(others.leader(), first)
  const none = fleetOf([2, 2], { never: [0, 1] })
  none.runMs(30_000)
  t.same(clustersOf(none), [undefined])
  t.match(warningOf(none, 0), /none of a1, a2 may vote/)
  t.end()
})

test("crashes in the middle end in one cluster, whenever they come and whoever crashes", (t) => {
  for (let crashMs = 0; crashMs < 1200; crashMs += 37) {
    const bench = fleetOf([3, 3, 3], { seed: 100 + crashMs })
    bench.until(() => bench.logs.some((line) => line.includes("raft.founding")))
    const victim = bench.member(crashMs % 3)
    bench.runMs(crashMs % 50)
    if (crashMs % 2 === 0) bench.fleet.cutPower(victim)
    else bench.fleet.kill(victim)
    bench.runMs(crashMs * 7)
    bench.fleet.boot(victim)
    const isOne = bench.until(() => areOne(bench), 120_000)
    if (!isOne) t.comment(bench.logs.filter((line) => line.includes("raft.")).join("\n"))
    t.ok(isOne, `${crashMs}`)
    t.equal(new Set(clustersOf(bench)).size, 1)
  }
  t.end()
})

/** From now on nothing that is said on streams passes between the two. */
function cut(bench: RaftBench, one: number, other: number): () => void {
  const maskOf = (index: number): Uint8Array => Uint8Array.from(bench.hosts, (_, each) => (each === index ? 1 : 0))
  const rule = { from: maskOf(one), to: maskOf(other), effect: { kind: "cut", proto: "tcp" } } as const
  const back = { ...rule, from: rule.to, to: rule.from }
  for (const each of [rule, back]) bench.fleet.network.addRule(each)
  return () => {
    for (const each of [rule, back]) bench.fleet.network.removeRule(each)
  }
}

test("whoever is not reached makes the founder abort after 10 s and say who it was; later all is well", (t) => {
  const bench = fleetOf([3, 3, 3])
  const founder = founderOf(bench)
  const [silent, held] = [0, 1, 2].filter((index) => index !== founder) as [number, number]
  const heal = cut(bench, founder, silent)
  t.ok(bench.until(() => bench.logs.some((line) => /asks a1, a2, a3 to found/.test(line))))
  const askedUs = bench.world.nowUs
  bench.runMs(1000)
  t.match(warningOf(bench, founder), new RegExp(`as soon as all of a1, a2, a3 have promised; missing: a${silent + 1} `))
  t.match(warningOf(bench, held), new RegExp(`has promised a${founder + 1} at`))
  t.ok(bench.until(() => bench.logs.some((line) => /no cluster was founded/.test(line))))
  t.match((bench.world.nowUs - askedUs) / 1e6, 10, "the limit of an attempt")
  t.match(
    bench.logs.find((each) => /no cluster was founded/.test(each)),
    new RegExp(`: a${silent + 1} did not answer$`),
  )
  t.ok(bench.until(() => bench.logs.some((line) => /is void: it has aborted that/.test(line))))
  t.same(clustersOf(bench), [undefined])
  heal()
  t.ok(bench.until(() => areOne(bench), 120_000))
  t.equal(foundedIn(bench), 1)
  t.end()
})

test("a founder that is gone for good frees the others by an operator's word, and a new host completes them", (t) => {
  const bench = fleetOf([3, 3, 3, undefined])
  const founder = founderOf(bench, 3)
  const [silent, held] = [0, 1, 2].filter((index) => index !== founder) as [number, number]
  const heal = cut(bench, founder, silent)
  t.ok(bench.until(() => /has promised/.test(warningOf(bench, held))))
  bench.fleet.cutPower(bench.member(founder))
  heal()
  bench.fleet.kill(bench.member(held))
  bench.fleet.boot(bench.member(held))
  bench.runMs(60_000)
  t.same(clustersOf(bench), [undefined], "a promise outlives who gave it")
  t.match(warningOf(bench, held), new RegExp(`a${founder + 1} is dead.*conclave leave a${founder + 1}`))
  const told: (string | undefined)[] = []
  bench.host(held).consensus.bootstrap((refusal) => told.push(refusal?.why))
  t.ok(bench.until(() => told.length > 0))
  t.match(told[0], /has promised a\d/)
  const gone = bench.host(held).memberById(bench.host(founder).id) as Member
  const wish = { prune: false, force: false, timeoutMs: 5000 }
  bench.member(held).machine.process?.task(() => bench.host(held).expel(gone, wish, () => {}))
  t.ok(bench.until(() => bench.logs.some((line) => /is void: it is gone for good/.test(line))))
  t.match(warningOf(bench, held), /when 3 hosts are there; there are 2/)
  bench.fleet.kill(bench.member(3))
  bench.expects[3] = 3
  bench.fleet.boot(bench.member(3))
  t.ok(bench.until(() => areOne(bench)))
  t.equal(foundedIn(bench), 1)
  t.end()
})

test("a founder that cannot make its log has founded all the same: in its next life it aborts nothing", (t) => {
  const bench = fleetOf([3, 3, 3])
  const founder = founderOf(bench)
  const fill = (): void => {
    bench.member(founder).machine.files.before = (operation) => {
      if (operation === "write") throw new SystemError("ENOSPC")
    }
  }
  fill()
  t.ok(
    bench.until(() => bench.logs.some((line) => /raft\.founding the cluster is not founded yet: .*ENOSPC/.test(line))),
  )
  bench.fleet.cutPower(bench.member(founder))
  fill()
  bench.fleet.boot(bench.member(founder))
  bench.runMs(20_000)
  t.notOk(
    bench.logs.some((line) => /is void/.test(line)),
    "nobody is free to found with others",
  )
  t.equal(bench.leader(), undefined)
  t.equal(clustersOf(bench).length, 1, "and all know the cluster that is to be")
  bench.member(founder).machine.files.before = () => {}
  t.ok(bench.until(() => areOne(bench)))
  t.equal(bench.leader(), founder)
  t.end()
})

test("what an operator has founded on a disk that fails is founded when that is well again, and not forgotten", (t) => {
  const bench = fleetOf([3, 3])
  bench.runMs(5000)
  const { disk } = bench.member(0).machine
  disk.setTrouble({ code: "EIO" })
  const told: (string | undefined)[] = []
  bench.host(0).consensus.bootstrap((refusal) => told.push(refusal?.why))
  t.ok(bench.until(() => told.length > 0))
  t.match(told, [/EIO/])
  bench.runMs(30_000)
  t.same(clustersOf(bench), [undefined])
  t.match(warningOf(bench, 0), /is to found the cluster, so it promises nothing to others, and could not yet: EIO/)
  disk.setTrouble(undefined)
  t.ok(
    bench.until(() => areOne(bench)),
    "it promises nothing to others any more, so it must not give up",
  )
  t.end()
})

test("whoever leaves while it founds has founded before and says so, or founds nothing after it", (t) => {
  for (let afterMs = 0; afterMs < 250; afterMs += 10) {
    const bench = fleetOf([3, 3, 3])
    const founder = founderOf(bench)
    for (const { machine } of bench.fleet.members) machine.disk.setDelayUs(50_000)
    bench.until(() => bench.logs.some((line) => /asks a1, a2, a3 to found/.test(line)))
    bench.runMs(afterMs)
    const results: unknown[] = []
    const wish = { force: false, timeoutMs: 1000, graceMs: undefined }
    bench.member(founder).machine.process?.task(() => {
      bench.host(founder).leave(wish, (result) => results.push(result))
    })
    t.ok(bench.until(() => results.length > 0))
    bench.runMs(20_000)
    // Where it has founded, another has its seat now, or it has stayed.
    t.equal(foundedIn(bench), results[0] === "none" ? 0 : 1, `after ${afterMs} ms: ${JSON.stringify(results)}`)
  }
  t.end()
})

test("an operator founds before enough are there, and not when they found by themselves", (t) => {
  const few = fleetOf([3, 3])
  few.runMs(5000)
  const told: (string | undefined)[] = []
  few.host(0).consensus.bootstrap((refusal) => told.push(refusal?.why))
  t.ok(few.until(() => areOne(few)))
  t.same(told, [undefined])
  const enough = fleetOf([2, 2, undefined])
  const refused: (string | undefined)[] = []
  enough.until(
    () =>
      enough
        .host(2)
        .members()
        .filter(({ record }) => record.seat?.expects === 2).length === 2,
  )
  enough.host(2).consensus.bootstrap((refusal) => refused.push(refusal?.why))
  t.ok(enough.until(() => refused.length > 0))
  t.match(refused[0], /found together by themselves|belongs to cluster/)
  t.ok(enough.until(() => areOne(enough)))
  t.equal(foundedIn(enough), 1)
  t.end()
})

test("a wiped host comes back to the cluster that it founded with others", (t) => {
  const bench = fleetOf([3, 3, 3])
  t.ok(bench.until(() => bench.voters() === 3))
  const [cluster] = clustersOf(bench)
  for (const index of [founderOf(bench), (founderOf(bench) + 1) % 3]) {
    bench.fleet.kill(bench.member(index))
    bench.wipe(index)
    bench.fleet.boot(bench.member(index))
    const votes = (): boolean => {
      const { running } = bench.host(index).consensus
      return running?.raft.group.voters.includes(running.raft.id) === true
    }
    t.ok(bench.until(votes, 300_000))
    t.ok(bench.until(() => bench.voters() === 3 && areOne(bench)))
  }
  t.same(clustersOf(bench), [cluster])
  t.equal(foundedIn(bench), 1)
  t.end()
})
