import type { DiskState, Effect, Input, Message, Raft } from "@conclave/consensus"
import { JudgedAlarm } from "../judged-alarm.ts"
import type { LogStore } from "../log-store.ts"
import type { Clock } from "../ports.ts"

/** What the core wants of others than disk and wire. */
export type ReplicaEffect = Exclude<Effect, { kind: "send" | "persist" }>

export interface RaftDriverOptions {
  readonly raft: Raft
  readonly clock: Clock
  readonly store: Pick<LogStore, "persist" | "waitingSince" | "room">
  /** A write that waits longer makes the disk a stalled one. */
  readonly stallMs: number
  /** Frames that came: deadlines are judged when it stands still. */
  readonly received: () => number
  readonly send: (message: Message) => void
  readonly onEffect: (effect: ReplicaEffect) => void
}

/**
 * Messages that wait for the disk. It may be full for days, and each heartbeat has its answer: what is beyond is
 * dropped, since Raft repeats what matters.
 */
const HELD_MAX = 4096

interface Held {
  readonly write: number
  readonly message: Message
}

/**
 * Connects a `Raft` to a disk, a wire and a clock. Effects are done in their order; what relies on a write leaves when
 * the disk has reported it (Raft §5.2, §5.3), from this one place.
 */
export class RaftDriver {
  readonly raft: Raft
  readonly #options: RaftDriverOptions
  readonly #alarm: JudgedAlarm
  readonly #waiting: Input[] = []
  #held: Held[] = []
  #written = 0
  #persisted = 0
  #disk: DiskState = "ok"
  #isFull = false
  #isStepping = false
  #isStopped = false

  constructor(options: RaftDriverOptions) {
    this.raft = options.raft
    this.#options = options
    const { clock, received } = options
    this.#alarm = new JudgedAlarm({ clock, received, judge: (lostMs) => this.#judge(lostMs) })
  }

  start(): void {
    this.input({ kind: "tick" })
  }

  /** Inputs that arrive while one is being worked on wait their turn. */
  input(input: Input): void {
    if (this.#isStopped) return
    this.#hearRoom()
    this.#waiting.push(input)
    if (this.#isStepping) return
    this.#isStepping = true
    for (let next = this.#waiting.shift(); next !== undefined && !this.#isStopped; next = this.#waiting.shift()) {
      for (const effect of this.raft.step(this.#options.clock.now(), next)) this.#perform(effect)
    }
    this.#isStepping = false
    this.#arm()
  }

  /** The store says that this write and all before it are durable. */
  persisted(write: number, epoch: number): void {
    if (this.#isStopped) return
    this.#persisted = write
    const free = this.#held.findIndex((held) => held.write > write)
    const released = this.#held.splice(0, free < 0 ? this.#held.length : free)
    for (const { message } of released) this.#options.send(message)
    this.input({ kind: "persisted", write, epoch })
    if (this.#disk === "stalled" && !this.#isDiskLate()) this.#setDisk("ok")
  }

  /** Nothing leaves any more, also not what waits for the disk. */
  stop(): void {
    this.#isStopped = true
    this.#held = []
    this.#waiting.length = 0
    this.#alarm.stop()
  }

  #perform(effect: Effect): void {
    if (this.#isStopped) return
    switch (effect.kind) {
      case "send":
        if (effect.after === "now" || this.#persisted >= this.#written) this.#options.send(effect.message)
        else if (this.#held.length < HELD_MAX) this.#held.push({ write: this.#written, message: effect.message })
        return
      case "persist":
        this.#written = effect.write.write
        return this.#options.store.persist(effect.write)
      default:
        return this.#options.onEffect(effect)
    }
  }

  #arm(): void {
    const since = this.#options.store.waitingSince
    const isWatched = since !== undefined && this.#disk === "ok"
    const stallDue = isWatched ? since + this.#options.stallMs : Number.POSITIVE_INFINITY
    this.#alarm.arm(Math.min(this.raft.nextDeadlineMs, stallDue))
  }

  /** After a stall of our own the disk's report may be waiting to be read: the disk is judged the next time. */
  #judge(lostMs: number): void {
    if (lostMs === 0 && this.#disk === "ok" && this.#isDiskLate()) this.#setDisk("stalled")
    this.input(lostMs > 0 ? { kind: "stalled", lostMs } : { kind: "tick" })
  }

  /** Before anything is proposed or answered. */
  #hearRoom(): void {
    const isFull = this.#options.store.room !== "ok"
    if (isFull === this.#isFull) return
    this.#isFull = isFull
    this.#waiting.push({ kind: "room", isFull })
  }

  #isDiskLate(): boolean {
    const { store, clock, stallMs } = this.#options
    // The same sum as the alarm is armed for: a difference may be rounded to just below, and the alarm ring for ever.
    return store.waitingSince !== undefined && clock.now() >= store.waitingSince + stallMs
  }

  #setDisk(state: DiskState): void {
    this.#disk = state
    this.input({ kind: "disk", state })
  }
}
