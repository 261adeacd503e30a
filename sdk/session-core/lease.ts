import type { SessionState } from "./types.ts"

/**
 * How long a session may be believed in, by this process's own clock.
 *
 * A promise counts from the moment in which the request that it answers was sent (Gray and Cheriton 1989 §3.1): the
 * service's time began later than that, so it ends later, too, however long the answer was on its way. Promises that
 * were made stand: a later and shorter one takes nothing back. The agent has taken drift and slack off already.
 */
export class Lease {
  readonly ttlMs: number
  #untilMs: number
  #sentMs: number

  constructor(ttlMs: number, sentMs: number, validForMs: number) {
    this.ttlMs = ttlMs
    this.#sentMs = sentMs
    this.#untilMs = sentMs + Math.min(validForMs, ttlMs)
  }

  /** A request that was sent at `sentMs` was acknowledged. */
  acknowledged(sentMs: number, validForMs: number): void {
    this.#sentMs = Math.max(this.#sentMs, sentMs)
    this.#untilMs = Math.max(this.#untilMs, sentMs + Math.min(validForMs, this.ttlMs))
  }

  /** From here on the session is lost, whatever answers still come. */
  get untilMs(): number {
    return this.#untilMs
  }

  /**
   * From here on it is in jeopardy: half the TTL has passed since what was answered last was sent, or the answers
   * promise so little that the end is near. What is left of a promise is no measure of the first: of the shortest TTL
   * an agent whose own renewals take their time leaves an application half of it, and nothing is wrong.
   */
  get jeopardyMs(): number {
    return Math.min(this.#sentMs + this.ttlMs / 2, this.#untilMs - this.ttlMs / 5)
  }

  /** The latest moment of which is known that the agent spoke after it. */
  get heardAfterMs(): number {
    return this.#sentMs
  }

  stateAt(nowMs: number): SessionState {
    if (nowMs >= this.#untilMs) return "lost"
    return nowMs >= this.jeopardyMs ? "jeopardy" : "live"
  }
}
