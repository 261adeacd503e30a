import type { Addr } from "@conclave/base"
import type { Clock } from "../../ports.ts"
import type { RunningReplica } from "../../replica/running-replica.ts"

/**
 * A replica that lost its leader has not heard it for an election timeout; where it knows of no other after one more,
 * it does not hear what others may well hear.
 */
const LEADERLESS_ELECTIONS = 1
/** A leader that is heard is not reached for so many: one that died would be heard no more. */
const UNREACHED_ELECTIONS = 2
/** Then it is tried again directly after so long. */
const UNREACHED_MS = 5000

export interface DetourOptions {
  readonly clock: Clock
  readonly electionMs: number
  readonly running: () => RunningReplica | undefined
  /** Where the leader is, as far as this host's replica knows. */
  readonly leaderAddr: () => Addr | undefined
  readonly relays: () => readonly Addr[]
}

/**
 * The way of a host whose replica follows nobody, or cannot reach whom it follows, while others may: through one of
 * them, as a host without a replica goes. Where there is no leader at all, that way ends at once.
 */
export class Detour {
  readonly #options: DetourOptions
  /** The last leader that was known. */
  #leader: Addr | undefined
  /** Since when nobody is known to lead. */
  #leaderlessMs: number | undefined
  #unreached: { readonly leader: Addr; readonly sinceMs: number; readonly lastMs: number } | undefined

  constructor(options: DetourOptions) {
    this.#options = options
  }

  get isNeeded(): boolean {
    const { clock, electionMs, running, leaderAddr } = this.#options
    const replica = running()
    if (replica === undefined || replica.isLeader) return false
    this.look()
    const nowMs = clock.now()
    const leader = leaderAddr()
    if (leader !== undefined) {
      const missed = this.#missedOf(leader, nowMs)
      return missed !== undefined && missed.lastMs - missed.sinceMs >= UNREACHED_ELECTIONS * electionMs
    }
    return nowMs - (this.#leaderlessMs ?? nowMs) >= LEADERLESS_ELECTIONS * electionMs
  }

  /** Whoever the replica follows may have changed. */
  look(): void {
    const leader = this.#options.leaderAddr()
    if (leader === undefined) this.#leaderlessMs ??= this.#options.clock.now()
    else {
      this.#leader = leader
      this.#leaderlessMs = undefined
    }
  }

  /** Not where the leader is or was: whoever needs a detour does not get there. */
  relays(): readonly Addr[] {
    const others = this.#options.relays().filter((each) => each !== this.#leader)
    return others.length === 0 ? this.#options.relays() : others
  }

  /** A call to it could not be sent. */
  unreached(leader: Addr): void {
    const nowMs = this.#options.clock.now()
    this.#unreached = { leader, sinceMs: this.#missedOf(leader, nowMs)?.sinceMs ?? nowMs, lastMs: nowMs }
  }

  #missedOf(leader: Addr, nowMs: number): { readonly sinceMs: number; readonly lastMs: number } | undefined {
    const missed = this.#unreached
    return missed?.leader === leader && nowMs - missed.lastMs < UNREACHED_MS ? missed : undefined
  }
}
