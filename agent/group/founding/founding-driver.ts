import type { Addr, NodeId } from "@conclave/base"
import {
  type Candidate,
  type ClusterId,
  type FoundingAnswer,
  type FoundingAsk,
  type FoundingEffect,
  type FoundingHeard,
  foundingBegins,
  Unanimity,
} from "@conclave/consensus"
import type { Member, MemberRecord, Profile, Seat } from "@conclave/swim"
import type { Warning } from "../../api/view.ts"
import type { Clock, Links, Log } from "../../ports.ts"
import type { FoundingFile } from "../../replica/founding-file.ts"
import type { ReplicaLife } from "../../replica/replica-life.ts"
import type { Hello } from "../../streams/stream-frame.ts"
import type { StreamServer } from "../../streams/stream-server.ts"
import { Timers } from "../../timers.ts"
import { FoundingCalls } from "./founding-calls.ts"
import { foundingObjection } from "./founding-objection.ts"
import { foundingWarnings } from "./founding-warnings.ts"
import { writeNews } from "./founding-words.ts"

/** So long the hosts that are there must have been the same before they found. */
const SETTLE_MS: Readonly<Record<Profile, number>> = { local: 500, lan: 3000, wan: 5000 }
const TIMES = {
  limitMs: 10_000,
  askEveryMs: 1000,
  verdictEveryMs: 2000,
  pauseMs: 2000,
  pauseMaxMs: 60_000,
  diskAgainMs: 5000,
}
/** While another member has this host's name it is no candidate; that is looked at as often. */
const HEAR_AGAIN_MS = 5000

/** The question of what became of no attempt: who belongs to a cluster answers with that, whatever was asked. */
const NO_ATTEMPT: FoundingAsk = { kind: "verdict", line: "", number: 0 }

type Input = Parameters<Unanimity["step"]>[1]

export interface FoundingDriverOptions {
  readonly self: NodeId
  /** How many hosts shall found together; 0 = this one waits for none. */
  readonly expects: number
  readonly wish: Seat["wish"]
  readonly profile: Profile
  readonly clock: Clock
  readonly log: Log
  readonly links: Pick<Links, "dial">
  readonly server: Pick<StreamServer, "serve">
  readonly hello: () => Pick<Hello, "cluster" | "from">
  readonly file: FoundingFile
  readonly life: () => Pick<ReplicaLife, "toldCluster" | "isIdle" | "problem">
  readonly members: () => readonly Member[]
  /** Hears everybody who is configured or was discovered; calls back with who has this host's name. */
  readonly askConfigured: (done: (nameHolder: MemberRecord | undefined) => void) => void
  /** Makes a cluster of this host alone; calls back with what kept it from that. */
  readonly found: (done: (problem: string | undefined) => void) => void
  readonly adopt: (cluster: ClusterId) => void
  /** It waits for others from now on, which they must hear. */
  readonly onReady: () => void
}

/**
 * Connects the core of founding together to this host: gossip says who waits, streams carry questions and answers, and
 * a file keeps the promises. It is there on every host, since promises outlive the configuration that led to them.
 */
export class FoundingDriver {
  readonly #options: FoundingDriverOptions
  readonly #calls: FoundingCalls
  readonly #timers: Timers
  readonly #answers: Map<number, (answer: FoundingAnswer) => void> = new Map()
  readonly #inputs: Input[] = []
  #core: Unanimity | undefined
  #asked = 0
  #cancel = (): void => {}
  #isStepping = false
  #isReady = false
  #isLooking = false
  /** Why the cluster is not founded, as it was said last. */
  #obstacle: string | undefined

  constructor(options: FoundingDriverOptions) {
    this.#options = options
    this.#timers = new Timers(options.clock)
    const { file, log } = options
    if (file.problem !== undefined) log.write("warn", "raft.founding", file.problem)
    this.#calls = new FoundingCalls({ ...options, onAsk: (from, ask, answer) => this.#served(from, ask, answer) })
  }

  /** How many this host waits to found with; undefined = it does not, or not yet. */
  get waitsFor(): number | undefined {
    return this.#isReady ? this.#options.expects : undefined
  }

  /** Nobody can tell what this host has promised, or what became of what it asked others to promise. */
  get #problem(): string | undefined {
    const { file, life } = this.#options
    const { toldCluster, problem } = life()
    return file.problem ?? (toldCluster === undefined ? problem : undefined)
  }

  /** What the last life left of its replica is known. */
  start(): void {
    const { life, file } = this.#options
    const { toldCluster } = life()
    const isKnown = this.#problem === undefined
    // Of another line it aborts nothing that may have come true: it says that it does not know.
    const state = foundingBegins(isKnown ? file.record : { ...file.record, line: "", number: 0, isOpen: false })
    this.#core = new Unanimity({ self: this.#self(), settleMs: SETTLE_MS[this.#options.profile], ...TIMES }, state)
    // Before anything else: what was open when this host founded is not to be aborted now.
    this.#input(toldCluster === undefined ? { kind: "tick" } : { kind: "belongs", cluster: toldCluster })
    if (this.#options.expects > 0 && isKnown) this.#hear()
  }

  stop(): void {
    this.#timers.stop()
    this.#calls.close()
    this.#core = undefined
    this.#isReady = false
  }

  /** A member came, went or said something else of itself. */
  memberChanged(): void {
    if (!this.#isReady || this.#isLooking) return
    this.#isLooking = true
    this.#options.clock.afterTurn(() => {
      this.#isLooking = false
      this.#look()
    })
  }

  /** The cluster or the replica of this host may have. */
  changed(): void {
    const { toldCluster } = this.#options.life()
    if (this.#core === undefined || this.#core.state.cluster !== undefined || toldCluster === undefined) return
    this.#isReady = false
    this.#input({ kind: "belongs", cluster: toldCluster })
    this.#calls.hangUp()
  }

  /** Asks a member to which cluster it belongs; calls back with undefined where it says of none, or nothing. */
  clusterOf({ id, record }: Member, done: (cluster: ClusterId | undefined) => void): void {
    const told = (heard: FoundingHeard): void => done(heard.kind === "cluster" ? heard.cluster : undefined)
    this.#calls.ask(id, record.addr, { ask: NO_ATTEMPT, done: told })
  }

  /** Why this host must not found alone, though it was told to. */
  get objection(): string | undefined {
    const problem = this.#problem
    if (problem !== undefined) return `${problem}; what this host has promised is not known`
    return this.#core && foundingObjection(this.#core.state, this.#candidates(), this.#options.members())
  }

  /** It belongs to no cluster, and is to found one with others or has promised to. */
  get isPending(): boolean {
    if (this.#core === undefined) return false
    const { cluster, record } = this.#core.state
    return cluster === undefined && (this.#options.expects > 0 || record.isOpen || record.pledge !== undefined)
  }

  /** It founds alone, now: it promises nothing from here on. */
  decree(): void {
    this.#input({ kind: "decree" })
  }

  /** What kept it from that may pass: it is tried again, since nothing else may be promised any more. */
  notFounded(why: string): void {
    if (why !== this.#obstacle)
      this.#options.log.write("warn", "raft.founding", `the cluster is not founded yet: ${why}`)
    this.#obstacle = why
    this.#input({ kind: "notFounded" })
  }

  get warnings(): readonly Warning[] {
    const { self, expects, members, wish } = this.#options
    if (this.#core === undefined) return []
    const seen = { self, expects, wish, problem: this.#problem, obstacle: this.#obstacle, members: members() }
    return foundingWarnings(this.#core.state, seen)
  }

  #self(): Candidate {
    const { self, expects, wish, members } = this.#options
    const own = members().find(({ id }) => id === self)
    return { id: self, name: own?.record.name ?? self, addr: own?.record.addr as Addr, expects, wish }
  }

  /** Whoever is there already is heard before this host founds with anybody. */
  #hear(): void {
    this.#options.askConfigured((holder) => {
      if (this.#core === undefined || this.#core.state.cluster !== undefined) return
      if (holder !== undefined) {
        this.#timers.at(this.#options.clock.now() + HEAR_AGAIN_MS, () => this.#hear())
        return
      }
      this.#isReady = true
      this.#options.onReady()
      this.memberChanged()
    })
  }

  #look(): void {
    if (this.#isReady && this.#options.life().isIdle) this.#input({ kind: "view", others: this.#candidates() })
  }

  /** Those others that wait to found. */
  #candidates(): readonly Candidate[] {
    const { self, members } = this.#options
    return members().flatMap(({ id, state, record }) => {
      const { seat, name, addr } = record
      const isThere = id !== self && (state === "alive" || state === "suspect")
      if (!isThere || seat?.expects === undefined || seat.cluster !== "") return []
      return [{ id, name, addr, expects: seat.expects, wish: seat.wish }]
    })
  }

  #served(from: NodeId, ask: FoundingAsk, answer: (answer: FoundingAnswer) => void): void {
    if (this.#core === undefined) return answer({ kind: "busy" })
    const call = ++this.#asked
    this.#answers.set(call, answer)
    this.#input({ kind: "asked", call, from, ask })
  }

  #input(input: Input): void {
    this.#inputs.push(input)
    if (this.#isStepping) return
    this.#isStepping = true
    for (let next = this.#inputs.shift(); next !== undefined; next = this.#inputs.shift()) {
      const effects = this.#core?.step(this.#options.clock.now(), next) ?? []
      for (const effect of effects) this.#perform(effect)
    }
    this.#isStepping = false
    this.#cancel()
    const dueMs = this.#core?.nextDeadlineMs ?? Number.POSITIVE_INFINITY
    if (Number.isFinite(dueMs)) this.#cancel = this.#timers.at(dueMs, () => this.#input({ kind: "tick" }))
  }

  #perform(effect: FoundingEffect): void {
    const { file, adopt, log, expects, members } = this.#options
    switch (effect.kind) {
      case "persist":
        return file.save(effect.record, (isDurable) => this.#input({ kind: "persisted", isDurable }))
      case "ask":
        return this.#ask(effect.to, effect.ask)
      case "answer":
        this.#answers.get(effect.call)?.(effect.answer)
        this.#answers.delete(effect.call)
        return
      case "found":
        return this.#found()
      case "adopt":
        return adopt(effect.cluster)
      case "news":
        return writeNews(log, effect.news, { expects, members: members() })
    }
  }

  #ask(to: NodeId, ask: FoundingAsk): void {
    const memberOf = (): Member | undefined => this.#options.members().find(({ id }) => id === to)
    const pledge = this.#core?.state.record.pledge
    const addr = memberOf()?.record.addr ?? (pledge?.founder === to ? pledge.addr : undefined)
    if (addr === undefined) return
    const done = (heard: FoundingHeard): void => {
      // An operator may be mistaken about a host that is there, and so may gossip.
      const isGone = ask.kind === "verdict" && heard.kind === "nothing" && memberOf()?.state === "left"
      this.#input({ kind: "heard", from: to, ask, heard: isGone ? { kind: "departed" } : heard })
    }
    this.#calls.ask(to, addr, { ask, done })
  }

  #found(): void {
    this.#options.found((problem) => {
      if (problem !== undefined) this.notFounded(problem)
    })
  }
}
