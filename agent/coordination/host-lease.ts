import type { Millis } from "@conclave/base"
import type { Alarm, Clock } from "../ports.ts"
import type { Cluster } from "./cluster.ts"
import type { Elapsed } from "./elapsed.ts"

/** Renewals in one time to live: several may be lost before a deadline passes. */
const RENEWALS_PER_TTL = 4
const RETRY_MS = 100
/** How far the clocks of two hosts may drift apart in one time to live, and what is left for everything else. */
const DRIFT = 0.02
const SLACK_MS = 200

/**
 * This host's lease. One renewal speaks for all sessions of the host; each of them may rely on it for its own time to
 * live, counted from when the acknowledged renewal was sent. The deadline here passes before the service's, which
 * counts from when the renewal was committed.
 */
export class HostLease {
  readonly #cluster: Cluster
  readonly #clock: Clock
  readonly #elapsed: Elapsed
  readonly #alarm: Alarm
  #ttlMs: number | undefined
  #attempt = 0
  #sentMs = Number.NEGATIVE_INFINITY
  /** What the replicated clock had not passed at that moment. */
  #timeMs = 0
  #nextMs = 0

  constructor(cluster: Cluster, clock: Clock, elapsed: Elapsed) {
    this.#cluster = cluster
    this.#clock = clock
    this.#elapsed = elapsed
    this.#alarm = clock.alarm(() => this.#renew())
  }

  /** The shortest time to live of those that need the lease; undefined = nobody does, and nothing is written. */
  need(ttlMs: number | undefined): void {
    if (ttlMs === this.#ttlMs) return
    this.#ttlMs = ttlMs
    if (ttlMs === undefined) return this.#alarm.clear()
    this.#arm(Math.min(this.#nextMs, this.#clock.now() + ttlMs / RENEWALS_PER_TTL))
  }

  /**
   * What was sent at `sentMs` (elapsed time) has been committed, at `timeMs` of the replicated clock, and counts as a
   * renewal.
   */
  acknowledged(sentMs: number, timeMs: number): void {
    if (sentMs <= this.#sentMs) return
    this.#sentMs = sentMs
    this.#timeMs = timeMs
  }

  /** How long a session with this time to live can still be relied upon, in ms; 0 = no more. */
  leftMs(ttlMs: number): number {
    const deadlineMs = this.#sentMs + ttlMs * (1 - DRIFT) - SLACK_MS
    return Math.max(0, Math.min(ttlMs, deadlineMs - this.#elapsed.now()))
  }

  /**
   * How long the replicated clock has certainly not come to `timeMs`, in ms; 0 = perhaps it has. When the last
   * acknowledged renewal was sent it had come no further than when that was applied, and it never goes faster than a
   * leader's own clock (`stamp-clock.ts`). The state that this host has says less: it may lag behind, and then shows
   * the past.
   */
  beforeMs(timeMs: number): number {
    const atMs = this.#sentMs + (timeMs - this.#timeMs) * (1 - DRIFT)
    return Math.max(0, Math.floor(atMs - this.#elapsed.now()))
  }

  stop(): void {
    this.#ttlMs = undefined
    this.#alarm.clear()
  }

  #renew(): void {
    const ttlMs = this.#ttlMs
    if (ttlMs === undefined) return
    const attempt = ++this.#attempt
    const sentMs = this.#elapsed.now()
    const everyMs = ttlMs / RENEWALS_PER_TTL
    const { host } = this.#cluster
    const renewal = { host, boot: this.#cluster.boot(), attempt }
    this.#arm(this.#clock.now() + everyMs)
    this.#cluster.renew(renewal, (this.#clock.now() + ttlMs) as Millis, (outcome) => {
      if (outcome === undefined) return this.#arm(Math.min(this.#nextMs, this.#clock.now() + RETRY_MS))
      if (outcome.isCurrent && outcome.attempt === attempt) this.acknowledged(sentMs, outcome.timeMs)
    })
  }

  #arm(atMs: number): void {
    if (this.#ttlMs === undefined) return
    this.#nextMs = atMs
    this.#alarm.set(atMs as Millis)
  }
}
