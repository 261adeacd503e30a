import type { Addr, NodeId } from "@conclave/base"
import { assert } from "@conclave/base"
import { type Input, type PingPath, type RecordFields, Swim, type SwimConfig } from "@conclave/swim"
import type { SealProblem } from "./seal/seal.ts"
import { type HostEffect, type SwimCodec, SwimDriver, type SwimPorts } from "./swim-driver.ts"

/** Effects that are not the answer to a call of this agent's own. */
export type GossipEffect = Exclude<HostEffect, { kind: "pinged" | "departed" }>

/** The gossip half of a host: the core with its driver, and who waits for an answer of theirs. */
export class Gossip {
  readonly #ports: SwimPorts
  readonly #codec: SwimCodec
  readonly #onEffect: (effect: GossipEffect) => void
  readonly #onUnreadable: (source: Addr, problem: SealProblem) => void
  readonly #pings: Map<number, (rttMs: number | undefined) => void> = new Map()
  #driver: SwimDriver | undefined
  #calls = 0
  #departed: (() => void)[] = []

  constructor(options: {
    readonly ports: SwimPorts
    readonly codec: SwimCodec
    readonly onEffect: (effect: GossipEffect) => void
    readonly onUnreadable: (source: Addr, problem: SealProblem) => void
  }) {
    this.#ports = options.ports
    this.#codec = options.codec
    this.#onEffect = options.onEffect
    this.#onUnreadable = options.onUnreadable
  }

  /** undefined before the start. */
  get started(): Swim | undefined {
    return this.#driver?.swim
  }

  /** The membership core; only after the start. */
  get swim(): Swim {
    return this.#running().swim
  }

  get malformedPackets(): number {
    return this.#driver?.malformed ?? 0
  }

  /** Makes the core, shows it to `before`, and begins to gossip. */
  start(
    options: { readonly config: SwimConfig; readonly self: RecordFields; readonly seed: number },
    before: (swim: Swim) => void,
  ): void {
    const swim = new Swim({ ...options, nowMs: this.#ports.clock.now() })
    before(swim)
    this.#driver = new SwimDriver({
      swim,
      ports: this.#ports,
      codec: this.#codec,
      onEffect: (effect) => this.#perform(effect),
      onUnreadable: this.#onUnreadable,
    })
    this.#driver.start()
  }

  /** Only after the start. */
  input(input: Input): void {
    this.#running().input(input)
  }

  /** Calls back once: the round trip, or undefined when no answer came in time. */
  ping(id: NodeId, path: PingPath, done: (rttMs: number | undefined) => void): void {
    const call = ++this.#calls
    this.#pings.set(call, done)
    this.input({ kind: "ping", id, path, call })
  }

  /** Calls back once: whether a probe of our own had any answer, directly, through helpers or by stream. */
  probe(id: NodeId, done: (isAnswered: boolean) => void): void {
    const call = ++this.#calls
    this.#pings.set(call, (rttMs) => done(rttMs !== undefined))
    this.input({ kind: "probe", id, call })
  }

  /** Calls back when the good-bye is out; at once before the start. */
  depart(input: { kind: "leave" } | { kind: "announceRestart"; forMs: number }, done: () => void): void {
    if (this.#driver === undefined) return done()
    this.#departed.push(done)
    this.#driver.input(input)
  }

  stop(): void {
    this.#driver?.stop()
  }

  #running(): SwimDriver {
    assert(this.#driver !== undefined, "the host has started")
    return this.#driver
  }

  #perform(effect: HostEffect): void {
    switch (effect.kind) {
      case "pinged": {
        const done = this.#pings.get(effect.call)
        this.#pings.delete(effect.call)
        return done?.(effect.rttMs)
      }
      case "departed":
        for (const done of this.#departed.splice(0)) done()
        return
      default:
        return this.#onEffect(effect)
    }
  }
}
