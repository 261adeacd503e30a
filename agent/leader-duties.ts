import { type Command, encodeCommand, HASH_EVERY, type Machine } from "@conclave/consensus"
import { JudgedAlarm } from "./judged-alarm.ts"
import type { Clock } from "./ports.ts"
import { Stamps } from "./stamps.ts"

export interface DutiesOptions {
  readonly clock: Clock
  readonly received: () => number
  readonly cluster: string
  /** Appends a command of the service itself; never one that another leader made. */
  readonly propose: (data: Uint8Array) => void
}

/** What a leader does unasked: it stamps, founds the state, lets time pass in it when something is due, compares hashes. */
export class LeaderDuties {
  readonly stamps: Stamps
  readonly #options: DutiesOptions
  readonly #alarm: JudgedAlarm
  #machine: Machine | undefined
  /** The due time that a tick is on its way for: until it is applied nothing else is. */
  #tickedMs: number | undefined

  constructor(options: DutiesOptions) {
    this.#options = options
    const { clock, received } = options
    this.stamps = new Stamps(clock)
    this.#alarm = new JudgedAlarm({ clock, received, judge: (lostMs) => this.#judge(lostMs) })
  }

  /** The first entry of this reign is applied: from here on all of the past is known. */
  begin(machine: Machine): void {
    this.#machine = machine
    this.stamps.begin(machine.timeMs)
    if (machine.clusterId === "") {
      this.#propose({ kind: "found", clusterId: this.#options.cluster, wallMs: this.#options.clock.wallMs() })
    }
    this.#arm()
  }

  end(): void {
    this.#machine = undefined
    this.#tickedMs = undefined
    this.stamps.end()
    this.#alarm.arm(Number.POSITIVE_INFINITY)
  }

  stop(): void {
    this.end()
    this.#alarm.stop()
  }

  /** An entry was applied. */
  applied(index: number): void {
    const machine = this.#machine
    if (machine === undefined) return
    if (this.#tickedMs !== undefined && machine.timeMs >= this.#tickedMs) this.#tickedMs = undefined
    if (index % HASH_EVERY === 0) this.#propose({ kind: "checkHash", index, hash: machine.hash })
    this.#arm()
  }

  #arm(): void {
    const dueMs = this.#machine?.nextDueMs
    const isDue = dueMs !== undefined && this.#tickedMs === undefined
    this.#alarm.arm(isDue ? this.stamps.ownMs(dueMs) : Number.POSITIVE_INFINITY)
  }

  /** Renewals that wait to be read were heard before this tick's stamp: they go first, since a turn without input has passed. */
  #judge(lostMs: number): void {
    this.stamps.lose(lostMs)
    const machine = this.#machine
    if (machine === undefined) return
    const stampMs = this.stamps.now()
    if (stampMs >= (machine.nextDueMs ?? Number.POSITIVE_INFINITY)) {
      this.#tickedMs = stampMs
      this.#propose({ kind: "tick" })
    }
    this.#arm()
  }

  #propose(command: Command): void {
    this.#options.propose(encodeCommand(command))
  }
}
