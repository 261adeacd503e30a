import type { Applied, EndReason } from "@conclave/consensus"

/** Why a replica is no more. */
export interface ReplicaEnd {
  readonly code: string
  readonly message: string
  readonly hint: string
  /**
   * What becomes of its host: `sound` = its files are, and a later start may go on with them; `lost` = they are of no
   * more use, and a new replica begins once a leader answers; `gone` = its seat is another's or nobody's, so a new one
   * may at once.
   */
  readonly leaves: "sound" | "lost" | "gone"
}

const NEXT =
  "look at the disk; a new replica takes its place by itself once a leader answers, or else: conclave raft recover"

/** Whose files, or whose disk, cannot be gone on with. */
export function lost(code: string, message: string): ReplicaEnd {
  return { code, message, hint: NEXT, leaves: "lost" }
}

/** What the core says, or another replica. */
export const ENDS: Readonly<Record<EndReason | "twice", ReplicaEnd>> = {
  removed: { code: "replica-removed", message: "this replica was taken out of the group", hint: "", leaves: "gone" },
  "log-below-acknowledged": {
    ...lost("replica-lost-data", "the log on this disk ends below what it once acknowledged"),
    leaves: "gone",
  },
  "feature-unknown": {
    code: "replica-too-old",
    message: "the log has entries that this version of the program does not understand",
    hint: "install a newer version of the agent",
    leaves: "sound",
  },
  "two-leaders": lost(
    "replica-two-leaders",
    "two replicas led in one term: a member has voted twice, or lost its vote",
  ),
  twice: {
    code: "replica-twice",
    message:
      "another process speaks for this replica, too: its data directory was copied, or its machine restored twice",
    hint: "stop one of the two and give it an empty --data-dir; a new replica takes the place of this one by itself",
    leaves: "gone",
  },
}

/** What the state machine says. */
export const STOPS: Readonly<Record<Extract<Applied, { kind: "stopped" }>["reason"], ReplicaEnd>> = {
  "unknown-command": ENDS["feature-unknown"],
  "malformed-command": lost("replica-damaged", "the log has a command that no program wrote"),
  "state-diverged": lost("replica-diverged", "the state of this replica differs from its leader's"),
}
