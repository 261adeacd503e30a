import { Machine } from "@conclave/consensus"
import { hostCluster } from "conclave/group/host-cluster"
import { test } from "tap"
import { memberId } from "../fake-view.ts"

test("a host speaks under its id and its present generation, and has the state where it has a replica or a mirror", (t) => {
  const machine = new Machine()
  const consensus = { running: undefined as object | undefined, local: (): unknown => undefined }
  const cluster = hostCluster({ id: memberId("a"), generation: () => 7, consensus: consensus as never })
  t.same([cluster.host, cluster.boot()], [memberId("a"), 7])
  t.equal(cluster.hasState(), false)
  consensus.local = () => ({ state: machine, ageMs: 3 })
  t.equal(cluster.hasState(), true)
  t.match(cluster.local(), { ageMs: 3 })
  consensus.local = () => undefined
  consensus.running = {}
  t.equal(cluster.hasState(), true, "also while an entry is at work")
  t.end()
})
