import { Random } from "@conclave/base"
import type { Client, ConnectOptions, Grant } from "@conclave/sdk"
import { connectOver } from "@conclave/sdk/connect"
import { invalidError } from "@conclave/sdk/errors"
import { conclaveHost } from "@conclave/sim"
import { Fleet, type FleetMember } from "@conclave/sim/fleet"
import { unsettled } from "@conclave/sim/group/settled"
import type { PathRule } from "@conclave/sim/network"
import { World } from "@conclave/sim/world"
import { endSession, sessionOf } from "./expiry.ts"
import { FLEET, GROUP } from "./plan.ts"
import { VirtualProcess } from "./virtual-process.ts"
import { VirtualTime } from "./virtual-time.ts"

export interface TestClusterOptions {
  /** From 1 to 100, named `a1`, `a2` and so on; default 3. Up to three of them vote, with two at most one. */
  readonly agents?: number
  /**
   * Decides every delay and every election: one seed gives one history, as long as the test asks for the same. Default
   * 1.
   */
  readonly seed?: number
}

export interface TestConnectOptions extends Omit<ConnectOptions, "socket"> {
  /** The agent that it talks to; default `a1`. */
  readonly agent?: string
}

/**
 * A cluster in memory: the product's own agents, replicated state and client, on virtual time and a virtual network.
 *
 * Time passes by `advance`. Beside that it goes on by itself for 200 ms after a client did something, so that a call
 * which waits for nobody is answered without it; one that waits (for a lock that is held, a time limit, a quorum) waits
 * for `advance`. Faults are done at once; what comes of them takes virtual time. Nothing of it keeps a process alive.
 */
export interface TestCluster {
  /** Virtual ms since it was made. */
  readonly nowMs: number
  /** A client as `connect` of `@conclave/sdk` gives it, in a process of its own on the host of an agent. */
  connect(o?: TestConnectOptions): Promise<Client>
  /** Resolves when so many ms have passed and every promise that they settle has been told. */
  advance(ms: number): Promise<void>
  /** SIGKILL of an agent, or of a client's process; its host sees that a client is gone, and frees what it held. */
  kill(target: string | Client): void
  /** An agent says that it restarts and does; one that was killed starts anew, with its disk. */
  restart(agent: string): void
  /** A client's process stands still, as in a blocked loop or under SIGSTOP; its clocks go on. */
  pause(client: Client): void
  resume(client: Client): void
  /** Nothing passes between the agents of the two sides, until `heal`. */
  partition(a: string | readonly string[], b: string | readonly string[]): void
  heal(): void
  /** The service gives up on the session behind a grant or an item, as if it had been silent for its time to live. */
  expire(grant: Grant): void
  /** The next `n` answers to a client get lost, each with its connection: they were applied, and nobody heard. */
  dropReplies(client: Client, n: number): void
}

const AGENTS_MAX = 100
/** Processes of applications are numbered from here. */
const PID_BASE = 1_000_000
const SETTLED_LOOK_US = 50_000
const SETTLED_MAX_US = 300_000_000

/**
 * Makes a cluster that has been founded and is at rest.
 *
 * Throws INVALID_ARGUMENT.
 *
 * @example
 * const cluster = testCluster()
 * const [one, other] = [await cluster.connect(), await cluster.connect({ agent: "a2" })]
 * const lock = await one.lock("report")
 * const next = other.lock("report")
 * cluster.pause(one)
 * await cluster.advance(12_000)
 * console.log(lock.held, (await next).held) // false true
 */
export function testCluster({ agents = 3, seed = 1 }: TestClusterOptions = {}): TestCluster {
  if (!Number.isInteger(agents) || agents < 1 || agents > AGENTS_MAX)
    throw invalidError("agents", `agents is a whole number from 1 to ${AGENTS_MAX}`)
  if (!Number.isSafeInteger(seed)) throw invalidError("seed", "seed is a whole number")
  return new VirtualCluster(agents, seed)
}

class VirtualCluster implements TestCluster {
  readonly #world: World
  readonly #fleet: Fleet
  readonly #time: VirtualTime
  readonly #random: Random
  readonly #startUs: number
  readonly #processes: Map<Client, VirtualProcess> = new Map()
  #rules: PathRule[] = []
  #pids = PID_BASE

  constructor(agents: number, seed: number) {
    this.#world = new World(seed)
    this.#random = new Random(seed)
    this.#fleet = new Fleet(this.#world, conclaveHost, { ...FLEET, agents, group: GROUP })
    this.#settle()
    this.#startUs = this.#world.nowUs
    this.#time = new VirtualTime(this.#world)
  }

  get nowMs(): number {
    return (this.#world.nowUs - this.#startUs) / 1000
  }

  async connect({ agent = "a1", ...o }: TestConnectOptions = {}): Promise<Client> {
    const { machine } = this.#member(agent)
    const random = this.#random.child(++this.#pids)
    const process = new VirtualProcess({ time: this.#time, machine, pid: this.#pids, random })
    const client = await connectOver({ ports: process.ports, path: agent, trace: undefined }, { name: "test", ...o })
    this.#processes.set(client, process)
    return client
  }

  advance(ms: number): Promise<void> {
    if (!(ms >= 0 && Number.isFinite(ms))) throw invalidError("ms", "ms is a number from 0")
    return this.#time.advance(ms)
  }

  kill(target: string | Client): void {
    if (typeof target === "string") this.#fleet.kill(this.#member(target))
    else this.#process(target).kill()
    this.#time.asked()
  }

  restart(agent: string): void {
    const member = this.#member(agent)
    const boot = (): void => this.#fleet.boot(member)
    if (member.host === undefined) boot()
    else {
      member.host.announceRestart(() =>
        // Not within a step of the agent that goes.
        this.#world.after(1, () => {
          this.#fleet.kill(member, "restart")
          boot()
        }),
      )
    }
    this.#time.asked()
  }

  pause(client: Client): void {
    this.#process(client).pause()
  }

  resume(client: Client): void {
    this.#process(client).resume()
  }

  partition(a: string | readonly string[], b: string | readonly string[]): void {
    const [from, to] = [this.#side(a), this.#side(b)]
    const effect = { kind: "cut", proto: "both" } as const
    for (const rule of [
      { from, to, effect },
      { from: to, to: from, effect },
    ]) {
      this.#rules.push(rule)
      this.#fleet.network.addRule(rule)
    }
    this.#time.asked()
  }

  heal(): void {
    for (const rule of this.#rules) this.#fleet.network.removeRule(rule)
    this.#rules = []
    this.#time.asked()
  }

  expire(grant: Grant): void {
    endSession(this.#fleet, sessionOf(this.#fleet, grant.token))
    this.#time.asked()
  }

  dropReplies(client: Client, n: number): void {
    if (!Number.isInteger(n) || n < 0) throw invalidError("n", "n is a whole number from 0")
    this.#process(client).loseReplies(n)
  }

  #settle(): void {
    for (const member of this.#fleet.members) this.#fleet.boot(member)
    for (;;) {
      this.#world.run(this.#world.nowUs + SETTLED_LOOK_US)
      const missing = unsettled(this.#fleet)
      if (missing === undefined) return
      if (this.#world.nowUs > SETTLED_MAX_US) throw new Error(`the cluster does not come to rest: ${missing}`)
    }
  }

  #member(agent: string): FleetMember {
    const found = this.#fleet.members.find(({ machine }) => machine.name === agent)
    if (found !== undefined) return found
    throw invalidError("agent", `there is no agent ${agent}: they are a1 to a${this.#fleet.members.length}`)
  }

  #process(client: Client): VirtualProcess {
    const found = this.#processes.get(client)
    if (found === undefined) throw invalidError("client", "this client is not of this cluster")
    return found
  }

  /** One byte an agent. */
  #side(agents: string | readonly string[]): Uint8Array {
    const side = new Uint8Array(this.#fleet.members.length)
    for (const each of typeof agents === "string" ? [agents] : agents) side[this.#member(each).machine.index] = 1
    return side
  }
}
