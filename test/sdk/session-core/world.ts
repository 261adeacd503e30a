import { Random } from "@conclave/base"
import { AgentModel } from "./agent-model.ts"
import { ApplicationModel } from "./application-model.ts"
import { DRIFT, type Entry, ServiceModel } from "./service-model.ts"

const APPLICATIONS = 3

interface Event {
  readonly atMs: number
  readonly order: number
  readonly run: () => void
}

/** True time, one service, and applications whose clocks are wrong by up to 1 % either way. */
export class World {
  readonly random: Random
  nowMs: number = 0
  readonly service: ServiceModel
  readonly agents: AgentModel[] = []
  readonly applications: ApplicationModel[] = []
  readonly problems: string[] = []
  readonly #events: Event[] = []
  /** When the last message of a direction arrives. */
  readonly #arrivals: WeakMap<object, number> = new WeakMap()
  #order = 0
  #isFaulty = false
  cuts: number = 0
  pauses: number = 0
  aborts: number = 0

  constructor(seed: number) {
    this.random = new Random(seed)
    this.service = new ServiceModel(this.#rate(), (entry) => this.#taken(entry))
    for (let each = 0; each < APPLICATIONS; each++) {
      const agent = new AgentModel(this, this.service, this.#rate())
      this.agents.push(agent)
      this.applications.push(new ApplicationModel(this, agent, this.#rate()))
    }
  }

  after(forMs: number, run: () => void): void {
    this.#events.push({ atMs: this.nowMs + forMs, order: this.#order++, run })
  }

  /** Messages of one direction do not overtake each other. */
  inOrder(direction: object, run: () => void): void {
    const atMs = Math.max(this.nowMs + this.latency(), this.#arrivals.get(direction) ?? 0)
    this.#arrivals.set(direction, atMs)
    this.after(atMs - this.nowMs, run)
  }

  /** Mostly quick, now and then slow: slow enough to lose a session, which is a fault. */
  latency(): number {
    return this.#isFaulty && this.random.chance(1, 30) ? this.random.below(1500) : 1 + this.random.below(20)
  }

  claim(holds: boolean, what: string): void {
    if (!holds) this.problems.push(`${Math.round(this.nowMs)} ms: ${what}`)
  }

  check(): void {
    const holders = this.applications.filter(({ believesAny }) => believesAny).length
    this.claim(holders <= 1, `${holders} applications believe that they hold the lock`)
  }

  /** Everything happens for a while, with faults or without. */
  run(forMs: number, areFaulty: boolean): void {
    const endMs = this.nowMs + forMs
    this.#isFaulty = areFaulty
    if (areFaulty) for (const [index] of this.applications.entries()) this.#trouble(index, endMs)
    while (this.nowMs < endMs && this.problems.length === 0) {
      const next = this.#takeNext(endMs)
      this.nowMs = Math.max(this.nowMs, Math.min(next?.atMs ?? endMs, Math.max(this.nowMs, this.service.nextMs), endMs))
      this.service.expire(this.nowMs)
      if (next === undefined) continue
      if (next.atMs <= this.nowMs) next.run()
      else this.#events.push(next)
      this.check()
    }
  }

  #takeNext(endMs: number): Event | undefined {
    let best: Event | undefined
    for (const each of this.#events)
      if (best === undefined || each.atMs < best.atMs || (each.atMs === best.atMs && each.order < best.order))
        best = each
    if (best === undefined || best.atMs > endMs) return undefined
    this.#events.splice(this.#events.indexOf(best), 1)
    return best
  }

  /** What an application and its surroundings do next. */
  #trouble(index: number, endMs: number): void {
    const { random } = this
    this.after(random.below(600), () => {
      if (this.nowMs >= endMs) return
      const application = this.applications[index]
      switch (random.below(12)) {
        case 0:
          this.cuts++
          this.agents[index]?.cut()
          break
        case 1:
          this.pauses++
          application?.pause(random.chance(1, 2) ? random.below(300) : random.below(4000))
          break
        case 2:
        case 3:
          this.aborts++
          application?.abort()
          break
        case 4:
        case 5:
        case 6:
          application?.release()
          break
        default:
          if (application?.isIdle === true) application.want(random.pick([0, 800, Number.POSITIVE_INFINITY]))
      }
      this.#trouble(index, endMs)
    })
  }

  /** The service gives it to somebody else now: nobody may act under it any more. */
  #taken({ token }: Entry): void {
    for (const each of this.applications)
      this.claim(!each.believes(token), `grant ${token} ended, its holder does not know`)
  }

  #rate(): number {
    return this.random.pick([1 - DRIFT, 1, 1 + DRIFT])
  }
}
