import { ok } from "node:assert/strict"
import { Deadlines, type Millis, Random } from "@conclave/base"
import {
  type DiskState,
  type Effect,
  type Entry,
  foundingState,
  type Input,
  type Message,
  Raft,
  type RaftConfig,
  type ReplicaId,
  replicas,
  type SnapshotMeta,
  type Term,
} from "@conclave/consensus"
import { ClusterChecks } from "./cluster-checks.ts"
import { type MachineState, ReplicaDisk, type SnapshotFile } from "./replica-disk.ts"

/** What a run does to its cluster beside the faults; numbers out of its seed. */
export interface ClusterShape {
  readonly config: RaftConfig
  /** A snapshot of the state machine after so many entries. */
  readonly snapshotEvery: number
  readonly syncMsMax: number
}

/** What the network does to a message, changed as a run goes on. */
export interface Weather {
  readonly lossPercent: number
  /** Of appends and their answers, beside that: logs grow apart while leaders stay. */
  readonly appendLossPercent: number
  readonly duplicatePercent: number
  /** Of these the delay is drawn up to `lateMsMax`. */
  readonly latePercent: number
  readonly lateMsMax: number
}

export const CALM: Weather = {
  ...{ lossPercent: 0, appendLossPercent: 0, duplicatePercent: 0 },
  ...{ latePercent: 0, lateMsMax: 0 },
}

/** One life of a replica: from a start to a crash. */
export interface ClusterNode {
  readonly id: ReplicaId
  readonly life: number
  readonly raft: Raft
  readonly disk: ReplicaDisk
  machine: MachineState
  /** Answers that wait until the write with this number is durable. */
  readonly held: { readonly write: number; readonly message: Message }[]
  /** Own snapshots that are durable, by index. */
  readonly files: Map<number, SnapshotFile>
  lastWrite: number
  isSyncing: boolean
  isSnapshotting: boolean
  isEnded: boolean
  pausedUntilMs: number
  pausedSinceMs: number
  readonly inbox: Input[]
  /** When it took the last message of each. */
  readonly heardMs: Map<ReplicaId, number>
  /** Since when it leads this group without a stop. */
  leadsSinceMs: number
}

interface OpenRead {
  /** What was committed when it was asked. */
  readonly floor: number
  readonly id: ReplicaId
  /** The replica has seen it. */
  isTaken: boolean
}

const APPENDS: ReadonlySet<Message["kind"]> = new Set(["append", "appended", "appendRejected"] as const)
const TRANSFERS_MS = 400
const FLIGHT_MS = 20

/**
 * A whole group in virtual time: one seed gives one run, to the last step. The network loses, doubles, delays and
 * reorders; disks are slow and lose what is not synced in a crash; replicas crash, restart and stand still. Every step
 * is checked against the invariants.
 */
export class Cluster {
  readonly random: Random
  readonly shape: ClusterShape
  readonly checks: ClusterChecks
  readonly nodes: Map<ReplicaId, ClusterNode> = new Map()
  readonly disks: Map<ReplicaId, ReplicaDisk> = new Map()
  /** One-way cuts, `from>to`. */
  readonly cuts: Set<string> = new Set()
  /** One-way links that stand still, with what comes out of them again, in order. */
  readonly holds: Map<string, Message[]> = new Map()
  readonly reads: Map<number, OpenRead> = new Map()
  /** Changes of the group that were asked for and are not answered, and of whom. */
  readonly changes: Map<number, ReplicaId> = new Map()
  weather: Weather = CALM
  nowMs = 0
  steps = 0
  /** A running hash over all steps. */
  trace = 0
  /** How long peace took to make all well. */
  healedMs = 0
  readsDone = 0
  snapshotsTaken = 0
  snapshotsRestored = 0
  readonly #changeCalls: Set<number> = new Set()
  #lives = 0
  #calls = 0
  #minted = 0
  readonly #events: Deadlines<() => void> = new Deadlines()

  constructor(seed: number, shape: ClusterShape) {
    this.random = new Random(seed)
    this.shape = shape
    this.checks = new ClusterChecks(this.disks)
    const founder = this.mint()
    this.disks.set(founder, ReplicaDisk.holding(foundingState(founder)))
    this.start(founder)
  }

  /** A new replica id; its disk is empty and it runs. */
  mint(): ReplicaId {
    const id = `r${String(++this.#minted).padStart(2, "0")}` as ReplicaId
    if (this.#minted > 1) {
      this.disks.set(id, new ReplicaDisk())
      this.start(id)
    }
    return id
  }

  get minted(): number {
    return this.#minted
  }

  start(id: ReplicaId): void {
    const disk = this.disks.get(id)
    ok(disk !== undefined && !this.nodes.has(id), "a replica that has a disk and does not run")
    const { config } = this.shape
    const life = ++this.#lives
    const raft = new Raft({ id, config, seed: this.random.uint32(), nowMs: this.now, stored: disk.stored })
    const node: ClusterNode = {
      ...{ id, life, raft, disk, machine: disk.base.state, held: [], inbox: [], lastWrite: 0 },
      ...{ isSyncing: false, isSnapshotting: false, isEnded: false, pausedUntilMs: 0, pausedSinceMs: 0 },
      ...{ heardMs: new Map(), leadsSinceMs: 0 },
      files: new Map([[disk.base.meta.index, disk.base]]),
    }
    this.nodes.set(id, node)
    this.checks.stepped(node)
  }

  crash(id: ReplicaId): void {
    this.nodes.get(id)?.disk.crash(this.random)
    this.nodes.delete(id)
    for (const [call, read] of this.reads) if (read.id === id) this.reads.delete(call)
    for (const [call, asked] of this.changes) if (asked === id) this.changes.delete(call)
  }

  pause(id: ReplicaId, forMs: number): void {
    const node = this.nodes.get(id)
    if (node === undefined || node.pausedUntilMs > this.nowMs) return
    node.pausedSinceMs = this.nowMs
    node.pausedUntilMs = this.nowMs + forMs
    this.after(forMs, () => this.#resume(node))
  }

  /** The leader with the highest term, if there is one. */
  get leader(): ClusterNode | undefined {
    let best: ClusterNode | undefined
    for (const node of this.nodes.values()) {
      if (node.raft.role === "leader" && (best === undefined || node.raft.term > best.raft.term)) best = node
    }
    return best
  }

  get now(): Millis {
    return this.nowMs as Millis
  }

  after(ms: number, run: () => void): void {
    this.#events.set(run, this.nowMs + ms)
  }

  /** Runs until `untilMs`, or until `stop` says so. */
  run(untilMs: number, stop: () => boolean = () => false): boolean {
    while (!stop()) {
      const due = this.#nextTick()
      const at = Math.min(this.#events.next, due?.raft.nextDeadlineMs ?? Number.POSITIVE_INFINITY)
      if (at > untilMs) {
        this.nowMs = Math.max(this.nowMs, untilMs)
        return false
      }
      this.nowMs = Math.max(this.nowMs, at)
      const event = this.#events.take(this.nowMs)
      if (event !== undefined) event.key()
      else if (due !== undefined) this.input(due, { kind: "tick" })
    }
    return true
  }

  /** Hands `input` to a replica and does what it answers. One that stands still gets it later. */
  input(node: ClusterNode, input: Input): void {
    if (this.nodes.get(node.id) !== node || node.isEnded) return
    if (node.pausedUntilMs > this.nowMs) {
      node.inbox.push(input)
      return
    }
    this.steps++
    if (input.kind === "message") node.heardMs.set(input.message.from, this.nowMs)
    const read = input.kind === "read" ? this.reads.get(input.call) : undefined
    if (read !== undefined) read.isTaken = true
    const { groupIndex } = node.raft.log
    const effects = node.raft.step(this.now, input)
    const isSame = node.raft.role === "leader" && node.raft.log.groupIndex === groupIndex
    if (!isSame) node.leadsSinceMs = this.nowMs
    this.#note(node, input, effects.length)
    for (const effect of effects) this.#take(node, effect)
    if (input.kind === "persisted") this.#release(node)
    this.checks.stepped(node)
    this.checks.leadsMany(node, this.nowMs - 2 * this.shape.config.electionMs)
    if (node.isEnded) this.#ended(node)
    this.#sync(node)
    this.#snapshot(node)
  }

  hold(links: readonly string[], forMs: number): void {
    const fresh = links.filter((link) => !this.holds.has(link))
    for (const link of fresh) this.holds.set(link, [])
    this.after(forMs, () => {
      for (const link of fresh) {
        const held = this.holds.get(link) ?? []
        this.holds.delete(link)
        for (const message of held) this.#deliver(message)
      }
    })
  }

  propose(node: ClusterNode, bytes: number, relieves: boolean): void {
    const call = ++this.#calls
    const data = new Uint8Array(bytes).fill(call & 255)
    this.input(node, { kind: "propose", proposals: [{ call, data, stampMs: this.nowMs, relieves }] })
  }

  changeGroup(node: ClusterNode, voters: readonly ReplicaId[], learners: readonly ReplicaId[]): void {
    if (node.isEnded) return
    const call = ++this.#calls
    this.changes.set(call, node.id)
    this.#changeCalls.add(call)
    this.input(node, { kind: "changeGroup", call, voters, learners })
  }

  read(node: ClusterNode): void {
    if (node.isEnded) return
    const call = ++this.#calls
    this.reads.set(call, { floor: this.checks.committed, id: node.id, isTaken: false })
    this.input(node, { kind: "read", call })
  }

  disk(node: ClusterNode, state: DiskState): void {
    this.input(node, { kind: "disk", state })
  }

  #nextTick(): ClusterNode | undefined {
    let best: ClusterNode | undefined
    for (const node of this.nodes.values()) {
      if (node.pausedUntilMs > this.nowMs) continue
      if (best === undefined || node.raft.nextDeadlineMs < best.raft.nextDeadlineMs) best = node
    }
    return best
  }

  #resume(node: ClusterNode): void {
    if (this.nodes.get(node.id) !== node) return
    node.leadsSinceMs = this.nowMs
    // What came by one connection is in order; which of them is read first is anybody's guess.
    const first = [...new Set(node.inbox.map(wayOf))]
    this.random.shuffle(first)
    const waiting = node.inbox.splice(0)
    for (const way of first) for (const input of waiting) if (wayOf(input) === way) this.input(node, input)
    this.input(node, { kind: "stalled", lostMs: this.nowMs - node.pausedSinceMs })
  }

  #take(node: ClusterNode, effect: Effect): void {
    switch (effect.kind) {
      case "send":
        if (effect.after === "now" || node.lastWrite === 0) return this.#send(node, effect.message)
        node.held.push({ write: node.lastWrite, message: effect.message })
        return this.#release(node)
      case "persist":
        node.lastWrite = effect.write.write
        node.disk.pending.push(effect.write)
        return this.checks.written(node, effect.write)
      case "commit":
        for (const entry of effect.entries) this.#apply(node, entry)
        return
      case "proposed":
      case "refused":
        return ok(!this.#changeCalls.has(effect.call) || this.changes.delete(effect.call), "a change is answered once")
      case "readReady":
        return this.#readReady(effect.call, effect.index)
      case "sendSnapshot":
        return this.#sendSnapshot(node, effect)
      case "restore":
        return this.#restore(node, effect.meta)
      case "ended":
        ok(effect.reason === "removed", `a sound disk ends nobody: ${effect.reason}`)
        node.isEnded = true
        node.held.length = 0
        return
      default:
        return
    }
  }

  #ended(node: ClusterNode): void {
    this.checks.removed(node.id)
    for (const [call, id] of this.changes) if (id === node.id) this.changes.delete(call)
    for (const [call, { id, isTaken }] of this.reads) {
      ok(id !== node.id || !isTaken, "who ends answers all reads")
      if (id === node.id) this.reads.delete(call)
    }
  }

  #apply(node: ClusterNode, entry: Entry): void {
    ok(entry.index === node.machine.index + 1, "entries are applied one after the other")
    ok(node.disk.has(entry.index, entry.term), "what is applied is durable here")
    const mixed = Math.imul(node.machine.hash ^ entry.term ^ (entry.data[0] ?? 0), 0x9e3779b1) + entry.index
    node.machine = { index: entry.index, hash: (mixed ^ (mixed >>> 15)) >>> 0 }
    this.checks.applied(entry.index, node.machine.hash)
  }

  #readReady(call: number, index: number | undefined): void {
    const read = this.reads.get(call)
    this.reads.delete(call)
    if (read === undefined || index === undefined) return
    this.readsDone++
    ok(index >= read.floor, "a read sees everything that was committed when it was asked")
  }

  #send(node: ClusterNode, message: Message): void {
    const { random, weather } = this
    this.checks.released(node, message)
    const copies = random.chance(weather.duplicatePercent, 100) ? 2 : 1
    for (let copy = 0; copy < copies; copy++) {
      if (random.chance(weather.lossPercent, 100)) continue
      if (APPENDS.has(message.kind) && random.chance(weather.appendLossPercent, 100)) continue
      const isLate = random.chance(weather.latePercent, 100)
      const delay = 1 + random.below(isLate ? weather.lateMsMax : FLIGHT_MS)
      this.after(delay, () => this.#deliver(message))
    }
  }

  #deliver(message: Message): void {
    const node = this.nodes.get(message.to)
    const link = `${message.from}>${message.to}`
    if (node === undefined || this.cuts.has(link)) return
    const held = this.holds.get(link)
    if (held === undefined) this.input(node, { kind: "message", message })
    else held.push(message)
  }

  /** One sync at a time takes all that waits. */
  #sync(node: ClusterNode): void {
    const last = node.disk.pending.at(-1)
    if (node.isSyncing || last === undefined) return
    node.isSyncing = true
    this.after(1 + this.random.below(this.shape.syncMsMax), () => {
      if (this.nodes.get(node.id) !== node) return
      node.isSyncing = false
      node.disk.sync(last.write)
      this.input(node, { kind: "persisted", write: last.write, epoch: last.epoch })
    })
  }

  #release(node: ClusterNode): void {
    const first = node.disk.pending[0]?.write ?? Number.POSITIVE_INFINITY
    while (!node.isEnded && node.held[0] !== undefined && node.held[0].write < first) {
      const next = node.held.shift()
      if (next !== undefined) this.#send(node, next.message)
    }
  }

  #snapshot(node: ClusterNode): void {
    const { raft, machine } = node
    if (node.isSnapshotting || node.isEnded || machine.index < raft.log.snapshot.index + this.shape.snapshotEvery)
      return
    node.isSnapshotting = true
    const file = { meta: raft.log.metaAt(machine.index), state: machine }
    this.after(this.random.below(100), () => {
      if (this.nodes.get(node.id) !== node) return
      node.isSnapshotting = false
      node.disk.taken(file)
      node.files.set(file.meta.index, file)
      this.snapshotsTaken++
      this.input(node, { kind: "snapshotTaken", meta: file.meta })
    })
  }

  #sendSnapshot(node: ClusterNode, { sending, to, meta }: Extract<Effect, { kind: "sendSnapshot" }>): void {
    const file = node.files.get(meta.index)
    ok(file !== undefined, "a snapshot that is sent is there")
    const term: Term = node.raft.term
    this.after(1 + this.random.below(TRANSFERS_MS), () => {
      const target = this.nodes.get(to)
      const isCut = this.cuts.has(`${node.id}>${to}`) || this.cuts.has(`${to}>${node.id}`)
      const arrives = target !== undefined && !isCut && !this.random.chance(this.weather.lossPercent, 100)
      if (arrives) {
        target.disk.arrived(file)
        this.input(target, { kind: "snapshotReceived", from: node.id, term, meta })
      }
      this.input(node, { kind: "snapshotSent", sending, ok: arrives })
    })
  }

  #restore(node: ClusterNode, meta: SnapshotMeta): void {
    const file = node.disk.file(meta)
    this.after(1 + this.random.below(200), () => {
      if (this.nodes.get(node.id) !== node || node.machine.index >= meta.index) return
      node.machine = file.state
      node.files.set(meta.index, file)
      this.snapshotsRestored++
      this.input(node, { kind: "restored", index: meta.index })
    })
  }

  #note(node: ClusterNode, input: Input, effects: number): void {
    const { raft, life } = node
    for (const value of [life, input.kind.length, effects, raft.term, raft.commit, raft.log.last, this.nowMs]) {
      this.trace = (Math.imul(this.trace ^ value, 0x01000193) + 1) >>> 0
    }
  }
}

function wayOf(input: Input): string {
  return input.kind === "message" ? input.message.from : input.kind === "read" ? "clients" : ""
}

/** Everybody in the group of the leader, if all of them run. */
export function members(cluster: Cluster): readonly ClusterNode[] | undefined {
  const { leader } = cluster
  if (leader === undefined) return undefined
  const found = [...replicas(leader.raft.group)].map((id) => cluster.nodes.get(id))
  return found.every((each) => each !== undefined) ? found : undefined
}
