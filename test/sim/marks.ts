import type { MemberChanged } from "conclave/api/view"
import type { Ending, Fleet, FleetMember } from "./fleet.ts"
import type { FaultKind } from "./plan.ts"

/** Situations that a set of runs should have been in. A checker that never had anything to check proves nothing. */
export const MARKS = [
  "joined",
  "suspected",
  "refuted",
  "died",
  "returned-from-dead",
  "left",
  "left-and-returned",
  "restarting-seen",
  "restarted-without-death",
  "accused-direct",
  "accused-indirect",
  "accused-by-link",
  "two-witnesses",
  "killed",
  "powered-off",
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

export type Mark = (typeof MARKS)[number]

const BY_COUNTER: Readonly<Record<string, Mark>> = {
  nacksReceived: "nacked",
  relays: "relayed",
  stalls: "stalled",
  exchanges: "exchanged",
  malformed: "malformed",
}

/** Notes which situations a run came into. */
export class Marks {
  readonly reached: Set<string> = new Set()
  readonly #fleet: Fleet

  constructor(fleet: Fleet) {
    this.#fleet = fleet
  }

  fault(kind: FaultKind): void {
    this.reached.add(`fault-${kind}`)
  }

  ended(how: Ending): void {
    if (how === "killed") this.reached.add("killed")
    else if (how === "power") this.reached.add("powered-off")
    this.#collect()
  }

  changed(_observer: FleetMember, change: MemberChanged): void {
    const { before, after } = change
    if (change.change === "join") this.reached.add("joined")
    if (change.change === "update") this.reached.add("updated")
    if (change.change === "left") this.reached.add("left")
    if (change.change === "suspect") this.#suspected(change)
    if (change.change === "dead") this.reached.add("died")
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

  finish(): void {
    this.#collect()
    const { counters } = this.#fleet.network
    for (const mark of ["lost", "duplicated", "reordered", "corrupted", "oversize", "cut"] as const) {
      if (counters[mark] > 0) this.reached.add(mark)
    }
  }

  #suspected({ after }: MemberChanged): void {
    this.reached.add("suspected")
    const accusers = after?.accusers ?? []
    for (const { path } of accusers) {
      if (path === "link") this.reached.add("accused-by-link")
      else this.reached.add(path === "direct" ? "accused-direct" : "accused-indirect")
    }
    if (accusers.length >= 2) this.reached.add("two-witnesses")
  }

  #collect(): void {
    for (const { host, machine } of this.#fleet.members) {
      if ((machine.process?.kernelDrops ?? 0) > 0) this.reached.add("inbox-overflowed")
      if (host === undefined) continue
      const counters = host.counters()
      for (const name in BY_COUNTER) {
        if ((counters[name] ?? 0) > 0) this.reached.add(BY_COUNTER[name] as Mark)
      }
    }
  }
}
