import { assert } from "@conclave/base"
import type { LogIndex, ReplicaId } from "./ids.ts"

/** One read that waits for proof that its leader still leads. */
export interface PendingRead {
  readonly call: number
  /** Who asked; undefined = this replica itself. */
  readonly from: ReplicaId | undefined
  /** What was committed when it came. */
  readonly index: LogIndex
  /** The first round that began after it came. */
  readonly round: number
}

/**
 * Linearizable reads without a write (Raft §8, thesis §6.4): the commit index of the moment counts once a round of
 * heartbeats that began later has been answered by a quorum. Rounds are numbered by the leader and never reused; the
 * numbers of clients do not travel, so a delayed answer cannot confirm a later read.
 */
export class Reads {
  #round = 0
  #waiting: PendingRead[] = []

  /** The last round that began. */
  get round(): number {
    return this.#round
  }

  get size(): number {
    return this.#waiting.length
  }

  begin(): number {
    return ++this.#round
  }

  add(read: Omit<PendingRead, "round">): void {
    this.#waiting.push({ round: this.#round + 1, ...read })
  }

  /** True when a read waits for a round that has not begun. */
  get wantsRound(): boolean {
    const last = this.#waiting.at(-1)
    return last !== undefined && last.round > this.#round
  }

  /** True when a round that somebody waits for is under way. */
  get isUnderWay(): boolean {
    const first = this.#waiting[0]
    return first !== undefined && first.round <= this.#round
  }

  /** Takes the reads that `round`, answered by a quorum, confirms. */
  confirmed(round: number): readonly PendingRead[] {
    assert(round <= this.#round, "a round is answered after it began")
    const count = this.#waiting.findIndex((read) => read.round > round)
    return this.#waiting.splice(0, count < 0 ? this.#waiting.length : count)
  }

  takeAll(): readonly PendingRead[] {
    return this.#waiting.splice(0)
  }
}
