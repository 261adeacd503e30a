import type { Addr, NodeId } from "@conclave/base"
import {
  type Applied,
  type ClusterId,
  type Entry,
  type Group,
  type LogIndex,
  type Machine,
  type Proposal,
  type ProposeRefusal,
  Raft,
  type RaftConfig,
  type ReplicaId,
  replicas,
  type StoredState,
  type Term,
} from "@conclave/consensus"
import type { LogStore } from "../log-store.ts"
import type { Clock, Links, Log } from "../ports.ts"
import type { StreamServer } from "../streams/stream-server.ts"
import { hostOf } from "../wal/replica-id.ts"
import { Applying, type Fate } from "./applying.ts"
import { awaitedAt } from "./commit-news.ts"
import { Freshness } from "./freshness.ts"
import { LeaderDuties } from "./leader-duties.ts"
import { LeaderWatch } from "./leader-watch.ts"
import { RaftDriver, type ReplicaEffect } from "./raft-driver.ts"
import { type Relation, relationOf } from "./relation.ts"
import { ENDS, type ReplicaEnd, STOPS } from "./replica-end.ts"
import { ReplicaLinks } from "./replica-links.ts"
import { SnapshotDuties } from "./snapshot-duties.ts"
import type { RestingState } from "./state-readers.ts"
import { WorkPlanner } from "./work-planner.ts"

/** What became of a proposal; `refused` = it was never appended. */
export type Proposed =
  | Fate
  | { readonly kind: "refused"; readonly reason: ProposeRefusal; readonly leader: ReplicaId | undefined }

export interface RunningOptions {
  readonly clock: Clock
  readonly log: Log
  readonly links: Pick<Links, "dial">
  readonly server: StreamServer
  readonly store: LogStore
  readonly cluster: ClusterId
  readonly self: ReplicaId
  readonly owner: NodeId
  readonly config: RaftConfig
  readonly seed: number
  readonly stored: StoredState
  readonly machine: Machine
  /** Log bytes behind the last snapshot from which a new one is taken, at least. */
  readonly snapshotBytesMin: number
  /** What a session lives without renewal, where its application says nothing. */
  readonly ttlMs: number
  readonly addrOf: (replica: ReplicaId) => Addr | undefined
  /** As gossip tells, it votes: a replica that no group has yet follows it. */
  readonly invites: (replica: ReplicaId) => boolean
  /** Probes the host of a replica now, by this host's own means; tells whether there was any answer. */
  readonly probe: (replica: ReplicaId, done: (isAnswered: boolean) => void) => void
  /** Leader, term, group or role changed. */
  readonly onChange: () => void
  /** This replica leads, and knows all of the past. */
  readonly onSettled: () => void
  readonly onApplied: (applied: Extract<Applied, { kind: "applied" }>, entry: Entry, machine: Machine) => void
  /** The state was replaced as a whole. */
  readonly onRestored: (machine: Machine) => void
  readonly onEnd: (end: ReplicaEnd) => void
  /** Renewals that were heard go before whatever is stamped now. */
  readonly beforeStamp: () => void
}

/** Whoever must apply more than this before it could serve leaves the reign of one who is gone to others. */
const BACKLOG_MAX = 512

/** One replica at work: the core with its disk, its peers and its state machine. */
export class RunningReplica {
  readonly raft: Raft
  readonly #options: RunningOptions
  readonly #driver: RaftDriver
  readonly #links: ReplicaLinks
  readonly #applying: Applying
  readonly #duties: LeaderDuties
  readonly #work: WorkPlanner
  readonly #watch: LeaderWatch
  readonly #snapshots: SnapshotDuties
  readonly #freshness: Freshness = new Freshness()
  readonly #proposals: Map<number, (outcome: Proposed) => void> = new Map()
  readonly #reads: Map<number, (index: LogIndex | undefined) => void> = new Map()
  /** Proposals of this turn. */
  #gathered: Proposal[] = []
  #machine: Machine
  #calls = 0
  /** The last term of which this replica, as its leader, has applied the first entry. */
  #settledTerm: Term | undefined
  #isStopped = false

  constructor(options: RunningOptions) {
    this.#options = options
    const { clock, config, self, seed, stored, machine, server, store } = options
    this.#machine = machine
    this.raft = new Raft({ id: self, config, seed, nowMs: clock.now(), stored })
    const received = (): number => server.received
    this.#links = new ReplicaLinks({
      ...options,
      relation: (replica) => this.#relation(replica),
      onMessage: (message) => {
        this.#driver.input({ kind: "message", message })
        this.#hearAsOf()
      },
      onUnknownEntry: (replica) => this.#endBy(replica, "feature-unknown"),
      onTwice: (replica) => this.#endBy(replica, "twice"),
      onGone: (replica) => this.#gone(replica, "refused"),
    })
    this.#watch = new LeaderWatch({
      clock,
      received,
      raft: this.raft,
      probe: options.probe,
      onGone: (replica) => this.#gone(replica, "silent"),
    })
    this.#driver = new RaftDriver({
      raft: this.raft,
      clock,
      store,
      stallMs: config.electionMs / 2,
      received,
      send: (message) => this.#links.send(message),
      onEffect: (effect) => this.#perform(effect),
    })
    this.#applying = new Applying({
      clock,
      machine,
      applied: stored.snapshot.index,
      onApplied: (applied, entry) => this.#applied(applied, entry),
    })
    this.#duties = new LeaderDuties({
      clock,
      received,
      cluster: options.cluster,
      ttlMs: options.ttlMs,
      hasQuorum: () => this.raft.reign?.hasQuorum === true,
      handOver: () => {
        options.log.write("warn", "raft.late", "this leader stands still too often, and hands over")
        this.transfer()
      },
      propose: (data, refused) =>
        this.propose(data, true, ({ kind }) => {
          if (kind !== "applied") refused()
        }),
    })
    this.#work = new WorkPlanner({
      clock,
      propose: (data, done) => this.propose(data, false, ({ kind }) => done(kind === "applied")),
    })
    this.#snapshots = this.#makeSnapshots()
  }

  start(): void {
    this.#driver.start()
  }

  /** Ends all activity at once. Whoever waits is told that the outcome is unknown. */
  stop(): void {
    if (this.#isStopped) return
    this.#isStopped = true
    this.#driver.stop()
    this.#duties.stop()
    this.#work.end()
    this.#watch.stop()
    this.#snapshots.stop()
    this.#links.close()
    this.#applying.stop()
    for (const done of this.#proposals.values()) done({ kind: "unknown" })
    for (const done of this.#reads.values()) done(undefined)
    this.#proposals.clear()
    this.#reads.clear()
  }

  /** How old what is applied may be: 0 for the leader, Infinity where none was heard since the start. */
  get ageMs(): number {
    if (this.isLeader && this.#settledTerm === this.raft.term) return 0
    this.#hearAsOf()
    return this.#options.clock.now() - this.#freshness.asOfMs
  }

  get cluster(): ClusterId {
    return this.#options.cluster
  }

  get isLeader(): boolean {
    return this.raft.role === "leader"
  }

  /** Which one of the group is at this host, as far as the log here goes. */
  replicaOf(host: NodeId): ReplicaId | undefined {
    return [...replicas(this.raft.group)].find((each) => hostOf(each) === host)
  }

  get appliedIndex(): LogIndex {
    return this.#applying.applied
  }

  /** The disk says that the write and all before it are durable. */
  persisted(write: number, epoch: number): void {
    this.#driver.persisted(write, epoch)
  }

  /**
   * Appends a command if this replica leads. `relieves`: it makes room (releases, renewals) and may use the reserve.
   */
  propose(data: Uint8Array, relieves: boolean, done: (outcome: Proposed) => void): void {
    if (this.#isStopped) return done({ kind: "unknown" })
    this.#options.beforeStamp()
    this.#duties.beforeEntry()
    const call = ++this.#calls
    this.#proposals.set(call, done)
    this.#gather({ call, data, stampMs: this.#duties.stampMs(), relieves })
  }

  /**
   * What is proposed in one turn of the loop goes to the others in one message and to the disk in one write. Whoever
   * does not lead refuses at once.
   */
  #gather(proposal: Proposal): void {
    if (!this.isLeader) return this.#driver.input({ kind: "propose", proposals: [proposal] })
    this.#gathered.push(proposal)
    if (this.#gathered.length > 1) return
    this.#options.clock.afterTurn(() => {
      const proposals = this.#gathered
      this.#gathered = []
      this.#driver.input({ kind: "propose", proposals })
    })
  }

  changeGroup(
    target: { readonly voters: readonly ReplicaId[]; readonly learners: readonly ReplicaId[] },
    done: (outcome: Proposed) => void,
  ): void {
    if (this.#isStopped) return done({ kind: "unknown" })
    const call = ++this.#calls
    this.#proposals.set(call, done)
    this.#driver.input({ kind: "changeGroup", call, ...target })
  }

  /** Whoever has applied everything up to it sees all that was committed before the call; undefined = ask again. */
  readIndex(done: (index: LogIndex | undefined) => void): void {
    if (this.#isStopped) return done(undefined)
    const call = ++this.#calls
    this.#reads.set(call, done)
    this.#driver.input({ kind: "read", call })
  }

  /** Calls back with the state as far as it is applied. */
  readHere(done: (machine: Machine) => void): void {
    this.#applying.atRest(() => done(this.#machine))
  }

  /** The state as far as it is applied; undefined while an entry is at work. */
  get resting(): RestingState | undefined {
    return this.#applying.isAtRest ? { applied: this.#applying.applied, machine: this.#machine } : undefined
  }

  /** Hands leadership to `to`, or to the best voter. */
  transfer(to?: ReplicaId): void {
    this.#driver.input(to === undefined ? { kind: "transfer" } : { kind: "transfer", to })
  }

  /**
   * Its disk is dead. A leader tells the best voter to take its place, which speaks for no bytes of its own; nothing
   * that waits for this disk leaves.
   */
  bid(): void {
    this.#driver.input({ kind: "disk", state: "dead" })
  }

  #perform(effect: ReplicaEffect): void {
    switch (effect.kind) {
      case "commit":
        return this.#applying.commit(effect.entries)
      case "proposed": {
        const done = this.#takeProposal(effect.call)
        if (done !== undefined) this.#applying.expect(effect.at, done)
        return
      }
      case "refused":
        return this.#takeProposal(effect.call)?.({ kind: "refused", reason: effect.reason, leader: effect.leader })
      case "readReady": {
        const done = this.#reads.get(effect.call)
        this.#reads.delete(effect.call)
        return done?.(effect.index)
      }
      case "roleChanged":
        if (effect.role !== "leader") this.#resign()
        this.#watch.changed()
        return this.#options.onChange()
      case "groupChanged":
        return this.#regrouped(effect.group)
      case "sendSnapshot":
        return this.#snapshots.send(effect)
      case "restore":
        return this.#snapshots.restore(effect.meta)
      case "ended":
        return this.#options.onEnd(withEvidence(ENDS[effect.reason], effect.evidence))
    }
  }

  /** By own evidence: its process is gone and nobody listens there, or its host answers nothing. */
  #gone(replica: ReplicaId, how: keyof typeof GONE): void {
    if (replica !== this.raft.leader) return
    const { log } = this.#options
    log.write("info", "raft.leader-gone", `the leader ${replica} counts as gone: ${GONE[how]}`, {
      leader: replica,
      how,
    })
    const yields = this.raft.log.last - this.#applying.applied > BACKLOG_MAX
    this.#driver.input({ kind: "leaderGone", leader: replica, yields })
  }

  /**
   * By what another replica says. An entry that is not understood would come again for ever: a replica that cannot
   * follow its log ends. Only a fellow's word counts.
   */
  #endBy(from: ReplicaId, why: "feature-unknown" | "twice"): void {
    if (this.#relation(from) === "fellow" && !this.#isStopped) this.#options.onEnd(ENDS[why])
  }

  #relation(to: ReplicaId): Relation {
    return relationOf(this.raft, to, this.#options.invites)
  }

  #takeProposal(call: number): ((outcome: Proposed) => void) | undefined {
    const done = this.#proposals.get(call)
    this.#proposals.delete(call)
    return done
  }

  #regrouped(group: Group): void {
    // Who was taken out still hears that it was; nobody speaks to it for long.
    this.#links.keep(new Set([...replicas(group)].filter((each) => each !== this.#options.self)))
    this.#watch.changed()
    this.#options.onChange()
  }

  #applied(applied: Applied, entry: Entry): void {
    if (applied.kind === "stopped") return this.#options.onEnd(STOPS[applied.reason])
    this.#freshness.applied(applied.index)
    const isFirst = entry.kind === "noop" && entry.term === this.raft.term && this.isLeader
    if (isFirst) this.#settle()
    else this.#duties.applied(applied.index)
    this.#snapshots.applied(entry)
    this.#options.onApplied(applied, entry, this.#machine)
    if (!this.isLeader) return
    this.#announce(applied.changes)
    this.#work.applied(applied.changes)
  }

  /** Where somebody waits for these changes the others hear of them at once. */
  #announce(changes: Parameters<typeof awaitedAt>[0]): void {
    for (const host of awaitedAt(changes, (id) => this.#machine.session(id))) {
      if (host === this.#options.owner) continue
      // Of a host without a seat nobody knows who feeds it.
      const replica = this.replicaOf(host)
      this.#driver.input(replica === undefined ? { kind: "announce" } : { kind: "announce", to: replica })
    }
  }

  /** Raft §8: the first entry of this reign is applied, so all of the past is known. */
  #settle(): void {
    this.#settledTerm = this.raft.term
    this.#duties.begin(this.#machine)
    this.#work.begin(this.#machine)
    this.#options.onSettled()
  }

  #hearAsOf(): void {
    this.#freshness.told(this.raft.asOf, this.#applying.applied)
  }

  #resign(): void {
    this.#duties.end()
    this.#work.end()
    this.#snapshots.callOff()
  }

  #makeSnapshots(): SnapshotDuties {
    return new SnapshotDuties({
      ...this.#options,
      machine: () => this.#machine,
      atRest: (done) => this.#applying.atRest(done),
      raft: this.raft,
      relation: (replica) => this.#relation(replica),
      input: (input) => this.#driver.input(input),
      onRestored: (machine, index) => {
        this.#machine = machine
        this.#applying.restored(machine, index)
        // Before the core hands on what follows: whoever hears of changes has heard of the state that they change.
        this.#options.onRestored(machine)
        this.#driver.input({ kind: "restored", index })
      },
    })
  }
}

const GONE = {
  refused: "its connection ended, and nobody listens where it was",
  silent: "its heartbeats are missing, and its host answers no probe",
} as const

function withEvidence(end: ReplicaEnd, evidence: string | undefined): ReplicaEnd {
  return evidence === undefined ? end : { ...end, message: `${end.message} (${evidence})` }
}
