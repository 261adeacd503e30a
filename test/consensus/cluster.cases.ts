import { test } from "tap"
import { runCluster } from "./cluster-run.ts"

const SEEDS = 60
const FAULTS_MS = 15_000

test("under any faults the invariants of Raft hold after every step, and in peace the group works again", async (t) => {
  let reads = 0
  let restored = 0
  let committed = 0
  let reigns = 0
  const seen = { truncations: 0, groups: 0 }
  for (let seed = 1; seed <= SEEDS; seed++) {
    try {
      const cluster = runCluster(seed, FAULTS_MS)
      reads += cluster.readsDone
      restored += cluster.snapshotsRestored
      committed += cluster.checks.committed
      reigns += cluster.checks.reigns
      seen.truncations += cluster.checks.seen.truncations
      seen.groups += cluster.checks.seen.groups
    } catch (cause) {
      throw new Error(`seed ${seed}`, { cause })
    }
  }
  t.ok(committed > 20 * SEEDS, `${committed} entries were committed`)
  t.ok(reads > 10 * SEEDS, `${reads} reads were answered`)
  t.ok(restored > SEEDS, `${restored} snapshots were taken over`)
  t.ok(reigns > 5 * SEEDS, `${reigns} terms had a leader`)
  t.ok(seen.truncations > SEEDS, `${seen.truncations} logs were cut`)
  t.ok(seen.groups > 3 * SEEDS, `${seen.groups} groups were committed`)
})

test("the same seed gives the same run, to the last step", async (t) => {
  const [one, other] = [runCluster(4, 10_000), runCluster(4, 10_000)]
  t.ok(one.steps > 500)
  t.equal(one.steps, other.steps)
  t.equal(one.trace, other.trace)
  t.not(runCluster(8, 10_000).trace, one.trace)
})
