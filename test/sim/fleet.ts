import { type Addr, addr, assert, base32, type NodeId, nodeId, Random } from "@conclave/base"
import type { Mode, Profile } from "@conclave/swim"
import { LocalSocket } from "./apps/local-socket.ts"
import { type Machine, noTraffic } from "./machine.ts"
import { Network, type NetworkOptions } from "./network.ts"
import type { GroupPlan, SealSteps } from "./plan.ts"
import { SimProcess } from "./process.ts"
import { type LogWatcher, processPorts } from "./process-ports.ts"
import type { SimAlarm } from "./sim-alarm.ts"
import { SimCiphers } from "./sim-ciphers.ts"
import { SimDisk } from "./sim-disk.ts"
import { SimFiles } from "./sim-files.ts"
import type { HostFactory, Sent, SimHost } from "./sim-host.ts"
import { SimLinks } from "./sim-links.ts"
import type { StoreTap } from "./sim-store.ts"
import type { World } from "./world.ts"

/** Datagrams that the default receive buffer of Linux holds (research: measured, small ones). */
const INBOX_MAX = 256
const SEEDS = 3

/** How one life ended. */
export type Ending = "killed" | "power" | "restart" | "left" | "fatal"

/** Sees what agents give to their disks and channels, at the moments in which they do. */
export interface FleetTap extends StoreTap {
  readonly sent: (machine: Machine, body: Uint8Array) => void
}

export interface FleetOptions {
  readonly agents: number
  readonly mode: Mode
  readonly profile: Profile
  readonly codec: boolean
  readonly seal?: SealSteps
  readonly restartGraceMs: number
  readonly network: NetworkOptions
  readonly inboxMax?: number
  /** Agents whose addresses everybody is told to join. */
  readonly seeds?: number
  readonly joinOnce?: boolean
  /** Absent: no agent founds a group that agrees. */
  readonly group?: GroupPlan
}

/** What watches a fleet. Each may be called inside a step, never from outside of one. */
export interface FleetWatcher {
  readonly booted: (member: FleetMember) => void
  readonly ended: (member: FleetMember, how: Ending) => void
  /** The machine of an agent that is dead already loses its power. */
  readonly darkened?: (member: FleetMember) => void
  /** The whole machine sleeps, or has slept. */
  readonly asleep?: (member: FleetMember) => void
  readonly awake?: (member: FleetMember, sleptUs: number) => void
}

/** One machine with what runs on it. */
export interface FleetMember {
  readonly machine: Machine
  host: SimHost | undefined
  links: SimLinks | undefined
  readonly alarms: SimAlarm[]
  /** Lives so far. */
  boots: number
  /** It said good-bye and forgot everybody. */
  hasLeft: boolean
  /** Its disk was emptied once: it must not found another group. */
  wasWiped: boolean
  /** An operator has removed it, by what is committed: it may run, and is a member no more. */
  isRemoved: boolean
}

/** All machines of one virtual cluster: boots agents, ends them, and knows which run. */
export class Fleet {
  readonly world: World
  readonly network: Network
  readonly options: FleetOptions
  readonly members: FleetMember[] = []
  readonly byId: Map<NodeId, FleetMember> = new Map()
  readonly watchers: FleetWatcher[] = []
  readonly taps: FleetTap[] = []
  onLog: LogWatcher = () => {}
  /** Whether this machine's log may be lost for good: a group that lost its quorum that way is no finding. */
  mayLose: (member: FleetMember) => boolean = () => true
  onWiped: (member: FleetMember) => void = () => {}
  /** Sees each command that an agent sends for an application. */
  onCommand: (sent: Sent, by: SimProcess) => void = () => {}
  /** The member whose code runs now or ran last, for reports of a failed assertion. */
  current: FleetMember | undefined
  readonly #storeTap: StoreTap = {
    asked: (machine, request) => {
      for (const tap of this.taps) tap.asked(machine, request)
    },
    said: (machine, reply) => {
      for (const tap of this.taps) tap.said(machine, reply)
    },
  }
  readonly #factory: HostFactory
  readonly #ciphers: SimCiphers = new SimCiphers()
  readonly #random: Random

  constructor(world: World, factory: HostFactory, options: FleetOptions) {
    assert(options.agents >= 1, "a fleet has an agent")
    this.world = world
    this.options = options
    this.network = new Network(world, options.network)
    this.network.onFrame = (machine, body) => {
      for (const tap of this.taps) tap.sent(machine, body)
    }
    this.#factory = factory
    this.#random = world.random.child(0x666c65)
    for (let index = 0; index < options.agents; index++) this.#addMachine(index)
  }

  /** How many, of the first, everybody is told to join. */
  get seeds(): number {
    return this.options.seeds ?? SEEDS
  }

  at(index: number): FleetMember {
    const member = this.members[index]
    assert(member !== undefined, "a fleet has the member that is asked for")
    return member
  }

  /** Members whose agent runs, frozen ones included. */
  running(): readonly FleetMember[] {
    return this.members.filter((member) => member.host !== undefined)
  }

  /** Those that belong to the cluster, as long as nothing is in their way. */
  belonging(): readonly FleetMember[] {
    return this.members.filter(({ host, isRemoved }) => host !== undefined && !isRemoved)
  }

  boot(member: FleetMember): void {
    const { machine } = member
    if (member.host !== undefined) return
    machine.powered = true
    const process = new SimProcess(this.world, machine.index, {
      inboxMax: this.options.inboxMax ?? INBOX_MAX,
      clockPpm: machine.clockPpm,
    })
    machine.process = process
    member.alarms.length = 0
    const links = new SimLinks({
      network: this.network,
      world: this.world,
      machine,
      process,
      owner: (other) => this.at(other.index).links,
      isRemoved: (key) => member.host?.consensus?.removed.has(key) === true,
    })
    member.links = links
    member.boots++
    const ports = processPorts({
      world: this.world,
      network: this.network,
      machine,
      process,
      links,
      alarms: member.alarms,
      random: new Random(this.#random.uint32()),
      onLog: (...line) => this.onLog(...line),
      storeTap: this.#storeTap,
    })
    const host = this.#factory(this.#setup(member), ports)
    member.hasLeft = false
    member.host = host
    for (const watcher of this.watchers) watcher.booted(member)
    process.task(() =>
      host.start(() => {
        const { accept } = host
        if (accept === undefined) return
        machine.socket.listen(process, (end) => accept(end, "application"))
        machine.admin.listen(process, (end) => accept(end, "admin"))
      }),
    )
  }

  /** The process is gone at once; its machine answers for it. */
  kill(member: FleetMember, how: Ending = "killed"): void {
    const { machine, links } = member
    if (member.host === undefined) return
    this.#endProcess(machine)
    member.host = undefined
    member.links = undefined
    member.hasLeft = how === "left"
    links?.resetAll()
    // A killed process leaves what it gave to the kernel; a good stop has waited for its writes.
    if (how === "killed") machine.disk.crash(this.#random)
    machine.files.restart()
    for (const watcher of this.watchers) watcher.ended(member, how)
  }

  /** The machine is off, and its disk is a new one. */
  wipe(member: FleetMember): void {
    this.cutPower(member)
    member.machine.disk.wipe()
    member.machine.files = new SimFiles(this.#random.uint32())
    member.wasWiped = true
    this.onWiped(member)
  }

  /** The machine is off: silence, and its disk holds what had been synced. */
  cutPower(member: FleetMember): void {
    const { machine, links } = member
    const wasPowered = machine.powered
    machine.powered = false
    if (!wasPowered) return
    const wasRunning = member.host !== undefined
    if (wasRunning) this.#endProcess(machine)
    member.host = undefined
    member.links = undefined
    links?.silence()
    machine.disk.crash(this.#random)
    // Also what a process that was killed before had left to the kernel.
    machine.files.powerCut()
    for (const watcher of this.watchers) {
      if (wasRunning) watcher.ended(member, "power")
      else watcher.darkened?.(member)
    }
  }

  #endProcess(machine: Machine): void {
    const { process } = machine
    process?.end()
    if (process !== undefined) for (const socket of [machine.socket, machine.admin]) socket.gone(process)
    machine.process = undefined
    machine.held = undefined
  }

  /** The machine sleeps, with all that runs on it. */
  fallAsleep(member: FleetMember): void {
    for (const { asleep } of this.watchers) asleep?.(member)
  }

  /** What runs beside the agent. */
  wakeOthers(member: FleetMember, sleptUs: number): void {
    for (const { awake } of this.watchers) awake?.(member, sleptUs)
  }

  /** The machine sleeps: nothing runs, and its monotonic clock stands. */
  wakeFromSleep(member: FleetMember, sleptUs: number): void {
    const process = member.machine.process
    if (process === undefined) return
    process.addLag(sleptUs)
    for (const alarm of member.alarms) alarm.postpone(sleptUs)
    process.thaw()
  }

  /** Who comes back after a good-bye is told somebody that lives: its own memory of them is gone. */
  #joinList(member: FleetMember): readonly string[] {
    if (this.options.joinOnce === true && member.boots > 1 && !member.hasLeft) return []
    const addrs = this.members.slice(0, this.seeds).map((each) => each.machine.addr)
    const running = this.belonging()
    if (member.hasLeft && running.length > 0) addrs.push(this.#random.pick(running).machine.addr)
    return addrs
  }

  #setup(member: FleetMember): Parameters<HostFactory>[0] {
    const { machine } = member
    const { mode, profile, codec, seal, restartGraceMs, group } = this.options
    return {
      index: machine.index,
      id: machine.id,
      name: machine.name,
      addr: machine.addr,
      cluster: "sim",
      join: this.#joinList(member),
      profile,
      mode,
      restartGraceMs,
      codec,
      ...(seal === undefined ? {} : { seal: { ciphers: this.#ciphers, mode: seal[machine.index % 2 === 0 ? 0 : 1] } }),
      ...(group === undefined ? {} : { group: { ...group, ...foundingOf(member, group) } }),
      onFatal: (reason) => this.#fatal(machine, reason),
      onRemoved: (key) => member.links?.endPeer(key),
      onCommand: (sent) => {
        if (machine.process !== undefined) this.onCommand(sent, machine.process)
      },
    }
  }

  /** Not at once: the agent is in the middle of a step. */
  #fatal(machine: Machine, reason: string): void {
    this.onLog(machine, "error", "agent.fatal", reason)
    this.world.after(1, () => this.kill(this.at(machine.index), "fatal"))
  }

  #addMachine(index: number): void {
    const id = idOf(this.#random)
    const isBusy = this.options.group?.apps?.isHasty === true
    const machine: Machine = {
      index,
      id,
      name: `a${index + 1}`,
      addr: addrOf(index),
      disk: new SimDisk(this.world),
      files: new SimFiles(this.#random.uint32()),
      traffic: noTraffic(),
      key: id,
      powered: true,
      process: undefined,
      held: undefined,
      wallOffsetMs: 0,
      sleptUs: 0,
      clockPpm: this.options.group?.apps?.clockPpm[index] ?? 0,
      socket: new LocalSocket(this.world, new Random(hashOf(id)), isBusy),
      admin: new LocalSocket(this.world, new Random(hashOf(`${id} admin`)), isBusy),
      applications: new Map(),
    }
    this.network.add(machine)
    const life = { host: undefined, links: undefined, alarms: [], boots: 0, hasLeft: false }
    const member: FleetMember = { machine, ...life, wasWiped: false, isRemoved: false }
    this.members.push(member)
    this.byId.set(machine.id, member)
  }
}

function addrOf(index: number): Addr {
  return addr(`10.${index >> 16}.${(index >> 8) & 255}.${index & 255}:7400`)
}

function idOf(random: Random): NodeId {
  const bytes = new Uint8Array(16)
  for (let at = 0; at < bytes.length; at++) bytes[at] = random.below(256)
  return nodeId(base32(bytes))
}

function hashOf(text: string): number {
  let hash = 7
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) >>> 0
  return hash
}

/** Told at each of its starts, as in a lab; a new disk founds nothing: it has forgotten what it promised. */
function foundingOf(
  { machine, wasWiped }: FleetMember,
  { founder, together }: GroupPlan,
): { readonly founds: boolean; readonly expects: number | undefined } {
  if (wasWiped) return { founds: false, expects: undefined }
  return { founds: together === undefined && machine.index === founder, expects: together }
}
