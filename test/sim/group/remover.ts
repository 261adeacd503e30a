import type { Random } from "@conclave/base"
import type { Command, Machine } from "@conclave/consensus"
import type { Fleet, FleetMember } from "../fleet.ts"
import type { SimProcess } from "../process.ts"
import type { Broken } from "./disk-truth.ts"
import type { Requests } from "./requests.ts"

const TOLD = "an operator has removed this host"

export interface RemoverParts {
  readonly fleet: Fleet
  readonly requests: Requests
  readonly random: Random
  readonly everyMs: number
  /** The state that the committed log makes. */
  readonly machine: Machine
  readonly broken: Broken
}

/**
 * An operator who removes a host for good, as `conclave leave NAME` does: one that some agent takes for dead or
 * suspects, whether it runs or not. From then on whoever knows of it hears nothing of that host and says nothing to it,
 * whatever it does; it comes back with the others, and is told.
 */
export class Remover {
  readonly seen = { removed: 0, living: 0, told: 0 }
  readonly #parts: RemoverParts
  #victim: FleetMember | undefined
  /** Whose agent was asked last, until it has answered. */
  #asked: SimProcess | undefined
  /** What became of one of the asks nobody knows. */
  #isUnknown = false
  #isOver = false
  /** Somebody does not know of it, and passes on what the removed host says. */
  #isNews = false
  /** Called when that begins and when it ends. */
  onNews: (isNews: boolean) => void = () => {}

  constructor(parts: RemoverParts) {
    this.#parts = parts
  }

  /** Who is removed, or may yet be. */
  get victim(): FleetMember | undefined {
    return this.#victim
  }

  begin(): void {
    const { fleet, random, everyMs } = this.#parts
    fleet.world.after(1000 * (1 + random.below(2 * everyMs)), () => {
      if (this.#isOver || this.#victim?.isRemoved === true) return
      this.#act()
      this.begin()
    })
  }

  stop(): void {
    this.#isOver = true
  }

  #act(): void {
    const { requests, random } = this.#parts
    if (this.#asked?.over === false) return
    // Who ended without an answer may have done it.
    if (this.#asked !== undefined) this.#isUnknown = true
    const by = requests.anybody()
    // One that has not started yet knows of nobody, itself included.
    const victim = by?.host?.member(by.machine.id) === undefined ? undefined : this.#choice(by)
    const { process } = by?.machine ?? {}
    if (victim === undefined || process === undefined) return
    this.#victim = victim
    this.#asked = process
    const prune = random.chance(1, 4)
    process.task(() =>
      by?.host?.expel?.(victim.machine.name, prune, (refusal) => {
        this.#asked = undefined
        if (refusal?.outcome === "unknown") this.#isUnknown = true
        else if (refusal !== undefined && !this.#isUnknown) this.#victim = undefined
      }),
    )
  }

  /**
   * Somebody who is not alive to that agent. Never one of those whose addresses all are told to join: agents that know
   * nobody else would find that host alone.
   */
  #choice(by: FleetMember): FleetMember | undefined {
    if (this.#victim !== undefined) return this.#victim
    const { fleet, random } = this.#parts
    const lost = fleet.members.slice(fleet.seeds).filter((member) => {
      const state = by.host?.member(member.machine.id)?.state
      return (state === "suspect" || state === "dead") && fleet.mayLose(member)
    })
    return lost.length === 0 ? undefined : random.pick(lost)
  }

  /** An entry was applied. */
  applied(command: Command | undefined): void {
    if (command?.kind !== "removeHost") return
    const member = this.#parts.fleet.byId.get(command.host)
    if (member === undefined || member !== this.#victim) {
      const who = member?.machine.name ?? command.host
      return this.#parts.broken("nobody-is-removed-unasked", who, "what was said not to be done was done")
    }
    if (member.isRemoved) return
    member.isRemoved = true
    this.seen.removed++
    if (member.host !== undefined) this.seen.living++
  }

  /** An agent would log this line. */
  logged({ name }: FleetMember["machine"], message: string): void {
    if (this.#victim?.machine.name === name && message.includes(TOLD)) this.seen.told++
  }

  /** After each event. */
  look(): void {
    const victim = this.#victim
    if (victim?.isRemoved !== true) return
    let isNews = false
    for (const member of this.#parts.fleet.belonging()) {
      if (knows(member, victim)) this.#judge(member, victim)
      else isNews = true
    }
    if (isNews === this.#isNews) return
    this.#isNews = isNews
    this.onNews(isNews)
  }

  #judge({ machine, host, links }: FleetMember, { machine: { id, key, name } }: FleetMember): void {
    const state = host?.member(id)?.state
    const say = (what: string): void => this.#parts.broken("who-is-removed-stays-out", machine.name, `${name} ${what}`)
    if (state !== undefined && state !== "left") say(`was removed, and is ${state}`)
    if (links?.channels.speaksWith(key) === true) say("was removed, and has a channel")
  }

  /** What is not yet as it must be once all faults are over. */
  unsettled(): string | undefined {
    const victim = this.#victim
    if (victim?.isRemoved !== true) return undefined
    const { name, id } = victim.machine
    const { fleet, machine } = this.#parts
    const ignorant = fleet.belonging().find((member) => !knows(member, victim))
    if (ignorant !== undefined) return `${ignorant.machine.name} does not know that ${name} was removed`
    for (const { id: session, host } of machine.sessions()) {
      if (host === id) return `session ${session} of ${name}, which was removed, goes on`
    }
    return this.seen.told === 0 ? `${name} was not told that it was removed` : undefined
  }
}

function knows({ host }: FleetMember, { machine }: FleetMember): boolean {
  return host?.consensus?.removed.has(machine.key) === true
}
