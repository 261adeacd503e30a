import type { Profile } from "@conclave/swim"
import { knownInMs, sureAfterMs } from "./detection-times.ts"
import type { Ending, Fleet, FleetMember } from "./fleet.ts"
import type { Plan } from "./plan.ts"
import type { Truths } from "./truth.ts"

/**
 * In which everybody must know of the end of a life whatever happens to others: the longest suspicion, and to come to
 * it.
 */
const HINDERED_MS: Readonly<Record<Profile, number>> = { local: 30_000, lan: 30_000, wan: 120_000 }
/** Nobody else has ended for so long: whoever did is known. */
const ALONE_MS: Readonly<Record<Profile, number>> = { local: 12_000, lan: 15_000, wan: 90_000 }
/** A fleet, or an observer, at rest for this long before the end has round trips that are known. */
const REST_MS = 7500
/** The longest wait between two dials of a watch link that failed, and the dial (`swim/watch.ts`). */
const REDIALLED_MS = 36_000

interface End {
  readonly member: FleetMember
  /** The life that ended. */
  readonly boot: number
  readonly atUs: number
  readonly dueUs: number
  /** Judged only when nothing else happened in the whole fleet. */
  readonly alone: boolean
  /** Its machine answers for it, as long as that has its power. */
  readonly isCrash: boolean
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
    if (member.isRemoved) return
    const { profile, restartGraceMs } = this.#plan
    const atUs = this.#fleet.world.nowUs
    const end = { member, boot: member.boots, atUs }
    const isAnnounced = how === "restart" || this.#isAway(member)
    const hinderedMs = HINDERED_MS[profile] + (isAnnounced ? restartGraceMs : 0)
    this.#endedUs.push(atUs)
    this.#open.push({ ...end, dueUs: atUs + hinderedMs * 1000, alone: false, isCrash: false })
    const sureMs = sureAfterMs(profile)
    if ((how !== "killed" && how !== "power") || isAnnounced || !this.#isRested(sureMs)) return
    if (!this.#haveBeenAnswered(member, sureMs)) return
    const away = this.#away(member)
    if (away === undefined) return
    const present = this.#fleet.belonging().length
    const isCrash = how === "killed" && this.#isWatched(member)
    // Its machine may lose its power before anybody has seen that: then it has been silent since it died.
    for (const answers of isCrash ? [true, false] : [false]) {
      const withinMs = knownInMs({ profile, isCrash: answers, present, away })
      this.#open.push({ ...end, dueUs: atUs + withinMs * 1000, alone: true, isCrash: answers })
    }
  }

  /** Somebody was told that it would be. */
  #isAway({ machine }: FleetMember): boolean {
    return this.#fleet.belonging().some(({ host }) => host?.member(machine.id)?.restartingUntilMs !== undefined)
  }

  /**
   * How many announced a restart and are not back; undefined when those who run are not at one about who else there is.
   */
  #away(ended: FleetMember): number | undefined {
    const running = this.#fleet.belonging()
    const away = new Set<FleetMember>()
    for (const { host } of running) {
      for (const member of this.#fleet.members) {
        const { state, restartingUntilMs } = host?.member(member.machine.id) ?? {}
        const isHeld = state === "alive" || state === "suspect"
        if (member === ended || member.isRemoved) continue
        if (member.host !== undefined && state !== "alive") return undefined
        if (member.host === undefined && isHeld && restartingUntilMs === undefined) return undefined
        if (member.host === undefined && isHeld) away.add(member)
      }
    }
    return away.size
  }

  /**
   * Whoever has only just come back has no links yet whose end others would see, nor has whom no dial reached lately.
   */
  #isWatched({ machine }: FleetMember): boolean {
    const { nowUs } = this.#fleet.world
    const isOld = this.#truths.of(machine.index).bootedUs <= nowUs - REST_MS * 1000
    const isDialled = this.#truths.isCalmSinceBoot(machine.index, nowUs, REDIALLED_MS * 1000)
    return isOld && isDialled && this.#isRested(REDIALLED_MS)
  }

  /** No fault of the network, or of those who run, has hidden anything from them for so long. */
  #isRested(forMs: number): boolean {
    const { nowUs } = this.#fleet.world
    if (!this.#truths.isNetworkCalm(nowUs, forMs * 1000)) return false
    return this.#fleet
      .belonging()
      .every(({ machine }) => this.#truths.isCalmSinceBoot(machine.index, nowUs, forMs * 1000))
  }

  /** Nobody who runs was left alone: whom no answers reach goes on doubting itself, however long. */
  #haveBeenAnswered(ended: FleetMember, forMs: number): boolean {
    // Before anybody ended nobody had cause to doubt.
    if (this.#endedUs.length === 1) return true
    const running = this.#fleet.belonging()
    const fromUs = this.#fleet.world.nowUs - forMs * 1000
    const old = [...running, ended].filter(({ machine }) => this.#truths.of(machine.index).bootedUs <= fromUs)
    return running.every((observer) => old.some((each) => each !== observer))
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
    const { member, boot, alone, isCrash } = end
    const { nowUs } = this.#fleet.world
    const spanUs = nowUs - end.atUs + REST_MS * 1000
    if (
      member.isRemoved ||
      member.host !== undefined ||
      member.boots !== boot ||
      !this.#truths.isNetworkCalm(nowUs, spanUs)
    )
      return undefined
    // What looked like a crash has become silence, whose time is another.
    if (isCrash && !member.machine.powered) return undefined
    const present = this.#fleet.belonging()
    const observers = present.filter((observer) => this.#isFree(observer, end, spanUs))
    if (alone && (observers.length < present.length || this.#hasCompany(end))) return undefined
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
    const fromUs = end.atUs - ALONE_MS[this.#plan.profile] * 1000
    return this.#endedUs.filter((atUs) => atUs >= fromUs).length > 1
  }
}
