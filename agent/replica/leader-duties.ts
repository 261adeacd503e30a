import {
  type Command,
  encodeCommand,
  HASH_EVERY,
  type Machine,
  StampClock,
  WALL_DRIFT_MS,
  wallMsAt,
} from "@conclave/consensus"
import { JudgedAlarm } from "../judged-alarm.ts"
import type { Clock } from "../ports.ts"

/** While stalls come one after another. */
const WALL_EVERY_MS = 1000

/** The leader looks at its clock as often: what passes between two looks beyond `STEP_MS_MAX` is taken for a stall. */
const LOOK_MS = 75

export interface DutiesOptions {
  readonly clock: Clock
  readonly received: () => number
  readonly cluster: string
  /** The shortest time to live that is usual: a leader whose stamps lag as far behind its clock hands over. */
  readonly ttlMs: number
  /**
   * A majority has answered in the last election timeout. Other relays are among them, so the streams that bring
   * renewals stand, too; a lone voter is the only relay.
   */
  readonly hasQuorum: () => boolean
  readonly handOver: () => void
  /** Appends a command of the service itself; never one that another leader made. `refused`: it never will be. */
  readonly propose: (data: Uint8Array, refused: () => void) => void
}

/**
 * What a leader does unasked: it stamps, founds the state, lets time pass in it when something is due, compares hashes.
 */
export class LeaderDuties {
  readonly #options: DutiesOptions
  readonly #alarm: JudgedAlarm
  #machine: Machine | undefined
  /** Undefined = this replica does not lead, or not yet. */
  #clock: StampClock | undefined
  /** The due time that a tick is on its way for: until it is applied nothing else is. */
  #tickedMs: number | undefined
  /** When the wall clock was told last; a leader tells it first thing. */
  #toldWallMs = Number.NEGATIVE_INFINITY

  constructor(options: DutiesOptions) {
    this.#options = options
    const { clock, received } = options
    this.#alarm = new JudgedAlarm({ clock, received, judge: () => this.#judge() })
  }

  /** The first entry of this reign is applied: from here on all of the past is known. */
  begin(machine: Machine): void {
    this.#machine = machine
    this.#clock = new StampClock(machine.timeMs, this.#options.clock.now())
    if (machine.clusterId === "") {
      this.#propose({ kind: "found", clusterId: this.#options.cluster, wallMs: this.#options.clock.wallMs() })
    }
    this.#arm()
  }

  end(): void {
    this.#machine = undefined
    this.#tickedMs = undefined
    this.#toldWallMs = Number.NEGATIVE_INFINITY
    this.#clock = undefined
    this.#alarm.arm(Number.POSITIVE_INFINITY)
  }

  stop(): void {
    this.end()
    this.#alarm.stop()
  }

  /**
   * Something is about to be written. Where the wall clock has gone another way than the replicated one, that is
   * written before it: whoever reads later when it was sees the same everywhere.
   */
  beforeEntry(): void {
    const [machine, clock] = [this.#machine, this.#clock]
    if (machine === undefined || clock === undefined || !machine.isAtRest) return
    const [nowMs, wallMs] = [this.#options.clock.now(), this.#options.clock.wallMs()]
    if (machine.clusterId === "" || nowMs < this.#toldWallMs + WALL_EVERY_MS) return
    const expectedMs = wallMsAt(machine.walls, clock.stampMs)
    if (expectedMs !== undefined && Math.abs(wallMs - expectedMs) < WALL_DRIFT_MS) return
    this.#toldWallMs = nowMs
    this.#propose({ kind: "tick", wallMs })
  }

  /** What an entry of now carries; 0 = nothing can be said. */
  stampMs(): number {
    return this.#look()?.stampMs ?? 0
  }

  /** An entry was applied. */
  applied(index: number): void {
    const machine = this.#machine
    if (machine === undefined) return
    if (this.#tickedMs !== undefined && machine.timeMs >= this.#tickedMs) this.#tickedMs = undefined
    if (index % HASH_EVERY === 0) this.#propose({ kind: "checkHash", index, hash: machine.hash })
    this.#arm()
  }

  #look(): StampClock | undefined {
    const { clock, hasQuorum } = this.#options
    const hearsThem = hasQuorum()
    this.#clock?.look(clock.now(), { hasQuorum: hearsThem, isHearing: hearsThem })
    return this.#clock
  }

  #arm(): void {
    const [machine, clock] = [this.#machine, this.#clock]
    if (machine === undefined || clock === undefined) return this.#alarm.arm(Number.POSITIVE_INFINITY)
    const dueMs = this.#tickedMs === undefined ? machine.nextDueMs : undefined
    const leftMs = dueMs === undefined ? LOOK_MS : Math.max(1, dueMs - clock.stampMs)
    this.#alarm.arm(this.#options.clock.now() + Math.min(LOOK_MS, leftMs))
  }

  /**
   * Renewals that wait to be read were heard before this tick's stamp: they go first, since a turn without input has
   * passed.
   */
  #judge(): void {
    const [machine, clock] = [this.#machine, this.#look()]
    if (machine === undefined || clock === undefined) return
    // In the middle of a long entry the state cannot be asked; the clock runs on.
    if (!machine.isAtRest) return this.#alarm.arm(this.#options.clock.now() + LOOK_MS)
    const { stampMs } = clock
    if (this.#tickedMs === undefined && stampMs >= (machine.nextDueMs ?? Number.POSITIVE_INFINITY)) {
      this.#tickedMs = stampMs
      // While leadership is being handed over, say: where that comes to nothing the time is still due.
      this.#propose({ kind: "tick" }, () => {
        this.#tickedMs = undefined
      })
    }
    if (clock.shouldHandOver(this.#options.ttlMs)) {
      // Asked once for each time to live that was missed: who cannot hand over goes on.
      this.#clock = new StampClock(stampMs, this.#options.clock.now())
      this.#options.handOver()
    }
    this.#arm()
  }

  #propose(command: Command, refused: () => void = () => {}): void {
    this.#options.propose(encodeCommand(command), refused)
  }
}
