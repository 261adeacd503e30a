import type { NodeId } from "@conclave/base"
import type { Member, Profile } from "@conclave/swim"
import type { MemberChanged } from "conclave/api/view"
import { Detections } from "./detections.ts"
import type { Ending, Fleet, FleetMember } from "./fleet.ts"
import type { Plan } from "./plan.ts"
import type { Truths } from "./truth.ts"

/** A promise that was broken. */
export interface Violation {
  readonly invariant: string
  readonly message: string
  readonly atMs: number
  readonly agent: string
}

/** After the end of a fault, its effects on verdicts are over within this: the longest suspicion and its spread. */
export const AFTERMATH_MS: Readonly<Record<Profile, number>> = { local: 40_000, lan: 40_000, wan: 120_000 }
/** A member that has run for so long is known to all. */
const SETTLED_MS = 10_000
/** A stall is counted when the loop runs again, this much later at most. */
const STALL_SEEN_MS = 10_000
/** Sweeps between two looks at the stalls that agents count. */
const STALLS_EVERY = 8
const PACKET_BYTES_MAX = 1400
const BACKLOG_SLACK = 64

/** What was seen of verdicts, whatever is allowed. */
export interface VerdictCounts {
  suspicions: number
  deaths: number
  /** Dead was said of a running agent, each observer counted. */
  falseDeaths: number
  /** The same where neither was touched by a fault lately. */
  falseDeathsHealthy: number
  refuted: number
}

/**
 * Watches every change of every view, also those that a later one of the same packet hides, and knows the truth.
 * Each broken promise is reported at the step that broke it.
 */
export class Checks {
  readonly verdicts: VerdictCounts = { suspicions: 0, deaths: 0, falseDeaths: 0, falseDeathsHealthy: 0, refuted: 0 }
  readonly violations: Violation[] = []
  readonly #fleet: Fleet
  readonly #truths: Truths
  readonly #plan: Plan
  readonly #corrupts: boolean
  /** Hash of each record that was ever seen, by id and version. */
  readonly #records: Map<string, number> = new Map()
  /** The highest version that each member has issued. */
  readonly #issued: Map<NodeId, Version> = new Map()
  /** By observer: the highest version held of each subject. */
  readonly #held: Map<FleetMember, Map<NodeId, Version>> = new Map()
  /** By agent: stalls of its own that it has counted in this life. */
  readonly #stalled: Map<FleetMember, number> = new Map()
  readonly detections: Detections
  #sweeps = 0

  constructor(fleet: Fleet, truths: Truths, plan: Plan) {
    this.detections = new Detections(fleet, truths, plan)
    this.#fleet = fleet
    this.#truths = truths
    this.#plan = plan
    this.#corrupts = plan.faults.some((fault) => fault.kind === "corrupt")
  }

  booted(member: FleetMember): void {
    this.#held.set(member, new Map())
    this.#stalled.delete(member)
  }

  ended(member: FleetMember, how: Ending): void {
    this.#held.delete(member)
    this.detections.ended(member, how)
    if (how === "fatal") this.#broken("agents-end-only-when-told", member, "an agent ended by itself")
  }

  changed(observer: FleetMember, change: MemberChanged): void {
    const { before, after } = change
    const member = after ?? before
    // Whom nobody answers any more holds everybody for dead.
    if (member === undefined || observer.isRemoved) return
    if (after === undefined) {
      this.#held.get(observer)?.delete(member.id)
      return
    }
    this.#count(change)
    if (member.id === observer.machine.id) return this.#own(observer, after)
    this.#versions(observer, before, after)
    if (before !== undefined) this.#transition(observer, before, after)
    if (change.change === "suspect") this.#suspicion(observer, after)
    if (after.state === "dead") this.#death(observer, before, after)
  }

  /** What is cheap only now and then: sizes, and what must have happened by now. */
  sweep(): void {
    const overdue = this.detections.overdue()
    if (overdue !== undefined) {
      const { observer, subject, afterMs } = overdue
      const state = observer.host?.member(subject.machine.id)?.state
      const message = `${subject.machine.name} ended ${afterMs} ms ago and is ${state}`
      this.#broken("the-dead-are-known-in-time", observer, message)
    }
    const { network, members } = this.#fleet
    if (network.largestBytes > PACKET_BYTES_MAX) {
      this.#broken("packets-are-bounded", this.#fleet.at(0), `a datagram had ${network.largestBytes} bytes`)
    }
    const isStallsTurn = this.#sweeps++ % STALLS_EVERY === 0
    for (const member of this.#fleet.running()) {
      if (isStallsTurn) this.#stalls(member)
      const backlog = member.host?.backlog() ?? 0
      if (backlog > 2 * members.length + BACKLOG_SLACK) {
        this.#broken("queues-are-bounded", member, `${backlog} updates wait to be gossiped`)
      }
    }
  }

  /** A loop that ran all the time must not believe that it stood: it would doubt itself and spare the silent. */
  #stalls(member: FleetMember): void {
    const stalls = member.host?.counters()["stalls"] ?? 0
    const before = this.#stalled.get(member) ?? 0
    this.#stalled.set(member, stalls)
    if (stalls <= before) return
    const { nowUs } = this.#fleet.world
    if (!this.#truths.isUntouched(member.machine.index, nowUs, STALL_SEEN_MS * 1000)) return
    this.#broken("who-ran-did-not-stall", member, `it counted ${stalls - before} stalls of its own and had none`)
  }

  #count({ change, before, after }: MemberChanged): void {
    if (change === "suspect") this.verdicts.suspicions++
    else if (change === "dead") this.verdicts.deaths++
    if (before?.state === "suspect" && after?.state === "alive") this.verdicts.refuted++
  }

  #own(observer: FleetMember, after: Member): void {
    this.#raise(after)
    if (after.state === "suspect" || after.state === "dead") {
      this.#broken("nobody-condemns-itself", observer, `it holds itself for ${after.state}`)
    }
  }

  #versions(observer: FleetMember, before: Member | undefined, after: Member): void {
    const version = versionOf(after)
    const seen = this.#held.get(observer)
    const held = seen?.get(after.id) ?? (before === undefined ? undefined : versionOf(before))
    if (held !== undefined && isBefore(version, held)) {
      this.#broken("versions-never-fall", observer, `${this.#name(after)} fell from ${text(held)} to ${text(version)}`)
    }
    seen?.set(after.id, version)
    const subject = this.#fleet.byId.get(after.id)
    const own = subject?.host?.member(after.id)
    if (own !== undefined) this.#raise(own)
    if (this.#corrupts || subject === undefined || this.#truths.of(subject.machine.index).diskTroubled) return
    const key = `${after.id} ${text(version)}`
    const hash = this.#records.get(key)
    if (hash === undefined) this.#records.set(key, after.record.hash)
    else if (hash !== after.record.hash) {
      this.#broken(
        "one-record-a-version",
        observer,
        `two records of ${this.#name(after)} have version ${text(version)}`,
      )
    }
    this.#issuedByItself(observer, subject, version)
  }

  #issuedByItself(observer: FleetMember, subject: FleetMember, version: Version): void {
    const own = subject.host?.member(subject.machine.id)
    if (own === undefined) return
    const issued = versionOf(own)
    if (!isBefore(issued, version)) return
    const message = `it holds ${subject.machine.name} at ${text(version)}, which itself is at ${text(issued)}`
    this.#broken("only-the-member-raises-its-version", observer, message)
  }

  /** Whose disk was emptied counts its lives anew; verdicts about those before are still on their way. */
  #raise(own: Member): void {
    const [held, version] = [this.#issued.get(own.id), versionOf(own)]
    if (held === undefined || isBefore(held, version)) this.#issued.set(own.id, version)
  }

  /** The highest generation that is known of a member's lives. */
  #generationOf(id: NodeId): number {
    const own = this.#fleet.byId.get(id)?.host?.member(id)
    return Math.max(this.#issued.get(id)?.generation ?? 0, own?.record.generation ?? 0)
  }

  #transition(observer: FleetMember, before: Member, after: Member): void {
    const from = versionOf(before)
    const to = versionOf(after)
    const moved = `${this.#name(after)} went from ${before.state} ${text(from)} to ${after.state} ${text(to)}`
    // A verdict about a later life comes without its record: then the version shown is still the old one.
    const isSameLife = to.generation <= from.generation && this.#generationOf(after.id) <= from.generation
    if (before.state === "left" && after.state !== "left" && isSameLife) {
      this.#broken("left-stays-left", observer, moved)
    }
    if (before.state === "dead" && after.state === "suspect" && isSameLife) {
      this.#broken("dead-is-not-suspected", observer, moved)
    }
    if (before.state === "dead" && after.state === "alive" && !isBefore(from, to)) {
      this.#broken("the-dead-return-with-a-higher-version", observer, moved)
    }
    if (before.state === "suspect" && after.state === "alive" && !isBefore(from, to)) {
      this.#broken("suspects-return-with-a-higher-version", observer, moved)
    }
    const isWorse = after.state === "suspect" || after.state === "dead"
    const untilMs = before.restartingUntilMs
    const nowMs = observer.machine.process?.nowMs ?? 0
    if (isWorse && before.state === "alive" && untilMs !== undefined && nowMs < untilMs && isSameLife) {
      this.#broken("a-restart-within-its-grace-is-no-death", observer, moved)
    }
  }

  /** Where packets are not lost, a member that nothing has touched answers: whoever accuses it was asleep itself. */
  #suspicion(observer: FleetMember, after: Member): void {
    const subject = this.#fleet.byId.get(after.id)
    const own = subject?.host?.member(after.id)
    if (subject === undefined || own === undefined || subject.isRemoved || this.#plan.mode !== "conclave") return
    const { nowUs } = this.#fleet.world
    const truth = this.#truths.of(subject.machine.index)
    const isOld = nowUs - truth.bootedUs >= SETTLED_MS * 1000 && own.record.generation === after.record.generation
    const aftermathUs = AFTERMATH_MS[this.#plan.profile] * 1000
    if (!isOld || !this.#truths.isNetworkCalm(nowUs, aftermathUs)) return
    if (!this.#truths.isUntouched(subject.machine.index, nowUs, aftermathUs)) return
    const accusers = after.accusers.map((accuser) => `${this.#nameOf(accuser.id)} by ${accuser.path}`).join(", ")
    this.#broken("nobody-accuses-the-untouched", observer, `${this.#name(after)} is suspected, accused by ${accusers}`)
  }

  #death(observer: FleetMember, before: Member | undefined, after: Member): void {
    if (before?.state === "dead") return
    const subject = this.#fleet.byId.get(after.id)
    const own = subject?.host?.member(after.id)
    if (subject === undefined || own === undefined || subject.isRemoved) return
    if (own.record.generation !== after.record.generation) return
    this.verdicts.falseDeaths++
    const nowUs = this.#fleet.world.nowUs
    const calmUs = AFTERMATH_MS[this.#plan.profile] * 1000
    const healthy =
      this.#truths.isCalm(subject.machine.index, nowUs, calmUs) &&
      this.#truths.isCalm(observer.machine.index, nowUs, calmUs)
    if (!healthy || !this.#truths.isNetworkCalm(nowUs, calmUs)) return
    this.verdicts.falseDeathsHealthy++
    if (this.#plan.mode !== "conclave") return
    const accusers = after.accusers.map((accuser) => `${this.#nameOf(accuser.id)} by ${accuser.path}`).join(", ")
    this.#broken(
      "no-healthy-member-is-dead",
      observer,
      `${this.#name(after)} is dead, accused by ${accusers || "nobody"}`,
    )
  }

  #name(member: Member): string {
    return this.#nameOf(member.id)
  }

  #nameOf(id: NodeId): string {
    return this.#fleet.byId.get(id)?.machine.name ?? id
  }

  #broken(invariant: string, observer: FleetMember, message: string): void {
    const atMs = this.#fleet.world.nowUs / 1000
    this.violations.push({ invariant, message, atMs, agent: observer.machine.name })
  }
}

interface Version {
  readonly generation: number
  readonly incarnation: number
}

function versionOf(member: Member): Version {
  return member.record
}

function isBefore(a: Version, b: Version): boolean {
  return a.generation < b.generation || (a.generation === b.generation && a.incarnation < b.incarnation)
}

function text(version: Version): string {
  return `${version.generation}.${version.incarnation}`
}
