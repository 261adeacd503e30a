import { type Random, unreachable } from "@conclave/base"
import type { Line } from "../check/lines.ts"
import type { Fleet, FleetMember } from "../fleet.ts"
import type { AppFault, AppsPlan } from "../plan.ts"
import { SimProcess } from "../process.ts"
import type { SimAlarm } from "../sim-alarm.ts"
import { App } from "./app.ts"
import { Operator } from "./operator.ts"
import { type Parts, partsOf } from "./parts.ts"
import { Recorder } from "./recorder.ts"
import { noteSights } from "./sights.ts"

/** Of the agents' processes the numbers are their machines'. */
const PROCESS_BASE = 1_000_000
const OPERATOR = 0x6f70

interface Slot {
  readonly index: number
  home: FleetMember
  readonly isProvable: boolean
  readonly ttlMs: number | undefined
  lives: number
  alive: (Parts & { readonly app: App; readonly process: SimProcess; readonly alarms: SimAlarm[] }) | undefined
  stops: number
}

/** The application processes of a fleet, and what is done to them. */
export class Apps {
  readonly recorder: Recorder
  readonly #fleet: Fleet
  readonly #plan: AppsPlan
  readonly #random: Random
  readonly #slots: Slot[] = []
  #operator: Operator | undefined
  #isOver = false

  constructor(fleet: Fleet, plan: AppsPlan, parts: { readonly random: Random; readonly onLine: (line: Line) => void }) {
    this.#fleet = fleet
    this.#plan = plan
    this.#random = parts.random
    this.recorder = new Recorder(fleet.world, parts.onLine)
    for (let index = 0; index < plan.count; index++) this.#slots.push(this.#slot(index))
    if (plan.revokeMs !== undefined) {
      const { recorder } = this
      const random = this.#random.child(OPERATOR)
      const sessions = (): readonly string[] => this.#sessions
      this.#operator = new Operator({ fleet, recorder, random, plan, everyMs: plan.revokeMs, sessions })
    }
    fleet.watchers.push({
      booted: (member) => {
        this.#booted(member)
        if (plan.watches !== undefined) noteSights(member, this.recorder)
      },
      ended: (member, how) => {
        if (how === "power") for (const slot of this.#of(member)) this.kill(slot.index)
      },
      darkened: (member) => {
        for (const slot of this.#of(member)) this.kill(slot.index)
      },
      asleep: (member) => {
        for (const slot of this.#of(member)) this.stop(slot.index)
      },
      awake: (member, sleptUs) => {
        for (const slot of this.#of(member)) this.#wake(slot, sleptUs)
      },
    })
  }

  get count(): number {
    return this.#slots.length
  }

  /** All that is dead or stands still goes on; what ran on a host that was removed does so on another one. */
  revive(): void {
    for (const slot of this.#slots) {
      this.#thaw(slot.index)
      if (slot.home.isRemoved) {
        this.kill(slot.index)
        slot.home = this.#random.pick(this.#fleet.belonging())
      }
      this.start(slot.index)
    }
  }

  start(index: number): void {
    const slot = this.#slots[index]
    if (slot === undefined || slot.alive !== undefined || this.#isOver || !slot.home.machine.powered) return
    const { world } = this.#fleet
    const { machine } = slot.home
    const pid = PROCESS_BASE + slot.index * 1000 + ++slot.lives
    const process = new SimProcess(world, pid, { inboxMax: 0, clockPpm: machine.clockPpm })
    const alarms: SimAlarm[] = []
    if (slot.isProvable) machine.applications.set(pid, process)
    const life = `c${slot.index}.${slot.lives}`
    const claim = slot.isProvable ? { pid, startTime: pid } : null
    const { recorder } = this
    const random = this.#random.child(slot.index * 1000 + slot.lives)
    const app = new App({ world, machine, process, alarms, random, recorder, life, ttlMs: slot.ttlMs, claim })
    slot.stops = 0
    const by = { app, agent: machine.name, recorder, random, chance: this.#random }
    slot.alive = { app, ...partsOf(this.#plan, slot, by), process, alarms }
  }

  kill(index: number): void {
    const slot = this.#slots[index]
    if (slot?.alive === undefined) return
    const { process, app } = slot.alive
    slot.alive = undefined
    process.end()
    slot.home.machine.socket.gone(process)
    this.recorder.died(app.life)
    // Nobody is there to prove it where the agent has died first, or with it.
    const provable = slot.isProvable && slot.home.host !== undefined
    const spec = { procs: [app.life], nodes: [slot.home.machine.name], provable }
    this.recorder.add({ k: "fault", t: this.recorder.nowUs, f: "kill-client", phase: "start", spec })
  }

  /** SIGSTOP. */
  stop(index: number): void {
    const slot = this.#slots[index]
    if (slot?.alive === undefined) return
    if (slot.stops++ === 0) this.#say("pause", "start", slot.alive.app.life)
    slot.alive.process.freeze()
  }

  /** SIGCONT. */
  goOn(index: number): void {
    const slot = this.#slots[index]
    if (slot?.alive === undefined || slot.stops === 0) return
    if (--slot.stops > 0) return
    slot.alive.process.thaw()
    this.#say("pause", "end", slot.alive.app.life)
  }

  /** The loop was stuck in the middle of something, which is done before anything else is heard of. */
  unwedge(index: number): void {
    for (const part of this.#slots[index]?.alive?.parts ?? []) part.work?.()
    this.goOn(index)
  }

  readonly strike = (fault: AppFault, ended: () => void): void => {
    const { world } = this.#fleet
    const each = (act: (index: number) => void): void => fault.apps.forEach(act)
    switch (fault.kind) {
      case "app-kill":
        each((index) => this.kill(index))
        if (fault.downMs === undefined) return
        return world.after(fault.downMs * 1000, () => {
          each((index) => this.start(index))
          ended()
        })
      case "app-stop":
      case "app-wedge":
        each((index) => this.stop(index))
        return world.after(fault.durationMs * 1000, () => {
          each((index) => (fault.kind === "app-stop" ? this.goOn(index) : this.unwedge(index)))
          ended()
        })
      default:
        return unreachable(fault)
    }
  }

  /** Nothing more is done to anybody, and no work is put: what there is gets done. */
  finishWork(): void {
    this.#isOver = true
    this.#operator?.stop()
    for (const { index, alive } of this.#slots) {
      this.#thaw(index)
      alive?.process.task(() => {
        alive.producer?.sweep()
        for (const worker of alive.workers) worker.hurry()
      })
    }
  }

  /** What of it is not done yet, as everybody sees it; "" = nothing. */
  get workLeft(): string {
    const words = this.#slots.flatMap(({ alive }) => alive?.producer?.left ?? [])
    return words.find((each) => each !== "") ?? ""
  }

  /** Everybody gives back what it has. */
  quiesce(): void {
    for (const { alive } of this.#slots) {
      alive?.process.task(() => {
        for (const part of alive.parts) part.stop()
      })
    }
  }

  get isIdle(): boolean {
    return this.#slots.every(({ alive }) => alive === undefined || alive.parts.every(({ isIdle }) => isIdle))
  }

  /** Ends their sessions. */
  close(): void {
    for (const { alive } of this.#slots) alive?.process.task(() => alive.app.close())
  }

  get isClosed(): boolean {
    return this.#slots.every(({ alive }) => alive === undefined || alive.app.isClosed)
  }

  /** Those that still have something. */
  get busy(): string {
    const found = this.#slots.flatMap(({ alive }) =>
      alive === undefined || alive.app.isClosed ? [] : [alive.app.life],
    )
    return found.join(", ")
  }

  get #sessions(): readonly string[] {
    return this.#slots.flatMap(({ alive }) => alive?.app.sessionId ?? [])
  }

  #thaw(index: number): void {
    const slot = this.#slots[index]
    if (slot === undefined || slot.stops === 0) return
    slot.stops = 1
    this.goOn(index)
  }

  #slot(index: number): Slot {
    const random = this.#random.child(0x5107 + index)
    const { members } = this.#fleet
    const home = members[random.below(members.length)] as FleetMember
    const isProvable = random.chance(this.#plan.provablePermille, 1000)
    return { index, home, isProvable, ttlMs: random.pick(TTLS_MS), lives: 0, alive: undefined, stops: 0 }
  }

  #of(member: FleetMember): readonly Slot[] {
    return this.#slots.filter(({ home }) => home === member)
  }

  /** Its supervisor starts them with the machine; they find the agent when it is there. */
  #booted(member: FleetMember): void {
    for (const slot of this.#of(member)) {
      this.#fleet.world.after(this.#random.below(500_000), () => this.start(slot.index))
    }
  }

  #wake(slot: Slot, sleptUs: number): void {
    const { alive } = slot
    if (alive === undefined || slot.stops === 0) return
    alive.process.addLag(sleptUs)
    for (const alarm of alive.alarms) alarm.postpone(sleptUs)
    this.goOn(slot.index)
  }

  #say(f: string, phase: "start" | "end", life: string): void {
    this.recorder.add({ k: "fault", t: this.recorder.nowUs, f, phase, spec: { procs: [life] } })
  }
}

/** The longest are above what some pools wait for an item. */
const TTLS_MS = [undefined, 2000, 3000, 6000, 15_000]
