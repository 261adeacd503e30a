import type { Addr } from "@conclave/base"
import {
  ChunkWriter,
  type ClusterId,
  type Effect,
  type Entry,
  type Input,
  Install,
  type LogIndex,
  logIndex,
  type Machine,
  type Raft,
  type ReplicaId,
  recordsOf,
  type SnapshotMeta,
  type SnapshotReader,
} from "@conclave/consensus"
import type { LogStore, SnapshotWriter } from "../log-store.ts"
import type { Clock, Links, Log } from "../ports.ts"
import type { StreamServer } from "../streams/stream-server.ts"
import type { Relation } from "./relation.ts"
import { lost, type ReplicaEnd } from "./replica-end.ts"
import { SnapshotReceiver, sendSnapshot } from "./snapshot-stream.ts"

/** Records in one go; the loop belongs to others in between. What they leave the collector comes on top. */
const SLICE_MS = 1
/** A snapshot is taken when the log behind the last one is so many times its size (Raft thesis §5.1.3). */
const LOG_FACTOR = 4
/** What an entry costs on disk beside its data. */
const ENTRY_BYTES = 32
/** Records weighed between two looks at the clock. */
const SETTLED_AT_ONCE = 16
/** Turns in which commands may bring more to weigh; then the rest is weighed at once. */
const SETTLE_TURNS_MAX = 8

type Sending = Omit<Extract<Effect, { kind: "sendSnapshot" }>, "kind">

export interface SnapshotDutiesOptions {
  readonly clock: Clock
  readonly log: Log
  readonly links: Pick<Links, "dial">
  readonly server: StreamServer
  readonly store: LogStore
  readonly cluster: ClusterId
  readonly self: ReplicaId
  readonly raft: Raft
  readonly snapshotBytesMin: number
  readonly addrOf: (replica: ReplicaId) => Addr | undefined
  readonly relation: (replica: ReplicaId) => Relation
  readonly machine: () => Machine
  readonly atRest: (done: () => void) => void
  readonly input: (input: Input) => void
  readonly onRestored: (machine: Machine, index: LogIndex) => void
  readonly onEnd: (end: ReplicaEnd) => void
}

/** Snapshots of one replica: its own ones, those that it sends, those that it takes over. */
export class SnapshotDuties {
  readonly #options: SnapshotDutiesOptions
  readonly #receiver: SnapshotReceiver
  /** Calls off the snapshot that is being sent. */
  #cancel: (() => void) | undefined
  #logBytes = 0
  /** Of the state in the last snapshot. */
  #snapshotBytes: number
  #isTaking = false
  #isStopped = false

  constructor(options: SnapshotDutiesOptions) {
    this.#options = options
    this.#snapshotBytes = options.raft.log.snapshot.index === 0 ? 0 : options.machine().stateBytes
    this.#receiver = new SnapshotReceiver({
      ...options,
      onReceived: (from, term, meta) => options.input({ kind: "snapshotReceived", from, term, meta }),
    })
  }

  stop(): void {
    this.#isStopped = true
    this.#receiver.stop()
    this.callOff()
  }

  /** What is being sent is of no use any more: this replica leads no longer, or another one takes its place. */
  callOff(): void {
    this.#cancel?.()
  }

  /** Takes one of our own when the log has grown enough. */
  applied(entry: Entry): void {
    this.#logBytes += entry.data.length + ENTRY_BYTES
    const { raft, snapshotBytesMin } = this.#options
    const limit = Math.max(snapshotBytesMin, LOG_FACTOR * this.#snapshotBytes)
    // Of what is still applied while another state comes in its place the log has forgotten where it stood.
    if (this.#logBytes <= limit || this.#isTaking || raft.installing !== undefined) return
    this.#isTaking = true
    this.#settle(SETTLE_TURNS_MAX)
  }

  send({ sending, to, meta }: Sending): void {
    this.callOff()
    this.#cancel = sendSnapshot({ ...this.#options, to, meta, term: this.#options.raft.term }, (ok) => {
      this.#cancel = undefined
      if (!this.#isStopped) this.#options.input({ kind: "snapshotSent", sending, ok })
    })
  }

  /** The state of a snapshot that has arrived takes the place of ours. */
  restore(meta: SnapshotMeta): void {
    installSnapshot(this.#options, meta, (machine) => {
      // A newer one that came meanwhile may be ready sooner: this one would take its state back.
      if (this.#isStopped || this.#options.raft.installing?.index !== meta.index) return
      if (typeof machine === "string") {
        return this.#options.onEnd(lost("snapshot-unusable", machine))
      }
      this.#logBytes = 0
      this.#snapshotBytes = machine.stateBytes
      this.#options.onRestored(machine, meta.index)
    })
  }

  /** What has changed last is not weighed yet, and would be all at once for the hash in the snapshot. */
  #settle(turnsLeft: number): void {
    const { raft, clock, machine, atRest } = this.#options
    // Meanwhile another one may have arrived.
    const isNeeded = raft.installing === undefined && machine().appliedIndex > raft.log.snapshot.index
    if (this.#isStopped || !isNeeded) {
      this.#isTaking = false
      return
    }
    const untilMs = clock.now() + SLICE_MS
    while (machine().weigh(SETTLED_AT_ONCE)) {
      if (clock.now() < untilMs) continue
      if (turnsLeft > 0) return clock.afterTurn(() => atRest(() => this.#settle(turnsLeft - 1)))
      break
    }
    this.#take()
  }

  /** The state as it is now, whatever is applied while it is written. */
  #take(): void {
    const { raft, store, clock, machine } = this.#options
    const bytesBefore = this.#logBytes
    const { stateBytes } = machine()
    const reader = machine().snapshot()
    const meta = raft.log.metaAt(logIndex(reader.index))
    const writer = store.writeSnapshot(meta)
    const end = (ok: boolean): void => {
      this.#isTaking = false
      reader.close()
      // One that found no room is tried again when as much has come on top.
      this.#logBytes = Math.max(0, this.#logBytes - bytesBefore)
      if (!ok || this.#isStopped || meta.index <= raft.log.snapshot.index) return
      this.#snapshotBytes = stateBytes
      store.compact(meta)
      this.#options.input({ kind: "snapshotTaken", meta })
    }
    writeSnapshot({ clock, reader, writer, isCalledOff: () => this.#isStopped }, end)
  }
}

/** Writes what a reader of the state says into the store; calls back with whether all of it is there. */
export function writeSnapshot(
  {
    clock,
    reader,
    writer,
    isCalledOff,
  }: {
    readonly clock: Clock
    readonly reader: Pick<SnapshotReader, "next">
    readonly writer: SnapshotWriter
    readonly isCalledOff: () => boolean
  },
  done: (ok: boolean) => void,
): void {
  const chunks = new ChunkWriter()
  const append = (chunk: Uint8Array, next: () => void): void =>
    writer.append(chunk, (result) => (result.ok && !isCalledOff() ? next() : done(false)))
  const finish = (): void => writer.finish((result) => done(result.ok))
  const read = (): void => {
    const untilMs = clock.now() + SLICE_MS
    do {
      const record = reader.next()
      const chunk = record === undefined ? chunks.take() : chunks.add(record)
      if (record === undefined) return chunk === undefined ? finish() : append(chunk, finish)
      if (chunk !== undefined) return append(chunk, read)
    } while (clock.now() < untilMs)
    later()
  }
  const later = (): void => clock.afterTurn(() => (isCalledOff() ? done(false) : read()))
  later()
}

/** Reads a snapshot of the store into a machine of its own; calls back with it, or with what is wrong, for people. */
export function installSnapshot(
  { store, clock }: { readonly store: LogStore; readonly clock: Clock },
  meta: SnapshotMeta,
  done: (machine: Machine | string) => void,
): void {
  const reader = store.readSnapshot(meta)
  const install = new Install()
  const end = (outcome: Machine | string): void => {
    reader.close()
    done(outcome)
  }
  const unusable = (why: string): void => end(`the snapshot of entry ${meta.index} cannot be used: ${why}`)
  const take = (records: readonly Uint8Array[], from: number): void => {
    const untilMs = clock.now() + SLICE_MS
    for (let at = from; at < records.length; at++) {
      if (at > from && clock.now() >= untilMs) return rest(untilMs, () => take(records, at))
      if (!install.add(records[at] as Uint8Array)) return finish()
    }
    next()
  }
  // What has held a slice up is the collector, as a rule, and then it need not come once more.
  const rest = (untilMs: number, act: () => void): void =>
    clock.now() < untilMs + SLICE_MS ? clock.afterSlice(act) : clock.afterTurn(act)
  const finish = (): void => {
    const machine = install.finish(meta.index)
    if (typeof machine === "string") unusable(`its records are ${machine}`)
    else end(machine)
  }
  const next = (): void =>
    reader.next((chunk) => {
      if (chunk.kind === "unreadable") return unusable(chunk.message)
      if (chunk.kind === "end") return finish()
      const records = recordsOf(chunk.bytes)
      if (records === undefined) unusable("a chunk is none")
      else take(records, 0)
    })
  next()
}
