import type { Core } from "./core.ts"

/** Heartbeats without an answer; more would tell the agent nothing. */
const UNANSWERED_MAX = 16

/**
 * The heartbeat, sent from the application's own loop, so that a loop that is stuck lets its session go. Where the
 * application says by itself whether it is well, "no" or a long silence stops the renewal too.
 */
export class Pulse {
  readonly #core: Core
  readonly #hasHealth: boolean
  #intervalMs = Number.POSITIVE_INFINITY
  #nextMs = Number.POSITIVE_INFINITY
  #askedMs: number | undefined
  #isWell = true

  constructor(core: Core, hasHealth: boolean) {
    this.#core = core
    this.#hasHealth = hasHealth
  }

  get nextMs(): number {
    return this.#nextMs
  }

  /**
   * The session was opened or attached, which renewed it when that was sent: an answer that was slow has used some of
   * it up.
   */
  start(intervalMs: number, sentMs: number): void {
    this.#intervalMs = intervalMs
    this.#nextMs = Math.max(this.#core.nowMs, sentMs + intervalMs)
    this.#askHealth()
  }

  stop(): void {
    this.#nextMs = Number.POSITIVE_INFINITY
  }

  /** Sends what is due. Beats that a stall has left out are not caught up. */
  judge(): void {
    if (this.#core.nowMs < this.#nextMs) return
    this.#nextMs = this.#core.nowMs + this.#intervalMs
    this.beat()
    this.#askHealth()
  }

  /** Renews now, unless the application is not well. */
  beat(): void {
    const core = this.#core
    if (core.session === undefined || !core.isAttached || !this.isWell) return
    if (core.calls.count(({ kind }) => kind === "heartbeat") >= UNANSWERED_MAX) return
    core.calls.send(core, { kind: "heartbeat" }, { op: "heartbeat", in: {} })
  }

  answered(isWell: boolean): void {
    this.#askedMs = undefined
    this.#isWell = isWell
  }

  /** False once the application has said no, or has said nothing for half the TTL. */
  get isWell(): boolean {
    const { session, nowMs } = this.#core
    if (!this.#isWell) return false
    const patienceMs = (session?.lease.ttlMs ?? Number.POSITIVE_INFINITY) / 2
    return this.#askedMs === undefined || nowMs - this.#askedMs <= patienceMs
  }

  /** One question at a time: one that hangs is not asked again. */
  #askHealth(): void {
    if (!this.#hasHealth || this.#askedMs !== undefined) return
    this.#askedMs = this.#core.nowMs
    this.#core.effects.push({ kind: "checkHealth" })
  }
}
