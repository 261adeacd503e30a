import { type Core, clusterSize, selfRecord } from "./core.ts"
import type { Gossip } from "./gossip.ts"
import { URGENCY } from "./gossip-queue.ts"
import type { Own } from "./own.ts"
import { decimalDigits } from "./suspicion.ts"
import type { Update } from "./types.ts"
import { aliveUpdate } from "./update.ts"

/** Gossip ticks that a farewell is given, beside the direct packets. */
const TICKS = 3

/** Says that this member goes, for good or for a restart, and tells when it has been said often enough. */
export class Departure {
  readonly #core: Core
  readonly #own: Own
  readonly #gossip: Gossip
  #ticksLeft = 0
  #news: Update | undefined
  #nextMs = Number.POSITIVE_INFINITY

  constructor(core: Core, own: Own, gossip: Gossip) {
    this.#core = core
    this.#own = own
    this.#gossip = gossip
  }

  get nextMs(): number {
    return this.#nextMs
  }

  leave(): void {
    this.#begin(this.#own.leave())
  }

  /** A planned restart: nothing is published about this member before it is over. */
  restart(forMs: number): void {
    this.#own.change({ restartingForMs: Math.max(1, Math.round(forMs)) }, URGENCY.refutation)
    this.#begin(aliveUpdate(selfRecord(this.#core)))
  }

  run(): void {
    if (this.#core.nowMs < this.#nextMs || this.#news === undefined) return
    if (this.#ticksLeft === 0) {
      this.#nextMs = Number.POSITIVE_INFINITY
      this.#core.effects.push({ kind: "departed" })
      return
    }
    this.#ticksLeft--
    this.#nextMs = this.#core.nowMs + this.#core.config.gossipIntervalMs
    this.#gossip.spread([this.#news], 2 * decimalDigits(clusterSize(this.#core)) + 2)
  }

  #begin(news: Update): void {
    this.#news = news
    this.#ticksLeft = this.#core.table.living.length === 0 ? 0 : TICKS
    this.#nextMs = this.#core.nowMs
  }
}
