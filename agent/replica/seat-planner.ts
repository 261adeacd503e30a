import type { NodeId } from "@conclave/base"
import {
  type AgentView,
  type Alarm,
  type Group,
  isJoint,
  isVoter,
  leavingOf,
  planVoters,
  type RaftConfig,
  type ReplicaId,
  type ReplicaView,
  replicas,
  successorOf,
  type VoterInput,
  type VoterPolicy,
} from "@conclave/consensus"
import type { Member } from "@conclave/swim"
import type { Clock, Log } from "../ports.ts"
import { Timers } from "../timers.ts"
import { hostOf } from "../wal/replica-id.ts"
import type { RunningReplica } from "./running-replica.ts"
import { offeredBy } from "./seat-book.ts"

/** Feature levels that this program and all before it know. */
const FEATURE_MIN = 1

export interface SeatPlannerOptions {
  readonly clock: Clock
  readonly log: Log
  readonly raft: RaftConfig
  readonly policy: VoterPolicy
  /** Between two looks at the group. */
  readonly everyMs: number
  readonly members: () => readonly Member[]
  /** Hosts that an operator has removed, also those of whom gossip knows no more. */
  readonly removed: () => ReadonlySet<NodeId>
  readonly rttMs: (id: NodeId) => number | undefined
  readonly onAlarms: (alarms: readonly Alarm[]) => void
}

/** Between two looks whether a seat has moved. */
const DEPART_LOOK_MS = 50

/**
 * What became of the wish to give up a seat: `none` = there was none; `needed` = nobody could take its place, and it
 * stays; `not-leading` = asked of the wrong one; `late` = it has begun; `deposed` = it has, and this host leads no
 * more.
 */
export type Departed = "moved" | "none" | "needed" | "not-leading" | "late" | "deposed"

interface Wish {
  readonly untilMs: number
  /** It had a seat at some look. */
  hadSeat: boolean
  readonly done: (departed: Departed) => void
}

/** What is remembered of one reign. */
interface Reign {
  readonly replica: RunningReplica
  readonly cluster: string
  readonly self: ReplicaId
  readonly term: number
  readonly settledMs: number
  changedMs: number | undefined
  spreadMs: number | undefined
  readonly learnersSinceMs: Map<ReplicaId, number>
  /**
   * Who asked to lose its seat, with the last boot that did: another boot asks for nothing. Of whom an operator took it
   * from, every boot. No other seat is offered to them.
   */
  readonly draining: Map<NodeId, number>
  /** Who shall not lead instead: it led before, or was handed to once already. */
  readonly besides: Set<ReplicaId>
  isChanging: boolean
}

/**
 * Asks the planner now and then while this host leads, and proposes the one change that it names, with its evidence.
 */
export class SeatPlanner {
  readonly #options: SeatPlannerOptions
  readonly #timers: Timers
  /** Since when each member's present boot is known. */
  readonly #boots: Map<NodeId, { readonly generation: number; readonly sinceMs: number }> = new Map()
  #reign: Reign | undefined
  /** What stood against a change last: said once. */
  #said = ""

  constructor(options: SeatPlannerOptions) {
    this.#options = options
    this.#timers = new Timers(options.clock)
  }

  /** A row of gossip changed. */
  memberChanged({
    before,
    after,
  }: {
    readonly before?: Member | undefined
    readonly after?: Member | undefined
  }): void {
    if (after === undefined && before !== undefined) this.#boots.delete(before.id)
    if (after === undefined || this.#boots.get(after.id)?.generation === after.record.generation) return
    this.#boots.set(after.id, { generation: after.record.generation, sinceMs: this.#options.clock.now() })
  }

  /** This host leads from now on, and its first entry is applied. */
  begin(replica: RunningReplica, cluster: string, self: ReplicaId): void {
    const { term, formerLeader } = replica.raft
    if (this.#reign?.term === term && this.#reign.replica === replica) return
    this.#reign = {
      replica,
      cluster,
      self,
      term,
      settledMs: this.#options.clock.now(),
      changedMs: undefined,
      spreadMs: undefined,
      isChanging: false,
      learnersSinceMs: new Map(),
      draining: new Map(),
      besides: new Set(formerLeader === undefined ? [] : [formerLeader]),
    }
    this.#look(this.#reign)
  }

  end(): void {
    if (this.#reign === undefined) return
    this.#reign = undefined
    this.#options.onAlarms([])
  }

  stop(): void {
    this.#reign = undefined
    this.#timers.stop()
  }

  /** Moves the seat of an agent to another, if this host leads; calls back once. */
  depart(agent: NodeId, untilMs: number, done: (departed: Departed) => void): void {
    const reign = this.#reign
    if (reign === undefined || !this.#isLeading(reign)) return done("not-leading")
    this.#seeOff(reign, agent, { untilMs, hadSeat: false, done })
  }

  /** Whose seat is taken anyway: it is offered no other while this leader leads. */
  shun(agent: NodeId): void {
    this.#reign?.draining.set(agent, Number.POSITIVE_INFINITY)
  }

  /** It may have a seat again. */
  welcome(agent: NodeId): void {
    this.#reign?.draining.delete(agent)
  }

  #seeOff(reign: Reign, agent: NodeId, wish: Wish): void {
    const { untilMs, done } = wish
    if (!this.#isLeading(reign)) return done("deposed")
    const boot = this.#options.members().find(({ id }) => id === agent)?.record.generation ?? 0
    reign.draining.set(agent, Math.max(boot, reign.draining.get(agent) ?? 0))
    const input = this.#input(reign)
    const leaving = leavingOf(agent, input)
    if (leaving !== "none") wish.hadSeat = true
    if (leaving === "none" && input.isReady) return done(wish.hadSeat ? "moved" : "none")
    const nowMs = this.#options.clock.now()
    const isStaying = leaving === "needed" || nowMs >= untilMs
    if (isStaying) {
      reign.draining.delete(agent)
      return done(leaving === "needed" ? "needed" : "late")
    }
    // Nothing is planned while the leadership is handed over; where that fails its deadline ends it.
    if (!this.#handsOver(reign, agent, input) && !reign.isChanging) this.#plan(reign)
    this.#timers.at(nowMs + DEPART_LOOK_MS, () => this.#seeOff(reign, agent, wish))
  }

  /**
   * One that goes does not lead meanwhile: who leads afterwards must know of the wish, or would offer it a seat again.
   * Where all others go, too, they would pass the leadership to and fro, so it goes from the lead.
   */
  #handsOver({ replica, self, besides }: Reign, agent: NodeId, input: VoterInput): boolean {
    if (hostOf(self) !== agent) return false
    if (replica.raft.reign?.transferTo !== undefined) return true
    const heir = successorOf(input, besides)
    if (heir === undefined) return false
    besides.add(heir)
    replica.transfer(heir)
    return true
  }

  #isLeading({ replica, term }: Reign): boolean {
    return replica.isLeader && replica.raft.term === term
  }

  #look(reign: Reign): void {
    const { clock, everyMs } = this.#options
    if (this.#reign !== reign) return
    if (!this.#isLeading(reign)) return this.end()
    this.#timers.at(clock.now() + everyMs, () => this.#look(reign))
    if (!reign.isChanging) this.#plan(reign)
  }

  #plan(reign: Reign): void {
    const input = this.#input(reign)
    const plan = planVoters(input)
    this.#options.onAlarms(plan.alarms)
    if (plan.kind === "nothing") return this.#say(plan.because)
    const { reason, voters, learners, because } = plan
    const message = `the group changes (${reason}): ${because.join("; ")}`
    this.#options.log.write("info", "raft.plan", message, { reason, voters, learners, before: input.group })
    reign.isChanging = true
    reign.replica.changeGroup({ voters, learners }, (outcome) => {
      reign.isChanging = false
      const nowMs = this.#options.clock.now()
      if (outcome.kind === "applied") {
        reign.changedMs = nowMs
        if (reason === "spread") reign.spreadMs = nowMs
        return
      }
      const why = outcome.kind === "refused" ? outcome.reason : outcome.kind
      this.#options.log.write("info", "raft.plan", `the change did not come about: ${why}`)
    })
  }

  #say(because: readonly string[]): void {
    const said = because.join("; ")
    if (said !== "" && said !== this.#said) this.#options.log.write("debug", "raft.plan", `nothing changes: ${said}`)
    this.#said = said
  }

  #input(reign: Reign): VoterInput {
    const { clock, raft: config, policy, members } = this.#options
    const { raft } = reign.replica
    const { group, log, commit, featureLevel } = raft
    const nowMs = clock.now()
    const agents = members().map((member) => this.#agentOf(member, reign, nowMs))
    for (const id of group.learners) if (!reign.learnersSinceMs.has(id)) reign.learnersSinceMs.set(id, nowMs)
    for (const id of reign.learnersSinceMs.keys()) if (!group.learners.includes(id)) reign.learnersSinceMs.delete(id)
    const { changing, transferTo } = raft.reign ?? {}
    return {
      isReady: !isJoint(group) && log.groupIndex <= commit && changing === undefined && transferTo === undefined,
      replicas: this.#replicas(reign.replica, nowMs),
      nowMs,
      cluster: reign.cluster,
      self: reign.self,
      group,
      electionMs: config.electionMs,
      featureLevel,
      agents,
      removed: this.#options.removed(),
      policy,
      history: { ...reign, owners: ownersOf(group) },
    }
  }

  #replicas({ raft }: RunningReplica, nowMs: number): ReadonlyMap<ReplicaId, ReplicaView> {
    const { raft: config } = this.#options
    const found = new Map<ReplicaId, ReplicaView>()
    for (const [id, { heardMs, match, state }] of raft.reign?.progress ?? []) {
      const isHeard = nowMs - heardMs < config.electionMs
      const isCaughtUp = state === "replicate" && isHeard && raft.log.last - match <= config.promoteGapMax
      found.set(id, { heardMs, isCaughtUp, match })
    }
    return found
  }

  #agentOf(member: Member, { draining, replica }: Reign, nowMs: number): AgentView {
    const { id, record, state, sinceMs } = member
    const { seat, addr } = record
    const offered = offeredBy(member)
    // It says itself that it plays no part: its program is too old, say, or its disk is dead and no leader took its
    // place.
    const hasEnded = seat?.role === "none" && offered !== undefined && isVoter(replica.raft.group, offered)
    return {
      agent: id,
      name: record.name,
      cluster: seat === undefined || seat.cluster === "" ? undefined : seat.cluster,
      replica: hasEnded ? undefined : offered,
      status: state,
      statusSinceMs: sinceMs,
      startedMs: this.#boots.get(id)?.sinceMs ?? nowMs,
      zone: record.zone,
      host: addr.slice(0, addr.lastIndexOf(":")),
      wish: seat?.wish,
      isEphemeral: false,
      isDraining: record.generation <= (draining.get(id) ?? -1),
      isDegraded: record.health !== 0,
      syncP99Ms: undefined,
      rttMs: this.#options.rttMs(id),
      featureMin: FEATURE_MIN,
      featureMax: this.#options.raft.featureLevelMax,
    }
  }
}

/** Also of those whose agents offer another replica by now, or are forgotten by gossip. */
function ownersOf(group: Group): ReadonlyMap<ReplicaId, string> {
  const owners = new Map<ReplicaId, string>()
  for (const id of replicas(group)) {
    const host = hostOf(id)
    if (host !== undefined) owners.set(id, host)
  }
  return owners
}
