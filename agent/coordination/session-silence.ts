import type { Millis } from "@conclave/base"
import { heartbeatMs } from "../api/heartbeat.ts"
import type { Alarm, Clock } from "../ports.ts"
import type { Elapsed } from "./elapsed.ts"
import type { LocalSession } from "./local-session.ts"

/**
 * Beyond what was promised to an application: the drift of its clock in one time to live, and what is left for the
 * rest.
 */
const DRIFT = 0.01
const SLACK_MS = 200
/** So many heartbeats late the processes of an application are looked at, and again after such a pause. */
const OVERDUE = 1.5
const LOOK_AGAIN_MS = 250

export interface SilenceOptions {
  readonly clock: Clock
  readonly elapsed: Elapsed
  /** An agent's default time to live. */
  readonly ttlMs: number
  /** It was to be heard of by now: perhaps its process is gone while another one keeps its connection open. */
  readonly overdue: (session: LocalSession) => void
  /**
   * Its last promise is over, and somewhat more. `isHeard`: it spoke to the end, and what it was promised could not be
   * prolonged.
   */
  readonly silent: (session: LocalSession, isHeard: boolean) => void
}

/** Which applications that are connected have fallen silent. */
export class SessionSilence {
  readonly #options: SilenceOptions
  readonly #alarms: Map<LocalSession, Alarm> = new Map()
  /** When each spoke last. */
  readonly #heardMs: WeakMap<LocalSession, number> = new WeakMap()

  constructor(options: SilenceOptions) {
    this.#options = options
  }

  /** Its application spoke, and was told what it may rely on. */
  heard(session: LocalSession): void {
    this.#heardMs.set(session, this.#options.elapsed.now())
    this.#arm(session, OVERDUE * heartbeatMs(this.#options.ttlMs, session.ttlMs))
  }

  /** Nothing is expected of it any more. */
  forget(session: LocalSession): void {
    this.#alarms.get(session)?.clear()
    this.#alarms.delete(session)
  }

  stop(): void {
    for (const alarm of this.#alarms.values()) alarm.clear()
    this.#alarms.clear()
  }

  #look(session: LocalSession): void {
    const { elapsed, ttlMs, overdue, silent } = this.#options
    const nowMs = elapsed.now()
    const isHeard = nowMs - (this.#heardMs.get(session) ?? 0) < OVERDUE * heartbeatMs(ttlMs, session.ttlMs)
    if (nowMs >= silentAtMs(session)) return silent(session, isHeard)
    this.#arm(session, LOOK_AGAIN_MS)
    overdue(session)
  }

  #arm(session: LocalSession, waitMs: number): void {
    const { clock, elapsed } = this.#options
    let alarm = this.#alarms.get(session)
    if (alarm === undefined) {
      alarm = clock.alarm(() => this.#look(session))
      this.#alarms.set(session, alarm)
    }
    // A difference that the sum rounds away would ring at this very moment, again and again.
    const leftMs = Math.max(1, silentAtMs(session) - elapsed.now())
    alarm.set((clock.now() + Math.min(waitMs, leftMs)) as Millis)
  }
}

/** When (elapsed time) an application that says nothing is taken for stopped. */
export function silentAtMs({ promisedMs, ttlMs }: LocalSession): number {
  return promisedMs + ttlMs * DRIFT + SLACK_MS
}
