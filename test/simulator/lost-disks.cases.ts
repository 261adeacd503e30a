import { ok } from "node:assert/strict"
import type { ReplicaId } from "@conclave/consensus"
import { type FileOperation, SystemError } from "@conclave/sim/sim-files"
import type { Disk } from "conclave/ports"
import { ReplicaFile } from "conclave/replica/replica-file"
import { segmentOf } from "conclave/wal/segment"
import { test } from "tap"
import { RaftBench } from "./raft-bench.ts"

const ALL = [0, 1, 2]

function three(seed = 7): RaftBench {
  const bench = new RaftBench({ agents: 3, seed })
  ok(
    bench.until(() => bench.voters() === 3),
    "all three vote",
  )
  return bench
}

function follower(bench: RaftBench): number {
  return ALL.find((index) => index !== bench.leader()) as number
}

function replicaOf(bench: RaftBench, index: number): string | undefined {
  return bench.host(index).consensus.running?.raft.id
}

function warns(bench: RaftBench, index: number, code: string): boolean {
  return (
    bench
      .host(index)
      ?.warnings()
      .some((each) => each.code === code) === true
  )
}

/** From now on the system refuses this to the log of an agent. */
function refuse(bench: RaftBench, index: number, operations: readonly FileOperation[], code: string): void {
  bench.member(index).machine.files.before = (operation) => {
    if (operations.includes(operation)) throw new SystemError(code)
  }
}

function reboot(bench: RaftBench, index: number): void {
  bench.fleet.boot(bench.member(index))
}

/** Turns a bit of what the log of a killed agent acknowledged. */
function damage(bench: RaftBench, index: number): void {
  const { files } = bench.member(index).machine
  const newest = files
    .list()
    .filter((name) => segmentOf(name) !== undefined)
    .sort()
    .at(-1) as string
  const bytes = files.bytesOf(newest)
  bytes[600] = (bytes[600] as number) ^ 1
  files.settle()
}

for (const [code, operations] of [
  ["EACCES", ["open"]],
  ["ENOSPC", ["create", "write"]],
] as const)
  test(`a start that meets ${code} replaces no replica: it says so, and goes on once the disk lets it`, async (t) => {
    const bench = three()
    const index = follower(bench)
    const before = replicaOf(bench, index)
    bench.fleet.kill(bench.member(index))
    reboot(bench, index)
    refuse(bench, index, operations, code)
    t.ok(bench.until(() => warns(bench, index, "replica-io-error")))
    bench.runMs(60_000)
    t.equal(replicaOf(bench, index), undefined)
    t.equal(bench.member(index).machine.files.retired, 0)
    bench.member(index).machine.files.before = () => {}
    t.ok(bench.until(() => replicaOf(bench, index) === before))
    t.notOk(warns(bench, index, "replica-io-error"))
    const { id, asked } = bench.open(index)
    t.ok(bench.until(() => asked.outcome?.kind === "applied" && bench.knows(index, id)))
  })

test("a damaged log: the agent goes on without it and comes back under a new id; the files stay until that one votes", async (t) => {
  const bench = three()
  const index = follower(bench)
  const before = replicaOf(bench, index)
  bench.fleet.kill(bench.member(index))
  damage(bench, index)
  reboot(bench, index)
  t.ok(bench.until(() => warns(bench, index, "replica-damaged")))
  t.equal(bench.member(index).machine.files.retired, 0)
  t.ok(bench.until(() => replicaOf(bench, index) !== undefined, 120_000))
  t.not(replicaOf(bench, index), before)
  t.equal(bench.member(index).machine.files.retired, 1, "a learner has not taken its place yet")
  const votes = (): boolean => {
    const group = bench.host(bench.leader() ?? index).consensus.running?.raft.group
    return group?.voters.some((each) => each === replicaOf(bench, index)) === true
  }
  t.ok(bench.until(votes, 120_000))
  t.ok(bench.until(() => bench.member(index).machine.files.retired === 0))
  t.notOk(warns(bench, index, "replica-damaged"))
})

test("the files stay while the successor's vote is only appended: it may be cut again", async (t) => {
  const bench = three()
  const leader = bench.leader() as number
  const [index, other] = ALL.filter((each) => each !== leader) as [number, number]
  bench.fleet.kill(bench.member(index))
  damage(bench, index)
  reboot(bench, index)
  const raftOf = (each: number) => bench.host(each).consensus.running?.raft
  const votes = (each: number): boolean => raftOf(each)?.group.voters.includes(raftOf(index)?.id as ReplicaId) === true
  const stepUntil = (holds: () => boolean): boolean => {
    for (let steps = 0; steps < 3_000_000 && !holds(); steps++) bench.runMs(0.05)
    return holds()
  }
  t.ok(bench.until(() => bench.member(index).machine.files.retired === 1, 120_000))
  t.ok(stepUntil(() => votes(leader)))
  bench.member(other).machine.process?.freeze()
  t.ok(stepUntil(() => votes(index)))
  bench.runMs(400)
  t.ok(votes(index), "it is a voter of a group that is not committed")
  t.equal(bench.member(index).machine.files.retired, 1)
  bench.member(other).machine.process?.thaw()
  t.ok(bench.until(() => bench.member(index).machine.files.retired === 0, 60_000))
})

test("a lone voter whose log is damaged never starts over: its files are all there is", async (t) => {
  const bench = new RaftBench({ agents: 1 })
  t.ok(bench.until(() => bench.leader() === 0))
  const cluster = bench.host(0).consensus.clusterId
  bench.fleet.kill(bench.member(0))
  damage(bench, 0)
  for (let life = 0; life < 2; life++) {
    reboot(bench, 0)
    t.ok(bench.until(() => warns(bench, 0, "replica-damaged")))
    bench.runMs(120_000)
    t.equal(replicaOf(bench, 0), undefined)
    t.equal(bench.host(0).consensus.clusterId, cluster)
    t.equal(bench.member(0).machine.files.retired, 0)
    t.match(bench.host(0).warnings(), [{ hint: /raft recover/ }])
    bench.fleet.kill(bench.member(0))
  }
})

test("a data directory that moved starts over where a leader has a quorum without it, and nowhere else", async (t) => {
  const bench = three()
  const { id, asked } = bench.open(0)
  t.ok(bench.until(() => asked.outcome?.kind === "applied"))
  const index = follower(bench)
  const before = replicaOf(bench, index)
  bench.fleet.kill(bench.member(index))
  bench.member(index).machine.files.moved()
  reboot(bench, index)
  t.ok(bench.until(() => warns(bench, index, "replica-data-directory-moved")))
  t.ok(bench.until(() => bench.voters() === 3 && bench.knows(index, id), 120_000))
  t.not(replicaOf(bench, index), before)
  const retired = ALL.map((each) => bench.member(each).machine.files.retired)
  for (const each of ALL) bench.fleet.kill(bench.member(each))
  for (const each of ALL) bench.member(each).machine.files.moved()
  for (const each of ALL) reboot(bench, each)
  bench.runMs(120_000)
  for (const each of ALL) {
    t.ok(warns(bench, each, "replica-data-directory-moved"))
    t.equal(replicaOf(bench, each), undefined)
    t.equal(bench.member(each).machine.files.retired, retired[each])
  }
})

test("a disk that fails under a lone voter costs time alone: its log goes on when the disk does", async (t) => {
  const bench = new RaftBench({ agents: 1 })
  t.ok(bench.until(() => bench.leader() === 0))
  const before = replicaOf(bench, 0)
  const kept = bench.open(0)
  t.ok(bench.until(() => kept.asked.outcome?.kind === "applied"))
  refuse(bench, 0, ["write", "sync"], "EIO")
  const lost = bench.open(0, 2000)
  t.ok(bench.until(() => lost.asked.outcome !== undefined))
  t.not(lost.asked.outcome?.kind, "applied")
  t.ok(warns(bench, 0, "replica-disk"))
  bench.runMs(60_000)
  t.equal(replicaOf(bench, 0), undefined)
  bench.member(0).machine.files.before = () => {}
  t.ok(bench.until(() => replicaOf(bench, 0) === before))
  t.ok(bench.until(() => bench.knows(0, kept.id)))
})

test("a disk that fails under one of three: a new replica takes the place of the old one", async (t) => {
  const bench = three()
  const index = bench.leader() as number
  const before = replicaOf(bench, index)
  refuse(bench, index, ["write", "sync"], "EIO")
  bench.open(index, 2000)
  t.ok(bench.until(() => warns(bench, index, "replica-disk")))
  bench.member(index).machine.files.before = () => {}
  t.ok(bench.until(() => replicaOf(bench, index) !== undefined, 120_000))
  t.not(replicaOf(bench, index), before)
})

test("a disk that failed under one of three: a restart of its agent brings the old replica back as little as time does", async (t) => {
  const bench = three()
  const index = follower(bench)
  const before = replicaOf(bench, index)
  refuse(bench, index, ["write", "sync"], "EIO")
  bench.open(bench.leader() as number, 2000)
  t.ok(bench.until(() => warns(bench, index, "replica-disk")))
  for (let life = 0; life < 2; life++) {
    bench.fleet.kill(bench.member(index))
    bench.member(index).machine.files.before = () => {}
    reboot(bench, index)
    const isBack = bench.until(() => {
      if (replicaOf(bench, index) === before) throw new Error("the old replica is back")
      return replicaOf(bench, index) !== undefined && bench.voters() === 3
    }, 120_000)
    t.ok(isBack, `life ${life}`)
  }
  t.notOk(warns(bench, index, "replica-disk"))
})

test("disks that failed under all three, and agents that start anew: where no leader answers the logs go on", async (t) => {
  const bench = three()
  const kept = bench.open(0)
  t.ok(bench.until(() => kept.asked.outcome?.kind === "applied" && ALL.every((each) => bench.knows(each, kept.id))))
  const before = ALL.map((each) => replicaOf(bench, each))
  for (const each of ALL) refuse(bench, each, ["write", "sync"], "EIO")
  for (const each of ALL) bench.open(each, 2000)
  t.ok(bench.until(() => ALL.every((each) => warns(bench, each, "replica-disk")), 120_000))
  for (const each of ALL) bench.fleet.kill(bench.member(each))
  for (const each of ALL) bench.member(each).machine.files.before = () => {}
  for (const each of ALL) reboot(bench, each)
  t.ok(
    bench.until(() => ALL.some((each) => warns(bench, each, "replica-disk"))),
    "they say so, and ask first",
  )
  t.ok(bench.until(() => bench.leader() !== undefined && bench.voters() === 3, 120_000))
  t.ok(bench.until(() => ALL.every((each) => bench.knows(each, kept.id)), 120_000))
  const same = ALL.filter((each) => replicaOf(bench, each) === before[each])
  t.ok(same.length >= 2, `${same.length} of three go on`)
  t.ok(bench.until(() => !ALL.some((each) => warns(bench, each, "replica-disk")), 120_000))
})

test("a replica that must not go on waits for a leader in the next life of its agent, too, and for nothing else", async (t) => {
  const bench = new RaftBench({ agents: 1 })
  t.ok(bench.until(() => bench.leader() === 0))
  const { disk } = bench.member(0).machine
  const before = replicaOf(bench, 0) as ReplicaId
  bench.fleet.kill(bench.member(0))
  const port: Pick<Disk, "read" | "replace"> = {
    read: (name) => disk.file(name),
    replace: (name, bytes, done) => {
      disk.putFile(name, bytes)
      done({ ok: true })
    },
  }
  ReplicaFile.load(port as Disk, () => before).file.change({ ended: before, endedBy: "replica-diverged" })
  reboot(bench, 0)
  t.ok(bench.until(() => warns(bench, 0, "replica-diverged")))
  bench.runMs(120_000)
  t.equal(replicaOf(bench, 0), undefined)
  t.match(
    bench
      .host(0)
      .warnings()
      .filter(({ code }) => code === "replica-diverged"),
    [{ hint: /raft recover/ }],
  )
})

test("an older image of a disk: the replica ends and is never continued, also where the agent dies before it is replaced", async (t) => {
  const bench = three()
  const index = follower(bench)
  const before = replicaOf(bench, index)
  const { machine } = bench.member(index)
  const image = machine.files.copy(1)
  for (let opened = 0; opened < 3; opened++) {
    const { id, asked } = bench.open(index)
    t.ok(bench.until(() => asked.outcome?.kind === "applied" && bench.knows(index, id)))
  }
  bench.fleet.kill(bench.member(index))
  machine.files = image
  reboot(bench, index)
  t.ok(bench.until(() => warns(bench, index, "replica-lost-data")))
  bench.fleet.kill(bench.member(index))
  reboot(bench, index)
  t.ok(
    bench.until(() => {
      if (replicaOf(bench, index) === before) throw new Error("the old replica is back")
      return replicaOf(bench, index) !== undefined
    }, 120_000),
  )
})

test("a machine that was restored twice: both replicas end, and a new one takes the place of the old", async (t) => {
  const bench = new RaftBench({ agents: 4, never: [3] })
  bench.fleet.kill(bench.member(3))
  ok(bench.until(() => bench.voters() === 3))
  const index = follower(bench)
  const before = replicaOf(bench, index)
  const { name } = bench.member(index).machine
  bench.clone(index, 3)
  reboot(bench, 3)
  const hasEnded = (agent: string): boolean =>
    bench.logs.some((line) => line.startsWith(`${agent} raft.ended another process speaks for this replica`))
  t.ok(bench.until(() => hasEnded(name)))
  t.ok(hasEnded("a4"), "each of the two is told")
  t.ok(bench.logs.some((line) => line.includes(`two processes speak for replica ${before}`)))
  const clone = replicaOf(bench, 3)
  t.not(clone, before)
  t.ok(bench.until(() => ![undefined, before].includes(replicaOf(bench, index)) && bench.voters() === 3, 120_000))
  t.notOk(warns(bench, index, "replica-twice"))
  const { id, asked } = bench.open(index)
  t.ok(bench.until(() => asked.outcome?.kind === "applied" && bench.knows(index, id)))
  for (const each of ALL) {
    bench.fleet.kill(bench.member(each))
    bench.runMs(100)
    reboot(bench, each)
    bench.runMs(5000)
    t.not(replicaOf(bench, each), before)
  }
})
