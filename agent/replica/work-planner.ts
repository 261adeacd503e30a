import type { Millis } from "@conclave/base"
import { type Change, encodeCommand, type Hold, type Item, type Machine, planWork } from "@conclave/consensus"
import type { Alarm, Clock } from "../ports.ts"

/** What was refused, as by a disk without room, is tried again after this. */
const AGAIN_MS = 250

export interface WorkPlannerOptions {
  readonly clock: Clock
  /**
   * Appends a command of the service itself; calls back once it is applied, or is not, or will never be known to be.
   */
  readonly propose: (data: Uint8Array, done: (isApplied: boolean) => void) => void
}

/** Asks the planner about each pool that has changed while this replica leads, and proposes what it says. */
export class WorkPlanner {
  readonly #options: WorkPlannerOptions
  #machine: Machine | undefined
  readonly #dirty: Set<string> = new Set()
  /** Pools with steps on their way into the log: the next plan must know what became of them. */
  readonly #under: Set<string> = new Set()
  /** Of those, the ones whose last steps were refused. */
  readonly #refused: Set<string> = new Set()
  readonly #again: Alarm
  #isAwaited = false
  #reign = 0

  constructor(options: WorkPlannerOptions) {
    this.#options = options
    this.#again = options.clock.alarm(() => this.#tryAgain())
  }

  /** This replica leads, and all of the past is known. */
  begin(machine: Machine): void {
    this.end()
    this.#machine = machine
    for (const name of machine.pools()) this.#dirty.add(name)
    this.#await()
  }

  end(): void {
    this.#machine = undefined
    this.#reign++
    this.#dirty.clear()
    this.#under.clear()
    this.#refused.clear()
    this.#again.clear()
  }

  /** An entry was applied. */
  applied(changes: readonly Change[]): void {
    if (this.#machine === undefined) return
    for (const change of changes) {
      // Of what a backup brought nobody is told one by one.
      if (change.kind === "restored") for (const name of this.#machine.pools()) this.#dirty.add(name)
      const pool = poolOf(change)
      if (pool !== undefined) this.#dirty.add(pool)
    }
    this.#await()
  }

  /** A pool a turn, so that others run in between. */
  #await(): void {
    if (this.#isAwaited || this.#dirty.size === 0 || this.#machine === undefined) return
    this.#isAwaited = true
    this.#options.clock.afterTurn(() => {
      this.#isAwaited = false
      this.#look()
    })
  }

  /** While an entry is at work the state cannot be asked: when it is applied it is looked at again. */
  #look(): void {
    const machine = this.#machine
    if (machine?.isAtRest !== true) return
    for (const name of this.#dirty) {
      if (this.#under.has(name)) continue
      this.#dirty.delete(name)
      this.#plan(machine, name)
      if ([...this.#dirty].some((each) => !this.#under.has(each))) this.#await()
      return
    }
  }

  #plan(machine: Machine, pool: string): void {
    const seen = machine.planView(pool)
    const moves = seen === undefined ? [] : planWork(seen)
    if (moves.length > 0) this.#propose(encodeCommand({ kind: "workAssign", pool, moves }), pool)
  }

  #propose(data: Uint8Array, pool: string): void {
    const reign = this.#reign
    this.#under.add(pool)
    this.#options.propose(data, (isApplied) => {
      if (this.#reign !== reign) return
      // What was applied and changed something has come as a change. What changed nothing would not the next time
      // either.
      if (!isApplied) {
        this.#dirty.add(pool)
        this.#refused.add(pool)
        return this.#again.set((this.#options.clock.now() + AGAIN_MS) as Millis)
      }
      this.#under.delete(pool)
      this.#await()
    })
  }

  #tryAgain(): void {
    for (const pool of this.#refused) this.#under.delete(pool)
    this.#refused.clear()
    this.#await()
  }
}

/** The pool for which a change may make another plan: a checkpoint, a payload or a note makes none. */
function poolOf(change: Change): string | undefined {
  switch (change.kind) {
    case "item":
      return isSameItem(change.before, change.after) ? undefined : (change.after ?? change.before)?.pool
    case "pool":
      return (change.after ?? change.before)?.name
    case "hold": {
      const hold = change.after ?? change.before
      if (hold?.kind !== "work" || isSameWorker(change.before, change.after)) return undefined
      return hold.names[0]
    }
    default:
      return undefined
  }
}

function isSameItem(a: Item | undefined, b: Item | undefined): boolean {
  if (a === undefined || b === undefined) return false
  const isSamePlace = a.state === b.state && a.owner?.token === b.owner?.token && a.keptUntilMs === b.keptUntilMs
  return isSamePlace && a.weight === b.weight && a.pin === b.pin && a.target === b.target && a.losses === b.losses
}

function isSameWorker(a: Hold | undefined, b: Hold | undefined): boolean {
  if (a === undefined || b === undefined) return false
  return a.token === b.token && a.worker === b.worker && (a.revoking === undefined) === (b.revoking === undefined)
}
