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
