import type { Addr, NodeId } from "@conclave/base"
import {
  type ClusterId,
  EMPTY_SNAPSHOT,
  foundingState,
  isVoter,
  logIndex,
  Machine,
  type Raft,
  type RaftConfig,
  type ReplicaId,
  type StoredState,
  term,
} from "@conclave/consensus"
import type { ClosedReason, LogStore, Opened, Room } from "../log-store.ts"
import type { Clock, Disk, Links, Log } from "../ports.ts"
import type { Dialler, Inbound, StreamServer } from "../streams/stream-server.ts"
import { Timers } from "../timers.ts"
import { closed } from "../wal/refusal.ts"
import { hostOf, mintId, replicaOf } from "../wal/replica-id.ts"
import { roomWarnings } from "./disk-room.ts"
import { notInvited } from "./relation.ts"
import { lost, type ReplicaEnd } from "./replica-end.ts"
import { ReplicaFile } from "./replica-file.ts"
import { makeReplica } from "./replica-making.ts"
import { type RunningOptions, RunningReplica } from "./running-replica.ts"
import { installSnapshot } from "./snapshot-duties.ts"
import { type WaitsFor, WayBack } from "./way-back.ts"

const NOTHING: StoredState = {
  hardState: { term: term(0), vote: undefined, commit: logIndex(0) },
  snapshot: EMPTY_SNAPSHOT,
  entries: [],
}
/** A founding that found no room is tried again as often: nobody else would ask for it. */
const FOUND_AGAIN_MS = 5000
/** That a replica has ended is written down as often until the disk takes it. */
const NOTE_AGAIN_MS = 5000
const NAMELESS = "the log here is of an older program, whose replicas do not say which host they are of"
/** The end of a replica that the disk alone is to blame for. */
const DISK_END = "replica-disk"

export interface ReplicaLifeOptions {
  readonly clock: Clock
  readonly log: Log
  readonly disk: Disk
  readonly links: Pick<Links, "dial">
  readonly server: StreamServer
  readonly store: LogStore
  readonly owner: NodeId
  readonly raft: RaftConfig
  readonly snapshotBytesMin: number
  readonly ttlMs: number
  readonly seed: () => number
  /** What gossip knows of a replica's address. */
  readonly addrOf: (replica: ReplicaId) => Addr | undefined
  /** As gossip tells, the replica votes in that cluster. */
  readonly votes: (replica: ReplicaId, cluster: string) => boolean
  readonly probe: RunningOptions["probe"]
  /** Seat, leader, term, group or the room on the disk changed. */
  readonly onChange: () => void
  readonly onSettled: () => void
  readonly onApplied: RunningOptions["onApplied"]
  readonly onRestored: RunningOptions["onRestored"]
  readonly beforeStamp: () => void
  /** Whether a leader that has a quorum answers, through others. */
  readonly askLeader: (done: (isThere: boolean) => void) => void
  /** Undefined = all is well again. */
  readonly onTrouble: (trouble: Trouble | undefined) => void
}

/** Why this host has no replica though it should. */
export interface Trouble {
  readonly code: string
  readonly message: string
  readonly hint: string
}

type State =
  | { readonly kind: "opening" }
  /** Ready to be invited, or to found. `isStale`: files of a former replica are put aside first. */
  | { readonly kind: "idle"; readonly isStale: boolean }
  | { readonly kind: "making" }
  | { readonly kind: "running"; readonly replica: RunningReplica }
  /** The files are sound, somebody else's, or all that is left: this host takes no seat until it finds a way back. */
  | { readonly kind: "closed" }

/** What a log that does not open waits for; undefined = another program. */
const WAITS: Readonly<Record<ClosedReason, WaitsFor | undefined>> = {
  damaged: "leader",
  "data-directory-moved": "leader",
  copy: "leader",
  "older-version": "leader",
  "newer-version": undefined,
  "io-error": "disk",
}
/**
 * The life of the replica of this host. A replica that ended is never continued: its files are put aside, and the host
 * offers itself under a new replica id, to be invited as a learner (one way to fail, one way back).
 */
export class ReplicaLife {
  readonly #options: ReplicaLifeOptions
  readonly #file: ReplicaFile
  readonly #problem: string | undefined
  /** Who spoke to the replica before it was there. */
  readonly #diallers: Set<Dialler> = new Set()
  readonly #wayBack: WayBack
  readonly #timers: Timers
  #state: State = { kind: "opening" }
  /** The files of a former replica may be here, and this one has never voted in this life. */
  #mayHaveRetired = true
  /** No leader answers, so the log of a replica that ended may be gone on with once its disk lets it. */
  #isAllThatIsLeft = false
  /** The log of such a replica, open. */
  #ended: Extract<Opened, { kind: "open" }> | undefined

  constructor(options: ReplicaLifeOptions) {
    this.#options = options
    const { file, problem } = ReplicaFile.load(options.disk, () => this.#mint())
    this.#file = file
    this.#problem = problem
    this.#timers = new Timers(options.clock)
    this.#wayBack = new WayBack({
      clock: options.clock,
      askLeader: options.askLeader,
      reopen: (isAll) => this.#reopen(isAll),
      startOver: () => this.#startOver(),
    })
    if (problem !== undefined) options.log.write("warn", "raft.file", problem)
    options.server.serve("replica", (dialler) => this.#early(dialler))
  }

  /** Undefined before the agent has seen any cluster. */
  get cluster(): ClusterId | undefined {
    return this.#file.facts.cluster
  }

  /** The same as it may be told to others: one that this host founds only once that is on disk. */
  get toldCluster(): ClusterId | undefined {
    return this.isMaking ? this.#file.kept.cluster : this.cluster
  }

  /** Its own file cannot be read: which cluster it belongs to the log alone can tell, where there is one. */
  get problem(): string | undefined {
    return this.#problem
  }

  /** It is neither at work on a replica nor in the way of one. */
  get isIdle(): boolean {
    return this.#state.kind === "idle"
  }

  /** The replica of this host, or the one that it would be; undefined = it offers none. */
  get replica(): ReplicaId | undefined {
    const { kind } = this.#state
    return kind === "opening" || kind === "closed" ? undefined : this.#file.facts.replica
  }

  get running(): RunningReplica | undefined {
    return this.#state.kind === "running" ? this.#state.replica : undefined
  }

  /** The files of a replica are being made, or could not be made yet; until they are on disk nothing is founded. */
  get isMaking(): boolean {
    return this.#state.kind === "making" || this.#file.facts.isFounding
  }

  /** Goes on where the disk says that the last life ended, or the last try. */
  start(done: () => void): void {
    const { store, owner, server } = this.#options
    const events = {
      persisted: (write: number, epoch: number) => this.running?.persisted(write, epoch),
      failed: (message: string) => {
        this.#ended = undefined
        this.#end(lost(DISK_END, message))
      },
      roomChanged: (room: Room) => this.#roomChanged(room),
    }
    this.#state = { kind: "opening" }
    server.serve("replica", (dialler) => this.#early(dialler))
    store.open(owner, events, (opened) => {
      if (this.#state.kind === "opening") this.#opened(opened)
      done()
    })
  }

  #roomChanged(room: Room): void {
    const { log } = this.#options
    const full = roomWarnings(room)
    for (const { message, hint } of full) log.write("error", "raft.disk-full", message, { room, hint })
    if (full.length === 0) log.write("info", "raft.disk-room", "the disk under the log has room again")
    this.#options.onChange()
  }

  stop(): void {
    this.#wayBack.stop()
    this.#timers.stop()
    this.running?.stop()
    this.#options.server.serve("replica", undefined)
    this.#state = { kind: "closed" }
  }

  /** The cluster of this host is that of whom it has joined; for good: it must never found another one. */
  adopt(cluster: ClusterId): void {
    if (this.cluster !== undefined) return
    this.#file.change({ cluster })
    this.#options.onChange()
  }

  /** Where a replica is: as gossip says, or where it was last. */
  addrOf(replica: ReplicaId): Addr | undefined {
    return this.#options.addrOf(replica) ?? this.#file.facts.peers.get(replica)
  }

  /** Where the others of the group are now, to be found without gossip after a restart. */
  rememberPeers(peers: ReadonlyMap<ReplicaId, Addr>): void {
    const known = this.#file.facts.peers
    const isSame = known.size === peers.size && [...peers].every(([replica, addr]) => known.get(replica) === addr)
    if (!isSame) this.#file.change({ peers })
  }

  /** Makes a cluster of one; calls back with what kept it from that, or with undefined. */
  found(done: (problem: string | undefined) => void): void {
    if (this.#problem !== undefined)
      return done(`${this.#problem}; whether this host belongs to a cluster is not known`)
    if (this.#isFoundingLate) return this.#foundAgain(done)
    if (this.cluster !== undefined || this.#state.kind !== "idle") {
      return done("this host belongs to a cluster already, or is about to")
    }
    const cluster = mintId(this.#options.seed) as ClusterId
    const { isStale } = this.#state
    this.#state = { kind: "making" }
    // Durable first: whoever crashes here must not found another one.
    this.#file.change({ cluster, isFounding: true }, (result) => {
      if (!result.ok) {
        this.#file.change({ cluster: undefined, isFounding: false })
        return this.#notMade(result.message, isStale, done)
      }
      this.#make(foundingState(this.#file.facts.replica), isStale, done)
    })
  }

  /** It was told to found, and the disk did not let it. */
  get #isFoundingLate(): boolean {
    return this.#state.kind === "idle" && this.#file.facts.isFounding
  }

  #foundAgain(done: (problem: string | undefined) => void): void {
    const isStale = this.#state.kind === "idle" && this.#state.isStale
    this.#state = { kind: "making" }
    this.#make(foundingState(this.#file.facts.replica), isStale, done)
  }

  #opened(opened: Opened): void {
    switch (opened.kind) {
      case "nothing":
        return this.#openedNothing()
      case "open": {
        const { identity, stored, remarks } = opened
        for (const remark of remarks) this.#options.log.write("warn", "raft.log", remark)
        const { cluster, replica } = identity
        if (hostOf(replica) === undefined) return this.#closed(closed("older-version", NAMELESS, identity))
        if (replica === this.#file.facts.ended && !this.#isAllThatIsLeft) return this.#openedEnded(opened)
        this.#file.change({ cluster, replica, isActive: true, isFounding: false, ended: undefined, endedBy: undefined })
        return this.#restore(stored)
      }
      case "closed":
        return this.#closed(opened)
    }
  }

  #reopen(isAll: boolean): void {
    this.#isAllThatIsLeft = isAll
    const ended = this.#ended
    if (ended === undefined) return this.start(() => {})
    this.#ended = undefined
    this.#options.server.serve("replica", (dialler) => this.#early(dialler))
    this.#opened(ended)
  }

  /** The log of a replica that ended in an earlier life of the agent: it is no more gone on with than in that life. */
  #openedEnded(opened: Extract<Opened, { kind: "open" }>): void {
    const { replica, endedBy = "replica-ended" } = this.#file.facts
    // It was another's turn already when the agent stopped.
    if (replica !== opened.identity.replica) return this.#become({ kind: "idle", isStale: true })
    this.#ended = opened
    this.adopt(opened.identity.cluster)
    const { message, hint } = lost(endedBy, "the replica of this host has ended in an earlier life of the agent")
    this.#options.log.write("warn", "raft.ended", message, { reason: endedBy })
    this.#options.onTrouble({ code: endedBy, message, hint })
    this.#become({ kind: "closed" })
    this.#wayBack.wait(endedBy === DISK_END ? "either" : "leader")
  }

  /**
   * The disk failed under the replica of these files: a log that does not open then does not change what is waited for.
   */
  get #hasFailed(): boolean {
    const { ended, endedBy, replica } = this.#file.facts
    return ended === replica && endedBy === DISK_END
  }

  #closed({ reason, identity, message, hint }: Extract<Opened, { kind: "closed" }>): void {
    // Whose cluster it is the log itself knows, also where the file beside it is lost.
    if (identity !== undefined) this.adopt(identity.cluster)
    this.#options.log.write("error", "raft.closed", message, { reason })
    this.#options.onTrouble({ code: `replica-${reason}`, message, hint })
    this.#become({ kind: "closed" })
    const waitsFor = reason === "io-error" && this.#hasFailed ? "either" : WAITS[reason]
    if (waitsFor !== undefined) this.#wayBack.wait(waitsFor)
  }

  #openedNothing(): void {
    // It came with the directory of another host, or is of a program that named none; there is no log of it.
    if (hostOf(this.#file.facts.replica) !== this.#options.owner) this.#file.change({ replica: this.#mint() })
    const { isFounding, isActive, replica } = this.#file.facts
    if (isFounding) {
      this.#state = { kind: "making" }
      return this.#make(foundingState(replica), false, () => {})
    }
    if (!isActive) return this.#become({ kind: "idle", isStale: false })
    this.#options.log.write("warn", "raft.lost", `the log of replica ${replica} is gone; a new replica takes its place`)
    this.#startOver()
  }

  #mint(): ReplicaId {
    return replicaOf(this.#options.owner, mintId(this.#options.seed))
  }

  /** Under a new id: the old replica is never seen again. */
  #startOver(): void {
    this.#ended = undefined
    this.#file.change({ replica: this.#mint(), isActive: false })
    this.#become({ kind: "idle", isStale: true })
  }

  #restore(stored: StoredState): void {
    this.#state = { kind: "making" }
    if (stored.snapshot.index === 0) return this.#run(stored, new Machine())
    installSnapshot(this.#options, stored.snapshot, (machine) => {
      if (this.#state.kind !== "making") return
      if (typeof machine === "string") this.#end(lost("replica-damaged", machine))
      else this.#run(stored, machine)
    })
  }

  /** Makes the files of the replica and runs it. */
  #make(state: StoredState, isStale: boolean, done: (problem: string | undefined) => void): void {
    const { store, owner } = this.#options
    const isWanted = (): boolean => this.#state.kind === "making"
    makeReplica({ store, file: this.#file, owner, isWanted }, { state, isStale }, (made) => {
      if (made.kind === "stopped") return done("the agent stops")
      if (made.kind === "failed") return this.#notMade(made.message, made.isStale, done)
      this.#run(state, new Machine())
      done(undefined)
    })
  }

  #notMade(message: string, isStale: boolean, done: (problem: string | undefined) => void): void {
    const hint = "make room or repair the data directory; the agent tries again by itself"
    this.#options.onTrouble({ code: "replica-disk", message: `the log cannot be made: ${message}`, hint })
    this.#become({ kind: "idle", isStale })
    // Whoever invited it dials again, and that is the next try; a founder has nobody to ask it.
    this.#dismissEarly()
    if (this.#file.facts.isFounding) {
      this.#timers.at(this.#options.clock.now() + FOUND_AGAIN_MS, () => {
        if (this.#isFoundingLate) this.#foundAgain(() => {})
      })
    }
    done(message)
  }

  /** What they said was heard by nobody. */
  #dismissEarly(): void {
    for (const dialler of this.#diallers) dialler.close()
    this.#diallers.clear()
  }

  #run(stored: StoredState, machine: Machine): void {
    const { raft: config, seed } = this.#options
    const { cluster, replica: self } = this.#file.facts
    const replica = new RunningReplica({
      ...this.#options,
      cluster: cluster as ClusterId,
      self,
      config,
      seed: seed(),
      stored,
      machine,
      addrOf: (each) => this.addrOf(each),
      invites: (each) => this.#options.votes(each, cluster as ClusterId),
      onChange: () => this.#changed(),
      onEnd: (end) => this.#end(end),
    })
    this.#state = { kind: "running", replica }
    this.#isAllThatIsLeft = false
    this.#options.onTrouble(undefined)
    replica.start()
    this.#dismissEarly()
    this.#options.onChange()
  }

  #changed(): void {
    const { running } = this
    if (running !== undefined && this.#mayHaveRetired && hasVote(running.raft)) {
      this.#mayHaveRetired = false
      this.#options.store.discardRetired(() => {})
    }
    this.#options.onChange()
  }

  #end(end: ReplicaEnd): void {
    if (this.#state.kind === "closed" || this.#state.kind === "idle") return
    if (end.code === "replica-disk") this.running?.bid()
    this.running?.stop()
    const { code, message, hint, leaves } = end
    this.#options.log.write(code === "replica-removed" ? "info" : "error", "raft.ended", message, { reason: code })
    this.#options.onTrouble(code === "replica-removed" ? undefined : { code, message, hint })
    this.#mayHaveRetired = true
    if (leaves !== "sound") this.#noteEnd(this.#file.facts.replica, code)
    if (leaves === "gone") return this.#startOver()
    this.#become({ kind: "closed" })
    if (leaves === "lost") this.#wayBack.wait(this.#hasFailed ? "either" : "leader")
  }

  /** Also the next life of this agent must know it. */
  #noteEnd(ended: ReplicaId, endedBy: string): void {
    this.#file.change({ ended, endedBy }, (result) => {
      if (result.ok || this.#file.facts.ended !== ended) return
      this.#timers.at(this.#options.clock.now() + NOTE_AGAIN_MS, () => {
        if (this.#file.facts.ended === ended) this.#noteEnd(ended, endedBy)
      })
    })
  }

  #become(state: State): void {
    this.#state = state
    this.#options.server.serve("replica", state.kind === "idle" ? (dialler) => this.#invited(dialler) : undefined)
    this.#dismissEarly()
    this.#options.onChange()
  }

  /** There will be a replica to speak to, or it will be known that there is none: whoever waits dials again then. */
  #early(dialler: Dialler): Inbound {
    this.#diallers.add(dialler)
    return { onFrame: () => {}, onEnd: () => this.#diallers.delete(dialler) }
  }

  /**
   * A leader speaks to the replica that this host would have: it has added it as a learner. Of the group this host
   * knows what gossip tells, so it follows whoever has shown its key and votes there by that.
   */
  #invited(dialler: Dialler): Inbound | string {
    const { facts } = this.#file
    const { cluster, from, to } = dialler.hello
    if (facts.cluster !== undefined && facts.cluster !== cluster) {
      return `it belongs to cluster ${cluster}, this host to ${facts.cluster}`
    }
    if (to !== facts.replica) return `it looks for replica ${to}, this host would be ${facts.replica}`
    if (!this.#options.votes(from as ReplicaId, cluster)) return notInvited(from)
    if (this.#state.kind === "idle") {
      const { isStale } = this.#state
      this.#state = { kind: "making" }
      this.#file.change({ cluster: cluster as ClusterId })
      this.#make(NOTHING, isStale, () => {})
    }
    return this.#early(dialler)
  }
}

/** For certain: a group that was only appended may be cut again. */
function hasVote({ id, log, commit }: Raft): boolean {
  return isVoter(log.groupAt(commit), id)
}
