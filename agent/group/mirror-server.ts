import {
  ChunkWriter,
  type Entry,
  type LogEntry,
  logIndex,
  type Machine,
  type SnapshotReader,
} from "@conclave/consensus"
import type { Clock } from "../ports.ts"
import type { RunningReplica } from "../replica/running-replica.ts"
import type { Dialler, Inbound } from "../streams/stream-server.ts"
import { Timers } from "../timers.ts"
import { decodeIndex, encodeMirror, type MirrorFrame } from "./mirror-frames.ts"

/** Mirrors that one relay feeds. */
const MIRRORS_MAX = 4096
/** Entries of one frame, in bytes of their commands. */
const ENTRIES_BYTES = 64 * 1024
/** What waits for one mirror while it catches up; more is read when that has left. */
const WAITING_BYTES_MAX = 1024 * 1024
const PAUSE_MS = 10
/** Records in one go. */
const SLICE_MS = 2

/** One mirror: live once it has everything, fed piece by piece before. */
interface Subscriber {
  readonly dialler: Dialler
  /** The last entry that was sent to it. */
  index: number
  isLive: boolean
  reader: SnapshotReader | undefined
}

/** Feeds the mirrors of hosts that have no replica: the state once, then each entry as it is applied here. */
export class MirrorServer {
  readonly #clock: Clock
  readonly #running: () => RunningReplica | undefined
  readonly #timers: Timers
  readonly #subscribers: Set<Subscriber> = new Set()

  constructor(clock: Clock, running: () => RunningReplica | undefined) {
    this.#clock = clock
    this.#running = running
    this.#timers = new Timers(clock)
  }

  stop(): void {
    this.#timers.stop()
    this.restart()
  }

  /** What was sent no longer leads to what is here: everybody begins anew. */
  restart(): void {
    for (const subscriber of [...this.#subscribers]) this.#drop(subscriber)
  }

  serve(dialler: Dialler): Inbound | string {
    if (this.#running() === undefined) return "this host has no replica to mirror"
    if (this.#subscribers.size >= MIRRORS_MAX) return "this relay feeds as many mirrors as it can"
    const subscriber: Subscriber = { dialler, index: 0, isLive: false, reader: undefined }
    this.#subscribers.add(subscriber)
    let hasAsked = false
    return {
      onFrame: (frame) => {
        const index = frame.kind === "chunk" && !hasAsked ? decodeIndex(frame.body) : undefined
        if (index === undefined) return this.#drop(subscriber)
        hasAsked = true
        subscriber.index = index
        this.#feed(subscriber)
      },
      onEnd: () => this.#drop(subscriber),
    }
  }

  /** An entry was applied here. */
  applied(entry: Entry): void {
    if (this.#subscribers.size === 0) return
    const frame = encodeMirror({ kind: "entries", entries: [logEntryOf(entry)] })
    for (const subscriber of [...this.#subscribers]) {
      if (!subscriber.isLive) continue
      subscriber.index = entry.index
      if (!subscriber.dialler.send({ kind: "chunk", body: frame })) this.#drop(subscriber)
    }
  }

  /** The next piece of what it lacks. */
  #feed(subscriber: Subscriber): void {
    const replica = this.#running()
    if (!this.#subscribers.has(subscriber)) return
    if (replica === undefined) return this.#drop(subscriber)
    if (subscriber.dialler.waitingBytes() > WAITING_BYTES_MAX) return this.#later(subscriber)
    if (subscriber.reader !== undefined) return this.#feedState(subscriber, subscriber.reader)
    const { log } = replica.raft
    const applied = replica.appliedIndex
    if (subscriber.index > applied) return this.#drop(subscriber)
    if (subscriber.index + 1 < log.first || subscriber.index === 0) return this.#beginState(subscriber, replica)
    if (subscriber.index === applied) {
      subscriber.isLive = true
      return
    }
    const entries = log.slice(logIndex(subscriber.index + 1), applied, ENTRIES_BYTES)
    subscriber.index = entries.at(-1)?.index ?? subscriber.index
    this.#send(subscriber, { kind: "entries", entries: entries.map(logEntryOf) })
    this.#clock.afterTurn(() => this.#feed(subscriber))
  }

  #beginState(subscriber: Subscriber, replica: RunningReplica): void {
    replica.readHere((machine: Machine) => {
      // It may have gone while an entry was at work.
      if (!this.#subscribers.has(subscriber)) return
      const reader = machine.snapshot()
      subscriber.reader = reader
      subscriber.index = reader.index
      this.#send(subscriber, { kind: "begin", index: reader.index })
      this.#feed(subscriber)
    })
  }

  #feedState(subscriber: Subscriber, reader: SnapshotReader): void {
    const untilMs = this.#clock.now() + SLICE_MS
    const chunks = new ChunkWriter()
    for (let record = reader.next(); record !== undefined; record = reader.next()) {
      const full = chunks.add(record)
      if (full !== undefined) this.#send(subscriber, { kind: "records", chunk: full })
      if (full === undefined && this.#clock.now() < untilMs) continue
      const rest = chunks.take()
      if (rest !== undefined) this.#send(subscriber, { kind: "records", chunk: rest })
      return this.#later(subscriber)
    }
    const rest = chunks.take()
    if (rest !== undefined) this.#send(subscriber, { kind: "records", chunk: rest })
    subscriber.reader = undefined
    this.#send(subscriber, { kind: "whole" })
    this.#feed(subscriber)
  }

  #later(subscriber: Subscriber): void {
    this.#timers.at(this.#clock.now() + PAUSE_MS, () => this.#feed(subscriber))
  }

  #send(subscriber: Subscriber, frame: MirrorFrame): void {
    if (!subscriber.dialler.send({ kind: "chunk", body: encodeMirror(frame) })) this.#drop(subscriber)
  }

  #drop(subscriber: Subscriber): void {
    if (!this.#subscribers.delete(subscriber)) return
    subscriber.reader?.close()
    subscriber.dialler.close()
  }
}

function logEntryOf({ index, stampMs, kind, data }: Entry): LogEntry {
  return { index, stampMs, data: kind === "command" ? data : undefined }
}
