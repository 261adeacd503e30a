import type { ReplicaId } from "./ids.ts"
import { hasQuorum, isLost } from "./quorum.ts"
import type { Group, VoteRefusal } from "./types.ts"

/** The answers to one call for votes: replicas are counted, not replies. */
export class Ballot {
  readonly #granted: Set<ReplicaId> = new Set()
  readonly #refused: Map<ReplicaId, VoteRefusal | undefined> = new Map()
  readonly #told: Map<ReplicaId, VoteRefusal | undefined> = new Map()

  grant(from: ReplicaId): void {
    this.#refused.delete(from)
    this.#granted.add(from)
  }

  refuse(from: ReplicaId, reason: VoteRefusal | undefined): void {
    if (!this.#granted.has(from)) this.#refused.set(from, reason)
  }

  /** A refusal in another term than that of the ballot: it is not counted, but it is why. */
  told(from: ReplicaId, reason: VoteRefusal | undefined): void {
    this.#told.set(from, reason)
  }

  /** Who refused, and why. */
  get refusals(): ReadonlyMap<ReplicaId, VoteRefusal | undefined> {
    return new Map([...this.#told, ...this.#refused].filter(([from]) => !this.#granted.has(from)))
  }

  get granted(): ReadonlySet<ReplicaId> {
    return this.#granted
  }

  isWon(group: Group): boolean {
    return hasQuorum(group, (id) => this.#granted.has(id))
  }

  isLost(group: Group): boolean {
    return isLost(group, (id) => this.#refused.has(id))
  }
}
