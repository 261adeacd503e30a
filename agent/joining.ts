import type { Addr, NodeId } from "@conclave/base"
import type { Effect, Input } from "@conclave/swim"
import type { JoinOutcome, ReadyItem, Warning } from "./api/view.ts"
import { Discovery } from "./discovery/discovery.ts"
import type { DiscoverySource } from "./discovery/source.ts"
import type { Gossip } from "./gossip/gossip.ts"
import { JoinCalls } from "./gossip/join-calls.ts"
import type { KnownMember } from "./gossip/member-file.ts"
import { Remembered } from "./gossip/remembered.ts"
import type { Clock, Log, Names } from "./ports.ts"

const RESOLVE_RETRY_MS = 5000

export interface JoiningOptions {
  readonly clock: Clock
  readonly log: Log
  readonly names: Names
  readonly self: { readonly id: NodeId; readonly addr: Addr }
  /** The configured addresses. */
  readonly join: readonly string[]
  /** Where to look for agents that nobody has named. */
  readonly sources: readonly DiscoverySource[]
  readonly gossip: {
    readonly started: Pick<NonNullable<Gossip["started"]>, "count" | "hasJoined" | "member"> | undefined
    readonly input: (input: Input & { readonly kind: "join" }) => void
  }
  /** A living member has that address. */
  readonly isMember: (addr: Addr) => boolean
  /** A configured name that stands for no address now. */
  readonly onUnresolved: (text: string, problem: string) => void
}

/**
 * How a host comes to be among the others: through addresses that are configured, that were found, or that it remembers
 * of its last life. Each of these is asked again for as long as it may help, and whoever founds a cluster hears them
 * all first.
 */
export class Joining {
  readonly #options: JoiningOptions
  readonly #calls: JoinCalls
  readonly #discovery: Discovery
  #texts: readonly string[]
  #remembered: Remembered | undefined

  constructor(options: JoiningOptions) {
    this.#options = options
    this.#texts = options.join
    const { clock, log, names, self, gossip, isMember, onUnresolved } = options
    this.#calls = new JoinCalls({
      names,
      join: (addrs, keep) => gossip.input({ kind: "join", addrs, keep }),
      clock,
      retryMs: RESOLVE_RETRY_MS,
      own: self.addr,
      isJoined: () => !this.#isAlone && (gossip.started?.hasJoined === true || !this.#calls.hasOthers),
      onUnresolved,
    })
    this.#discovery = new Discovery({
      clock,
      log,
      own: self.addr,
      ask: (addrs) => this.#ask(addrs),
      isAlone: () => this.#isAlone,
      isMember,
    })
  }

  /** `members`: of the last life; `forget` is told of those that are no more. */
  start(members: readonly KnownMember[], forget: (id: NodeId) => void): void {
    const { clock, gossip, self, join, sources } = this.#options
    const addrs = new Map(members.map(({ id, addr }) => [id, addr]))
    this.#remembered = new Remembered({
      clock,
      ids: members.map(({ id }) => id),
      isAlone: () => this.#isAlone,
      isHeld: (id) => gossip.started?.member(id) !== undefined,
      ask: (ids) => this.#ask(ids.flatMap((id) => addrs.get(id) ?? [])),
      forget,
    })
    const known = members.filter(({ id, addr }) => id !== self.id && addr !== self.addr)
    this.#calls.atStart(
      join,
      known.map(({ addr }) => addr),
    )
    this.#discovery.configure(sources)
  }

  stop(): void {
    this.#calls.stop()
    this.#discovery.stop()
    this.#remembered?.stop()
  }

  /** Replaces the configured addresses; those that are new are asked. */
  configure(join: readonly string[]): void {
    this.#texts = join
    this.#calls.configure(join)
  }

  /** Looks for agents there from now on, and nowhere else. */
  setSources(sources: readonly DiscoverySource[]): void {
    this.#discovery.configure(sources)
  }

  /** Asks each of them once; calls back with what became of that. */
  call(addrs: readonly string[], done: (outcome: JoinOutcome) => void): void {
    this.#calls.call(addrs, done)
  }

  /** Asks everybody who was configured or discovered. */
  askAll(done: () => void): void {
    this.#discovery.onFirstWord(() => {
      const texts = new Set([...this.#texts, ...this.#discovery.candidates])
      texts.delete(this.#options.self.addr)
      this.#calls.call([...texts], done)
    })
  }

  /** A member came, went or said something else of itself. */
  changed(): void {
    this.#remembered?.changed()
    this.#discovery.changed()
  }

  joined({ addr, name, spokenOf }: Extract<Effect, { kind: "joined" }>): void {
    this.#remembered?.spokenOf(spokenOf)
    this.#calls.joined(addr, name)
  }

  failed(addr: Addr, reason: string): void {
    this.#discovery.failed(addr, reason)
    this.#calls.failed(addr, reason)
  }

  /** Whether this host is where it was told to be. */
  get readiness(): ReadyItem {
    const swim = this.#options.gossip.started
    // Before the start nobody knows whether a configured address is this host's own.
    const hasOthers = swim === undefined ? this.#texts.length > 0 : this.#calls.hasOthers
    const ok = !hasOthers || swim?.hasJoined === true
    const why = this.#calls.lastFailure === undefined ? "" : ` (${this.#calls.lastFailure})`
    return { name: "join", ok, message: ok ? "ok" : `none of ${this.#texts.join(", ")} has answered yet${why}` }
  }

  get warnings(): readonly Warning[] {
    return this.#discovery.warnings()
  }

  #ask(addrs: readonly Addr[]): void {
    this.#options.gossip.input({ kind: "join", addrs, keep: "once" })
  }

  get #isAlone(): boolean {
    const { started } = this.#options.gossip
    return started === undefined || started.count("alive") + started.count("suspect") <= 1
  }
}
