import { Random } from "@conclave/base"
import type { Lock } from "@conclave/sdk"
import { connectOver } from "@conclave/sdk/connect"
import { conclaveHost } from "@conclave/sim/conclave-host"
import { Fleet, type FleetMember } from "@conclave/sim/fleet"
import { unsettled } from "@conclave/sim/group/settled"
import { World } from "@conclave/sim/world"
import { FLEET, GROUP } from "@conclave/testing/plan"
import { VirtualProcess } from "@conclave/testing/virtual-process"
import { VirtualTime } from "@conclave/testing/virtual-time"
import type { ChannelEvent, Links } from "conclave/ports"

/** A connection that an agent made: where streams are sealed, a handshake. */
export interface Dial {
  readonly atUs: number
  readonly from: string
  /** An address. */
  readonly to: string
  /** Channels are kept; links to neighbours and single requests are gossip's. */
  readonly kind: "channel" | "watch" | "request"
  isOpen: boolean
}

const PID_BASE = 1_000_000

/** A fleet with a group, in which an application of each host holds a lock of its own; what agents dial is kept. */
export class BusyFleet {
  readonly fleet: Fleet
  readonly dials: Dial[] = []
  /** By name of the host. */
  readonly locks: Map<string, Lock> = new Map()
  readonly #world: World
  readonly #time: VirtualTime

  constructor(agents: number) {
    this.#world = new World(1)
    this.#time = new VirtualTime(this.#world)
    this.fleet = new Fleet(
      this.#world,
      (setup, ports) => conclaveHost(setup, { ...ports, links: this.#counted(ports.links, setup.name) }),
      { ...FLEET, agents, group: GROUP },
    )
    for (const member of this.fleet.members) this.fleet.boot(member)
  }

  /** Resolves when the group has its size, and everybody has its lock. */
  async begin(): Promise<void> {
    while (unsettled(this.fleet) !== undefined) await this.advance(1000)
    const locked = this.fleet.members.map((member) => this.#lock(member))
    await Promise.all([...locked, this.advance(1000)])
  }

  advance(ms: number): Promise<void> {
    return this.#time.advance(ms)
  }

  /** Of the group. */
  get seats(): readonly FleetMember[] {
    return this.fleet.running().filter(({ host }) => host?.consensus?.running !== undefined)
  }

  get leader(): FleetMember | undefined {
    return this.seats.find(({ host }) => host?.consensus?.running?.isLeader === true)
  }

  async #lock({ machine }: FleetMember): Promise<void> {
    const pid = PID_BASE + machine.index
    const { ports } = new VirtualProcess({ time: this.#time, machine, pid, random: new Random(pid) })
    const client = await connectOver({ ports, path: machine.name, trace: undefined }, { name: "test" })
    this.locks.set(machine.name, await client.lock(machine.name))
  }

  #counted(links: Links, from: string): Links {
    const note = (to: string, kind: Dial["kind"]): Dial => {
      const dial: Dial = { atUs: this.#world.nowUs, from, to, kind, isOpen: kind === "channel" }
      this.dials.push(dial)
      return dial
    }
    return {
      ...links,
      request: (to, ...rest) => {
        note(to, "request")
        links.request(to, ...rest)
      },
      watch: (to, ...rest) => {
        note(to, "watch")
        return links.watch(to, ...rest)
      },
      dial: (to, on, meant) => {
        const dial = note(to, "channel")
        const heard = (event: ChannelEvent): void => {
          if (event.kind === "over") dial.isOpen = false
          on(event)
        }
        const { send, waitingBytes, close } = links.dial(to, heard, meant)
        const ended = (): void => {
          dial.isOpen = false
          close()
        }
        return { send, waitingBytes, close: ended }
      },
    }
  }
}
