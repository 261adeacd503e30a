import { test } from "tap"
import { RaftBench } from "../simulator/raft-bench.ts"

test("a read that began before the replica of a host that came back was open is answered all the same", (t) => {
  const bench = new RaftBench({ agents: 3 })
  t.ok(bench.until(() => bench.voters() === 3))
  const { id, asked } = bench.open(0)
  t.ok(bench.until(() => asked.outcome?.kind === "applied" && bench.knows(1, id)))
  const victim = bench.running().find((index) => index !== bench.leader()) as number
  bench.fleet.kill(bench.member(victim))
  bench.runMs(100)
  const { disk } = bench.member(victim).machine
  disk.setDelayUs(500_000)
  bench.fleet.boot(bench.member(victim))
  const reads: ReturnType<RaftBench["read"]>[] = []
  const isOpen = (): boolean => bench.host(victim).consensus.running !== undefined
  while (!isOpen()) {
    bench.runMs(10)
    if (!isOpen() && bench.host(victim).consensus.clusterId !== undefined) reads.push(bench.read(victim))
  }
  disk.setDelayUs(1000)
  t.ok(reads.length > 0)
  t.ok(bench.until(() => reads.every(({ outcome }) => outcome !== undefined)))
  t.same(new Set(reads.map(({ outcome }) => outcome?.kind)), new Set(["read"]))
  t.end()
})
