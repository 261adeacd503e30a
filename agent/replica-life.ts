import { type Addr, assert, base32, type NodeId } from "@conclave/base"
import {
  type ClusterId,
  EMPTY_SNAPSHOT,
  foundingState,
  isVoter,
  logIndex,
  Machine,
  type RaftConfig,
  type ReplicaId,
  type StoredState,
  term,
} from "@conclave/consensus"
import type { LogStore, Opened, StoreResult } from "./log-store.ts"
import type { Clock, Disk, Links, Log } from "./ports.ts"
import { ReplicaFile } from "./replica-file.ts"
import { type ReplicaEnd, type RunningOptions, RunningReplica } from "./running-replica.ts"
import { installSnapshot } from "./snapshot-duties.ts"
import type { Dialler, StreamServer } from "./stream-server.ts"

const NOTHING: StoredState = {
  hardState: { term: term(0), vote: undefined, commit: logIndex(0) },
  snapshot: EMPTY_SNAPSHOT,
  entries: [],
}
const ID_WORDS = 4

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
  /** Seat, leader, term or group changed. */
  readonly onChange: () => void
  readonly onSettled: () => void
  readonly onApplied: RunningOptions["onApplied"]
  readonly onRestored: RunningOptions["onRestored"]
  readonly beforeStamp: () => void
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
  /** The files are sound or somebody else's: this host takes no seat until somebody helps. */
  | { readonly kind: "closed" }

/**
 * The life of the replica of this host. A replica that ended is never continued: its files are put aside, and the host
 * offers itself under a new replica id, to be invited as a learner (one way to fail, one way back).
 */
export class ReplicaLife {
  readonly #options: ReplicaLifeOptions
  readonly #file: ReplicaFile
  readonly #problem: string | undefined
  /** Who spoke to the replica before it was there. */
  readonly #early: Set<Dialler> = new Set()
  #state: State = { kind: "opening" }
  #hasRetired = false

  constructor(options: ReplicaLifeOptions) {
    this.#options = options
    const { file, problem } = ReplicaFile.load(options.disk, () => mintId(options.seed) as ReplicaId)
    this.#file = file
    this.#problem = problem
    if (problem !== undefined) options.log.write("warn", "raft.file", problem)
  }

  /** Undefined before the agent has seen any cluster. */
  get cluster(): ClusterId | undefined {
    return this.#file.facts.cluster
  }

  /** The replica of this host, or the one that it would be; undefined = it offers none. */
  get replica(): ReplicaId | undefined {
    const { kind } = this.#state
    return kind === "opening" || kind === "closed" ? undefined : this.#file.facts.replica
  }

  get running(): RunningReplica | undefined {
    return this.#state.kind === "running" ? this.#state.replica : undefined
  }

  /** Goes on where the disk says that the last life ended. */
  start(done: () => void): void {
    const { store, owner } = this.#options
    const events = {
      persisted: (write: number, epoch: number) => this.running?.persisted(write, epoch),
      failed: (message: string) => this.#end({ code: "replica-disk", message, isSound: false }),
      roomChanged: () => {},
    }
    store.open(owner, events, (opened) => {
      this.#opened(opened)
      done()
    })
  }

  stop(): void {
    this.running?.stop()
    this.#options.server.serve("replica", undefined)
    this.#state = { kind: "closed" }
  }

  /** The cluster of this host is that of whom it has joined; for good. */
  adopt(cluster: ClusterId): void {
    if (this.cluster === undefined) this.#file.change({ cluster })
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

  #opened(opened: Opened): void {
    switch (opened.kind) {
      case "nothing":
        return this.#openedNothing()
      case "open": {
        const { identity, stored, remarks } = opened
        for (const remark of remarks) this.#options.log.write("warn", "raft.log", remark)
        const { cluster } = identity
        this.#file.change({ cluster, replica: identity.replica, isActive: true, isFounding: false })
        return this.#restore(stored)
      }
      case "closed": {
        const { reason, message, hint } = opened
        this.#options.onTrouble({ code: `replica-${reason}`, message, hint })
        if (reason === "newer-version") this.#become({ kind: "closed" })
        else this.#startOver()
      }
    }
  }

  #openedNothing(): void {
    const { isFounding, isActive, replica } = this.#file.facts
    if (isFounding) {
      this.#state = { kind: "making" }
      return this.#make(foundingState(replica), false, () => {})
    }
    if (!isActive) return this.#become({ kind: "idle", isStale: false })
    this.#options.log.write("warn", "raft.lost", `the log of replica ${replica} is gone; a new replica takes its place`)
    this.#startOver()
  }

  /** Under a new id: the old replica is never seen again. */
  #startOver(): void {
    this.#file.change({ replica: mintId(this.#options.seed) as ReplicaId, isActive: false })
    this.#become({ kind: "idle", isStale: true })
  }

  #restore(stored: StoredState): void {
    this.#state = { kind: "making" }
    if (stored.snapshot.index === 0) return this.#run(stored, new Machine())
    installSnapshot(this.#options, stored.snapshot, (machine) => {
      if (this.#state.kind !== "making") return
      if (typeof machine === "string") this.#end({ code: "replica-damaged", message: machine, isSound: false })
      else this.#run(stored, machine)
    })
  }

  /** Puts aside what was there, makes the files of the replica, remembers that they are there, and runs it. */
  #make(state: StoredState, isStale: boolean, done: (problem: string | undefined) => void): void {
    const { store, owner } = this.#options
    const { cluster, replica } = this.#file.facts
    assert(cluster !== undefined, "a replica is made for a cluster")
    const orElse = (next: () => void) => (result: StoreResult) => {
      if (this.#state.kind !== "making") return done("the agent stops")
      if (result.ok) next()
      else this.#notMade(result.message, isStale, done)
    }
    const run = (): void => {
      this.#run(state, new Machine())
      done(undefined)
    }
    const remember = (): void => this.#file.change({ isActive: true, isFounding: false }, orElse(run))
    const create = (): void => store.create({ cluster, replica, owner, state }, orElse(remember))
    this.#hasRetired = isStale
    if (isStale) store.retire(orElse(create))
    else create()
  }

  #notMade(message: string, isStale: boolean, done: (problem: string | undefined) => void): void {
    const hint = "make room or repair the data directory; the agent tries again by itself"
    this.#options.onTrouble({ code: "replica-disk", message: `the log cannot be made: ${message}`, hint })
    this.#become({ kind: "idle", isStale })
    // Its next channel is the next try.
    this.#dismissEarly()
    done(message)
  }

  /** What they said was heard by nobody. */
  #dismissEarly(): void {
    for (const dialler of this.#early) dialler.close()
    this.#early.clear()
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
      onChange: () => this.#changed(),
      onEnd: (end) => this.#end(end),
    })
    this.#state = { kind: "running", replica }
    this.#options.onTrouble(undefined)
    replica.start()
    this.#dismissEarly()
    this.#options.onChange()
  }

  #changed(): void {
    const { running } = this
    if (running !== undefined && this.#hasRetired && isVoter(running.raft.group, this.#file.facts.replica)) {
      this.#hasRetired = false
      this.#options.store.discardRetired(() => {})
    }
    this.#options.onChange()
  }

  #end(end: ReplicaEnd): void {
    if (this.#state.kind === "closed" || this.#state.kind === "idle") return
    this.running?.stop()
    const { log, onTrouble } = this.#options
    log.write(end.code === "replica-removed" ? "info" : "error", "raft.ended", end.message, { reason: end.code })
    const hint = end.isSound
      ? "install a newer version of the agent"
      : "nothing need be done: a new replica takes its place by itself"
    onTrouble(end.code === "replica-removed" ? undefined : { code: end.code, message: end.message, hint })
    if (end.isSound) this.#become({ kind: "closed" })
    else this.#startOver()
  }

  #become(state: State): void {
    this.#state = state
    if (state.kind === "idle") this.#options.server.serve("replica", (dialler) => this.#invited(dialler))
    this.#options.onChange()
  }

  /** A leader speaks to the replica that this host would have: it has added it as a learner. */
  #invited(dialler: Dialler): ReturnType<Parameters<StreamServer["serve"]>[1] & object> {
    const { facts } = this.#file
    const { cluster, to } = dialler.hello
    if (facts.cluster !== undefined && facts.cluster !== cluster) {
      return `it belongs to cluster ${cluster}, this host to ${facts.cluster}`
    }
    if (to !== facts.replica) return `it looks for replica ${to}, this host would be ${facts.replica}`
    this.#early.add(dialler)
    if (this.#state.kind === "idle") {
      const { isStale } = this.#state
      this.#state = { kind: "making" }
      this.#file.change({ cluster: cluster as ClusterId })
      this.#make(NOTHING, isStale, () => {})
    }
    return { onFrame: () => {}, onEnd: () => this.#early.delete(dialler) }
  }
}

/** 128 bits of the system's entropy, in the shape of a member's id. */
function mintId(seed: () => number): string {
  const bytes = new Uint8Array(4 * ID_WORDS)
  const view = new DataView(bytes.buffer)
  for (let word = 0; word < ID_WORDS; word++) view.setUint32(4 * word, seed())
  return base32(bytes)
}
