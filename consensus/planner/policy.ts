import type { RaftConfig } from "../config.ts"
import type { VoterPolicy } from "./types.ts"

const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS

/**
 * What a profile asks of voters. `local` is many agents on one machine, for trying things out: nobody waits for stable
 * hosts there, and all disks are one. `wan` tolerates longer ways.
 */
export function voterPolicy(
  profile: "local" | "lan" | "wan",
  { electionMs }: Pick<RaftConfig, "electionMs">,
  changes: Partial<VoterPolicy> = {},
): VoterPolicy {
  const isLocal = profile === "local"
  return {
    seats: 3,
    standbys: 1,
    quietMs: isLocal ? 500 : Math.max(30 * SECOND_MS, 10 * electionMs),
    settleMs: isLocal ? 0 : 10 * SECOND_MS,
    uptimeMinMs: isLocal ? 0 : MINUTE_MS,
    syncP99MaxMs: isLocal ? Number.POSITIVE_INFINITY : 50,
    rttMaxMs: electionMs / (profile === "wan" ? 4 : 10),
    deadAfterMs: MINUTE_MS,
    deadAlarmMs: 10 * MINUTE_MS,
    zoneWaitMs: 30 * MINUTE_MS,
    spreadEveryMs: 60 * MINUTE_MS,
    stuckAfterMs: 10 * MINUTE_MS,
    ...changes,
  }
}
