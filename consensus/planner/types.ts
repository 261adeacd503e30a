import type { LogIndex, ReplicaId } from "../ids.ts"
import type { Group } from "../types.ts"

/** An agent's own wish: `yes` = if anybody says so, only those vote; `auto` = where it is needed; `never`. */
export type VoterWish = "yes" | "auto" | "never"

/** One agent as gossip tells of it: evidence, never a fact. */
export interface AgentView {
  /** The agent's identity, the hash of its key; survives the loss of its disk. */
  readonly agent: string
  readonly name: string
  /** The cluster that it says it is of; undefined = it has not joined one yet. */
  readonly cluster: string | undefined
  /** The replica that it has or would make, with its present data directory; undefined = it offers none. */
  readonly replica: ReplicaId | undefined
  readonly status: "alive" | "suspect" | "dead" | "left"
  /** When `status` began, on the leader's clock. */
  readonly statusSinceMs: number
  /** When its process began, on the leader's clock. */
  readonly startedMs: number
  /** Empty = unknown, and different from all others. */
  readonly zone: string
  readonly host: string
  /** Undefined = it has not said so far since its start. */
  readonly wish: VoterWish | undefined
  /** Its data do not survive a restart. */
  readonly isEphemeral: boolean
  /** Asked to leave for good, by a request that was authenticated. */
  readonly isDraining: boolean
  /** It says of itself that its loop, CPU, disk or socket is sick. */
  readonly isDegraded: boolean
  /** 99 % of its syncs end within this; undefined = its disk was not tried yet. */
  readonly syncP99Ms: number | undefined
  /** To the leader; undefined = not measured. */
  readonly rttMs: number | undefined
  readonly featureMin: number
  readonly featureMax: number
}

/** What the leader itself knows of a replica. */
export interface ReplicaView {
  /** When anything came from it; at the earliest when this reign began. */
  readonly heardMs: number
  /** It would pass as a new voter: appends flow, it was heard, and what it lacks is little. */
  readonly isCaughtUp: boolean
  readonly match: LogIndex
}

export interface VoterPolicy {
  /** How many shall vote where there are enough: 1, 3, 5 or 7. */
  readonly seats: number
  /** Learners kept ready beside those that are to vote: 1 or 2. */
  readonly standbys: number
  /** After its own first entry is committed a leader changes nothing for so long. */
  readonly quietMs: number
  /** Between two changes. */
  readonly settleMs: number
  /** A process younger than this does not become a voter. */
  readonly uptimeMinMs: number
  /** A slower disk does not become a voter; Infinity = not asked. */
  readonly syncP99MaxMs: number
  readonly rttMaxMs: number
  /** Silence, to gossip and to the leader, after which a voter is replaced by a warm standby. Infinity = never. */
  readonly deadAfterMs: number
  /** The same where no standby is warm: then there is an alarm, and five with two dead become three. */
  readonly deadAlarmMs: number
  /** A replacement after which the loss of one zone would cost the quorum waits so long. */
  readonly zoneWaitMs: number
  /** Between two moves of healthy voters for a better spread. */
  readonly spreadEveryMs: number
  /** A learner that has not caught up for so long makes room for another. */
  readonly stuckAfterMs: number
}

/** What was before, kept by the driver while this leader leads. */
export interface VoterHistory {
  /** When this leader's own first entry was committed. */
  readonly settledMs: number
  /** When the group was changed last; undefined = not in this reign. */
  readonly changedMs: number | undefined
  /** When a healthy voter was moved last. */
  readonly spreadMs: number | undefined
  /** Since when each learner has been one, within this reign. */
  readonly learnersSinceMs: ReadonlyMap<ReplicaId, number>
  /** Whose replica each member of the group is; gossip may know of newer ones only. */
  readonly owners: ReadonlyMap<ReplicaId, string>
}

export interface VoterInput {
  readonly nowMs: number
  readonly cluster: string
  /** The leader that asks. */
  readonly self: ReplicaId
  readonly group: Group
  /** False while a change is under way or not committed, the leadership is handed over, or nothing own is committed. */
  readonly isReady: boolean
  /** The election timeout: whoever was silent for as long does not count as reachable. */
  readonly electionMs: number
  readonly featureLevel: number
  readonly replicas: ReadonlyMap<ReplicaId, ReplicaView>
  readonly agents: readonly AgentView[]
  /** Agents that an operator has removed for good, by what the group has agreed on; gossip may have forgotten them. */
  readonly removed: ReadonlySet<string>
  readonly policy: VoterPolicy
  readonly history: VoterHistory
}

export type ChangeReason = "grow" | "replace" | "leave" | "shrink" | "even" | "spread" | "learners"

export type AlarmKind =
  | "not-fault-tolerant"
  | "even-voters"
  | "dead-voter"
  | "leaver-keeps-seat"
  | "no-candidate"
  | "learner-stuck"

export interface Alarm {
  readonly kind: AlarmKind
  readonly text: string
}

/** What should become of the group: one change whole, or nothing and why. */
export type VoterPlan = {
  readonly alarms: readonly Alarm[]
  /** One sentence each: the evidence for the change, or what stands against any. */
  readonly because: readonly string[]
} & (
  | {
      readonly kind: "change"
      readonly reason: ChangeReason
      readonly voters: readonly ReplicaId[]
      readonly learners: readonly ReplicaId[]
    }
  | { readonly kind: "nothing" }
)
