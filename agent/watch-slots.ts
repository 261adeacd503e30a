import type { Principal } from "./api/principal.ts"
import { type Problem, problem } from "./api/problem.ts"

/** Open streams of the whole agent, of a socket that has a part of it, and of one connection. */
export const WATCHES_MAX = 1024
export const WATCHES_PART_MAX = 256
export const WATCHES_EACH_MAX = 64

/** Counts the open streams of an agent, over all of its sockets. */
export class WatchSlots {
  readonly #each: WeakMap<object, number> = new WeakMap()
  #open = 0

  get open(): number {
    return this.#open
  }

  /** Takes a slot for a stream of this connection: the result gives it back, or says why there is none. */
  take(connection: object, principal: Principal): (() => void) | Problem {
    if (this.#of(connection) >= WATCHES_EACH_MAX) return exhausted("streams of one connection", WATCHES_EACH_MAX)
    if (principal.share === "part" && this.#of(principal) >= WATCHES_PART_MAX)
      return exhausted("streams of this socket", WATCHES_PART_MAX)
    if (this.#open >= WATCHES_MAX) return exhausted("streams of one agent", WATCHES_MAX)
    this.#count(connection, principal, 1)
    let isTaken = true
    return () => {
      if (!isTaken) return
      isTaken = false
      this.#count(connection, principal, -1)
    }
  }

  #of(whom: object): number {
    return this.#each.get(whom) ?? 0
  }

  #count(connection: object, principal: Principal, more: 1 | -1): void {
    this.#open += more
    for (const whom of [connection, principal]) this.#each.set(whom, this.#of(whom) + more)
  }
}

export function exhausted(what: string, limit: number): Problem {
  return problem("RESOURCE_EXHAUSTED", `the limit is ${limit} ${what}`, { details: { limit } })
}
