import type { ReplicaId } from "./ids.ts"
import { halves, majority } from "./quorum.ts"
import type { Group } from "./types.ts"

/** How explanations name replicas, times and majorities. */
export class Wording {
  readonly nowMs: number
  readonly #nameOf: (id: ReplicaId) => string

  constructor(nameOf: (id: ReplicaId) => string, nowMs: number) {
    this.nowMs = nowMs
    this.#nameOf = nameOf
  }

  name(id: ReplicaId): string {
    return this.#nameOf(id)
  }

  /** "a", "a and b", "a, b and c". */
  list(ids: readonly ReplicaId[]): string {
    const names = ids.map((id) => this.name(id))
    const last = names.pop() ?? "nobody"
    return names.length === 0 ? last : `${names.join(", ")} and ${last}`
  }

  /** "1.4 s ago". */
  since(ms: number): string {
    return `${duration(this.nowMs - ms)} ago`
  }

  /** Fits behind "nothing was heard": "for 1.4 s", or since this program began. */
  heard(ms: number | undefined): string {
    return ms === undefined || !Number.isFinite(ms) ? "since this start" : `for ${duration(this.nowMs - ms)}`
  }

  /** "in 0.6 s", "now". */
  until(ms: number): string {
    return ms <= this.nowMs ? "now" : `in ${duration(ms - this.nowMs)}`
  }

  /** "1 of 3, needs 2"; between two groups of both halves. */
  quorum(group: Group, counted: (id: ReplicaId) => boolean): string {
    const parts = halves(group).map((voters) => {
      return `${voters.filter(counted).length} of ${voters.length}, needs ${majority(voters.length)}`
    })
    return parts.join("; and of the group before ")
  }
}

/** "80 ms", "1.4 s", "3 min". */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  return ms < 120_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 60_000)} min`
}
