import type { MemberChanged } from "conclave/api/view"
import { APP_SITUATIONS, type AppMark } from "./apps/app-marks.ts"
import type { Ending, Fleet, FleetMember } from "./fleet.ts"
import { GROUP_SITUATIONS, type GroupMark } from "./group/group-marks.ts"
import { APP_FAULT_KINDS, FAULT_KINDS, type Fault } from "./plan.ts"

/** Situations that a set of runs should have been in. A checker that never had anything to check proves nothing. */
const SITUATIONS = [
  "joined",
  "suspected",
  "refuted",
  "died",
  "returned-from-dead",
  "left",
  "left-and-returned",
  "restarting-seen",
  "restarted-without-death",
  "accused-indirect",
  "accused-by-stream",
  "accused-by-link",
  "two-witnesses",
  "killed",
  "powered-off",
  "powered-off-when-dead",
  "write-cut",
  "all-down",
  "rejoined-from-disk",
  "stayed-away",
  "known-in-time",
  "known-in-time-alone",
  "paused-briefly",
  "updated",
  "nacked",
  "relayed",
  "stalled",
  "exchanged",
  "malformed",
  "inbox-overflowed",
  "lost",
  "duplicated",
  "reordered",
  "corrupted",
  "oversize",
  "cut",
] as const

export type Mark = (typeof SITUATIONS)[number] | GroupMark | AppMark | `fault-${Fault["kind"]}`

export const MARKS: readonly Mark[] = [
  ...SITUATIONS,
  ...GROUP_SITUATIONS,
  ...APP_SITUATIONS,
  ...[...FAULT_KINDS, ...APP_FAULT_KINDS].map((kind) => `fault-${kind}` as const),
]

const BY_COUNTER: Readonly<Record<string, Mark>> = {
  nacksReceived: "nacked",
  relays: "relayed",
  stalls: "stalled",
  exchanges: "exchanged",
  malformed: "malformed",
}

/** Notes which situations a run came into. */
export class Marks {
  readonly reached: Set<Mark> = new Set()
  readonly #fleet: Fleet

  constructor(fleet: Fleet) {
    this.#fleet = fleet
  }

  fault(kind: Fault["kind"]): void {
    this.reached.add(`fault-${kind}`)
  }

  ended(how: Ending): void {
    if (this.#fleet.members.length > 1 && this.#fleet.running().length === 0) this.reached.add("all-down")
    if (how === "killed") this.reached.add("killed")
    else if (how === "power") this.reached.add("powered-off")
    this.#collect()
  }

  /** The power went behind the agent. */
  darkened(): void {
    this.reached.add("powered-off-when-dead")
  }

  changed(observer: FleetMember, change: MemberChanged): void {
    const { before, after } = change
    if (change.change === "join") this.#joined(observer)
    if (change.change === "update") this.reached.add("updated")
    if (change.change === "left") this.reached.add("left")
    if (change.change === "suspect") this.#suspected(change)
    if (change.change === "dead") this.#died(change)
    if (after?.state !== "alive" || before === undefined) {
      if (after?.restartingUntilMs !== undefined) this.reached.add("restarting-seen")
      return
    }
    if (after.restartingUntilMs !== undefined) this.reached.add("restarting-seen")
    if (before.state === "suspect") this.reached.add("refuted")
    if (before.state === "dead") this.reached.add("returned-from-dead")
    if (before.state === "left") this.reached.add("left-and-returned")
    const isNextLife = after.record.generation > before.record.generation
    if (before.restartingUntilMs !== undefined && isNextLife) this.reached.add("restarted-without-death")
  }

  /** `shown` = what only the checks know. */
  finish(shown: readonly Mark[]): void {
    this.#collect()
    for (const mark of shown) this.reached.add(mark)
    const { counters } = this.#fleet.network
    for (const mark of ["lost", "duplicated", "reordered", "corrupted", "oversize", "cut"] as const) {
      if (counters[mark] > 0) this.reached.add(mark)
    }
  }

  #joined(observer: FleetMember): void {
    this.reached.add("joined")
    // Told no address, it had its disk to ask, or was found by those who remembered it.
    if (this.#fleet.options.joinOnce === true && observer.boots > 1) this.reached.add("rejoined-from-disk")
  }

  #died({ before, after }: MemberChanged): void {
    this.reached.add("died")
    // Without an accuser: its announced absence was over.
    if (before?.state === "alive" && after?.accusers.length === 0) this.reached.add("stayed-away")
  }

  #suspected({ after }: MemberChanged): void {
    this.reached.add("suspected")
    const accusers = after?.accusers ?? []
    for (const { path } of accusers) {
      if (path === "link") this.reached.add("accused-by-link")
      else this.reached.add(path === "tcp" ? "accused-by-stream" : "accused-indirect")
    }
    if (accusers.length >= 2) this.reached.add("two-witnesses")
  }

  #collect(): void {
    for (const { host, machine } of this.#fleet.members) {
      if ((machine.process?.kernelDrops ?? 0) > 0) this.reached.add("inbox-overflowed")
      if (machine.disk.cutWrites > 0) this.reached.add("write-cut")
      if (host === undefined) continue
      const counters = host.counters()
      for (const name in BY_COUNTER) {
        if ((counters[name] ?? 0) > 0) this.reached.add(BY_COUNTER[name] as Mark)
      }
    }
  }
}
