import type { SwimConfig } from "@conclave/swim"

/** How a number of the core is written in a configuration. */
type Notation = "duration" | "count" | "thousandths"

export interface GossipKey {
  readonly field: keyof SwimConfig
  readonly notation: Notation
}

/** `gossip.*`: each key is one field of the core's configuration. Left out: the mode, which is for experiments. */
export const GOSSIP_KEYS = {
  "gossip.probeInterval": { field: "probeIntervalMs", notation: "duration" },
  "gossip.probeTimeoutMin": { field: "probeTimeoutMinMs", notation: "duration" },
  "gossip.probeTimeoutMax": { field: "probeTimeoutMaxMs", notation: "duration" },
  "gossip.probeWindowMin": { field: "probeWindowMinMs", notation: "duration" },
  "gossip.indirectProbes": { field: "indirectProbes", notation: "count" },
  "gossip.suspicionFloor": { field: "suspicionFloorMs", notation: "duration" },
  "gossip.suspicionMult": { field: "suspicionMultMilli", notation: "thousandths" },
  "gossip.suspicionMaxMult": { field: "suspicionMaxMult", notation: "count" },
  "gossip.confirmations": { field: "confirmations", notation: "count" },
  "gossip.linkSuspicion": { field: "linkSuspicionMs", notation: "duration" },
  "gossip.redial": { field: "redialMs", notation: "duration" },
  "gossip.watchedNeighbours": { field: "watchedNeighbours", notation: "count" },
  "gossip.interval": { field: "gossipIntervalMs", notation: "duration" },
  "gossip.fanout": { field: "gossipFanout", notation: "count" },
  "gossip.packetsMax": { field: "gossipPacketsMax", notation: "count" },
  "gossip.eagerSpacing": { field: "eagerSpacingMs", notation: "duration" },
  "gossip.retransmitMult": { field: "retransmitMult", notation: "count" },
  "gossip.packetBytesMax": { field: "packetBytesMax", notation: "count" },
  "gossip.toTheDead": { field: "gossipToTheDeadMs", notation: "duration" },
  "gossip.antiEntropyInterval": { field: "antiEntropyIntervalMs", notation: "duration" },
  "gossip.settle": { field: "settleMs", notation: "duration" },
  "gossip.deadDigest": { field: "deadDigestMs", notation: "duration" },
  "gossip.tombstone": { field: "tombstoneMs", notation: "duration" },
  "gossip.reconnectInterval": { field: "reconnectIntervalMs", notation: "duration" },
  "gossip.localHealthMax": { field: "localHealthMax", notation: "count" },
  "gossip.nameWait": { field: "nameWaitMs", notation: "duration" },
  "gossip.membersMax": { field: "membersMax", notation: "count" },
} as const satisfies Readonly<Record<`gossip.${string}`, GossipKey>>
