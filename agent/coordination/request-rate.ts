import type { Caller } from "../api/coordination.ts"
import { type Problem, problem } from "../api/problem.ts"
import type { Clock } from "../ports.ts"

interface Allowance {
  readonly perS: number
  readonly atOnce: number
  readonly whom: string
}

/**
 * Of one connection in the long run, and at once, after a pause: more than it may hold, which it asks for again after a
 * change of agents.
 */
export const EACH: Allowance = { perS: 5000, atOnce: 20_000, whom: "connection" }
/** Of all connections of a socket that has a part of what the agent can do. */
export const PART: Allowance = { perS: 10_000, atOnce: 40_000, whom: "socket" }

/**
 * How often a connection may ask for what costs the cluster something: one whose program runs in a circle leaves room
 * for the others. A token bucket for each, as the one moment at which it is full again (GCRA, ITU-T I.371 §A.2).
 */
export class RequestRate {
  readonly #clock: Pick<Clock, "now">
  readonly #fullAtMs: WeakMap<object, number> = new WeakMap()

  constructor(clock: Pick<Clock, "now">) {
    this.#clock = clock
  }

  /** The result is why it may not, or undefined. What its connection was told a client has one of. */
  take({ seen, principal }: Pick<Caller, "seen" | "principal">): Problem | undefined {
    return this.#take(seen, EACH) ?? (principal.share === "part" ? this.#take(principal, PART) : undefined)
  }

  #take(whom: object, { perS, atOnce, whom: named }: Allowance): Problem | undefined {
    const eachMs = 1000 / perS
    const nowMs = this.#clock.now()
    const fullAtMs = Math.max(nowMs, this.#fullAtMs.get(whom) ?? nowMs) + eachMs
    const overMs = fullAtMs - nowMs - atOnce * eachMs
    // What the sums round away is not held against it.
    if (overMs > eachMs / 2) return tooOften(named, { perS, atOnce }, Math.max(1, Math.ceil(overMs)))
    this.#fullAtMs.set(whom, fullAtMs)
    return undefined
  }
}

function tooOften(whom: string, { perS, atOnce }: Omit<Allowance, "whom">, retryAfterMs: number): Problem {
  const message = `a ${whom} may ask ${perS} times a second, and ${atOnce} times at once`
  const details = { limit: `requests of one ${whom}`, retryAfterMs }
  return problem("RESOURCE_EXHAUSTED", message, { hint: "is something asked for in a circle?", details })
}
