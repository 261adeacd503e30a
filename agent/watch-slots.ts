import { type Problem, problem } from "./api/problem.ts"

/** Open streams of the whole agent, and of one connection. */
export const WATCHES_MAX = 1024
export const WATCHES_EACH_MAX = 64

/** Counts the open streams of an agent, over both of its sockets. */
export class WatchSlots {
  readonly #each: WeakMap<object, number> = new WeakMap()
  #open = 0

  get open(): number {
    return this.#open
  }

  /** Takes a slot for a stream of this connection: the result gives it back, or says why there is none. */
  take(connection: object): (() => void) | Problem {
    const each = this.#each.get(connection) ?? 0
    if (each >= WATCHES_EACH_MAX) return exhausted("streams of one connection", WATCHES_EACH_MAX)
    if (this.#open >= WATCHES_MAX) return exhausted("streams of one agent", WATCHES_MAX)
    this.#open++
    this.#each.set(connection, each + 1)
    let isTaken = true
    return () => {
      if (!isTaken) return
      isTaken = false
      this.#open--
      this.#each.set(connection, (this.#each.get(connection) ?? 1) - 1)
    }
  }
}

export function exhausted(what: string, limit: number): Problem {
  return problem("RESOURCE_EXHAUSTED", `the limit is ${limit} ${what}`, { details: { limit } })
}
