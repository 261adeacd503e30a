import type { NodeId } from "@conclave/base"
import { replicas } from "@conclave/consensus"
import type { Clock } from "../ports.ts"
import type { ReplicaLife } from "../replica/replica-life.ts"
import { Timers } from "../timers.ts"
import type { Reach } from "./reach.ts"
import type { SeatGiven } from "./seat-wishes.ts"

const LOOK_MS = 10

export interface SteppingDownOptions {
  readonly self: NodeId
  readonly clock: Clock
  readonly electionMs: number
  readonly life: () => Pick<ReplicaLife, "isMaking" | "running">
  /** This host founds nothing together with others any more. */
  readonly renounceFounding: () => void
  readonly seats: () => Pick<Reach["seats"], "wish">
}

/** How this host gives up what it is in the group: the leadership, or its seat. */
export class SteppingDown {
  readonly #options: SteppingDownOptions
  readonly #timers: Timers

  constructor(options: SteppingDownOptions) {
    this.#options = options
    this.#timers = new Timers(options.clock)
  }

  /** The replica of this host is a voter or learner of the group. */
  get hasSeat(): boolean {
    const { running } = this.#options.life()
    return running !== undefined && replicas(running.raft.group).has(running.raft.id)
  }

  /** A leader that stops hands over first; calls back when it has, or when it has tried for long enough. */
  handOver(done: () => void): void {
    const { clock, electionMs, life } = this.#options
    const { running } = life()
    if (running?.isLeader !== true || running.raft.group.voters.length < 2) return done()
    const untilMs = clock.now() + electionMs
    const look = (): void => {
      const nowMs = clock.now()
      if (!running.isLeader || nowMs >= untilMs) return done()
      this.#timers.at(nowMs + LOOK_MS, look)
    }
    running.transfer()
    look()
  }

  /** Asks whoever leads to move this host's seat to another host. Calls back once, at the deadline or soon after. */
  giveUpSeat(untilMs: number, done: (given: SeatGiven) => void): void {
    const { self, clock, life, renounceFounding, seats } = this.#options
    // One that founds at this moment may be the only one that votes: that is known when its files are there.
    const nowMs = clock.now()
    if (life().isMaking && nowMs < untilMs) {
      this.#timers.at(nowMs + LOOK_MS, () => this.giveUpSeat(untilMs, done))
      return
    }
    if (life().isMaking) return done("late")
    if (!this.hasSeat) {
      // To those who have promised it is gone from now on, and they are free: it must found nothing after that.
      renounceFounding()
      return done("none")
    }
    // A leader that moved it and was lost before it said so leaves the next one nothing to move.
    seats().wish(self, untilMs, (given) => done(given === "none" ? "moved" : given))
  }

  stop(): void {
    this.#timers.stop()
  }
}
