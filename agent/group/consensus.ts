import type { Millis, NodeId } from "@conclave/base"
import { type Machine, type RaftConfig, type ReplicaId, replicas, voterPolicy } from "@conclave/consensus"
import type { Member, MemberRecord, Profile, Seat } from "@conclave/swim"
import type { JournalNote } from "../api/objects.ts"
import type { MemberChanged, ReadyItem, Warning } from "../api/view.ts"
import type { LogStore } from "../log-store.ts"
import type { Clock, Disk, Links, Log } from "../ports.ts"
import { canSpare } from "../replica/can-spare.ts"
import { quorumRoomWarnings, roomWarnings, roomWarningsOf } from "../replica/disk-room.ts"
import { openFoundingFile } from "../replica/founding-file.ts"
import { ReplicaLife, type Trouble } from "../replica/replica-life.ts"
import type { RunningReplica } from "../replica/running-replica.ts"
import { type Departed, SeatPlanner } from "../replica/seat-planner.ts"
import type { Hello } from "../streams/stream-frame.ts"
import { type Acceptor, StreamServer } from "../streams/stream-server.ts"
import { Belonging } from "./belonging.ts"
import type { NotFounded } from "./bootstrap.ts"
import { GroupNews } from "./group-news.ts"
import { GroupState } from "./group-state.ts"
import { GroupView } from "./group-view.ts"
import type { Reign } from "./mirror/reign.ts"
import { Reigns } from "./mirror/reigns.ts"
import type { Outward } from "./mirror/relay-feed.ts"
import { OwnSeat } from "./own-seat.ts"
import { Reach } from "./reach.ts"
import { RemovedHosts } from "./removed-hosts.ts"
import type { SeatGiven } from "./seat-wishes.ts"
import { SharedState } from "./shared-state.ts"
import { SteppingDown } from "./stepping-down.ts"
import { WriteReadiness } from "./write-readiness.ts"

/** For a host whose log is closed: longer than an election. */
const ASK_LEADER_MS = 5000
/** Between two looks of the leader at who votes. */
const PLAN_EVERY_MS: Readonly<Record<Profile, number>> = { local: 250, lan: 5000, wan: 5000 }

export interface ConsensusOptions {
  readonly id: NodeId
  readonly wish: Seat["wish"]
  readonly profile: Profile
  readonly raft: RaftConfig
  readonly snapshotBytesMin: number
  readonly sessionTtlMs: number
  /** How many hosts shall found the cluster together; 0 = this one waits for none. */
  readonly expects: number
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
  /**
   * Asks whoever is configured; calls back when each has answered, or can be taken for absent: with the member that has
   * this host's name in a fleet that did not take it for that.
   */
  readonly askConfigured: (done: (nameHolder: MemberRecord | undefined) => void) => void
  /** Tells gossip what this host's seat is. */
  readonly onSeat: (seat: Seat) => void
  readonly onTrouble: (trouble: Trouble | undefined) => void
  /** An operator has removed a host: told once of each. */
  readonly onRemoved: (host: NodeId) => void
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
  /** How this host comes to whoever leads. */
  readonly reach: Reach
  readonly #held: GroupState
  /** What the group agrees on, for whoever uses this host. */
  readonly state: SharedState
  readonly #reigns: Reigns
  /** Whom operators have removed, as far as is known here. */
  readonly removed: RemovedHosts
  readonly #readiness: WriteReadiness
  readonly #news: GroupNews
  readonly #seat: OwnSeat
  readonly #steppingDown: SteppingDown
  readonly #belonging: Belonging
  #hasStarted = false
  #isOver = false

  constructor(options: ConsensusOptions) {
    this.#options = options
    const { id, ports, raft } = options
    const { clock, links, log } = ports
    this.view = new GroupView({
      self: id,
      members: options.members,
      life: () => this.#life,
      appliedIndex: () => this.#held.appliedIndex,
    })
    this.#news = this.#makeNews()
    this.#server = new StreamServer(links, clock, {
      onRefused: (source, reason) =>
        log.write("info", "stream.refused", `a channel of ${source} is refused: ${reason}`),
      isRelay: (from) => this.view.isRelay(from as NodeId),
      objection: (hello, peer) => this.view.objection(hello, peer),
    })
    this.#life = this.#makeLife()
    this.#belonging = this.#makeBelonging()
    this.#seat = new OwnSeat({
      wish: options.wish,
      onSeat: options.onSeat,
      hasRoom: () => ports.store.room === "ok",
      expects: () => this.#belonging.expects,
    })
    this.#planner = this.#makePlanner()
    this.reach = new Reach({
      ...this.#outward(),
      electionMs: raft.electionMs,
      running: () => this.running,
      addrOf: (replica) => this.#life.addrOf(replica),
      canSpare: (replica, host) => canSpare(replica, host, this.removed.known),
      depart: (agent, untilMs, done) => this.depart(agent, untilMs, done),
      local: () => this.state.local()?.state,
      read: (untilMs, done) =>
        this.state.read(untilMs as Millis, (read) => done(read.kind === "read" ? read.state : undefined)),
    })
    this.#steppingDown = this.#makeSteppingDown()
    this.#held = this.#makeState()
    this.state = new SharedState({
      clock,
      view: this.view,
      route: this.reach.route,
      state: this.#held,
      hasCluster: () => this.clusterId !== undefined,
      awaitsFounding: () => this.awaitsFounding,
    })
    this.removed = new RemovedHosts((host) => options.onRemoved(host))
    this.#reigns = new Reigns({
      ...this.#outward(),
      running: () => this.running,
      hasCluster: () => this.clusterId !== undefined,
      onReign: (reign) => this.#learned(reign),
      removed: this.removed,
    })
    this.#readiness = this.#makeReadiness()
    this.#serveOthers()
  }

  /** What the last life left on disk goes on; `done` when it is known whether there is a replica. */
  start(done: () => void): void {
    this.#life.start(() => {
      this.#hasStarted = !this.#isOver
      if (this.#hasStarted) this.#belonging.start()
      this.#changed()
      done()
    })
  }

  /** A leader that stops hands over first; see `SteppingDown`. */
  handOver(done: () => void): void {
    this.#steppingDown.handOver(done)
  }

  /** Gives this host's seat to another one; see `SteppingDown`. */
  giveUpSeat(untilMs: number, done: (given: SeatGiven) => void): void {
    this.#steppingDown.giveUpSeat(untilMs, done)
  }

  /** Asks that the seat of any agent moves, if this host leads. */
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
    return this.#steppingDown.hasSeat
  }

  stop(): void {
    // What ends with it changes much, and nothing must begin anew for that.
    this.#isOver = true
    this.#hasStarted = false
    this.#steppingDown.stop()
    this.#planner.stop()
    this.reach.stop()
    this.state.stop()
    this.#held.stop()
    this.#reigns.stop()
    this.#belonging.stop()
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
    if (this.running === undefined && isGone) this.reach.route.giveUpOn(after.record.addr)
    this.#belonging.memberChanged({ before, after })
    if (this.#hasStarted) this.#othersChanged()
  }

  /** Makes a cluster of which this host is the only voter, where nothing forbids that. */
  bootstrap(done: (refusal: NotFounded | undefined) => void): void {
    this.#belonging.bootstrap(done)
  }

  /** It belongs to no cluster, and is to found one with others, or may have: what they are about to do comes first. */
  get awaitsFounding(): boolean {
    return this.#belonging.awaitsFounding
  }

  /** Whether a write would be accepted now. */
  get readiness(): ReadyItem {
    return this.#readiness.item
  }

  /**
   * What operators should know: on the leader what it holds against the group as it is, on other replicas why they know
   * of none, everywhere that there is another, or that a disk of the group is full.
   */
  get warnings(): readonly Warning[] {
    const { full, leader, lacksRoom } = this.view
    const { clock, store } = this.#options.ports
    const { running } = this
    return [
      ...this.#news.warnings(this.#life.cluster),
      ...this.#belonging.warnings,
      ...(running === undefined ? [] : this.#news.leaderless(running.raft, running.cluster, clock.now())),
      ...roomWarnings(store.room),
      ...roomWarningsOf(full, leader),
      ...quorumRoomWarnings(lacksRoom),
    ]
  }

  /** Takes channels of other agents that are for something else than the group. */
  serve(purpose: "keys", acceptor: Acceptor): void {
    this.#server.serve(purpose, acceptor)
  }

  #serveOthers(): void {
    this.#server.serve("calls", (dialler) => this.#otherCluster(dialler.hello) ?? this.reach.serve(dialler))
    this.#server.serve("mirror", (dialler) => this.#otherCluster(dialler.hello) ?? this.#held.serve(dialler))
    this.#server.serve("reign", (dialler) => this.#otherCluster(dialler.hello) ?? this.#reigns.serve(dialler))
  }

  #makeBelonging(): Belonging {
    const { id, wish, expects, profile, ports, members, askConfigured } = this.#options
    return new Belonging({
      ...this.#outward(),
      self: id,
      wish,
      expects,
      profile,
      log: ports.log,
      server: this.#server,
      file: openFoundingFile(ports.disk, expects === 0 ? undefined : ports.seed),
      view: this.view,
      life: () => this.#life,
      members,
      askConfigured,
      onReady: () => this.#changed(),
      onAdopted: () => this.#othersChanged(),
    })
  }

  #makeLife(): ReplicaLife {
    const { id, ports, raft, snapshotBytesMin, sessionTtlMs, onTrouble } = this.#options
    const untilMs = (): number => ports.clock.now() + ASK_LEADER_MS
    return new ReplicaLife({
      ...ports,
      server: this.#server,
      owner: id,
      raft,
      snapshotBytesMin,
      ttlMs: sessionTtlMs,
      onTrouble,
      addrOf: (replica) => this.view.addrOf(replica),
      votes: (replica, of) => this.view.votes(replica, of),
      probe: (replica, done) => this.#probe(replica, done),
      onChange: () => this.#changed(),
      onSettled: () => this.#settled(),
      onApplied: (applied, entry, machine) => {
        this.#held.applied(applied, entry, machine)
        this.#lookForRemoved(machine)
      },
      onRestored: (machine) => {
        this.#held.restored(machine)
        this.#lookForRemoved(machine)
      },
      beforeStamp: () => this.reach.route.flushRenewals(),
      askLeader: (done) => this.reach.route.readIndex(untilMs(), (index) => done(index !== undefined)),
    })
  }

  #makeSteppingDown(): SteppingDown {
    const { id, ports, raft } = this.#options
    return new SteppingDown({
      self: id,
      clock: ports.clock,
      electionMs: raft.electionMs,
      life: () => this.#life,
      renounceFounding: () => this.#belonging.renounceFounding(),
      seats: () => this.reach.seats,
    })
  }

  #makePlanner(): SeatPlanner {
    const { ports, raft, profile, members, rttMs } = this.#options
    return new SeatPlanner({
      clock: ports.clock,
      log: ports.log,
      raft,
      members,
      removed: () => this.removed.known,
      rttMs,
      policy: voterPolicy(profile, raft, { syncP99MaxMs: Number.POSITIVE_INFINITY }),
      everyMs: PLAN_EVERY_MS[profile],
      onAlarms: (alarms) => this.#news.alarmed(alarms),
    })
  }

  #makeReadiness(): WriteReadiness {
    const { clock, store } = this.#options.ports
    const isLeader = ({ id }: Member): boolean => id === this.view.leader?.id
    return new WriteReadiness({
      clock,
      clusterId: () => this.clusterId,
      running: () => this.running,
      isCutOff: () => this.reach.detour.isNeeded,
      hasRoom: () => (this.running?.isLeader === true ? store.room === "ok" : !this.view.full.some(isLeader)),
      lacksRoom: () => this.view.lacksRoom,
      hasRelay: () => this.view.relays().length > 0,
      isLeaderless: () => this.view.isLeaderless,
      ask: (untilMs, told) => this.reach.route.readIndex(untilMs, (index) => told(index !== undefined)),
    })
  }

  #makeState(): GroupState {
    return new GroupState({
      ...this.#outward(),
      relays: () => (this.reach.detour.isNeeded ? this.reach.detour.relays() : this.view.relays()),
      running: () => this.running,
      isCutOff: () => this.reach.detour.isNeeded,
    })
  }

  #makeNews(): GroupNews {
    const { ports, onNews } = this.#options
    const nameOf = (replica: ReplicaId): string | undefined => this.view.nameOf(replica)
    const stranger = (): Member | undefined => this.#belonging.stranger
    return new GroupNews({ log: ports.log, book: this.view, stranger, nameOf, tell: onNews })
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
    this.#othersChanged()
    this.#held.moved()
    this.#reigns.changed()
    this.reach.look()
    const { replica, running } = this.#life
    this.#belonging.changed()
    this.#seat.changed(this.#life)
    if (replica !== undefined && running !== undefined) this.#rememberPeers(running, replica)
  }

  #lookForRemoved(machine: Machine): void {
    if (this.removed.list(machine.removed)) this.#reigns.changed()
  }

  #learned(reign: Reign): void {
    this.#news.learned(reign)
    this.view.learned(reign)
  }

  #othersChanged(): void {
    this.#belonging.look()
    if (this.#life.cluster !== undefined) this.#news.belongsTo(this.#life.cluster)
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
}
