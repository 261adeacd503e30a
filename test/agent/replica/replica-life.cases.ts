import { type ClusterId, foundingState, type ReplicaId } from "@conclave/consensus"
import { SystemError } from "@conclave/sim/sim-files"
import { hostOf } from "conclave/wal/replica-id"
import { ReplicaLog } from "conclave/wal/replica-log"
import { test } from "tap"
import { RaftBench } from "../../simulator/raft-bench.ts"

/** As programs before this one made them. */
const NAMELESS = "aaaaaaaaaaaaaaaaaaaaaaaaaa" as ReplicaId
const SIZES = { leastBytes: 32 * 1024, mostBytes: 256 * 1024 }

function three(): RaftBench {
  const bench = new RaftBench({ agents: 3 })
  if (!bench.until(() => bench.voters() === 3)) throw new Error("three agents never voted")
  return bench
}

test("a replica whose disk fails ends; its agent goes on, says so, and comes back under a new id", async (t) => {
  const bench = three()
  const failing = [0, 1, 2].find((index) => index !== bench.leader()) as number
  const host = bench.host(failing)
  const before = host.consensus.running?.raft.id
  const { files } = bench.member(failing).machine
  files.before = (operation) => {
    if (operation === "write" || operation === "sync") throw new SystemError("EIO")
  }
  bench.open(bench.leader() as number)
  t.ok(bench.until(() => host.consensus.running === undefined))
  t.ok(host.warnings().some(({ code }) => code === "replica-disk"))
  t.ok(host.members().filter(({ state }) => state === "alive").length === 3, "as a plain member it goes on")
  files.before = () => {}
  t.ok(bench.until(() => host.consensus.running !== undefined, 120_000))
  t.not(host.consensus.running?.raft.id, before)
  t.notOk(host.warnings().some(({ code }) => code === "replica-disk"))
  t.ok(bench.until(() => host.members().every(({ record }) => record.seat?.role === "voter"), 120_000))
})

test("a leader whose disk fails hands over first: nobody waits for its silence", async (t) => {
  const bench = three()
  const leader = bench.leader() as number
  bench.member(leader).machine.files.before = (operation) => {
    if (operation === "write" || operation === "sync") throw new SystemError("EIO")
  }
  bench.open(leader)
  t.ok(
    bench.until(() => bench.leader() !== undefined && bench.leader() !== leader, 200),
    "well before an election timeout",
  )
  t.ok(
    bench
      .host(leader)
      .warnings()
      .some(({ code }) => code === "replica-disk"),
  )
})

test("while a host has lost its replica and has no other yet, gossip tells of no seat there", async (t) => {
  const bench = three()
  const leader = bench.leader() as number
  const [failing, killed] = [0, 1, 2].filter((index) => index !== leader) as [number, number]
  const seat = () => bench.host(leader).swim.member(bench.host(failing).id)?.record.seat
  t.ok(bench.until(() => seat()?.role === "voter"))
  const before = seat()
  bench.member(failing).machine.files.before = (operation) => {
    if (operation === "write" || operation === "sync") throw new SystemError("EIO")
  }
  bench.fleet.kill(bench.member(killed))
  bench.open(leader)
  t.ok(bench.until(() => bench.host(failing).consensus.running === undefined))
  t.ok(
    bench.until(() => seat()?.role === "none"),
    "nobody takes it for a relay",
  )
  t.equal(seat()?.replica, before?.replica)
})

test("a log that is gone is not begun anew under the old id", async (t) => {
  const bench = three()
  const lost = [0, 1, 2].find((index) => index !== bench.leader()) as number
  const before = bench.host(lost).consensus.running?.raft.id
  bench.fleet.kill(bench.member(lost))
  bench.wipeLog(lost)
  bench.fleet.boot(bench.member(lost))
  t.ok(bench.until(() => bench.host(lost).consensus.running !== undefined, 120_000))
  t.not(bench.host(lost).consensus.running?.raft.id, before)
  t.ok(bench.logs.some((line) => /raft\.lost/.test(line)))
})

test("a host that is told to found twice founds once", async (t) => {
  const bench = new RaftBench({ agents: 1, founders: [] })
  bench.runMs(1000)
  const told: (string | undefined)[] = []
  bench.host(0).consensus.bootstrap((refusal) => told.push(refusal?.why))
  bench.host(0).consensus.bootstrap((refusal) => told.push(refusal?.why))
  t.ok(bench.until(() => bench.leader() === 0))
  bench.host(0).consensus.bootstrap((refusal) => told.push(refusal?.why))
  t.equal(told.length, 3)
  t.equal(told.filter((problem) => problem === undefined).length, 2, "the second came while the first was at work")
})

test("a founder whose disk is full founds as soon as there is room, by itself or when it is told again", async (t) => {
  for (const isToldAgain of [false, true]) {
    const bench = new RaftBench({ agents: 1, founders: [] })
    bench.runMs(1000)
    const { files } = bench.member(0).machine
    files.before = (operation) => {
      if (operation === "write") throw new SystemError("ENOSPC")
    }
    const told: (string | undefined)[] = []
    const found = (): void => bench.host(0).consensus.bootstrap((refusal) => told.push(refusal?.why))
    found()
    t.ok(bench.until(() => told.length === 1))
    t.match(told, [/ENOSPC/])
    t.ok(
      bench
        .host(0)
        .warnings()
        .some(({ code }) => code === "replica-disk"),
    )
    files.before = () => {}
    if (isToldAgain) found()
    t.ok(
      bench.until(() => bench.leader() === 0, isToldAgain ? 3000 : 30_000),
      `told again: ${isToldAgain}`,
    )
    if (isToldAgain) t.same(told.slice(1), [undefined])
    t.notOk(
      bench
        .host(0)
        .warnings()
        .some(({ code }) => code === "replica-disk"),
    )
  }
})

test("a host that cannot note down that it has a replica has none, and tries again", async (t) => {
  for (const founders of [[0], [1]]) {
    const bench = new RaftBench({ agents: 2, founders: [] })
    bench.runMs(1000)
    const { disk, files } = bench.member(1).machine
    files.before = (operation) => {
      // The log itself finds its place, and what is noted down beside it does not.
      if (operation === "rename") disk.setTrouble({ code: "ENOSPC" })
    }
    for (const founder of founders) bench.host(founder).consensus.bootstrap(() => {})
    t.ok(
      bench.until(() =>
        bench
          .host(1)
          .warnings()
          .some(({ code }) => code === "replica-disk"),
      ),
    )
    bench.runMs(15_000)
    t.equal(bench.host(1).consensus.running, undefined)
    files.before = () => {}
    disk.setTrouble(undefined)
    t.ok(
      bench.until(() => bench.host(1).consensus.running !== undefined, 60_000),
      `founded by ${founders}`,
    )
    t.ok(bench.until(() => bench.leader() === founders[0], 60_000))
  }
})

test("a founder that crashes at any moment founds one cluster, or none that anybody saw", async (t) => {
  for (let crashMs = 0; crashMs < 12; crashMs++) {
    const bench = new RaftBench({ agents: 1, seed: 11 + crashMs })
    bench.runMs(crashMs)
    const seen = bench.host(0)?.consensus.clusterId
    bench.fleet.cutPower(bench.member(0))
    bench.fleet.boot(bench.member(0))
    t.ok(
      bench.until(() => bench.leader() === 0),
      `crashed after ${crashMs} ms`,
    )
    const running = bench.host(0).consensus.running
    t.ok(bench.until(() => running?.resting?.machine.clusterId === bench.host(0).consensus.clusterId))
    if (seen !== undefined && crashMs > 5) t.equal(bench.host(0).consensus.clusterId, seen)
  }
})

test("whoever speaks to a replica whose log is being opened is not refused, and heard when it is open", async (t) => {
  const bench = three()
  const restarted = [0, 1, 2].find((index) => index !== bench.leader()) as number
  for (let restarts = 0; restarts < 5; restarts++) {
    bench.fleet.kill(bench.member(restarted))
    bench.runMs(50)
    const { disk } = bench.member(restarted).machine
    const usual = disk.delayUs
    disk.setDelayUs(500_000)
    bench.fleet.boot(bench.member(restarted))
    bench.runMs(600)
    disk.setDelayUs(usual)
    const { id } = bench.open(bench.leader() as number)
    t.ok(bench.until(() => bench.knows(restarted, id)))
  }
  t.same(
    bench.logs.filter((line) => /raft\.link|stream\.refused/.test(line)),
    [],
  )
})

test("a log of an older program, whose replicas name no host, is kept, said, and gives way once a leader answers", async (t) => {
  const bench = three()
  const old = [0, 1, 2].find((index) => index !== bench.leader()) as number
  const cluster = bench.host(old).consensus.clusterId as ClusterId
  const { machine } = bench.member(old)
  bench.fleet.kill(bench.member(old))
  bench.wipe(old)
  const state = foundingState(NAMELESS)
  const mint = { cluster, replica: NAMELESS, owner: machine.id, state }
  ReplicaLog.create(machine.files, SIZES, mint).close()
  bench.fleet.boot(bench.member(old))
  const warning = () =>
    bench
      .host(old)
      .warnings()
      .find(({ code }) => code === "replica-older-version")
  t.ok(bench.until(() => warning() !== undefined))
  t.match(warning(), { message: /do not say which host they are of/, hint: /raft recover/ })
  t.equal(machine.files.retired, 0)
  t.ok(bench.until(() => bench.host(old).consensus.running !== undefined, 120_000))
  t.equal(hostOf(bench.host(old).consensus.running?.raft.id as string), machine.id)
  t.equal(machine.files.retired, 1, "it is put aside, not written on")
})
