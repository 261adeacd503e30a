import type { Addr, Generation, Millis, NodeId } from "@conclave/base"
import { GENERATION_MAX, Random, unreachable } from "@conclave/base"
import type { Accusation, Member, MemberState, PingPath, Profile, Swim } from "@conclave/swim"
import { hasSameTags } from "@conclave/swim/record"
import type { JournalNote } from "./api/objects.ts"
import type { Problem } from "./api/problem.ts"
import type {
  AgentView,
  ConfigItem,
  FaultRule,
  JoinOutcome,
  MemberChanged,
  NameConflict,
  ReadyItem,
  Warning,
} from "./api/view.ts"
import { type DepartureWish, type Draining, depart, type Farewell, type SeatLeft } from "./departure.ts"
import type { DiscoverySource } from "./discovery/source.ts"
import { expel } from "./expulsion.ts"
import { fatalOf } from "./fatal-conflict.ts"
import { FaultyPorts } from "./faulty-ports.ts"
import { Gossip, type GossipEffect } from "./gossip/gossip.ts"
import { KeptGeneration } from "./gossip/kept-generation.ts"
import { MemberFile } from "./gossip/member-file.ts"
import { MemberLog } from "./gossip/member-log.ts"
import { RefusedDatagrams } from "./gossip/refused-datagrams.ts"
import { Roster } from "./gossip/roster.ts"
import { wireCodec } from "./gossip/swim-codec.ts"
import type { SwimCodec } from "./gossip/swim-driver.ts"
import { Consensus } from "./group/consensus.ts"
import { type Fatal, type HostConfig, ownRecord } from "./host-config.ts"
import type { HostOptions } from "./host-options.ts"
import { Joining } from "./joining.ts"
import type { Links, Ports } from "./ports.ts"
import { SESSION_TTL_MS } from "./session-ttl.ts"
import { WallClock } from "./wall-clock.ts"

/** The log grows to so much at least before a snapshot of the state takes its place. */
const SNAPSHOT_BYTES_MIN = 1024 * 1024

/**
 * The agent minus the operating system: the cores, their drivers and what they remember. The daemon gives it Node's
 * ports, the simulator a virtual world's.
 */
export class Host implements AgentView {
  readonly id: NodeId
  readonly cluster: string
  readonly profile: Profile
  readonly faultInjection: boolean
  /** What other agents are reached by, with the faults that were asked for. */
  readonly links: Pick<Links, "dial">
  readonly #config: HostConfig
  readonly #ports: Ports
  readonly #faulty: FaultyPorts
  readonly #onFatal: (fatal: Fatal) => void
  readonly #onLeft: () => void
  readonly #isAsked: boolean
  readonly #onRemoved: (host: NodeId) => void
  readonly #onSealed: (source: Addr) => void
  readonly #moreWarnings: () => readonly Warning[]
  readonly #last: { readonly drain: Draining; readonly farewell: Farewell }
  readonly #startedMs: Millis
  readonly #wall: WallClock
  readonly #memberLog: MemberLog
  readonly #refused: RefusedDatagrams
  readonly #roster: Roster
  readonly #gossip: Gossip
  readonly #joining: Joining
  readonly #consensus: Consensus
  readonly #newsListeners: Set<(note: JournalNote) => void> = new Set()
  #file: MemberFile | undefined
  #generation: KeptGeneration | undefined
  /** Why the generation of this life was not written at its start. */
  #notKept: Warning | undefined
  #warnings: Warning[] = []
  #trouble: Warning | undefined
  #restartGraceMs: number
  #items: readonly ConfigItem[]

  constructor(config: HostConfig, ports: Ports, options: HostOptions) {
    this.id = config.id
    this.cluster = config.cluster
    this.profile = config.profile
    this.faultInjection = config.faultInjection
    this.#config = config
    this.#ports = ports
    this.#faulty = new FaultyPorts(ports)
    this.links = this.#faulty.links
    this.#onFatal = options.onFatal
    this.#onLeft = options.onLeft ?? (() => {})
    this.#isAsked = options.isAsked === true
    this.#onRemoved = options.onRemoved ?? (() => {})
    this.#onSealed = options.onSealed ?? (() => {})
    this.#moreWarnings = options.warnings ?? (() => [])
    const { drain = (_graceMs, done) => done(), farewell = (_limitMs, done) => done(true) } = options
    this.#last = { drain, farewell }
    this.#restartGraceMs = config.restartGraceMs
    this.#startedMs = ports.clock.now()
    this.#wall = new WallClock(ports.clock)
    this.#items = config.items
    this.#warnings = [...config.warnings]
    this.#memberLog = new MemberLog(ports.log, config.id)
    this.#refused = new RefusedDatagrams(ports.log)
    this.#roster = new Roster(config.id, this.#memberLog)
    this.#gossip = this.#makeGossip(options.codec ?? wireCodec(config.cluster))
    this.#joining = this.#makeJoining(options.discovery ?? [])
    this.#consensus = this.#makeConsensus()
  }

  /** The group that agrees, as this host has part in it. */
  get consensus(): Consensus {
    return this.#consensus
  }

  /** The membership core; only after `start` has called back. */
  get swim(): Swim {
    return this.#gossip.swim
  }

  /** The next life will know that it is another one: until then no session begins here. */
  get isGenerationKept(): boolean {
    return this.#generation?.isKept === true
  }

  get malformedPackets(): number {
    return this.#gossip.malformedPackets
  }

  /** Datagrams that were dropped unanswered, by reason. */
  get refusedDatagrams(): Readonly<Record<string, number>> {
    return this.#refused.counts
  }

  /** Reads what the last life left, raises the generation, begins to gossip, and calls back. */
  start(done: () => void): void {
    const { file, generation, members, tags, problem } = MemberFile.load(this.#ports.disk, this.#ports.clock)
    this.#file = file
    if (problem !== undefined) this.#warn("member-file", problem, "the agent goes on; what is missing is learned anew")
    // At the end of all generations the incarnation alone outranks the past.
    const next = Math.min(generation + 1, GENERATION_MAX) as Generation
    if (!hasSameTags(tags ?? {}, this.#config.tags)) file.setTags(this.#config.tags)
    const kept = new KeptGeneration(file, next, this.#ports.clock)
    this.#generation = kept
    kept.keep((result) => {
      // A directory that takes nothing at all has been said to be one.
      if (!result.ok && !this.#warnings.some(({ message }) => message === result.message)) {
        this.#notKept = notKept(result.message)
        this.#ports.log.write("warn", "agent.data-directory", this.#notKept.message, { hint: this.#notKept.hint })
      }
      this.#gossip.start(
        { config: this.#config.swim, self: ownRecord(this.#config, next), seed: this.#ports.seed() },
        (swim) => this.#roster.open(swim.member(this.id), file),
      )
      const shuffled = [...members]
      new Random(this.#ports.seed()).shuffle(shuffled)
      this.#joining.start(shuffled, (id) => file.forget(id))
      this.#consensus.start(() => {
        if (this.#config.bootstrap) this.#bootstrapAtStart()
      })
      done()
    })
  }

  /**
   * Departs for good: gives up the seat in the group, ends its sessions, says good-bye, forgets the members and calls
   * back; key and generation stay. Where that is refused nothing has changed.
   */
  leave(wish: DepartureWish, done: (result: SeatLeft | Problem) => void): void {
    const { id } = this
    const generation = (): number => this.#gossip.started?.member(id)?.record.generation ?? 0
    const parts = { clock: this.#ports.clock, id, generation, consensus: this.#consensus, ...this.#last }
    depart(parts, wish, (result) => {
      if (typeof result !== "string") return done(result)
      this.#sayGoodbye(() => done(result))
    })
  }

  #sayGoodbye(done: () => void): void {
    this.#roster.stopRemembering()
    const left = (): void => {
      done()
      this.#onLeft()
    }
    this.#gossip.depart({ kind: "leave" }, () => {
      if (this.#file === undefined) left()
      else this.#file.clearMembers(left)
    })
  }

  /** Tells everybody that this agent will be back, and calls back. */
  announceRestart(done: () => void): void {
    this.#consensus.handOver(() => this.#gossip.depart({ kind: "announceRestart", forMs: this.#restartGraceMs }, done))
  }

  /** Ends all activity at once, as the last step. */
  stop(): void {
    this.#joining.stop()
    this.#consensus.stop()
    this.#generation?.stop()
    this.#file?.close()
    this.#gossip.stop()
  }

  /** What is sick on this host, as bits of `HEALTH_BITS`. */
  setHealth(health: number): void {
    if (this.#gossip.started !== undefined) this.#gossip.input({ kind: "setHealth", health })
  }

  setRestartGrace(restartGraceMs: number): void {
    this.#restartGraceMs = restartGraceMs
  }

  /** What `config.show` tells after a reload. */
  setItems(items: readonly ConfigItem[]): void {
    this.#items = items
  }

  setTags(tags: Readonly<Record<string, string>>): void {
    this.#file?.setTags(tags)
    this.#gossip.input({ kind: "setTags", tags })
  }

  /** Replaces the configured addresses; those that are new are asked. */
  setJoin(join: readonly string[]): void {
    this.#joining.configure(join)
  }

  /** Looks for agents there from now on, and nowhere else. */
  setDiscovery(sources: readonly DiscoverySource[]): void {
    this.#joining.setSources(sources)
  }

  readonly uptimeMs = (): number => this.#ports.clock.now() - this.#startedMs
  readonly wallMs = (): number => this.#ports.clock.wallMs()
  readonly wallOf = (at: Millis): number => this.#wall.of(at)
  readonly localHealth = (): number => this.#gossip.started?.localHealth ?? 0
  readonly viewVersion = (): number => this.#roster.version
  readonly members = (): readonly Member[] => this.#gossip.started?.members() ?? []
  readonly warnings = (): readonly Warning[] => [
    ...this.#warnings,
    ...(this.#notKept === undefined || this.isGenerationKept ? [] : [this.#notKept]),
    ...(this.#trouble === undefined ? [] : [this.#trouble]),
    ...this.#memberLog.warnings,
    ...this.#refused.warnings(this.#ports.clock.now()),
    ...this.#joining.warnings,
    ...this.#moreWarnings(),
    ...this.#consensus.warnings,
  ]
  readonly config = (): readonly ConfigItem[] => this.#items
  readonly rttMs = (id: NodeId): number | undefined => this.swim.rttMs(id)
  readonly accusations = (id: NodeId): readonly Accusation[] => this.swim.accusations(id)

  /** Asked for by scrapers before the start, too: then there is nobody. */
  readonly counts = (): Readonly<Record<MemberState, number>> => {
    const count = (state: MemberState): number => this.#gossip.started?.count(state) ?? 0
    return { alive: count("alive"), suspect: count("suspect"), dead: count("dead"), left: count("left") }
  }

  readonly byName = (name: string): Member | undefined => {
    const id = this.#roster.byName(name)
    return id === undefined ? undefined : this.swim.member(id)
  }

  /** Who is or was at this address. */
  memberAt(addr: Addr): Member | undefined {
    const id = this.#roster.byAddr(addr)
    return id === undefined ? undefined : this.#gossip.started?.member(id)
  }

  /** The living member at this address. */
  livingAt(addr: Addr): NodeId | undefined {
    const member = this.memberAt(addr)
    return member?.state === "alive" || member?.state === "suspect" ? member.id : undefined
  }

  /** A living member, this one included, has its address on that numeric host. */
  isHome(host: string): boolean {
    return this.#roster.isHome(host)
  }

  readonly memberById = (id: NodeId): Member | undefined => this.swim.member(id)

  readonly readiness = (): readonly ReadyItem[] => {
    const swim = this.#gossip.started
    return [
      { name: "gossip", ok: swim !== undefined, message: swim !== undefined ? "ok" : "not started yet" },
      this.#joining.readiness,
      this.#consensus.readiness,
    ]
  }

  readonly onMemberChanged = (on: (change: MemberChanged, version: number) => void): (() => void) =>
    this.#roster.onChanged(on)

  readonly onNameConflict = (on: (conflict: NameConflict) => void): (() => void) => this.#roster.onConflict(on)

  readonly onGroupNews = (on: (note: JournalNote) => void): (() => void) => {
    this.#newsListeners.add(on)
    return () => this.#newsListeners.delete(on)
  }

  readonly ping = (id: NodeId, path: PingPath, done: (rttMs: number | undefined) => void): void =>
    this.#gossip.ping(id, path, done)

  readonly join = (addrs: readonly string[], done: (outcome: JoinOutcome) => void): void =>
    this.#joining.call(addrs, done)

  readonly expel: AgentView["expel"] = (member, wish, done) => {
    const say = (id: NodeId, prune: boolean): void => this.#gossip.input({ kind: "expel", id, prune })
    expel({ clock: this.#ports.clock, consensus: this.#consensus, isAsked: this.#isAsked, say }, member, wish, done)
  }

  readonly setFaults = (rule: FaultRule): void => {
    const dropped = new Set(rule.drop)
    this.#faulty.set((addr, direction) => {
      const id = this.#roster.byAddr(addr)
      const name = id === undefined ? undefined : this.swim.member(id)?.record.name
      return rule[direction] && name !== undefined && dropped.has(name)
    })
  }

  #makeGossip(codec: SwimCodec): Gossip {
    const { clock } = this.#ports
    return new Gossip({
      ports: { clock, datagrams: this.#faulty.datagrams, links: this.#faulty.links },
      codec,
      onEffect: (effect) => this.#perform(effect),
      onUnreadable: (source, problem) => {
        this.#refused.refused(source, problem, clock.now())
        // Keys of different numbers, and of the same.
        if (problem === "sealed" || problem === "forged") this.#onSealed(source)
      },
    })
  }

  #makeJoining(sources: readonly DiscoverySource[]): Joining {
    const { names, clock, log } = this.#ports
    const { id, addr, join } = this.#config
    return new Joining({
      clock,
      log,
      names,
      self: { id, addr },
      join,
      sources,
      gossip: this.#gossip,
      isMember: (each) => this.livingAt(each) !== undefined,
      onUnresolved: (each, reason) => this.#memberLog.joinFailed({ addr: each, reason, keep: "always" }, clock.now()),
    })
  }

  #makeConsensus(): Consensus {
    const { id, voter, raft, profile } = this.#config
    return new Consensus({
      id,
      wish: voter,
      profile,
      raft,
      expects: this.#config.bootstrapExpect ?? 0,
      sessionTtlMs: this.#config.sessionTtlMs ?? SESSION_TTL_MS[profile],
      snapshotBytesMin: this.#config.snapshotBytesMin ?? SNAPSHOT_BYTES_MIN,
      members: this.members,
      rttMs: this.rttMs,
      probe: (id, done) => this.#gossip.probe(id, done),
      askConfigured: (done) => this.#joining.askAll(() => done(this.swim.nameHolder)),
      ports: { ...this.#ports, links: this.#faulty.links },
      onSeat: (seat) => this.#gossip.input({ kind: "setSeat", seat }),
      onTrouble: (trouble) => {
        this.#trouble = trouble
      },
      onRemoved: (host) => this.#removed(host),
      onNews: (note) => {
        for (const listener of this.#newsListeners) listener(note)
      },
    })
  }

  #removed(host: NodeId): void {
    if (host === this.id) return this.#memberLog.removedHere()
    this.#gossip.input({ kind: "bar", id: host })
    this.#onRemoved(host)
  }

  #bootstrapAtStart(): void {
    this.#consensus.bootstrap((refusal) => {
      if (refusal === undefined) return
      this.#ports.log.write("warn", "raft.bootstrap", `no cluster was founded: ${refusal.why}`)
    })
  }

  #perform(effect: GossipEffect): void {
    switch (effect.kind) {
      case "memberChanged":
        this.#roster.changed(effect)
        this.#joining.changed()
        return this.#consensus.memberChanged(effect)
      case "nameConflict":
        this.#roster.conflict(effect)
        return this.#endIfFatal(effect)
      case "joined":
        this.#memberLog.joined(effect)
        return this.#joining.joined(effect)
      case "joinFailed":
        this.#memberLog.joinFailed(effect, this.#ports.clock.now())
        return this.#joining.failed(effect.addr, effect.reason)
      case "generationRaised":
        return this.#generation?.raise(effect.generation)
      default:
        unreachable(effect)
    }
  }

  #endIfFatal(conflict: NameConflict): void {
    const fatal = fatalOf(conflict, this.#config)
    if (fatal !== undefined) this.#onFatal(fatal)
  }

  #warn(code: string, message: string, hint: string): void {
    this.#warnings.push({ code, message, hint })
    this.#ports.log.write("warn", `agent.${code}`, message, { hint })
  }
}

function notKept(why: string): Warning {
  const message = `the generation cannot be written, so no session begins here: ${why}`
  return { code: "data-directory", message, hint: "make the data directory writable; the agent tries again by itself" }
}
