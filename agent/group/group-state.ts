import type { Applied, Entry, LogIndex, Machine } from "@conclave/consensus"
import type { StateListener } from "../coordination/cluster.ts"
import type { RunningReplica } from "../replica/running-replica.ts"
import { StateReaders } from "../replica/state-readers.ts"
import type { Dialler, Inbound } from "../streams/stream-server.ts"
import { Timers } from "../timers.ts"
import { Mirror, type MirrorOptions, QUIET_MS } from "./mirror/mirror.ts"
import { MirrorServer } from "./mirror/mirror-server.ts"

export interface GroupStateOptions extends Omit<MirrorOptions, "onApplied" | "onReplaced"> {
  readonly running: () => RunningReplica | undefined
  /** The replica of this host hears nothing of the group, while others may. */
  readonly isCutOff: () => boolean
}

type AppliedEntry = Extract<Applied, { kind: "applied" }>

/**
 * The replicated state as this host has it: its own replica's, or a mirror of another host's where there is none. The
 * same where the replica is cut off and the group goes on without it: from when the mirror has come further until the
 * replica has.
 */
export class GroupState {
  readonly #running: () => RunningReplica | undefined
  readonly #isCutOff: () => boolean
  readonly #mirrors: MirrorServer
  readonly #mirror: Mirror
  readonly #readers: StateReaders
  readonly #clock: MirrorOptions["clock"]
  readonly #timers: Timers
  readonly #listeners: Set<StateListener> = new Set()
  /** The replica that the state was read from last. */
  #source: RunningReplica | undefined
  /** Its state was told as a whole; what it applies before that is told with it. */
  #isTold = false
  /** Somebody here wants to see the state, for as long as this host runs. */
  #isFollowed = false
  /** A revision that the group has reached is on its way here; until it must have come no other is waited for. */
  #isAwaiting = false
  /** There is a mirror beside the replica. */
  #hasBoth = false
  /** And it is what is read. */
  #isAside = false

  constructor({ running, isCutOff, ...outward }: GroupStateOptions) {
    this.#running = running
    this.#isCutOff = isCutOff
    this.#clock = outward.clock
    this.#timers = new Timers(outward.clock)
    this.#mirrors = new MirrorServer(outward.clock, running)
    this.#mirror = new Mirror({
      ...outward,
      onApplied: (applied, machine) => {
        if (this.#isMirrored) this.#heard(applied, machine)
        else this.#turnAside(machine)
      },
      onReplaced: (machine) => {
        if (this.#isMirrored) this.#replaced(machine)
        else this.#turnAside(machine)
      },
    })
    this.#readers = new StateReaders(() => (this.#isMirrored ? this.#mirror : running())?.resting)
  }

  stop(): void {
    this.#timers.stop()
    this.#mirror.stop()
    this.#mirrors.stop()
  }

  /** Feeds the mirror of another host. */
  serve(dialler: Dialler): Inbound | string {
    return this.#mirrors.serve(dialler)
  }

  /** From now on the state is here as it comes, for whoever wants to see it. */
  follow(): void {
    this.#isFollowed = true
    if (this.#running() === undefined) this.#mirror.start()
  }

  /** Calls back once everything up to `index` is applied here; the result calls it off. */
  after(index: LogIndex, done: (machine: Machine) => void): () => void {
    this.follow()
    let isDone = false
    let calm = (): void => {}
    const look = (): void => {
      calm = this.#timers.at(this.#clock.now() + QUIET_MS, () => {
        this.#lags()
        look()
      })
    }
    const callOff = this.#readers.after(index, (machine) => {
      isDone = true
      calm()
      done(machine)
    })
    if (!isDone) look()
    return () => {
      calm()
      callOff()
    }
  }

  /** The group has come as far, by the word of whoever leads: a mirror that does not soon has the wrong relay. */
  hasReached(rev: number): void {
    if (this.#isAwaiting || !this.#isFollowed || (!this.#isMirrored && !this.#isCutOff())) return
    this.#isAwaiting = true
    this.#timers.at(this.#clock.now() + QUIET_MS, () => {
      this.#isAwaiting = false
      const source = this.#isMirrored ? this.#mirror : this.#running()
      if ((source?.resting?.machine.rev ?? -1) < rev) this.#lags()
    })
  }

  /** What the group has agreed on does not come here. */
  #lags(): void {
    if (this.#isMirrored) this.#mirror.lagsBehind()
    else if (this.#isCutOff()) {
      this.#hasBoth = true
      this.#mirror.start()
    }
  }

  #dropSecond(): void {
    this.#hasBoth = false
    this.#mirror.stop()
  }

  get #isMirrored(): boolean {
    return this.#isAside || this.#running() === undefined
  }

  /** The mirror of a host that is cut off has come further than its replica. */
  #turnAside(machine: Machine): void {
    if (this.#mirror.applied <= (this.#running()?.appliedIndex ?? 0)) return
    this.#isAside = true
    this.#replaced(machine)
  }

  /** The replica of a host that was cut off is as far as the mirror. */
  #turnBack(machine: Machine): void {
    this.#isAside = false
    this.#isTold = true
    this.#dropSecond()
    this.#replaced(machine)
  }

  /** As this host knows it, and how old that may be in ms; undefined = it knows nothing. */
  local(): { readonly state: Machine; readonly ageMs: number } | undefined {
    const source = this.#isMirrored ? this.#mirror : this.#running()
    const state = source?.resting?.machine
    if (source === undefined || state === undefined) return undefined
    // A replica that has heard of no leader since its start knows no age; what is said of one is a number.
    return { state, ageMs: Math.min(source.ageMs, Number.MAX_SAFE_INTEGER) }
  }

  /** The last entry that is applied here; 0 = none. */
  get appliedIndex(): number {
    return this.#isMirrored ? this.#mirror.applied : (this.#running()?.appliedIndex ?? 0)
  }

  listen(listener: StateListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The replica of this host has applied an entry. */
  applied(applied: AppliedEntry, entry: Entry, machine: Machine): void {
    this.#mirrors.applied(entry)
    if (this.#isAside) {
      if (applied.index >= this.#mirror.applied) this.#turnBack(machine)
      return
    }
    if (this.#hasBoth && !this.#isCutOff()) this.#dropSecond()
    if (this.#isTold) this.#heard(applied, machine)
    else this.#readers.look()
  }

  /** The replica of this host has taken over a snapshot. */
  restored(machine: Machine): void {
    this.#mirrors.restart()
    if (this.#isAside) {
      if (machine.appliedIndex >= this.#mirror.applied) this.#turnBack(machine)
      return
    }
    this.#isTold = true
    this.#replaced(machine)
  }

  /**
   * This host may have a replica now, or none any more: what was heard from the source before may be missing changes.
   */
  moved(): void {
    const running = this.#running()
    if (this.#source === running) return
    this.#source = running
    this.#isTold = false
    this.#isAside = false
    this.#hasBoth = false
    this.#mirrors.restart()
    if (running === undefined) {
      if (this.#isFollowed) this.#mirror.start()
      return
    }
    this.#mirror.stop()
    running.readHere((machine) => {
      if (this.#source !== running) return
      this.#isTold = true
      this.#replaced(machine)
    })
  }

  #heard({ rev, changes }: AppliedEntry, machine: Machine): void {
    if (changes.length > 0) this.#tell((listener) => listener.changed(rev, changes, machine))
    this.#readers.look()
  }

  #replaced(machine: Machine): void {
    this.#tell((listener) => listener.replaced(machine))
    this.#readers.look()
  }

  #tell(say: (listener: StateListener) => void): void {
    for (const listener of [...this.#listeners]) say(listener)
  }
}
