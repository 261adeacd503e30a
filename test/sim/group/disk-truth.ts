import type { Entry, ReplicaId, StoredState } from "@conclave/consensus"
import type { Opened } from "conclave/log-store"
import { type LogRecord, readRecords } from "conclave/wal/records"
import type { StoreReply, StoreRequest } from "conclave/wal/requests"
import type { Machine } from "../machine.ts"
import { DurableLog, keyOf } from "./durable-log.ts"
import { type FrameWords, frameWords } from "./frame-words.ts"

interface PendingWrite {
  readonly write: number
  readonly records: readonly LogRecord[]
}

/** The disk of one replica, whatever became of its agent. */
interface ReplicaTruth {
  readonly replica: ReplicaId
  readonly machine: Machine
  /** As reported; what was handed over beyond it may be there, too. */
  durable: DurableLog
  written: DurableLog
  pending: PendingWrite[]
  readonly createCall: number
  retireCall: number | undefined
  /** Somebody was told that it is there. */
  isMade: boolean
  /** It has written or said something since it was made. */
  isUsed: boolean
  /** Put aside, or wiped: it must never be heard of again. */
  isOver: boolean
  /** Its bytes are gone, as far as anybody may count on them. */
  isLost: boolean
}

export type Broken = (invariant: string, agent: string, message: string) => void

/** The others say nothing that a crash could make untrue. */
const SPEAKS_OF_DISK: ReadonlySet<FrameWords["kind"]> = new Set([
  ...(["append", "appended", "appendRejected", "heartbeat", "heartbeatReply"] as const),
  ...(["preVoteReply", "vote", "voteReply"] as const),
])
const RAFT_FRAME = 0x52
const SEGMENT = /^segment-\d+$/
const PLACES_OF_TERM = 2 ** 32

/** What really lies on the disks of all replicas that ever were, seen from outside of the agents. */
export class DiskTruth {
  readonly replicas: Map<ReplicaId, ReplicaTruth> = new Map()
  readonly seen = { cuts: 0, recovered: 0, unreported: 0, snapshots: 0, lost: 0 }
  readonly #broken: Broken
  readonly #prefixOf: (index: number) => number
  readonly #current: Map<Machine, ReplicaTruth> = new Map()
  /** The hash of the log up to each place that was ever written. */
  readonly #matching: Map<number, number> = new Map()

  /** `prefixOf`: of the committed log. */
  constructor(broken: Broken, prefixOf: (index: number) => number) {
    this.#broken = broken
    this.#prefixOf = prefixOf
  }

  of(replica: ReplicaId): ReplicaTruth | undefined {
    return this.replicas.get(replica)
  }

  /** The replica whose files lie on this machine. */
  on(machine: Machine): ReplicaTruth | undefined {
    return this.#current.get(machine)
  }

  /** No disk has its log: it was lost, or was never made, since the disk did not take it. */
  isGone(replica: ReplicaId): boolean {
    const truth = this.replicas.get(replica)
    return truth === undefined || truth.isLost || this.#current.get(truth.machine) !== truth
  }

  /** A replica whose machine had another one before. */
  isSuccessor(replica: ReplicaId): boolean {
    const machine = this.replicas.get(replica)?.machine
    for (const other of this.replicas.values()) {
      if (other.replica === replica) return false
      if (other.machine === machine && other.isMade) return true
    }
    return false
  }

  /** Everything on the machine is gone. */
  wiped(machine: Machine): void {
    const truth = this.#current.get(machine)
    if (truth !== undefined) truth.isOver = truth.isLost = true
    this.#current.delete(machine)
  }

  asked(machine: Machine, request: StoreRequest): void {
    switch (request.kind) {
      case "open": {
        // Another life counts its calls anew.
        const truth = this.#current.get(machine)
        if (truth !== undefined) truth.retireCall = undefined
        return
      }
      case "create":
        return this.#create(machine, request)
      case "persist":
        return this.#write(machine, request.write, request.records)
      case "retire": {
        const truth = this.#current.get(machine)
        if (truth === undefined) return
        truth.isLost = true
        truth.retireCall = request.call
        return
      }
      default:
        return
    }
  }

  /** What the log's thread says, at the moment in which it says so. */
  said(machine: Machine, reply: StoreReply): void {
    const truth = this.#current.get(machine)
    if (reply.kind === "persisted") this.#persisted(machine, reply.write)
    else if (reply.kind === "opened") this.#opened(machine, reply.opened)
    else if (truth === undefined) return
    else if (reply.kind === "failed") this.#lost(truth)
    else if (reply.kind === "result" && reply.result.ok) this.#done(machine, truth, reply.call)
  }

  #done(machine: Machine, truth: ReplicaTruth, call: number): void {
    if (call === truth.createCall) truth.isMade = true
    if (call !== truth.retireCall) return
    truth.isOver = true
    this.#current.delete(machine)
  }

  /** A frame leaves the machine: I10, I11. */
  sent(machine: Machine, body: Uint8Array): void {
    if (body[0] !== RAFT_FRAME) return
    const message = frameWords(body)
    if (message === undefined) return this.#say("frames-can-be-read", machine, "a frame that nobody can read")
    const truth = this.replicas.get(message.from as ReplicaId)
    if (truth === undefined || truth.machine !== machine) {
      return this.#say(
        "I11-only-replicas-speak",
        machine,
        `a ${message.kind} of ${message.from}, which has no log here`,
      )
    }
    truth.isUsed = true
    if (truth.isOver) this.#say("I11-the-ended-are-silent", machine, `a ${message.kind} of a replica that is over`)
    const problem = speaksTooEarly(truth.durable, message)
    if (problem !== undefined) this.#say("I10-durable-before-it-is-said", machine, problem)
  }

  #create(machine: Machine, { call, mint: { replica, state } }: Extract<StoreRequest, { kind: "create" }>): void {
    const known = this.replicas.get(replica)
    // One that was put aside before it began may be made anew.
    if (known?.isMade === true && (known.isUsed || !known.isOver)) {
      this.#say("ids-are-used-once", machine, `replica ${replica} is made again`)
    }
    const durable = DurableLog.of(state, this.#prefixOf)
    const truth = {
      ...{ replica, machine, durable, written: durable.copy(), pending: [] },
      ...{ createCall: call, retireCall: undefined, isMade: false, isUsed: false, isOver: false, isLost: false },
    }
    this.replicas.set(replica, truth)
    this.#current.set(machine, truth)
  }

  #write(machine: Machine, write: number, bytes: Uint8Array): void {
    const truth = this.#current.get(machine)
    const records = readRecords(bytes)
    if (truth === undefined) return this.#say("a-log-is-made-first", machine, "a write for no replica")
    if (typeof records === "string") return this.#say("writes-can-be-read", machine, `a write is ${records}`)
    truth.isUsed = true
    truth.pending.push({ write, records })
    const problem = truth.written.take(records, this.#prefixOf)
    if (problem !== undefined) this.#say("I7-terms-and-votes-on-disk", machine, problem)
    for (const record of records) {
      if (record.kind === "truncate") this.seen.cuts++
      else if (record.kind === "snapshot") this.seen.snapshots++
      else if (record.kind === "entry") this.#matches(machine, truth.written, record.entry)
    }
  }

  /** I3, log matching: an index and a term name one log up to there, for ever and everywhere. */
  #matches(machine: Machine, log: DurableLog, { index, term }: Entry): void {
    const prefix = log.at(index)?.prefix ?? 0
    if (prefix === 0) return
    const place = term * PLACES_OF_TERM + index
    const known = this.#matching.get(place)
    if (known === undefined) this.#matching.set(place, prefix)
    else if (known !== prefix)
      this.#say("I3-log-matching", machine, `two logs have another entry ${index}:${term}, or before it`)
  }

  #persisted(machine: Machine, write: number): void {
    const truth = this.#current.get(machine)
    if (truth === undefined) return
    const open = machine.files.unsynced().filter((name) => SEGMENT.test(name))
    if (open.length > 0) this.#say("I10-synced-before-it-is-said", machine, `${open.join(", ")} is not synced`)
    while ((truth.pending[0]?.write ?? Number.POSITIVE_INFINITY) <= write) {
      truth.durable.take((truth.pending.shift() as PendingWrite).records, this.#prefixOf)
    }
  }

  #opened(machine: Machine, opened: Opened): void {
    const truth = this.#current.get(machine)
    if (opened.kind === "open") return this.#recovered(machine, opened)
    if (truth === undefined) return
    const isExcused = truth.isLost || machine.files.isTroubled
    if (opened.kind === "nothing" && truth.isMade && !isExcused) {
      this.#say("logs-come-back", machine, `the log of ${truth.replica} is gone`)
    }
    if (opened.kind === "closed" && !isExcused) this.#say("logs-come-back", machine, opened.message)
    if (opened.kind === "nothing") this.#current.delete(machine)
    else this.#lost(truth)
  }

  #lost(truth: ReplicaTruth): void {
    this.seen.lost++
    truth.isLost = true
  }

  /** What was reported is there, and of what was not yet the first writes, each whole. */
  #recovered(machine: Machine, { identity, stored }: Extract<Opened, { kind: "open" }>): void {
    const truth = this.#current.get(machine)
    if (truth?.replica !== identity.replica) {
      return this.#say("logs-come-back", machine, `a log of ${identity.replica} instead of ${truth?.replica}`)
    }
    truth.isMade = true
    this.seen.recovered++
    const log = truth.durable.copy()
    for (let next = 0; !isSame(log, stored); next++) {
      const write = truth.pending[next]
      if (write === undefined) {
        const { term, vote } = stored.hardState
        const last = stored.entries.at(-1)?.index ?? stored.snapshot.index
        const want = `term ${truth.durable.term}, vote ${truth.durable.vote}, last ${truth.durable.last}`
        return this.#say("logs-come-back", machine, `term ${term}, vote ${vote}, last ${last} after ${want}`)
      }
      log.take(write.records, this.#prefixOf)
      this.seen.unreported++
    }
    truth.durable = log
    truth.written = log.copy()
    truth.pending = []
  }

  #say(invariant: string, machine: Machine, message: string): void {
    this.#broken(invariant, machine.name, message)
  }
}

function isSame(log: DurableLog, { hardState, snapshot, entries }: StoredState): boolean {
  const last = entries.at(-1)?.index ?? snapshot.index
  if (log.term !== hardState.term || log.vote !== hardState.vote || log.last !== last) return false
  return entries.every((entry) => log.has(entry.index, keyOf(entry)))
}

function speaksTooEarly(log: DurableLog, message: FrameWords): string | undefined {
  const { kind, term } = message
  if (!SPEAKS_OF_DISK.has(kind)) return undefined
  // A granted pre-vote names a term that nobody has entered.
  if (kind === "preVoteReply" && message.granted) return undefined
  if (log.term < term) return `${kind} speaks of term ${term}, on disk is ${log.term}`
  if (log.term !== term) return undefined
  if (kind === "voteReply" && message.granted && log.vote !== message.to)
    return `a vote for ${message.to} is not on disk`
  if (kind === "vote" && log.vote !== message.from) return "an own vote is not on disk"
  if (kind === "appended" && log.last < message.match) return `${message.match} is acknowledged, on disk is ${log.last}`
  return undefined
}
