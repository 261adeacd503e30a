import type { Addr, Generation, Millis, NodeId } from "@conclave/base"
import { assert, GENERATION_MAX, Random } from "@conclave/base"
import {
  type Accusation,
  type Member,
  type MemberState,
  type PingPath,
  type Profile,
  Swim,
  type SwimConfig,
} from "@conclave/swim"
import { hasSameTags } from "@conclave/swim/record"
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
import { FaultyPorts } from "./faulty-ports.ts"
import { JoinCalls } from "./join-calls.ts"
import { MemberFile } from "./member-file.ts"
import { MemberIndex } from "./member-index.ts"
import { MemberLog } from "./member-log.ts"
import type { Ports } from "./ports.ts"
import { wireCodec } from "./swim-codec.ts"
import { type HostEffect, type SwimCodec, SwimDriver } from "./swim-driver.ts"

/** What an agent is told at its start. */
export interface HostConfig {
  readonly id: NodeId
  readonly name: string
  /** The address that others reach this agent at. */
  readonly addr: Addr
  readonly cluster: string
  /** `host` or `host:port`, as configured; resolved anew until one has answered. */
  readonly join: readonly string[]
  readonly profile: Profile
  readonly swim: SwimConfig
  readonly tags: Readonly<Record<string, string>>
  readonly zone: string
  readonly version: string
  readonly restartGraceMs: number
  readonly faultInjection: boolean
  readonly items: readonly ConfigItem[]
  readonly warnings: readonly Warning[]
}

/** Why an agent must end by itself, with its exit code. */
export interface Fatal {
  readonly exitCode: number
  readonly message: string
  /** What to do about it. */
  readonly hint: string
}

const RESOLVE_RETRY_MS = 5000
const PROTOCOL = 1
/** The wall clock may differ this much from what the monotonic one says before times are shown by it anew. */
const WALL_JITTER_MS = 50

/**
 * The agent minus the operating system: the cores, their drivers and what they remember. The daemon gives it Node's
 * ports, the simulator a virtual world's.
 */
export class Host implements AgentView {
  readonly id: NodeId
  readonly cluster: string
  readonly profile: Profile
  readonly faultInjection: boolean
  readonly #config: HostConfig
  readonly #ports: Ports
  readonly #faulty: FaultyPorts
  readonly #codec: SwimCodec
  readonly #onFatal: (fatal: Fatal) => void
  readonly #onLeft: () => void
  readonly #startedMs: Millis
  readonly #memberLog: MemberLog
  readonly #memberListeners: Set<(change: MemberChanged, version: number) => void> = new Set()
  readonly #conflictListeners: Set<(conflict: NameConflict) => void> = new Set()
  readonly #joins: JoinCalls
  readonly #pings: Map<number, (rttMs: number | undefined) => void> = new Map()
  readonly #index: MemberIndex = new MemberIndex()
  #file: MemberFile | undefined
  #driver: SwimDriver | undefined
  #warnings: Warning[] = []
  #version = 1
  #wallOffsetMs = Number.NEGATIVE_INFINITY
  #calls = 0
  #restartGraceMs: number
  #items: readonly ConfigItem[]
  #joinTexts: readonly string[]
  #isLeaving = false
  #departed: (() => void)[] = []

  constructor(
    config: HostConfig,
    ports: Ports,
    options: {
      readonly onFatal: (fatal: Fatal) => void
      /** This host has departed for good; whoever asked for it has been told. */
      readonly onLeft?: () => void
      readonly codec?: SwimCodec
    },
  ) {
    this.id = config.id
    this.cluster = config.cluster
    this.profile = config.profile
    this.faultInjection = config.faultInjection
    this.#config = config
    this.#ports = ports
    this.#faulty = new FaultyPorts(ports)
    this.#codec = options.codec ?? wireCodec(config.cluster)
    this.#onFatal = options.onFatal
    this.#onLeft = options.onLeft ?? (() => {})
    this.#restartGraceMs = config.restartGraceMs
    this.#joinTexts = config.join
    this.#startedMs = ports.clock.now()
    this.#items = config.items
    this.#warnings = [...config.warnings]
    this.#memberLog = new MemberLog(ports.log, config.id)
    this.#joins = new JoinCalls({
      names: ports.names,
      join: (addrs, keep) => this.#running().input({ kind: "join", addrs, keep }),
      clock: ports.clock,
      retryMs: RESOLVE_RETRY_MS,
      own: config.addr,
      isJoined: () => this.swim.hasJoined || (!this.#joins.hasOthers && this.swim.count("alive") > 1),
      onUnresolved: (addr, reason) => this.#memberLog.joinFailed({ addr, reason, keep: "always" }, ports.clock.now()),
    })
  }

  /** The membership core; only after `start` has called back. */
  get swim(): Swim {
    return this.#running().swim
  }

  get malformedPackets(): number {
    return this.#driver?.malformed ?? 0
  }

  /** Reads what the last life left, raises the generation, begins to gossip, and calls back. */
  start(done: () => void): void {
    const { file, generation, members, tags, problem } = MemberFile.load(this.#ports.disk)
    this.#file = file
    if (problem !== undefined) this.#warn("member-file", problem, "the agent goes on; what is missing is learned anew")
    // At the end of all generations the incarnation alone outranks the past.
    const next = Math.min(generation + 1, GENERATION_MAX) as Generation
    if (!hasSameTags(tags ?? {}, this.#config.tags)) file.setTags(this.#config.tags)
    file.raiseGeneration(next, (result) => {
      if (!result.ok) {
        this.#warn(
          "data-directory",
          `the generation cannot be written: ${result.message}`,
          "make the data directory writable and restart the agent",
        )
      }
      this.#gossip(next)
      const known = members.filter((member) => member.id !== this.id && member.addr !== this.#config.addr)
      new Random(this.#ports.seed()).shuffle(known as (typeof known)[number][])
      this.#joins.atStart(
        this.#config.join,
        known.map((member) => member.addr),
      )
      done()
    })
  }

  /** Says good-bye for good, forgets the members and calls back; key and generation stay. */
  leave(done: () => void): void {
    // What is still heard of others is not for the next life.
    this.#isLeaving = true
    const left = (): void => {
      done()
      this.#onLeft()
    }
    this.#depart({ kind: "leave" }, () => {
      if (this.#file === undefined) left()
      else this.#file.clearMembers(left)
    })
  }

  /** Tells everybody that this agent will be back, and calls back. */
  announceRestart(done: () => void): void {
    this.#depart({ kind: "announceRestart", forMs: this.#restartGraceMs }, done)
  }

  /** Ends all activity at once, as the last step. */
  stop(): void {
    this.#joins.stop()
    this.#driver?.stop()
  }

  /** What is sick on this host, as bits of `HEALTH_BITS`. */
  setHealth(health: number): void {
    this.#driver?.input({ kind: "setHealth", health })
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
    this.#running().input({ kind: "setTags", tags })
  }

  /** Replaces the configured addresses; those that are new are asked. */
  setJoin(join: readonly string[]): void {
    this.#joinTexts = join
    this.#joins.configure(join)
  }

  readonly uptimeMs = (): number => this.#ports.clock.now() - this.#startedMs
  readonly wallMs = (): number => this.#ports.clock.wallMs()
  readonly wallOf = (at: Millis): number => Math.round(at + this.#wallOffset())
  readonly localHealth = (): number => this.#driver?.swim.localHealth ?? 0
  readonly viewVersion = (): number => this.#version
  readonly members = (): readonly Member[] => this.#driver?.swim.members() ?? []
  readonly warnings = (): readonly Warning[] => this.#warnings
  readonly config = (): readonly ConfigItem[] => this.#items
  readonly rttMs = (id: NodeId): number | undefined => this.swim.rttMs(id)
  readonly accusations = (id: NodeId): readonly Accusation[] => this.swim.accusations(id)

  /** Asked for by scrapers before the start, too: then there is nobody. */
  readonly counts = (): Readonly<Record<MemberState, number>> => {
    const count = (state: MemberState): number => this.#driver?.swim.count(state) ?? 0
    return { alive: count("alive"), suspect: count("suspect"), dead: count("dead"), left: count("left") }
  }

  readonly byName = (name: string): Member | undefined => {
    const id = this.#index.byName(name)
    return id === undefined ? undefined : this.swim.member(id)
  }

  readonly memberById = (id: NodeId): Member | undefined => this.swim.member(id)

  readonly readiness = (): readonly ReadyItem[] => {
    const isStarted = this.#driver !== undefined
    const joined = !this.#joins.hasOthers || (isStarted && this.swim.hasJoined)
    const message = joined ? "ok" : `none of ${this.#joinTexts.join(", ")} has answered yet`
    return [
      { name: "gossip", ok: isStarted, message: isStarted ? "ok" : "not started yet" },
      { name: "join", ok: joined, message },
    ]
  }

  readonly onMemberChanged = (on: (change: MemberChanged, version: number) => void): (() => void) => {
    this.#memberListeners.add(on)
    return () => this.#memberListeners.delete(on)
  }

  readonly onNameConflict = (on: (conflict: NameConflict) => void): (() => void) => {
    this.#conflictListeners.add(on)
    return () => this.#conflictListeners.delete(on)
  }

  readonly ping = (id: NodeId, path: PingPath, done: (rttMs: number | undefined) => void): void => {
    const call = ++this.#calls
    this.#pings.set(call, done)
    this.#running().input({ kind: "ping", id, path, call })
  }

  readonly join = (addrs: readonly string[], done: (outcome: JoinOutcome) => void): void =>
    this.#joins.call(addrs, done)

  readonly expel = (id: NodeId, prune: boolean): void => this.#running().input({ kind: "expel", id, prune })

  readonly setFaults = (rule: FaultRule): void => {
    const dropped = new Set(rule.drop)
    this.#faulty.set((addr, direction) => {
      const id = this.#index.byAddr(addr)
      const name = id === undefined ? undefined : this.swim.member(id)?.record.name
      return rule[direction] && name !== undefined && dropped.has(name)
    })
  }

  /**
   * Wall clock minus monotonic clock. The two are read one after the other and tick unevenly: small differences are
   * ignored, so that a time that was shown once is shown so again; a clock that was set is followed.
   */
  #wallOffset(): number {
    const { clock } = this.#ports
    const offset = clock.wallMs() - clock.now()
    if (Math.abs(offset - this.#wallOffsetMs) > WALL_JITTER_MS) this.#wallOffsetMs = offset
    return this.#wallOffsetMs
  }

  #running(): SwimDriver {
    assert(this.#driver !== undefined, "the host has started")
    return this.#driver
  }

  #gossip(generation: Generation): void {
    const { id, name, addr, tags, zone, version, swim: config } = this.#config
    const { clock } = this.#ports
    const self = {
      id,
      name,
      addr,
      generation,
      incarnation: 0 as Member["record"]["incarnation"],
      tags,
      zone,
      version,
      protocolMin: PROTOCOL,
      protocolMax: PROTOCOL,
      health: 0,
      restartingForMs: 0,
    }
    const swim = new Swim({ config, self, seed: this.#ports.seed(), nowMs: clock.now() })
    this.#index.changed(undefined, swim.member(id))
    const ports = { clock, datagrams: this.#faulty.datagrams, links: this.#faulty.links }
    this.#driver = new SwimDriver({
      swim,
      ports,
      codec: this.#codec,
      onEffect: (effect) => this.#perform(effect),
      onUnreadable: (source, problem) => this.#memberLog.unreadable(source, problem, clock.now()),
    })
    this.#driver.start()
  }

  #perform(effect: HostEffect): void {
    switch (effect.kind) {
      case "memberChanged":
        return this.#memberChanged(effect)
      case "nameConflict":
        return this.#nameConflict(effect)
      case "joined":
        this.#memberLog.joined(effect)
        return this.#joins.joined(effect.addr, effect.name)
      case "joinFailed":
        this.#memberLog.joinFailed(effect, this.#ports.clock.now())
        return this.#joins.failed(effect.addr, effect.reason)
      case "pinged": {
        const done = this.#pings.get(effect.call)
        this.#pings.delete(effect.call)
        return done?.(effect.rttMs)
      }
      case "generationRaised":
        return this.#file?.raiseGeneration(effect.generation, () => {})
      case "departed":
        for (const done of this.#departed.splice(0)) done()
        return
    }
  }

  #memberChanged(change: MemberChanged): void {
    this.#version++
    const { before, after } = change
    this.#index.changed(before, after)
    if (after !== undefined) this.#remember(before, after)
    else if (before !== undefined) this.#file?.forget(before.id)
    this.#memberLog.changed(change)
    for (const listener of this.#memberListeners) listener(change, this.#version)
  }

  #remember(before: Member | undefined, after: Member): void {
    if (after.id === this.id || this.#isLeaving) return
    const { name, addr } = after.record
    if (after.state === "left") this.#file?.forget(after.id)
    else if (
      before === undefined ||
      before.state === "left" ||
      before.record.addr !== addr ||
      before.record.name !== name
    ) {
      this.#file?.remember({ id: after.id, name, addr })
    }
  }

  #nameConflict(conflict: NameConflict): void {
    this.#memberLog.conflict(conflict)
    for (const listener of this.#conflictListeners) listener(conflict)
    if (!conflict.fatal) return
    const other = conflict.holder.id === this.id ? conflict.challenger : conflict.holder
    this.#onFatal({
      exitCode: 7,
      message: `the name ${conflict.name} belongs to the living member ${other.id} at ${other.addr}`,
      hint: "give this one another --name, or stop the other: a name is free when its member is dead or left",
    })
  }

  #depart(input: { kind: "leave" } | { kind: "announceRestart"; forMs: number }, done: () => void): void {
    if (this.#driver === undefined) return done()
    this.#departed.push(done)
    this.#driver.input(input)
  }

  #warn(code: string, message: string, hint: string): void {
    this.#warnings.push({ code, message, hint })
    this.#ports.log.write("warn", `agent.${code}`, message, { hint })
  }
}
