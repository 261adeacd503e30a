import type { Millis, NodeId } from "@conclave/base"
import {
  type Command,
  type CommandResult,
  isVoter,
  type Machine,
  type RaftConfig,
  type Renewal,
  type RenewalOutcome,
  type ReplicaId,
  replicas,
  voterPolicy,
} from "@conclave/consensus"
import type { Member, Profile, Seat } from "@conclave/swim"
import type { JournalNote } from "../api/objects.ts"
import type { MemberChanged, ReadyItem, Warning } from "../api/view.ts"
import type { NotProposed, StateListener } from "../coordination/cluster.ts"
import type { LogStore } from "../log-store.ts"
import type { Clock, Disk, Links, Log } from "../ports.ts"
import { roomWarnings } from "../replica/disk-room.ts"
import { ReplicaLife, type Trouble } from "../replica/replica-life.ts"
import type { RunningReplica } from "../replica/running-replica.ts"
import { type Departed, SeatPlanner } from "../replica/seat-planner.ts"
import { CallLinks } from "../streams/call-links.ts"
import type { Hello } from "../streams/stream-frame.ts"
import { StreamServer } from "../streams/stream-server.ts"
import { Timers } from "../timers.ts"
import { proposalOf } from "./command-proposal.ts"
import { Detour } from "./detour.ts"
import { GroupNews } from "./group-news.ts"
import type { Ways } from "./group-route.ts"
import { GroupState } from "./group-state.ts"
import { GroupView } from "./group-view.ts"
import { LeaderRoute, type LeaderRouteOptions, type Outcome } from "./leader-route.ts"
import type { Reign } from "./reign.ts"
import { Reigns } from "./reigns.ts"
import type { Outward } from "./relay-feed.ts"
import { type SeatGiven, SeatRoute } from "./seat-route.ts"
import { WriteReadiness } from "./write-readiness.ts"

/** For a host whose log is closed: longer than an election. */
const ASK_LEADER_MS = 5000
const HAND_OVER_LOOK_MS = 10
/** Between two looks of the leader at who votes. */
const PLAN_EVERY_MS: Readonly<Record<Profile, number>> = { local: 250, lan: 5000, wan: 5000 }

/** What became of a command. */
export type Proposed =
  | { readonly kind: "applied"; readonly result: CommandResult; readonly rev: number }
  | NotProposed
  /** It was handed to a leader; what became of it is not known. */
  | { readonly kind: "unknown" }

export type Read = { readonly kind: "read"; readonly state: Machine } | NotProposed

export interface ConsensusOptions {
  readonly id: NodeId
  readonly wish: Seat["wish"]
  readonly profile: Profile
  readonly raft: RaftConfig
  readonly snapshotBytesMin: number
  readonly sessionTtlMs: number
  readonly ports: {
    readonly clock: Clock
    readonly log: Log
    readonly disk: Disk
    readonly store: LogStore
    readonly links: Pick<Links, "dial" | "onDial">
    readonly seed: () => number
  }
  readonly members: () => readonly Member[]
  readonly rttMs: (id: NodeId) => number | undefined
  /** A whole probe of a member now, directly and through others: whether there was any answer. */
  readonly probe: (id: NodeId, done: (isAnswered: boolean) => void) => void
  /** Tells gossip what this host's seat is. */
  readonly onSeat: (seat: Seat) => void
  readonly onTrouble: (trouble: Trouble | undefined) => void
  /** Who leads and who votes, whenever this host learns it anew. */
  readonly onNews: (note: JournalNote) => void
}

/** The consensus half of a host: its replica if it has one, and its way to the leader. */
export class Consensus {
  readonly #options: ConsensusOptions
  readonly #server: StreamServer
  /** The group as this host sees it. */
  readonly view: GroupView
  readonly #life: ReplicaLife
  readonly #planner: SeatPlanner
  readonly #calls: CallLinks
  readonly #detour: Detour
  readonly #route: LeaderRoute
  readonly #seats: SeatRoute
  /** How this host comes to whoever leads. */
  readonly ways: Ways
  readonly #state: GroupState
  readonly #reigns: Reigns
  readonly #readiness: WriteReadiness
  readonly #news: GroupNews
  readonly #timers: Timers
  /** What gossip was told last of this host's seat. */
  #seat: Seat | undefined
  #hasStarted = false
  #isOver = false
  /** The last leader that this host's replica knew. */
  #followed: ReplicaId | undefined
  #serveGroup: LeaderRouteOptions["serveOther"] = () => false

  constructor(options: ConsensusOptions) {
    this.#options = options
    const { id, ports, raft } = options
    const { clock, links, log } = ports
    this.#timers = new Timers(clock)
    this.view = new GroupView({
      ...{ self: id, members: options.members },
      life: () => this.#life,
      appliedIndex: () => this.#state.appliedIndex,
    })
    this.#news = this.#makeNews()
    this.#server = new StreamServer(links, clock, (source, reason) =>
      log.write("info", "stream.refused", `a channel of ${source} is refused: ${reason}`),
    )
    this.#life = new ReplicaLife({
      ...ports,
      server: this.#server,
      owner: id,
      raft,
      snapshotBytesMin: options.snapshotBytesMin,
      ttlMs: options.sessionTtlMs,
      addrOf: (replica) => this.view.addrOf(replica),
      probe: (replica, done) => this.#probe(replica, done),
      onChange: () => this.#changed(),
      onSettled: () => this.#settled(),
      onApplied: (applied, entry, machine) => this.#state.applied(applied, entry, machine),
      onRestored: (machine) => this.#state.restored(machine),
      beforeStamp: () => this.#route.flushRenewals(),
      askLeader: (done) => this.#route.readIndex(clock.now() + ASK_LEADER_MS, (index) => done(index !== undefined)),
      onTrouble: options.onTrouble,
    })
    this.#planner = new SeatPlanner({
      ...{ clock, log, raft, members: options.members, rttMs: options.rttMs },
      addrOf: (replica) => this.#life.addrOf(replica),
      policy: voterPolicy(options.profile, raft, { syncP99MaxMs: Number.POSITIVE_INFINITY }),
      everyMs: PLAN_EVERY_MS[options.profile],
      onAlarms: (alarms) => this.#news.alarmed(alarms),
    })
    this.#calls = new CallLinks(this.#outward())
    this.#detour = this.#makeDetour()
    this.#state = this.#makeState()
    this.#reigns = new Reigns({
      ...this.#outward(),
      running: () => this.running,
      hasCluster: () => this.#life.cluster !== undefined,
      onReign: (reign) => this.#learned(reign),
    })
    this.ways = {
      ...{ clock, calls: this.#calls, running: () => this.running },
      leaderAddr: () => this.#leaderAddr(),
      relays: () => this.view.relays(),
    }
    const { ways } = this
    this.#seats = new SeatRoute({ ...ways, depart: (agent, untilMs, given) => this.depart(agent, untilMs, given) })
    this.#route = new LeaderRoute({
      detour: this.#detour,
      ...ways,
      serveOther: (what, body, call) => this.#seats.serve(what, body, call) || this.#serveGroup(what, body, call),
    })
    this.#readiness = new WriteReadiness({
      clock,
      clusterId: () => this.clusterId,
      running: () => this.running,
      hasRoom: () => ports.store.room === "ok",
      hasRelay: () => this.view.relays().length > 0,
      isLeaderless: () => this.view.isLeaderless,
      ask: (untilMs, told) => this.#route.readIndex(untilMs, (index) => told(index !== undefined)),
    })
    this.#serveOthers()
  }

  /** What the last life left on disk goes on; `done` when it is known whether there is a replica. */
  start(done: () => void): void {
    this.#life.start(() => {
      this.#hasStarted = !this.#isOver
      this.#changed()
      done()
    })
  }

  /** Calls of other agents that are about the group itself are answered by this. */
  serveGroup(serve: LeaderRouteOptions["serveOther"]): void {
    this.#serveGroup = serve
  }

  /** A leader that stops hands over first; calls back when it has, or when it has tried for long enough. */
  handOver(done: () => void): void {
    const { running } = this
    if (running?.isLeader !== true || running.raft.group.voters.length < 2) return done()
    const untilMs = this.#options.ports.clock.now() + this.#options.raft.electionMs
    const look = (): void => {
      const nowMs = this.#options.ports.clock.now()
      if (!running.isLeader || nowMs >= untilMs) return done()
      this.#timers.at(nowMs + HAND_OVER_LOOK_MS, look)
    }
    running.transfer()
    look()
  }

  /** Asks whoever leads to move this host's seat to another host. Calls back once, at the deadline or soon after. */
  giveUpSeat(untilMs: number, done: (given: SeatGiven) => void): void {
    if (!this.hasSeat) return done("none")
    // A leader that moved it and was lost before it said so leaves the next one nothing to move.
    this.#seats.depart(this.#options.id, untilMs, (given) => done(given === "none" ? "moved" : given))
  }

  /** The same for any agent, if this host leads. */
  depart(agent: NodeId, untilMs: number, done: (departed: Departed) => void): void {
    this.#planner.depart(agent, untilMs, done)
  }

  /** While this host leads it offers the agent no seat, or one again. */
  setShunned(agent: NodeId, isShunned: boolean): void {
    if (isShunned) this.#planner.shun(agent)
    else this.#planner.welcome(agent)
  }

  /** The replica of this host is a voter or learner of the group. */
  get hasSeat(): boolean {
    const { running } = this
    return running !== undefined && replicas(running.raft.group).has(running.raft.id)
  }

  stop(): void {
    // What ends with it changes much, and nothing must begin anew for that.
    this.#isOver = true
    this.#hasStarted = false
    this.#timers.stop()
    this.#planner.stop()
    this.#route.stop()
    this.#state.stop()
    this.#reigns.stop()
    this.#calls.close()
    // What was on its way for it has ended, and is not asked again.
    this.#seats.stop()
    this.#life.stop()
    this.#server.close()
  }

  get running(): RunningReplica | undefined {
    return this.#life.running
  }

  /** The member that this host is. */
  get self(): NodeId {
    return this.#options.id
  }

  get clusterId(): string | undefined {
    return this.#life.cluster
  }

  memberChanged({ before, after }: Pick<MemberChanged, "before" | "after">): void {
    this.view.memberChanged({ before, after })
    this.#planner.memberChanged({ before, after })
    // A relay that is suspected may well answer yet: what was asked of it would be of unknown fate for nothing.
    const isGone = after?.state === "dead" || after?.state === "left"
    if (this.running === undefined && isGone) this.#route.giveUpOn(after.record.addr)
    const cluster = after?.record.seat?.cluster
    if (this.#hasStarted && cluster !== undefined && cluster !== "") this.#sighted()
  }

  /**
   * Makes a cluster of which this host is the only voter. Calls back with undefined when it belongs to one, which it did
   * before or does now; else with what forbids it.
   */
  bootstrap(done: (problem: string | undefined) => void): void {
    if (this.#life.cluster !== undefined && !this.#life.isMaking) return done(undefined)
    const seen = this.view.sighting
    if (seen !== undefined) {
      const { name, addr } = seen.member.record
      return done(`${name} at ${addr} belongs to cluster ${seen.cluster}: this host joins it by itself`)
    }
    this.#life.found((problem) => {
      if (problem === undefined) {
        this.#options.ports.log.write("info", "raft.founded", `this host founded cluster ${this.#life.cluster}`)
      }
      done(problem)
    })
  }

  /** Calls back exactly once, at the deadline at the latest. */
  propose(command: Command, deadline: Millis, done: (outcome: Proposed) => void): void {
    if (this.#life.cluster === undefined) return done(this.view.notProposed("no-cluster"))
    // Whoever writes wants to see what became of it.
    this.#state.follow()
    this.#route.propose(proposalOf(command, deadline), (outcome) => {
      if (outcome.kind === "applied") this.#state.hasReached(outcome.rev)
      done(this.#proposed(outcome))
    })
  }

  /** Linearizable: the state as it is at some moment after the call. Calls back once, at the deadline at the latest. */
  read(deadline: Millis, done: (outcome: Read) => void): void {
    if (this.#life.cluster === undefined) return done(this.view.notProposed("no-cluster"))
    let isOver = false
    let callOff = (): void => {}
    const end = (state: Machine | undefined): void => {
      if (isOver) return
      isOver = true
      cancel()
      callOff()
      done(state === undefined ? this.view.notProposed("no-quorum") : { kind: "read", state })
    }
    const cancel = this.#timers.at(deadline, () => end(undefined))
    this.#state.follow()
    this.#route.readIndex(deadline, (index) => {
      if (index === undefined) end(undefined)
      else if (!isOver) callOff = this.#state.after(index, end)
    })
  }

  /** As this host knows it, and how old that may be in ms; undefined = it knows nothing. */
  local(): { readonly state: Machine; readonly ageMs: number } | undefined {
    return this.#state.local()
  }

  /** Through a relay, which gathers those of many hosts; undefined = nobody knows whether it counted. */
  renew(renewal: Renewal, deadline: Millis, done: (outcome: RenewalOutcome | undefined) => void): void {
    if (this.#life.cluster === undefined) return done(undefined)
    this.#route.renew(renewal, deadline, (outcome) => {
      if (outcome !== undefined) this.#state.hasReached(outcome.rev)
      done(outcome)
    })
  }

  listen(listener: StateListener): () => void {
    return this.#state.listen(listener)
  }

  /** Whether a write would be accepted now. */
  get readiness(): ReadyItem {
    return this.#readiness.item
  }

  /**
   * What operators should know: on the leader what it holds against the group as it is, everywhere that there is another,
   * or that the disk is full.
   */
  get warnings(): readonly Warning[] {
    return [...this.#news.warnings(this.#life.cluster), ...roomWarnings(this.#options.ports.store.room)]
  }

  #serveOthers(): void {
    this.#server.serve("calls", (dialler) => this.#otherCluster(dialler.hello) ?? this.#route.serve(dialler))
    this.#server.serve("mirror", (dialler) => this.#otherCluster(dialler.hello) ?? this.#state.serve(dialler))
    this.#server.serve("reign", (dialler) => this.#otherCluster(dialler.hello) ?? this.#reigns.serve(dialler))
  }

  #makeDetour(): Detour {
    const { ports, raft } = this.#options
    return new Detour({
      ...{ clock: ports.clock, electionMs: raft.electionMs, running: () => this.running },
      leaderAddr: () => this.#leaderAddr(),
      relays: () => this.view.relays(),
    })
  }

  #makeState(): GroupState {
    return new GroupState({
      ...this.#outward(),
      relays: () => (this.#detour.isNeeded ? this.#detour.relays() : this.view.relays()),
      running: () => this.running,
      isCutOff: () => this.#detour.isNeeded,
    })
  }

  #makeNews(): GroupNews {
    const { ports, onNews } = this.#options
    const nameOf = (replica: ReplicaId): string | undefined => this.view.nameOf(replica)
    return new GroupNews({ log: ports.log, book: this.view, nameOf, tell: onNews })
  }

  #outward(): Outward {
    const { id, ports } = this.#options
    return {
      links: ports.links,
      clock: ports.clock,
      hello: () => ({ cluster: this.#life.cluster ?? "", from: id }),
      relays: () => this.view.relays(),
    }
  }

  /** Whose host nobody knows is no evidence. */
  #probe(replica: ReplicaId, done: (isAnswered: boolean) => void): void {
    const owner = this.view.ownerOf(replica)
    if (owner !== undefined) this.#options.probe(owner.id, done)
  }

  #otherCluster({ cluster }: Hello): string | undefined {
    const own = this.#life.cluster
    return cluster === own ? undefined : `it belongs to cluster ${cluster}, this host to ${own ?? "none"}`
  }

  #changed(): void {
    if (!this.#hasStarted) return
    this.#sighted()
    this.#state.moved()
    this.#reigns.changed()
    this.#followLeader()
    const { cluster, replica, running } = this.#life
    if (cluster !== undefined && replica !== undefined) {
      this.#seat = { cluster, replica, role: roleOf(running, replica), wish: this.#options.wish }
    } else if (this.#seat !== undefined) {
      // Its replica has ended, and there is no other yet: nobody comes to the leader through this host.
      this.#seat = { ...this.#seat, role: "none" }
    }
    if (this.#seat !== undefined) this.#options.onSeat(this.#seat)
    if (replica !== undefined && running !== undefined) this.#rememberPeers(running, replica)
  }

  /** What waited for a leader goes to this one, and what waits at the one before it, too. */
  #followLeader(): void {
    const leader = this.running?.raft.leader
    // From here on it counts how long nobody leads.
    this.#detour.look()
    if (leader === undefined) return
    const former = this.#followed
    this.#followed = leader
    const addr = former === undefined || former === leader ? undefined : this.#life.addrOf(former)
    if (addr !== undefined) this.#route.giveUpOn(addr)
    this.#route.wake()
  }

  #learned(reign: Reign): void {
    this.#news.learned(reign)
    this.view.learned(reign)
  }

  /** Who sees a cluster belongs to it, for good: it must never found another. */
  #sighted(): void {
    const { cluster } = this.#life
    const seen = this.view.sighting
    if (cluster === undefined && seen !== undefined) {
      this.#life.adopt(seen.cluster)
      this.#changed()
    }
    if (cluster !== undefined) this.#news.belongsTo(cluster)
  }

  #settled(): void {
    const { running, cluster, replica } = this.#life
    if (running === undefined || cluster === undefined || replica === undefined) return
    this.#planner.begin(running, cluster, replica)
  }

  #rememberPeers(running: RunningReplica, self: ReplicaId): void {
    const peers = new Map()
    for (const each of replicas(running.raft.group)) {
      const addr = each === self ? undefined : this.#life.addrOf(each)
      if (addr !== undefined) peers.set(each, addr)
    }
    this.#life.rememberPeers(peers)
  }

  #leaderAddr(): ReturnType<ReplicaLife["addrOf"]> {
    const leader = this.running?.raft.leader
    return leader === undefined ? undefined : this.#life.addrOf(leader)
  }

  #proposed(outcome: Outcome): Proposed {
    switch (outcome.kind) {
      case "applied":
        return { kind: "applied", result: outcome.result, rev: outcome.rev }
      case "noQuorum":
        return this.view.notProposed("no-quorum")
      case "overloaded":
        return this.view.notProposed(outcome.limit === "disk-full" ? "disk-full" : "overloaded")
      case "unknown":
        return outcome
    }
  }
}

function roleOf(running: RunningReplica | undefined, self: ReplicaId): Seat["role"] {
  if (running === undefined) return "none"
  const { group } = running.raft
  if (isVoter(group, self)) return "voter"
  return replicas(group).has(self) ? "learner" : "none"
}
