import { type Addr, addr, base32, type Millis, type Random } from "@conclave/base"
import type { Clock, Datagrams, Log, Names, Ports, Processes, Secrets } from "conclave/ports"
import { type Machine, trafficOf } from "./machine.ts"
import type { Network } from "./network.ts"
import type { SimProcess } from "./process.ts"
import { SimAlarm } from "./sim-alarm.ts"
import type { SimLinks } from "./sim-links.ts"
import { type StoreTap, simStore } from "./sim-store.ts"
import type { World } from "./world.ts"

/** Midnight of 1 January 2026, UTC: when every virtual world begins. */
const WALL_START_MS = 1_767_225_600_000

/** It takes so long to look at the processes of a machine. */
const LOOK_US = 500

/** Sees each line that an agent would log. */
export type LogWatcher = (machine: Machine, ...line: Parameters<Log["write"]>) => void

export interface PortsOptions {
  readonly world: World
  readonly network: Network
  readonly machine: Machine
  readonly process: SimProcess
  readonly links: SimLinks
  readonly alarms: SimAlarm[]
  readonly random: Random
  readonly onLog: LogWatcher
  readonly storeTap: StoreTap
}

/** The operating system as one process sees it. */
export function processPorts(options: PortsOptions): Ports {
  const { machine, process, random, onLog } = options
  return {
    clock: clockOf(options.world, machine, process, options.alarms),
    datagrams: datagramsPort(options),
    links: options.links.port(),
    disk: machine.disk.portFor(process),
    store: simStore(options.world, process, machine, options.storeTap),
    names: namesPort(options),
    log: {
      write: (level, event, message, fields) => onLog(machine, level, event, message, fields),
    },
    processes: processesPort(options),
    secrets: secretsPort(random),
    seed: () => random.uint32(),
  }
}

/**
 * Of the applications on its machine an agent finds those that say who they are; the others run in namespaces of their
 * own.
 */
function processesPort({ world, machine, process }: PortsOptions): Processes {
  const look = (act: () => void): void => world.after(LOOK_US, () => process.task(act))
  return {
    find: (claim, done) => {
      look(() => {
        const found = machine.applications.get(claim.pid)
        if (found === undefined || claim.startTime !== claim.pid) return done(undefined)
        done({ isGone: (told) => look(() => told(found.over)) })
      })
    },
    findGroup: (_group, _near, done) => look(() => done(undefined)),
  }
}

/** A digest that a run can repeat; what it is worth against attackers is no matter of the simulator. */
function secretsPort(random: Random): Secrets {
  const text = (bytes: number): string => base32(Uint8Array.from({ length: bytes }, () => random.uint32() & 0xff))
  return {
    session: () => ({ id: text(16), secret: text(32) }),
    hash: (secret) => {
      const digest = new Uint8Array(32)
      for (let at = 0; at < secret.length; at++) {
        digest[at % 32] = ((digest[at % 32] ?? 0) * 31 + secret.charCodeAt(at)) & 0xff
      }
      return digest
    },
  }
}

/** What its wall clock shows. */
export function wallMsOf(world: World, machine: Machine): number {
  return WALL_START_MS + machine.wallOffsetMs + Math.floor(world.nowUs / 1000)
}

/** The clocks of a machine as one of its processes reads them. */
export function clockOf(world: World, machine: Machine, process: SimProcess, alarms: SimAlarm[]): Clock {
  const rate = 1 + machine.clockPpm / 1e6
  return {
    now: () => process.nowMs as Millis,
    wallMs: () => wallMsOf(world, machine),
    bootMs: () => (world.nowUs * rate) / 1000,
    alarm: (ring) => {
      const alarm = new SimAlarm(world, process, ring)
      alarms.push(alarm)
      return alarm
    },
    afterTurn: (done) => process.afterTurn(done),
    afterSlice: (done) => process.afterTurn(done),
  }
}

function datagramsPort({ network, machine, process }: PortsOptions): Datagrams {
  return {
    send: (to, bytes) => {
      if (!process.over) network.send(machine, to, bytes)
    },
    onReceive: (handler) => process.onReceive((source, bytes) => handler(source as Addr, bytes)),
    received: () => process.received,
    kernelDrops: () => process.kernelDrops,
    sendErrors: () => machine.traffic.sendErrors,
    traffic: () => trafficOf(machine.traffic),
  }
}

function namesPort({ network, world, process }: PortsOptions): Names {
  return {
    resolve: (hostPort, done) => {
      const found = network.at(hostPort) ?? network.machines.find((each) => each.name === hostPort)
      const addrs = found === undefined ? numeric(hostPort) : [found.addr]
      const problem = addrs.length === 0 ? `${hostPort}: no such host` : ""
      world.after(network.delayUs(), () => process.task(() => done(addrs, problem)))
    },
  }
}

function numeric(hostPort: string): readonly Addr[] {
  return /^\d+\.\d+\.\d+\.\d+:\d+$/.test(hostPort) ? [addr(hostPort)] : []
}
