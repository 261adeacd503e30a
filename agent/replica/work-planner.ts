import type { Millis } from "@conclave/base"
import {
  type Change,
  encodeCommand,
  type Hold,
  type Item,
  type Machine,
  type Move,
  planSteps,
  Roster,
  type Session,
} from "@conclave/consensus"
import type { Alarm, Clock } from "../ports.ts"
import { inSlices } from "../slices.ts"

/** Workers that are looked at between two looks at the clock. */
const REVIEWED = 64

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
  /** Of pools that were planned, their workers. */
  readonly #rosters: Map<string, Roster> = new Map()
  readonly #again: Alarm
  /** A turn of this planner is to come, or has not come to its end. */
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
    this.#rosters.clear()
    this.#isAwaited = false
    this.#again.clear()
  }

  /** An entry was applied. */
  applied(changes: readonly Change[]): void {
    const machine = this.#machine
    if (machine === undefined) return
    for (const change of changes) {
      for (const pool of poolsOf(change, machine)) this.#dirty.add(pool)
      this.#tellRosters(change)
    }
    this.#await()
  }

  #tellRosters(change: Change): void {
    const pool = nameOf(change)
    const isOfAny = change.kind === "restored" || (change.kind === "session" && isOther(change.before, change.after))
    if (pool !== undefined) this.#rosters.get(pool)?.changed(change)
    else if (isOfAny) {
      for (const roster of this.#rosters.values()) roster.changed(change)
    }
  }

  /** A pool a turn, so that others run in between. */
  #await(): void {
    if (this.#isAwaited || this.#dirty.size === 0 || this.#machine === undefined) return
    this.#isAwaited = true
    const reign = this.#reign
    this.#options.clock.afterTurn(() => {
      if (this.#reign !== reign) return
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
      return
    }
  }

  /** In slices: of thousands of workers it takes longer than others may wait. */
  #plan(machine: Machine, pool: string): void {
    const reign = this.#reign
    const roster = this.#rosters.get(pool) ?? new Roster(pool)
    this.#rosters.set(pool, roster)
    this.#isAwaited = true
    let steps: ReturnType<typeof planSteps> | undefined
    inSlices(this.#options.clock, () => {
      if (this.#reign !== reign) return true
      if (steps === undefined) {
        if (!machine.isAtRest) return this.#planned(pool, "later")
        if (machine.review(roster, REVIEWED)) return false
        const seen = machine.planView(pool, roster)
        if (seen === undefined) return this.#planned(pool, [])
        steps = planSteps(seen)
      }
      const { value, done } = steps.next()
      return done === true && this.#planned(pool, value)
    })
  }

  /** `later`: an entry is at work; what was looked at so far need not be looked at again. True: it is done. */
  #planned(pool: string, moves: readonly Move[] | "later"): true {
    this.#isAwaited = false
    if (this.#rosters.get(pool)?.size === 0) this.#rosters.delete(pool)
    if (moves === "later") {
      this.#dirty.add(pool)
      return true
    }
    if (moves.length > 0) this.#propose(encodeCommand({ kind: "workAssign", pool, moves }), pool)
    if ([...this.#dirty].some((each) => !this.#under.has(each))) this.#await()
    return true
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

/** The pool that a change is about. */
function nameOf(change: Change): string | undefined {
  switch (change.kind) {
    case "item":
      return (change.after ?? change.before)?.pool
    case "pool":
      return (change.after ?? change.before)?.name
    case "hold": {
      const hold = change.after ?? change.before
      return hold?.kind === "work" ? hold.names[0] : undefined
    }
    default:
      return undefined
  }
}

/** The pools for which a change may make another plan: a checkpoint, a payload or a note makes none. */
function* poolsOf(change: Change, machine: Machine): Generator<string> {
  switch (change.kind) {
    case "restored":
      // Of what a backup brought nobody is told one by one.
      yield* machine.pools()
      return
    case "session":
      // Its workers are at another host now, or are about to lose what they have.
      if (change.after !== undefined && isOther(change.before, change.after)) yield* worksIn(machine, change.after)
      return
    case "item":
      if (isSameItem(change.before, change.after)) return
      break
    case "hold":
      if (isSameWorker(change.before, change.after)) return
  }
  const pool = nameOf(change)
  if (pool !== undefined) yield pool
}

function* worksIn(machine: Machine, { id }: Session): Generator<string> {
  for (const { kind, names } of machine.holdsOf(id)) if (kind === "work") yield names[0] as string
}

/** A session that begins has no worker yet, and of one that ends the workers end each by itself. */
function isOther(a: Session | undefined, b: Session | undefined): boolean {
  if (a === undefined || b === undefined) return false
  return a.host !== b.host || a.revoking !== b.revoking
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
