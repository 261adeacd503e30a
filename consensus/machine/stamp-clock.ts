/** The most that one look at the clock may add: what is longer was a stall, in which nobody could be heard. */
export const STEP_MS_MAX = 100
/** Of the time that was counted, the share by which the lag is forgiven: so much slower is as good as in time. */
const FORGIVEN = 10

/** What the leader knows of its own hearing since it last looked at the clock. */
export interface Hearing {
  /** A majority has answered in this leader's last election timeout. */
  readonly hasQuorum: boolean
  /** Renewals could have arrived: a relay's link is up, or this replica is the only relay. */
  readonly isHearing: boolean
}

/**
 * The leader's source of stamps. Over any interval a stamp advances no more than the leader's monotonic clock, and only
 * while renewals could be heard: time that was not counted (a stall, no quorum, no relay) is dropped for good, since
 * catching it up would expire sessions whose renewals found nobody. Rejected: a wall clock, which may jump, and giving
 * every session a whole time to live at each change of leader, with which a dead holder outlives a flapping leader.
 *
 * One object a reign: it begins at the time of the state when the new leader has applied its own no-op.
 */
export class StampClock {
  #stampMs: number
  #lookedMs: number
  #lagMs = 0

  constructor(appliedTimeMs: number, nowMs: number) {
    this.#stampMs = appliedTimeMs
    this.#lookedMs = nowMs
  }

  /**
   * What the next entry may carry, in whole ms. A renewal that was heard before a stamp was made must be in the log no
   * later than that stamp: whoever stamps an entry appends the renewals first.
   */
  get stampMs(): number {
    return Math.floor(this.#stampMs)
  }

  /** How far the stamp has fallen behind this leader's own clock while it had a quorum, less what is forgiven. */
  get lagMs(): number {
    return this.#lagMs
  }

  /** A leader that hears too little for a whole time to live hands over: another may hear more. */
  shouldHandOver(ttlMs: number): boolean {
    return this.#lagMs >= ttlMs
  }

  /** Called often, at least every `STEP_MS_MAX`; `nowMs` is monotonic. */
  look(nowMs: number, { hasQuorum, isHearing }: Hearing): void {
    const passedMs = Math.max(0, nowMs - this.#lookedMs)
    this.#lookedMs = Math.max(this.#lookedMs, nowMs)
    const countedMs = hasQuorum && isHearing ? Math.min(passedMs, STEP_MS_MAX) : 0
    this.#stampMs += countedMs
    if (hasQuorum) this.#lagMs = Math.max(0, this.#lagMs + passedMs - countedMs - countedMs / FORGIVEN)
  }
}
