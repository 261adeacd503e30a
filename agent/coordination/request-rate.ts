import type { Seen } from "../api/coordination.ts"
import { type Problem, problem } from "../api/problem.ts"
import type { Clock } from "../ports.ts"

/** Requests of one connection in each second, in the long run. */
export const REQUESTS_PER_S = 5000
/**
 * So many at once, after a pause: more than one connection may hold, which it asks for again after a change of agents.
 */
export const REQUESTS_BURST = 20_000

const EACH_MS = 1000 / REQUESTS_PER_S
const BURST_MS = REQUESTS_BURST * EACH_MS

/**
 * How often a connection may ask for what costs the cluster something: one whose program runs in a circle leaves room
 * for the others. A token bucket for each, as the one moment at which it is full again (GCRA, ITU-T I.371 §A.2).
 */
export class RequestRate {
  readonly #clock: Pick<Clock, "now">
  readonly #fullAtMs: WeakMap<Seen, number> = new WeakMap()

  constructor(clock: Pick<Clock, "now">) {
    this.#clock = clock
  }

  /** `client`: what its connection was told, which it has one of. The result is why it may not, or undefined. */
  take(client: Seen): Problem | undefined {
    const nowMs = this.#clock.now()
    const fullAtMs = Math.max(nowMs, this.#fullAtMs.get(client) ?? nowMs) + EACH_MS
    const overMs = fullAtMs - nowMs - BURST_MS
    // What the sums round away is not held against it.
    if (overMs > EACH_MS / 2) return tooOften(Math.max(1, Math.ceil(overMs)))
    this.#fullAtMs.set(client, fullAtMs)
    return undefined
  }
}

function tooOften(retryAfterMs: number): Problem {
  const message = `a connection may ask ${REQUESTS_PER_S} times a second, and ${REQUESTS_BURST} times at once`
  const details = { limit: "requests of one connection", retryAfterMs }
  return problem("RESOURCE_EXHAUSTED", message, { hint: "is something asked for in a circle?", details })
}
