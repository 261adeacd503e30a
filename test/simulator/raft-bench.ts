import type { Millis, NodeId } from "@conclave/base"
import { type Command, type RaftConfig, raftConfig, type SessionId } from "@conclave/consensus"
import { Fleet, type FleetMember } from "@conclave/sim/fleet"
import { NETWORK_DEFAULTS } from "@conclave/sim/network"
import { SimFiles } from "@conclave/sim/sim-files"
import type { HostSetup, SimHost } from "@conclave/sim/sim-host"
import { World } from "@conclave/sim/world"
import { swimConfig } from "@conclave/swim"
import type { Proposed, Read } from "conclave/group/shared-state"
import { Host } from "conclave/host"
import type { Ports } from "conclave/ports"

/** How the hosts of one fleet are configured; what is absent is as in a fresh agent. */
export interface RaftBenchOptions {
  readonly agents: number
  readonly seed?: number
  /** Numbers of the agents that are told to found a cluster. */
  readonly founders?: readonly number[]
  /** Numbers of the agents that never vote. */
  readonly never?: readonly number[]
  readonly raft?: Partial<RaftConfig>
  readonly snapshotBytesMin?: number
  /** With how many each agent is to found, if with others at all. */
  readonly expects?: readonly (number | undefined)[]
}

/** Whole agents in virtual time, with the group that agrees in the test's hands. */
export class RaftBench {
  readonly world: World
  readonly fleet: Fleet
  readonly hosts: Host[] = []
  readonly logs: string[] = []
  readonly #founders: readonly number[]
  readonly #never: readonly number[]
  /** By number of the agent; counts from its next start on. */
  readonly expects: (number | undefined)[]
  readonly #raft: Partial<RaftConfig>
  /** What this agent is configured with instead, from its next start on. */
  readonly own: Map<number, Partial<RaftConfig>> = new Map()
  readonly #snapshotBytesMin: number
  /** Keys of agents that run with another's. */
  readonly #keys: Map<number, NodeId> = new Map()
  #sessions = 0

  constructor({
    agents,
    seed = 7,
    founders = [0],
    never = [],
    raft = {},
    snapshotBytesMin = 1024 * 1024,
    expects = [],
  }: RaftBenchOptions) {
    this.world = new World(seed)
    this.#founders = founders
    this.#never = never
    this.expects = [...expects]
    this.#raft = raft
    this.#snapshotBytesMin = snapshotBytesMin
    this.fleet = new Fleet(this.world, (setup, ports) => this.#host(setup, ports), {
      agents,
      mode: "conclave",
      profile: "local",
      codec: false,
      restartGraceMs: 30_000,
      network: { ...NETWORK_DEFAULTS, countsBytes: true },
    })
    this.fleet.onLog = (machine, _level, event, message) => this.logs.push(`${machine.name} ${event} ${message}`)
    for (const member of this.fleet.members) this.fleet.boot(member)
  }

  member(index: number): FleetMember {
    return this.fleet.at(index)
  }

  host(index: number): Host {
    return this.hosts[index] as Host
  }

  runMs(ms: number): void {
    this.world.run(this.world.nowUs + ms * 1000)
  }

  /** Lets time pass until it holds; false when it does not within the limit. */
  until(holds: () => boolean, limitMs = 60_000): boolean {
    const endUs = this.world.nowUs + limitMs * 1000
    while (!holds()) {
      if (this.world.nowUs >= endUs) return false
      this.runMs(10)
    }
    return true
  }

  /** Numbers of the running agents. */
  running(): readonly number[] {
    return this.fleet.members.filter(({ host }) => host !== undefined).map(({ machine }) => machine.index)
  }

  leader(): number | undefined {
    return this.running().find((index) => this.host(index).consensus.running?.isLeader === true)
  }

  /** How many vote, as the leader knows it; 0 without one. */
  voters(): number {
    const leader = this.leader()
    return leader === undefined ? 0 : (this.host(leader).consensus.running?.raft.group.voters.length ?? 0)
  }

  /** The directory of the agent's log and its data directory are empty from now on; its key is not. */
  wipe(index: number): void {
    this.member(index).machine.disk.wipe()
    this.wipeLog(index)
  }

  /** The key is gone with the rest: whoever comes back is another member with the old name. */
  wipeKey(index: number): void {
    this.wipe(index)
    const { machine } = this.member(index)
    machine.key = `${machine.id.startsWith("b") ? "c" : "b"}${machine.id.slice(1)}` as NodeId
    this.#keys.set(index, machine.key)
  }

  /** The log alone is gone. */
  wipeLog(index: number): void {
    this.member(index).machine.files = new SimFiles(this.world.random.uint32())
  }

  /**
   * An agent that is down gets all that another one has, its key and its inodes too: a machine that was restored twice.
   */
  clone(from: number, to: number): void {
    const { disk, files, id } = this.member(from).machine
    const { machine } = this.member(to)
    machine.disk.restore(disk)
    machine.files = files.copy(this.world.random.uint32())
    this.#keys.set(to, id)
    machine.key = id
  }

  /** Agent `from` reads the state as it is after the call. */
  read(from: number, limitMs = 5000): { outcome: Read | undefined } {
    const asked: { outcome: Read | undefined } = { outcome: undefined }
    const process = this.member(from).machine.process
    process?.task(() => {
      const deadline = (process.nowMs + limitMs) as Millis
      this.host(from).consensus.state.read(deadline, (outcome) => {
        asked.outcome = outcome
      })
    })
    return asked
  }

  /** Asked of agent `from`; the outcome comes with time. */
  propose(from: number, command: Command, limitMs = 5000): { outcome: Proposed | undefined } {
    const asked: { outcome: Proposed | undefined } = { outcome: undefined }
    const process = this.member(from).machine.process
    process?.task(() => {
      const deadline = (process.nowMs + limitMs) as Millis
      this.host(from).consensus.state.propose(command, deadline, (outcome) => {
        asked.outcome = outcome
      })
    })
    return asked
  }

  /** Opens a session of agent `from`; its id names it for the rest of the run. */
  open(
    from: number,
    limitMs?: number,
    ttlMs = 300_000,
  ): { readonly id: SessionId; readonly asked: { outcome: Proposed | undefined } } {
    const id = `s${String(++this.#sessions).padStart(24, "a")}a`.replace(/[0189]/g, "b") as SessionId
    const host = this.host(from).id as NodeId
    const asked = this.propose(
      from,
      {
        kind: "open",
        session: id,
        secretHash: new Uint8Array(32),
        host,
        boot: 1,
        ttlMs,
        liveness: "heartbeat",
        member: `a${from + 1}`,
        app: "test",
        pid: undefined,
        attachment: 1,
      },
      limitMs,
    )
    return { id, asked }
  }

  /** True when agent `index` has applied this session. */
  knows(index: number, id: SessionId): boolean {
    return this.host(index).consensus.state.local()?.state.session(id) !== undefined
  }

  #host(setup: HostSetup, ports: Ports): SimHost {
    const id = this.#keys.get(setup.index) ?? setup.id
    const host = new Host(
      {
        id,
        name: setup.name,
        addr: setup.addr,
        cluster: setup.cluster,
        join: setup.join.filter((addr) => addr !== setup.addr),
        profile: setup.profile,
        swim: swimConfig(setup.profile, setup.mode),
        tags: {},
        zone: "",
        version: "0.0.0",
        restartGraceMs: setup.restartGraceMs,
        voter: this.#never.includes(setup.index) ? "never" : "auto",
        raft: raftConfig({ ...this.#raft, ...this.own.get(setup.index) }),
        snapshotBytesMin: this.#snapshotBytesMin,
        bootstrap: this.#founders.includes(setup.index),
        bootstrapExpect: this.expects[setup.index],
        faultInjection: false,
        items: [],
        warnings: [],
      },
      ports,
      { onFatal: (fatal) => setup.onFatal(fatal.message) },
    )
    this.hosts[setup.index] = host
    return {
      id,
      start: (done) => host.start(done),
      members: () => host.members(),
      aliveCount: () => host.swim.count("alive"),
      member: (id) => host.swim.member(id),
      onMemberChanged: (on) => void host.onMemberChanged(on),
      announceRestart: (done) => host.announceRestart(done),
      leave: (done) => host.leave({ force: true, timeoutMs: 1000, graceMs: undefined }, () => done()),
      setTags: (tags) => host.setTags(tags),
      ping: (id, done) => host.ping(id, "udp", done),
      counters: () => ({}),
      backlog: () => 0,
    }
  }
}
