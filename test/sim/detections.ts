import type { Profile } from "@conclave/swim"
import type { Ending, Fleet, FleetMember } from "./fleet.ts"
import type { Plan } from "./plan.ts"
import type { Truths } from "./truth.ts"

/** Virtual milliseconds after the end of a life within which every observer must know of it. */
interface Bounds {
  /** The process dies, its machine lives and resets the streams: two witnesses at least. */
  readonly crashMs: number
  /** Nothing says so but silence. */
  readonly silenceMs: number
  /** Either, while other members are in trouble. */
  readonly hinderedMs: number
}

const BOUNDS: Readonly<Record<Profile, Bounds>> = {
  local: { crashMs: 1500, silenceMs: 6000, hinderedMs: 30_000 },
  lan: { crashMs: 1500, silenceMs: 7500, hinderedMs: 30_000 },
  wan: { crashMs: 6000, silenceMs: 45_000, hinderedMs: 120_000 },
}
/** A fleet, or an observer, at rest for this long before the end has links that stand and round trips that are known. */
const REST_MS = 7500

interface End {
  readonly member: FleetMember
  /** The life that ended. */
  readonly boot: number
  readonly atUs: number
  readonly dueUs: number
  /** Judged only when nothing else happened in the whole fleet. */
  readonly alone: boolean
}

/** Holds every crash, silence and departure against the time in which all who can know of it must. */
export class Detections {
  /** Ends that were judged, and of these the ones that nothing hindered. */
  judged = 0
  judgedAlone = 0
  readonly #fleet: Fleet
  readonly #truths: Truths
  readonly #plan: Plan
  #open: End[] = []
  readonly #endedUs: number[] = []

  constructor(fleet: Fleet, truths: Truths, plan: Plan) {
    this.#fleet = fleet
    this.#truths = truths
    this.#plan = plan
  }

  ended(member: FleetMember, how: Ending): void {
    const { world } = this.#fleet
    const { crashMs, silenceMs, hinderedMs } = BOUNDS[this.#plan.profile]
    const graceMs = how === "restart" ? this.#plan.restartGraceMs : 0
    const atUs = world.nowUs
    const end = { member, boot: member.boots, atUs }
    this.#endedUs.push(atUs)
    this.#open.push({ ...end, dueUs: atUs + (graceMs + hinderedMs) * 1000, alone: false })
    if (how !== "killed" && how !== "power") return
    // Whoever has only just come back has no links yet whose end others would see.
    const isOld = this.#truths.of(member.machine.index).bootedUs <= atUs - REST_MS * 1000
    const witnessed = how === "killed" && isOld && this.#fleet.running().length >= 2
    this.#open.push({ ...end, dueUs: atUs + (witnessed ? crashMs : silenceMs) * 1000, alone: true })
  }

  /** Of those whose time is up: who does not know, and of whom. */
  overdue(): { readonly observer: FleetMember; readonly subject: FleetMember; readonly afterMs: number } | undefined {
    const { nowUs } = this.#fleet.world
    if (!this.#open.some((end) => end.dueUs <= nowUs)) return undefined
    const due = this.#open.filter((end) => end.dueUs <= nowUs)
    this.#open = this.#open.filter((end) => end.dueUs > nowUs)
    for (const end of due) {
      const observer = this.#ignorant(end)
      if (observer !== undefined) return { observer, subject: end.member, afterMs: (nowUs - end.atUs) / 1000 }
    }
    return undefined
  }

  #ignorant(end: End): FleetMember | undefined {
    const { member, boot, alone } = end
    const { nowUs } = this.#fleet.world
    const spanUs = nowUs - end.atUs + REST_MS * 1000
    if (member.host !== undefined || member.boots !== boot || !this.#truths.isNetworkCalm(nowUs, spanUs))
      return undefined
    const observers = this.#fleet.running().filter((observer) => this.#isFree(observer, end, spanUs))
    if (alone && (observers.length < this.#fleet.running().length || this.#hasCompany(end))) return undefined
    if (observers.length > 0) this.judged++
    if (observers.length > 0 && alone) this.judgedAlone++
    return observers.find((observer) => {
      const state = observer.host?.member(member.machine.id)?.state
      return state === "alive" || state === "suspect"
    })
  }

  #isFree({ machine }: FleetMember, end: End, spanUs: number): boolean {
    const { bootedUs } = this.#truths.of(machine.index)
    const isOld = bootedUs <= end.atUs - REST_MS * 1000
    return isOld && this.#truths.isUntouched(machine.index, this.#fleet.world.nowUs, spanUs)
  }

  #hasCompany(end: End): boolean {
    const fromUs = end.atUs - 2 * BOUNDS[this.#plan.profile].silenceMs * 1000
    return this.#endedUs.filter((atUs) => atUs >= fromUs).length > 1
  }
}
