import { isVoter, type ReplicaId, replicas } from "@conclave/consensus"
import type { Seat } from "@conclave/swim"
import type { ReplicaLife } from "../replica/replica-life.ts"
import type { RunningReplica } from "../replica/running-replica.ts"
import { numberOf } from "../replica/seat-book.ts"

export interface OwnSeatOptions {
  readonly wish: Seat["wish"]
  /** The disk takes new work. */
  readonly hasRoom: () => boolean
  /** While it waits to found a cluster with others: so many together. */
  readonly expects: () => number | undefined
  /** Tells gossip. */
  readonly onSeat: (seat: Seat) => void
}

/** What gossip hears of this host's seat. */
export class OwnSeat {
  readonly #options: OwnSeatOptions
  /** What it was told last. */
  #seat: Seat | undefined

  constructor(options: OwnSeatOptions) {
    this.#options = options
  }

  changed({ toldCluster: cluster, replica, running }: Pick<ReplicaLife, "toldCluster" | "replica" | "running">): void {
    const { wish, hasRoom, onSeat } = this.#options
    const expects = this.#options.expects()
    if (cluster === undefined && replica !== undefined && expects !== undefined) {
      this.#seat = { cluster: "", replica: numberOf(replica), role: "none", wish, isFull: !hasRoom(), expects }
    } else if (cluster !== undefined && replica !== undefined) {
      this.#seat = { cluster, replica: numberOf(replica), role: roleOf(running, replica), wish, isFull: !hasRoom() }
    } else if (this.#seat !== undefined) {
      // Its replica has ended, and there is no other yet: nobody comes to the leader through this host.
      this.#seat = { ...this.#seat, role: "none", isFull: false }
    }
    if (this.#seat !== undefined) onSeat(this.#seat)
  }
}

function roleOf(running: RunningReplica | undefined, self: ReplicaId): Seat["role"] {
  if (running === undefined) return "none"
  const { group } = running.raft
  if (isVoter(group, self)) return "voter"
  return replicas(group).has(self) ? "learner" : "none"
}
