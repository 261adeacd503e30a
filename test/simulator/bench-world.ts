import type { Millis } from "@conclave/base"
import { Fleet, type FleetMember } from "@conclave/sim/fleet"
import { NETWORK_DEFAULTS } from "@conclave/sim/network"
import type { HostSetup, SimHost } from "@conclave/sim/sim-host"
import { World } from "@conclave/sim/world"
import type { Ports } from "conclave/ports"

/** A fleet of hosts that do nothing, with their ports in the tests' hands. */
export interface Bench {
  readonly world: World
  readonly fleet: Fleet
  /** The ports of each member's latest life. */
  readonly ports: Ports[]
  readonly member: (index: number) => FleetMember
  /** Lets the virtual time pass. */
  readonly runMs: (ms: number) => void
}

export function bench(agents: number, inboxMax?: number): Bench {
  const world = new World(7)
  const ports: Ports[] = []
  const factory = (setup: HostSetup, given: Ports): SimHost => {
    ports[setup.index] = given
    return idleHost(setup)
  }
  const fleet = new Fleet(world, factory, {
    agents,
    mode: "conclave",
    profile: "lan",
    codec: false,
    restartGraceMs: 30_000,
    network: { ...NETWORK_DEFAULTS, countsBytes: true },
    ...(inboxMax === undefined ? {} : { inboxMax }),
  })
  for (const member of fleet.members) fleet.boot(member)
  const runMs = (ms: number): void => world.run(world.nowUs + ms * 1000)
  runMs(1)
  return { world, fleet, ports, member: (index) => fleet.at(index), runMs }
}

export function at(ms: number): Millis {
  return ms as Millis
}

function idleHost(setup: HostSetup): SimHost {
  return {
    id: setup.id,
    start: (done) => done(),
    members: () => [],
    aliveCount: () => 0,
    member: () => undefined,
    onMemberChanged: () => {},
    announceRestart: (done) => done(),
    leave: (done) => done(),
    setTags: () => {},
    ping: (_id, done) => done(undefined),
    counters: () => ({}),
    backlog: () => 0,
  }
}
