import type { ReadyItem } from "../api/view.ts"
import type { Clock } from "../ports.ts"
import type { RunningReplica } from "../replica/running-replica.ts"

/** Who does not see the leader itself asks as often at most, and no answer by then is one. */
const ASK_MS = 1000
/** So long what was found out says something: whoever asks seldom hears of the last answer, not of none. */
const WORTH_MS = 120_000

export interface WriteReadinessOptions {
  readonly clock: Clock
  readonly clusterId: () => string | undefined
  readonly running: () => RunningReplica | undefined
  /** The replica hears nothing of a leader that others may hear, and goes through them. */
  readonly isCutOff: () => boolean
  /** The disk under the log of whoever leads takes new work, as far as this host knows. */
  readonly hasRoom: () => boolean
  /** Too few of the disks of those that vote do. */
  readonly lacksRoom: () => boolean
  /** Whether there is somebody to ask. */
  readonly hasRelay: () => boolean
  /** A relay has told that nobody leads. */
  readonly isLeaderless: () => boolean
  /** Has a majority confirm that there is a leader; calls back once. */
  readonly ask: (untilMs: number, done: (isThere: boolean) => void) => void
}

const LEADERLESS = "nobody leads the group"

/**
 * Whether a write would be accepted now, as far as this host knows without waiting: with a replica from what that heard
 * in the last election timeout; without one, or where that is cut off, from the last question to the group, which being
 * asked here renews.
 */
export class WriteReadiness {
  readonly #options: WriteReadinessOptions
  #askedMs = Number.NEGATIVE_INFINITY
  #found: { readonly atMs: number; readonly isThere: boolean } | undefined

  constructor(options: WriteReadinessOptions) {
    this.#options = options
  }

  get item(): ReadyItem {
    const problem = this.#problem
    return { name: "raft", ok: problem === undefined, message: problem ?? "ok" }
  }

  get #problem(): string | undefined {
    if (this.#options.clusterId() === undefined) return "no cluster was founded yet, or none was found"
    return this.#leaderProblem ?? this.#roomProblem
  }

  get #roomProblem(): string | undefined {
    const { hasRoom, lacksRoom } = this.#options
    if (!hasRoom()) return "the disk of the leader is full"
    return lacksRoom() ? "the disks of too many voters are full" : undefined
  }

  get #leaderProblem(): string | undefined {
    const { running } = this.#options
    const replica = running()
    if (replica === undefined) return this.#options.isLeaderless() ? LEADERLESS : this.#outside(true)
    if (this.#options.isCutOff()) return this.#outside(false)
    this.#found = undefined
    return this.#inside(replica)
  }

  #inside({ raft, isLeader }: RunningReplica): string | undefined {
    if (isLeader) {
      return raft.reign?.hasQuorum === true && raft.reign.isSettled ? undefined : "this leader has no quorum"
    }
    if (raft.leader === undefined) return LEADERLESS
    const silentMs = this.#options.clock.now() - raft.heardMs
    return silentMs < raft.config.electionMs ? undefined : "the leader is silent"
  }

  /** `isBelieved`: until the first answer; whoever has lost the leader has reason to doubt. */
  #outside(isBelieved: boolean): string | undefined {
    const { clock, hasRelay } = this.#options
    if (!hasRelay()) return "no member of the group is known to be up"
    const nowMs = clock.now()
    if (nowMs - this.#askedMs >= ASK_MS) this.#ask(nowMs)
    const found = this.#found
    const isThere = found !== undefined && nowMs - found.atMs < WORTH_MS ? found.isThere : isBelieved
    return isThere ? undefined : "no leader with a quorum was reached"
  }

  #ask(nowMs: number): void {
    this.#askedMs = nowMs
    this.#options.ask(nowMs + ASK_MS, (isThere) => {
      this.#found = { atMs: this.#options.clock.now(), isThere }
    })
  }
}
