import type { FleetOptions } from "@conclave/sim/fleet"
import { NETWORK_DEFAULTS } from "@conclave/sim/network"
import type { GroupPlan } from "@conclave/sim/plan"

/** A healthy network in one place, and hosts that have nothing else to do. */
export const FLEET: Omit<FleetOptions, "agents" | "group"> = {
  mode: "conclave",
  profile: "lan",
  codec: false,
  restartGraceMs: 30_000,
  network: NETWORK_DEFAULTS,
}

/** Applications are what the test brings. */
export const GROUP: GroupPlan = {
  founder: 0,
  snapshotBytes: 1024 * 1024,
  keepEntries: 5000,
  clients: 0,
  names: 0,
  strikePermille: 0,
  apps: {
    count: 0,
    locks: 0,
    elections: 0,
    provablePermille: 0,
    actMs: 1,
    holdMs: 1,
    duplicatePermille: 0,
    replyStrikePermille: 0,
    clockPpm: [],
  },
}
