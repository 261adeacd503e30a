/** Which way a figure is better. */
export type Better = "lower" | "higher"

/** The figures of a bench that its summary compares. Keys that are not listed are facts of the run. */
export type Metrics = Readonly<Record<string, Better>>

export const DETECTION_METRICS: Metrics = {
  firstSuspectMs: "lower",
  allSuspectMs: "lower",
  firstDeadMs: "lower",
  allDeadMs: "lower",
  recoverMs: "lower",
  falseDead: "lower",
  falseDeadAtHealthy: "lower",
}
export const BOOT_METRICS: Metrics = { allSeeAllMs: "lower", fromSpawnMs: "lower" }
export const IDLE_METRICS: Metrics = {
  bytesPerSec: "lower",
  packetsPerSec: "lower",
  cpuPercent: "lower",
  rssMb: "lower",
  pssMb: "lower",
}
export const QUERY_METRICS: Metrics = { callsPerSec: "higher", latencyUs: "lower" }
export const LOCK_METRICS: Metrics = {
  pairsPerSec: "higher",
  handoffsPerSec: "higher",
  latencyMs: "lower",
  acquireMs: "lower",
  releaseMs: "lower",
  nextHolderMs: "lower",
}
export const ELECTION_METRICS: Metrics = { handoverMs: "lower", observeMs: "lower" }
export const FAILOVER_METRICS: Metrics = {
  firstWriteMs: "lower",
  pauseMs: "lower",
  lostWrites: "lower",
  lostGrants: "lower",
  unwritable: "lower",
}
export const KV_METRICS: Metrics = { putsPerSec: "higher", latencyMs: "lower" }
export const WATCH_METRICS: Metrics = { eventsPerSec: "higher", cpuPercent: "lower", toldMs: "lower" }
export const WORK_METRICS: Metrics = {
  balanceMs: "lower",
  moveMs: "lower",
  lostItems: "lower",
  doubleOwners: "lower",
}
export const MACHINE_METRICS: Metrics = {
  appliesPerSec: "higher",
  appliesPerCpuSec: "higher",
  snapshotPauseMs: "lower",
  installPauseMs: "lower",
  rssMb: "lower",
}
export const PLANNER_METRICS: Metrics = { planMs: "lower", pieceMs: "lower", firstMs: "lower" }
export const SIM_METRICS: Metrics = { realTimeFactor: "higher", rssMb: "lower" }
export const SEAL_METRICS: Metrics = {
  packetsPerSec: "higher",
  cpuPercent: "lower",
  cpuUs: "lower",
  latencyUs: "lower",
  commitMs: "lower",
}
export const MICRO_METRICS: Metrics = { callsPerSec: "higher", latencyUs: "lower" }
