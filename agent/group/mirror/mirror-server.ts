import {
  ChunkWriter,
  type Entry,
  type LogEntry,
  logIndex,
  type Machine,
  type SnapshotReader,
} from "@conclave/consensus"
import type { Clock } from "../../ports.ts"
import type { RunningReplica } from "../../replica/running-replica.ts"
import { SLICE_MS } from "../../slices.ts"
import type { Dialler, Inbound } from "../../streams/stream-server.ts"
import { Timers } from "../../timers.ts"
import { decodeMirrorWish, encodeMirror, type MirrorFrame } from "./mirror-frames.ts"

/** Mirrors that one relay feeds. */
const MIRRORS_MAX = 4096
/** Of them those that are given the whole state at once: each sets aside what changes meanwhile. */
const STATES_MAX = 4
/** Entries of one frame, in bytes of their commands. */
const ENTRIES_BYTES = 64 * 1024
/** What waits for one mirror; more is read from the log, or from the state, when that has left. */
const WAITING_BYTES_MAX = 1024 * 1024
/** Whoever takes nothing for so long is let go, and asks again. */
const STUCK_MS = 30_000
const PAUSE_MS = 10
/**
 * What it takes to tell all mirrors is followed by a rest so many times as long: what is applied meanwhile goes in one
 * frame.
 */
const REST_FACTOR = 2
/** Less is no rest. */
const REST_MS_MIN = 2
/** As often each mirror that has everything hears how old that may be. */
const PULSE_MS = 1000

/** One mirror: live once it has everything, fed piece by piece before. */
interface Subscriber {
  readonly dialler: Dialler
  /** The last entry that was sent to it. */
  index: number
  /** That of the state which it has; undefined = it is known to be ours. */
  epoch: number | undefined
  isLive: boolean
  state: { readonly reader: SnapshotReader; readonly chunks: ChunkWriter } | undefined
  /** When there was room for more to it. */
  readyMs: number
}

/**
 * Feeds the mirrors of hosts that have no replica: the state once, then each entry as it is applied here. However many
 * lack something, the loop is theirs for one slice at a time: their relay may be the leader of all.
 */
export class MirrorServer {
  readonly #clock: Clock
  readonly #running: () => RunningReplica | undefined
  readonly #timers: Timers
  readonly #subscribers: Set<Subscriber> = new Set()
  /** Those that lack something; whoever was fed last stands last. */
  readonly #lacking: Set<Subscriber> = new Set()
  /** Those that are given the state, or wait for it to rest. */
  readonly #states: Set<Subscriber> = new Set()
  /** Applied here, and not told yet. */
  #fresh: LogEntry[] = []
  #freshBytes = 0
  /** Until then what is applied waits to be told. */
  #restUntilMs = 0
  #isFeeding = false
  #isPulsing = false

  constructor(clock: Clock, running: () => RunningReplica | undefined) {
    this.#clock = clock
    this.#running = running
    this.#timers = new Timers(clock)
  }

  stop(): void {
    this.#timers.stop()
    this.#isPulsing = false
    this.restart()
  }

  /** What was sent no longer leads to what is here: everybody begins anew. */
  restart(): void {
    this.#forget()
    for (const subscriber of [...this.#subscribers]) this.#drop(subscriber)
  }

  serve(dialler: Dialler): Inbound | string {
    if (this.#running() === undefined) return "this host has no replica to mirror"
    if (this.#subscribers.size >= MIRRORS_MAX) return "this relay feeds as many mirrors as it can"
    const readyMs = this.#clock.now()
    const subscriber: Subscriber = { dialler, index: 0, epoch: 0, isLive: false, state: undefined, readyMs }
    this.#subscribers.add(subscriber)
    if (!this.#isPulsing) this.#awaitPulse()
    let hasAsked = false
    return {
      onFrame: (frame) => {
        const wish = frame.kind === "chunk" && !hasAsked ? decodeMirrorWish(frame.body) : undefined
        if (wish === undefined) return void this.#drop(subscriber)
        hasAsked = true
        Object.assign(subscriber, wish)
        this.#lacks(subscriber)
      },
      onEnd: () => void this.#drop(subscriber),
    }
  }

  /**
   * An entry was applied here. What comes of one turn is told at its end, in as few frames as hold it; where there are
   * thousands to be told, less often.
   */
  applied(entry: Entry): void {
    if (this.#subscribers.size === 0) return
    const told = logEntryOf(entry)
    if (this.#freshBytes > 0 && this.#freshBytes + entry.data.length > ENTRIES_BYTES) this.#tell()
    this.#fresh.push(told)
    this.#freshBytes += entry.data.length
    if (this.#fresh.length > 1) return
    if (this.#restUntilMs - this.#clock.now() < REST_MS_MIN) this.#clock.afterTurn(() => this.#tell())
    else this.#timers.at(this.#restUntilMs, () => this.#tell())
  }

  #tell(): void {
    const entries = this.#fresh
    const last = entries.at(-1)
    this.#forget()
    if (last === undefined) return
    const begunMs = this.#clock.now()
    const body = encodeMirror({ kind: "entries", entries })
    for (const subscriber of [...this.#subscribers]) {
      if (!subscriber.isLive) continue
      if (subscriber.dialler.waitingBytes() > WAITING_BYTES_MAX) this.#lacks(subscriber)
      else if (subscriber.dialler.send({ kind: "chunk", body })) subscriber.index = last.index
      else this.#drop(subscriber)
    }
    this.#rest(begunMs)
  }

  #rest(begunMs: number): void {
    const nowMs = this.#clock.now()
    this.#restUntilMs = Math.max(this.#restUntilMs, nowMs + REST_FACTOR * (nowMs - begunMs))
  }

  #awaitPulse(): void {
    this.#isPulsing = this.#subscribers.size > 0
    if (this.#isPulsing) this.#timers.at(this.#clock.now() + PULSE_MS, () => this.#pulse())
  }

  /** What is applied here and not told yet goes before it. */
  #pulse(): void {
    this.#tell()
    const replica = this.#running()
    if (replica !== undefined) {
      const begunMs = this.#clock.now()
      const body = encodeMirror({ kind: "pulse", ageMs: replica.ageMs })
      for (const subscriber of [...this.#subscribers]) {
        if (subscriber.isLive && !subscriber.dialler.send({ kind: "chunk", body })) this.#drop(subscriber)
      }
      this.#rest(begunMs)
    }
    this.#awaitPulse()
  }

  #forget(): void {
    this.#fresh = []
    this.#freshBytes = 0
  }

  #lacks(subscriber: Subscriber): void {
    subscriber.isLive = false
    subscriber.readyMs = this.#clock.now()
    this.#lacking.add(subscriber)
    if (this.#isFeeding) return
    this.#isFeeding = true
    this.#clock.afterTurn(() => this.#feedAll())
  }

  /** A piece each, one after the other, until the slice is over or all have to wait. */
  #feedAll(): void {
    const untilMs = this.#clock.now() + SLICE_MS
    let waiting = 0
    for (let [next] = this.#lacking; next !== undefined && waiting < this.#lacking.size; [next] = this.#lacking) {
      this.#lacking.delete(next)
      this.#lacking.add(next)
      waiting = this.#feed(next) ? 0 : waiting + 1
      if (this.#clock.now() >= untilMs) break
    }
    this.#isFeeding = this.#lacking.size > 0
    if (this.#isFeeding) this.#timers.at(this.#clock.now() + PAUSE_MS, () => this.#feedAll())
  }

  /** The next piece of what it lacks; false = it has to wait. */
  #feed(subscriber: Subscriber): boolean {
    const replica = this.#running()
    if (replica === undefined) return this.#drop(subscriber)
    if (subscriber.dialler.waitingBytes() > WAITING_BYTES_MAX) {
      return this.#clock.now() - subscriber.readyMs >= STUCK_MS && this.#drop(subscriber)
    }
    subscriber.readyMs = this.#clock.now()
    if (subscriber.state !== undefined) return this.#feedState(subscriber, subscriber.state)
    if (this.#states.has(subscriber)) return false
    if (subscriber.index > 0 && subscriber.epoch !== undefined)
      return this.#compare(subscriber, subscriber.epoch, replica)
    const { log } = replica.raft
    const applied = replica.appliedIndex
    if (subscriber.index > applied) return this.#drop(subscriber)
    if (subscriber.index + 1 < log.first || subscriber.index === 0) return this.#beginState(subscriber, replica)
    if (subscriber.index === applied) return this.#isUpToDate(subscriber, replica)
    const entries = log.slice(logIndex(subscriber.index + 1), applied, ENTRIES_BYTES)
    subscriber.index = entries.at(-1)?.index ?? subscriber.index
    return this.#send(subscriber, { kind: "entries", entries: entries.map(logEntryOf) })
  }

  /**
   * Behind a recovery entries have other content than those that were lost by it: whoever has such must begin anew, and
   * whoever knows of a recovery that this replica does not belongs to another relay.
   */
  #compare(subscriber: Subscriber, epoch: number, replica: RunningReplica): boolean {
    const here = replica.resting?.machine.epoch
    if (here === undefined) return false
    if (epoch > here) return this.#drop(subscriber)
    if (epoch < here) subscriber.index = 0
    subscriber.epoch = undefined
    return true
  }

  /** What it was told last is what others have yet to be told. */
  #isUpToDate(subscriber: Subscriber, { ageMs }: RunningReplica): true {
    this.#tell()
    this.#lacking.delete(subscriber)
    subscriber.isLive = true
    return this.#send(subscriber, { kind: "pulse", ageMs })
  }

  #beginState(subscriber: Subscriber, replica: RunningReplica): boolean {
    if (this.#states.size >= STATES_MAX) return false
    this.#states.add(subscriber)
    replica.readHere((machine: Machine) => {
      // It may have gone while an entry was at work.
      if (!this.#states.has(subscriber)) return
      const reader = machine.snapshot()
      subscriber.state = { reader, chunks: new ChunkWriter() }
      subscriber.index = reader.index
      this.#send(subscriber, { kind: "begin", index: reader.index })
    })
    return true
  }

  /** One chunk of it. */
  #feedState(subscriber: Subscriber, { reader, chunks }: NonNullable<Subscriber["state"]>): boolean {
    for (let record = reader.next(); record !== undefined; record = reader.next()) {
      const chunk = chunks.add(record)
      if (chunk !== undefined) return this.#send(subscriber, { kind: "records", chunk })
    }
    const rest = chunks.take()
    if (rest !== undefined) this.#send(subscriber, { kind: "records", chunk: rest })
    this.#endState(subscriber)
    return this.#send(subscriber, { kind: "whole" })
  }

  #endState(subscriber: Subscriber): void {
    this.#states.delete(subscriber)
    subscriber.state?.reader.close()
    subscriber.state = undefined
  }

  #send(subscriber: Subscriber, frame: MirrorFrame): true {
    if (!subscriber.dialler.send({ kind: "chunk", body: encodeMirror(frame) })) this.#drop(subscriber)
    return true
  }

  #drop(subscriber: Subscriber): true {
    if (!this.#subscribers.delete(subscriber)) return true
    this.#lacking.delete(subscriber)
    this.#endState(subscriber)
    subscriber.dialler.close()
    return true
  }
}

function logEntryOf({ index, stampMs, kind, data }: Entry): LogEntry {
  return { index, stampMs, data: kind === "command" ? data : undefined }
}
