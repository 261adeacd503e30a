import { test } from "tap"
import { runCluster } from "./cluster-run.ts"

/** Each takes about a quarter of a second; more of them run whenever somebody has the time. */
const SEEDS = 60
const FAULTS_MS = 15_000

test("under any faults the invariants of Raft hold after every step, and in peace the group works again", async (t) => {
  let reads = 0
  let restored = 0
  let committed = 0
  for (let seed = 1; seed <= SEEDS; seed++) {
    try {
      const cluster = runCluster(seed, FAULTS_MS)
      reads += cluster.readsDone
      restored += cluster.snapshotsRestored
      committed += cluster.checks.committed
    } catch (cause) {
      throw new Error(`seed ${seed}`, { cause })
    }
  }
  t.ok(committed > 20 * SEEDS, `${committed} entries were committed`)
  t.ok(reads > 10 * SEEDS, `${reads} reads were answered`)
  t.ok(restored > SEEDS, `${restored} snapshots were taken over`)
})

test("the same seed gives the same run, to the last step", async (t) => {
  const [one, other] = [runCluster(4, 5000), runCluster(4, 5000)]
  t.ok(one.steps > 500)
  t.equal(one.steps, other.steps)
  t.equal(one.trace, other.trace)
  t.not(runCluster(8, 5000).trace, one.trace)
})
