import type { AsOf } from "@conclave/consensus"

/**
 * Of when a state is that is applied behind what is known to be agreed on: what a leader says counts once all of it is
 * applied. One word is waited for at a time, so that a state which never quite catches up grows no older than it is.
 */
export class Freshness {
  #asOfMs = Number.NEGATIVE_INFINITY
  #awaited: AsOf | undefined

  /** -Infinity = nobody knows. */
  get asOfMs(): number {
    return this.#asOfMs
  }

  told(told: AsOf, applied: number): void {
    this.#awaited ??= told
    this.applied(applied)
    if (applied >= told.index) this.#asOfMs = Math.max(this.#asOfMs, told.ms)
  }

  /** The state has come so far. */
  applied(index: number): void {
    const awaited = this.#awaited
    if (awaited === undefined || index < awaited.index) return
    this.#asOfMs = Math.max(this.#asOfMs, awaited.ms)
    this.#awaited = undefined
  }
}
