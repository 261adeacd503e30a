import { unreachable } from "@conclave/base"
import type { Fleet, FleetMember } from "./fleet.ts"
import type { PathEffect } from "./network.ts"
import { type AppFault, type Fault, type Targets, TORN_WAIT_MS } from "./plan.ts"
import type { SimProcess } from "./process.ts"
import type { Truths } from "./truth.ts"

/** An agent that should have gone by now is ended all the same. */
const DEPARTURE_LIMIT_MS = 10_000
const DISK_DELAY_US = 300
const STRUCK_MS = 700
/** Who executes nothing for this long at most stays alive to everybody: the shortest suspicion is longer. */
const PAUSE_MAX_MS = { local: 1700, lan: 3000, wan: 9000 } as const

type Of<Kind extends Fault["kind"]> = Extract<Fault, { kind: Kind }>

/** Sees each fault begin and end. */
export type FaultWatcher = (fault: Fault, phase: "start" | "end") => void

/** Does to applications what a plan says; calls back when it is over, where it ends. */
export interface AppStriker {
  readonly strike: (fault: AppFault, ended: () => void) => void
}

/** Does to a fleet what a plan says, and tells the truth to `truths`. */
export class Nemesis {
  readonly #fleet: Fleet
  readonly #truths: Truths
  readonly #onFault: FaultWatcher
  readonly #freezes: Map<SimProcess, number> = new Map()
  readonly #holds: Map<FleetMember, number> = new Map()
  readonly #pauseMaxMs: number
  readonly #apps: AppStriker | undefined
  #tagged = 0

  constructor(fleet: Fleet, truths: Truths, onFault: FaultWatcher, apps?: AppStriker) {
    this.#fleet = fleet
    this.#apps = apps
    this.#truths = truths
    this.#onFault = onFault
    this.#pauseMaxMs = PAUSE_MAX_MS[fleet.options.profile]
  }

  /** Puts every fault on the clock. */
  schedule(faults: readonly Fault[]): void {
    for (const fault of faults) {
      this.#fleet.world.after(fault.atMs * 1000, () => {
        this.#onFault(fault, "start")
        this.#apply(fault)
      })
    }
  }

  /** Kills one now, for a moment. */
  strike(member: FleetMember): void {
    const fault: Fault = { kind: "kill", atMs: 0, downMs: STRUCK_MS, agents: [member.machine.index] }
    this.#onFault(fault, "start")
    this.#apply(fault)
  }

  #apply(fault: Fault): void {
    switch (fault.kind) {
      case "loss":
        return this.#path(fault, { kind: "loss", permille: fault.permille }, fault.from, fault.to)
      case "duplicate":
        return this.#path(fault, {
          kind: "duplicate",
          permille: fault.permille,
          withinUs: fault.withinMs * 1000,
        })
      case "delay": {
        const effect = { kind: "delay", extraUs: fault.extraMs * 1000, jitterUs: fault.jitterMs * 1000 } as const
        return this.#path(fault, effect, fault.from, fault.to)
      }
      case "reorder":
        return this.#path(fault, { kind: "reorder", permille: fault.permille, byUs: fault.byMs * 1000 })
      case "corrupt":
        return this.#path(fault, { kind: "corrupt", permille: fault.permille })
      case "mtu":
        return this.#path(fault, { kind: "mtu", bytesMax: fault.bytesMax })
      case "partition":
        return this.#partition(fault)
      case "oneway":
        return this.#path(fault, { kind: "cut", proto: fault.proto }, fault.from, fault.to)
      case "freeze":
      case "suspend":
        return this.#freeze(fault)
      case "hold":
        return this.#hold(fault)
      case "throttle":
        return this.#throttle(fault)
      case "kill":
      case "power":
        return this.#kill(fault)
      case "wipe":
        return this.#wipe(fault)
      case "torn":
        return this.#tear(fault)
      case "restart":
      case "leave":
        return this.#depart(fault)
      case "reset":
        for (const member of this.#members(fault.agents)) member.links?.breakAll()
        return this.#brief(fault)
      case "disk":
      case "slowdisk":
        return this.#disk(fault)
      case "clock":
        for (const member of this.#members(fault.agents)) member.machine.wallOffsetMs += fault.byMs
        return
      case "tags":
        return this.#tag(fault)
      case "app-kill":
      case "app-stop":
      case "app-wedge":
        return this.#apps?.strike(fault, () => this.#onFault(fault, "end"))
      default:
        return unreachable(fault)
    }
  }

  #members(targets: Targets): readonly FleetMember[] {
    return targets.map((index) => this.#fleet.at(index))
  }

  #mask(targets: Targets | undefined): Uint8Array {
    const mask = new Uint8Array(this.#fleet.members.length)
    if (targets === undefined) mask.fill(1)
    else for (const index of targets) mask[index] = 1
    return mask
  }

  /** Ends a fault after its time, whatever became of those it touched. */
  #until(fault: Fault & { readonly durationMs: number }, end: () => void): void {
    this.#fleet.world.after(fault.durationMs * 1000, () => {
      end()
      this.#onFault(fault, "end")
    })
  }

  /** What is over at once still leaves its victims troubled for the time that checks allow. */
  #brief(fault: Fault & { readonly agents: Targets }): void {
    for (const index of fault.agents) {
      this.#truths.trouble(index)
      this.#truths.relieve(index, this.#fleet.world.nowUs)
    }
  }

  #path(fault: Fault & { readonly durationMs: number }, effect: PathEffect, from?: Targets, to?: Targets): void {
    const { network, world } = this.#fleet
    const rule = { from: this.#mask(from), to: this.#mask(to), effect }
    network.addRule(rule)
    this.#truths.troubleNetwork()
    this.#until(fault, () => {
      network.removeRule(rule)
      this.#truths.relieveNetwork(world.nowUs)
    })
  }

  #partition(fault: Of<"partition">): void {
    const { network, world } = this.#fleet
    const rules = fault.sides.flatMap((side, at) =>
      fault.sides
        .filter((_, other) => other !== at)
        .map((other) => ({
          from: this.#mask(side),
          to: this.#mask(other),
          effect: { kind: "cut", proto: "both" } as const,
        })),
    )
    for (const rule of rules) network.addRule(rule)
    this.#truths.troubleNetwork()
    this.#until(fault, () => {
      for (const rule of rules) network.removeRule(rule)
      this.#truths.relieveNetwork(world.nowUs)
    })
  }

  /** The troubled stay troubled until the fault ends, also when they die and come back meanwhile. */
  #troubling(
    fault: Fault & { readonly agents: Targets; readonly durationMs: number },
    end: () => void,
    troubled: Targets = fault.agents,
  ): void {
    for (const index of troubled) this.#truths.trouble(index)
    this.#until(fault, () => {
      end()
      for (const index of troubled) this.#truths.relieve(index, this.#fleet.world.nowUs)
    })
  }

  #freeze(fault: Of<"freeze" | "suspend">): void {
    if (fault.kind === "suspend") this.#sleep(fault)
    const frozen = this.#members(fault.agents).map((member) => ({ member, process: member.machine.process }))
    for (const { process } of frozen) {
      if (process === undefined) continue
      this.#freezes.set(process, (this.#freezes.get(process) ?? 0) + 1)
      process.freeze()
    }
    const troubled = fault.agents.filter((index) => !this.#isBrief(index, fault.durationMs))
    const thaw = (): void => {
      for (const { member, process } of frozen) {
        if (process !== undefined) this.#thaw(fault, member, process)
      }
    }
    this.#troubling(fault, thaw, troubled)
  }

  /** What runs beside agents sleeps, too. */
  #sleep({ agents, durationMs }: Of<"suspend">): void {
    const fleet = this.#fleet
    for (const member of this.#members(agents)) fleet.fallAsleep(member)
    fleet.world.after(durationMs * 1000, () => {
      for (const member of this.#members(agents)) fleet.wakeOthers(member, durationMs * 1000)
    })
  }

  /** A short pause is an excuse for nothing: neither may the paused die nor may it kill. */
  #isBrief(index: number, durationMs: number): boolean {
    const { nowUs } = this.#fleet.world
    return durationMs <= this.#pauseMaxMs && this.#truths.pauseBriefly(index, nowUs, durationMs * 1000)
  }

  #thaw(fault: Of<"freeze" | "suspend">, member: FleetMember, process: SimProcess): void {
    const left = (this.#freezes.get(process) ?? 1) - 1
    this.#freezes.set(process, left)
    if (left > 0) return
    this.#freezes.delete(process)
    if (process.over) return
    if (fault.kind === "suspend") this.#fleet.wakeFromSleep(member, fault.durationMs * 1000)
    else process.thaw()
  }

  #hold(fault: Of<"hold">): void {
    const held = this.#members(fault.agents)
    for (const member of held) {
      this.#holds.set(member, (this.#holds.get(member) ?? 0) + 1)
      member.machine.held ??= { outgoing: [], incoming: [] }
    }
    // Its timers run: cut off as it is, it condemns the others, and says so to all when its datagrams are let go.
    this.#truths.troubleNetwork()
    this.#troubling(fault, () => {
      this.#truths.relieveNetwork(this.#fleet.world.nowUs)
      for (const member of held) {
        const left = (this.#holds.get(member) ?? 1) - 1
        this.#holds.set(member, left)
        if (left === 0) this.#fleet.network.release(member.machine)
      }
    })
  }

  #throttle(fault: Of<"throttle">): void {
    const slowed = this.#members(fault.agents).map((member) => member.machine.process)
    for (const process of slowed) process?.throttle(fault.costUs)
    this.#troubling(fault, () => {
      for (const process of slowed) process?.throttle(0)
    })
  }

  #kill(fault: Of<"kill" | "power">): void {
    const fleet = this.#fleet
    for (const member of this.#members(fault.agents)) {
      if (fault.kind === "power") fleet.cutPower(member)
      else fleet.kill(member)
    }
    this.#brief(fault)
    if (fault.downMs === undefined) return
    fleet.world.after(fault.downMs * 1000, () => {
      for (const member of this.#members(fault.agents)) fleet.boot(member)
      this.#brief(fault)
      this.#onFault(fault, "end")
    })
  }

  #wipe(fault: Of<"wipe">): void {
    const fleet = this.#fleet
    for (const index of fault.agents) {
      const member = fleet.at(index)
      if (!fleet.mayLose(member)) continue
      this.#truths.trouble(index)
      // What it says of itself in its next life may have been said before.
      this.#truths.of(index).diskTroubled = true
      fleet.wipe(member)
      fleet.world.after(fault.downMs * 1000, () => {
        fleet.boot(member)
        this.#truths.relieve(index, fleet.world.nowUs)
        this.#onFault({ ...fault, agents: [index] }, "end")
      })
    }
  }

  #tear(fault: Of<"torn">): void {
    const { world } = this.#fleet
    for (const index of fault.agents) {
      const member = this.#fleet.at(index)
      const { disk } = member.machine
      this.#truths.trouble(index)
      const boot = (after: () => void): void => {
        world.after(fault.downMs * 1000, () => {
          this.#fleet.boot(member)
          after()
        })
      }
      let done = false
      const cut = (): void => {
        if (done) return
        done = true
        disk.duringWrite(0, undefined)
        member.machine.files.duringOperation(0, undefined)
        this.#fleet.cutPower(member)
        boot(() => {
          this.#truths.relieve(index, world.nowUs)
          this.#onFault({ ...fault, agents: [index] }, "end")
        })
      }
      this.#fleet.cutPower(member)
      disk.duringWrite(fault.writes, cut)
      member.machine.files.duringOperation(fault.writes, cut)
      boot(() => world.after(TORN_WAIT_MS * 1000, cut))
    }
  }

  #depart(fault: Of<"restart" | "leave">): void {
    const fleet = this.#fleet
    for (const member of this.#members(fault.agents)) {
      const { host } = member
      if (host === undefined) continue
      let gone = false
      const go = (): void => {
        if (gone || member.host !== host) return
        gone = true
        fleet.kill(member, fault.kind === "leave" ? "left" : "restart")
        if (fault.downMs !== undefined) fleet.world.after(fault.downMs * 1000, () => fleet.boot(member))
      }
      const process = member.machine.process
      process?.task(() => {
        if (fault.kind === "leave") host.leave(go)
        else host.announceRestart(go)
      })
      fleet.world.after(DEPARTURE_LIMIT_MS * 1000, go)
    }
  }

  #tag(fault: Of<"tags">): void {
    for (const { host, machine } of this.#members(fault.agents)) {
      const round = `${++this.#tagged}`
      machine.process?.task(() => host?.setTags({ round }))
    }
  }

  #disk(fault: Of<"disk" | "slowdisk">): void {
    for (const index of fault.agents) {
      const member = this.#fleet.at(index)
      const { disk } = member.machine
      if (fault.kind === "slowdisk") disk.setDelayUs(fault.delayMs * 1000)
      else disk.setTrouble({ code: fault.code })
      if (fault.kind === "disk") this.#troubleLog(member, fault.code)
      if (fault.kind === "disk") this.#truths.of(index).diskTroubled = true
    }
    this.#until(fault, () => {
      for (const { machine } of this.#members(fault.agents)) {
        machine.disk.setDelayUs(DISK_DELAY_US)
        machine.disk.setTrouble(undefined)
        machine.files.setTrouble(undefined)
        machine.files.capacityBytes = Number.POSITIVE_INFINITY
      }
    })
  }

  /** What refuses may cost the replica, which a group must be able to bear; a full disk costs none, at however many. */
  #troubleLog(member: FleetMember, code: "ENOSPC" | "EIO" | "EROFS"): void {
    const { files } = member.machine
    if (code === "ENOSPC") files.capacityBytes = files.usedBytes
    else if (this.#fleet.mayLose(member)) files.setTrouble(code)
  }
}
