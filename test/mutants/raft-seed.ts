import { runCluster } from "../consensus/cluster-run.ts"

/** `node raft-seed.js SEED [LAST]`: says which of these runs of the Raft core fails first, and how. */
const FAULTS_MS = 15_000
const [first = 1, last = first] = process.argv.slice(2).map(Number)
for (let seed = first; seed <= last; seed++) {
  try {
    runCluster(seed, FAULTS_MS)
  } catch (cause) {
    process.stdout.write(`seed ${seed} failed: ${cause instanceof Error ? cause.message : String(cause)}\n`)
    process.exitCode = 1
    break
  }
}
