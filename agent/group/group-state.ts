import type { Applied, Entry, LogIndex, Machine } from "@conclave/consensus"
import type { StateListener } from "../coordination/cluster.ts"
import type { RunningReplica } from "../replica/running-replica.ts"
import { StateReaders } from "../replica/state-readers.ts"
import type { Dialler, Inbound } from "../streams/stream-server.ts"
import { Timers } from "../timers.ts"
import { Mirror, type MirrorOptions, QUIET_MS } from "./mirror.ts"
import { MirrorServer } from "./mirror-server.ts"

export interface GroupStateOptions extends Omit<MirrorOptions, "onApplied" | "onReplaced"> {
  readonly running: () => RunningReplica | undefined
}

type AppliedEntry = Extract<Applied, { kind: "applied" }>

/** The replicated state as this host has it: its own replica's, or a mirror of another host's. */
export class GroupState {
  readonly #running: () => RunningReplica | undefined
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

  constructor({ running, ...outward }: GroupStateOptions) {
    this.#running = running
    this.#clock = outward.clock
    this.#timers = new Timers(outward.clock)
    this.#mirrors = new MirrorServer(outward.clock, running)
    this.#mirror = new Mirror({
      ...outward,
      onApplied: (applied, machine) => this.#heard(applied, machine),
      onReplaced: (machine) => this.#replaced(machine),
    })
    this.#readers = new StateReaders(() => (running() ?? this.#mirror).resting)
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
        if (this.#running() === undefined) this.#mirror.lagsBehind()
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
    if (this.#isAwaiting || !this.#isFollowed || this.#running() !== undefined) return
    this.#isAwaiting = true
    this.#timers.at(this.#clock.now() + QUIET_MS, () => {
      this.#isAwaiting = false
      const isBehind = (this.#mirror.resting?.machine.rev ?? -1) < rev
      if (isBehind && this.#running() === undefined) this.#mirror.lagsBehind()
    })
  }

  /** As this host knows it, and how old that may be in ms; undefined = it knows nothing. */
  local(): { readonly state: Machine; readonly ageMs: number } | undefined {
    const running = this.#running()
    const state = (running ?? this.#mirror).resting?.machine
    if (state === undefined) return undefined
    // A replica that has heard of no leader since its start knows no age; what is said of one is a number.
    const ageMs = running === undefined ? this.#mirror.ageMs : Math.min(running.ageMs, Number.MAX_SAFE_INTEGER)
    return { state, ageMs }
  }

  /** The last entry that is applied here; 0 = none. */
  get appliedIndex(): number {
    return this.#running()?.appliedIndex ?? this.#mirror.applied
  }

  listen(listener: StateListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The replica of this host has applied an entry. */
  applied(applied: AppliedEntry, entry: Entry, machine: Machine): void {
    this.#mirrors.applied(entry)
    if (this.#isTold) this.#heard(applied, machine)
    else this.#readers.look()
  }

  /** The replica of this host has taken over a snapshot. */
  restored(machine: Machine): void {
    this.#mirrors.restart()
    this.#isTold = true
    this.#replaced(machine)
  }

  /** This host may have a replica now, or none any more: what was heard from the source before may be missing changes. */
  moved(): void {
    const running = this.#running()
    if (this.#source === running) return
    this.#source = running
    this.#isTold = false
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
