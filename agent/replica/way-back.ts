import type { Clock } from "../ports.ts"
import { Timers } from "../timers.ts"

/** Between two tries. */
const AGAIN_MS = 5000

/**
 * What ends the wait of a host whose log is closed. `disk`: the log opens again; it is whole, and somebody repairs what
 * keeps it from that. `leader`: a leader that has a quorum without this host answers; only then may another replica
 * take the place of the one here, since that quorum does not need what this log once acknowledged. `either`: the leader
 * is asked first; where none answers the log itself may be all that is left, and it goes on when the disk lets it.
 */
export type WaitsFor = "disk" | "leader" | "either"

export interface WayBackOptions {
  readonly clock: Clock
  /**
   * Whether a leader that has a quorum answers. The replica of this host does not run, so it is no part of that quorum.
   */
  readonly askLeader: (done: (isThere: boolean) => void) => void
  /** `isAll`: no leader has answered, so this log may be all that is left. */
  readonly reopen: (isAll: boolean) => void
  readonly startOver: () => void
}

/** The wait of a host without a replica for a way back into the group. */
export class WayBack {
  readonly #options: WayBackOptions
  readonly #timers: Timers
  /** Counts the waits: an answer to an earlier one is void. */
  #wait = 0

  constructor(options: WayBackOptions) {
    this.#options = options
    this.#timers = new Timers(options.clock)
  }

  /** Until `reopen` or `startOver` is called, once; a new wait takes the place of one that is under way. */
  wait(what: WaitsFor): void {
    const wait = ++this.#wait
    if (what === "disk") return this.#later(wait, () => this.#options.reopen(false))
    this.#options.askLeader((isThere) => {
      if (wait !== this.#wait) return
      if (isThere) return this.#options.startOver()
      this.#later(wait, () => (what === "either" ? this.#options.reopen(true) : this.wait(what)))
    })
  }

  stop(): void {
    this.#wait++
    this.#timers.stop()
  }

  #later(wait: number, act: () => void): void {
    this.#timers.at(this.#options.clock.now() + AGAIN_MS, () => {
      if (wait === this.#wait) act()
    })
  }
}
