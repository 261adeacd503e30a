import type { Addr } from "@conclave/base"
import {
  type Applied,
  type Entry,
  Install,
  type LogEntry,
  logIndex,
  Machine,
  recordsOf,
  type StopReason,
  term,
} from "@conclave/consensus"
import type { Clock, Links } from "../ports.ts"
import { Applying } from "../replica/applying.ts"
import type { RestingState } from "../replica/state-readers.ts"
import { jittered } from "../streams/jitter.ts"
import { KeptChannel } from "../streams/kept-channel.ts"
import { encodeFrame, type Hello, STREAM_VERSION, type StreamFrame } from "../streams/stream-frame.ts"
import { Timers } from "../timers.ts"
import { decodeMirror, encodeMirrorWish, type MirrorFrame } from "./mirror-frames.ts"

/** Pauses after a relay that broke off without a word double up to the last, less a share of each. */
const RETRY_MIN_MS = 250
const RETRY_MAX_MS = 2000
/** A channel on which nothing is sent is asked after as often: a relay that is gone is noticed by its silence. */
const ASK_MS = 1000
/** What the group has agreed on is on its way here for less than this, or the relay does not have it. */
export const QUIET_MS = 1000

export interface MirrorOptions {
  readonly clock: Clock
  readonly links: Pick<Links, "dial">
  readonly hello: () => Pick<Hello, "cluster" | "from">
  /** Who may be mirrored, the preferred one first. */
  readonly relays: () => readonly Addr[]
  readonly onApplied: (applied: Extract<Applied, { kind: "applied" }>, machine: Machine) => void
  readonly onReplaced: (machine: Machine) => void
}

/**
 * The state of the group on a host that has no replica, for its own reading: fed by a relay, it counts in no quorum and
 * keeps nothing on disk. A relay that breaks off is replaced; the mirror goes on from its last entry where that is possible.
 */
export class Mirror {
  readonly #options: MirrorOptions
  readonly #timers: Timers
  #applying: Applying | undefined
  #machine: Machine | undefined
  #channel: KeptChannel | undefined
  #install: { readonly state: Install; readonly index: number } | undefined
  #heardMs = 0
  #subscribedMs = 0
  #turns = 0
  #retryMs = RETRY_MIN_MS

  constructor(options: MirrorOptions) {
    this.#options = options
    this.#timers = new Timers(options.clock)
  }

  /** The state, unless none was ever told or an entry is at work. */
  get resting(): RestingState | undefined {
    const [applying, machine] = [this.#applying, this.#machine]
    if (machine === undefined || applying?.isAtRest !== true) return undefined
    return { applied: applying.applied, machine }
  }

  /** The last entry that is applied here; 0 = none. */
  get applied(): number {
    return this.#applying?.applied ?? 0
  }

  /** How long nothing was heard of the relay. */
  get ageMs(): number {
    return this.#options.clock.now() - this.#heardMs
  }

  /** Begins, unless it has begun. */
  start(): void {
    if (this.#channel === undefined) this.#subscribe()
  }

  /** The group has gone on, and its relay does not say so: the next one may. Each has some time to say anything. */
  lagsBehind(): void {
    const channel = this.#channel
    const quietMs = this.#options.clock.now() - Math.max(this.#heardMs, this.#subscribedMs)
    if (channel !== undefined && quietMs >= QUIET_MS) this.#ended(channel)
  }

  stop(): void {
    this.#timers.stop()
    this.#channel?.close()
    this.#channel = undefined
    this.#forget()
    this.#install = undefined
  }

  #forget(): void {
    this.#applying?.stop()
    this.#applying = undefined
    this.#machine = undefined
  }

  #subscribe(): void {
    const { links, clock, hello, relays } = this.#options
    this.#subscribedMs = clock.now()
    const known = relays()
    const relay = known[this.#turns++ % Math.max(1, known.length)]
    const channel: KeptChannel = new KeptChannel({
      links,
      clock,
      addr: () => relay,
      hello: () => ({ kind: "hello", version: STREAM_VERSION, purpose: "mirror", to: "", ...hello() }),
      onFrame: (frame) => this.#heard(frame),
      onEnd: () => this.#ended(channel),
      onGone: () => {},
    })
    this.#channel = channel
    const wish = { index: this.applied, epoch: this.#machine?.epoch ?? 0 }
    const first = encodeFrame({ kind: "chunk", body: encodeMirrorWish(wish) })
    if (channel.send(first)) this.#ask(channel)
    else this.#ended(channel)
  }

  /** Whoever sends nothing is never told that the relay is gone. */
  #ask(channel: KeptChannel): void {
    if (this.#channel !== channel) return
    channel.ping()
    this.#timers.at(this.#options.clock.now() + ASK_MS, () => this.#ask(channel))
  }

  #ended(channel: KeptChannel): void {
    channel.close()
    if (this.#channel !== channel) return
    this.#install = undefined
    const { clock, hello } = this.#options
    const pauseMs = jittered(this.#retryMs, hello().from, this.#turns)
    this.#retryMs = Math.min(2 * this.#retryMs, RETRY_MAX_MS)
    this.#timers.at(clock.now() + pauseMs, () => {
      if (this.#channel === channel) this.#subscribe()
    })
  }

  #heard(frame: StreamFrame): void {
    const told = frame.kind === "chunk" ? decodeMirror(frame.body) : undefined
    this.#heardMs = this.#options.clock.now()
    if (told === undefined || !this.#take(told)) return this.#startOver()
    this.#retryMs = RETRY_MIN_MS
  }

  /** False: what it says does not fit what is here. */
  #take(told: MirrorFrame): boolean {
    switch (told.kind) {
      case "begin":
        // Of entries that a recovery has lost nothing may be seen any more.
        if (told.index < this.applied) this.#forget()
        this.#install = { state: new Install(), index: told.index }
        return true
      case "records":
        return recordsOf(told.chunk)?.every((record) => this.#install?.state.add(record) === true) === true
      case "whole":
        return this.#replace()
      case "entries":
        return this.#commit(told.entries)
    }
  }

  #replace(): boolean {
    const { state, index = 0 } = this.#install ?? {}
    const machine = state?.finish(index)
    this.#install = undefined
    if (!(machine instanceof Machine)) return false
    this.#machine = machine
    this.#applying?.stop()
    this.#applying = new Applying({
      clock: this.#options.clock,
      machine,
      applied: logIndex(index),
      onApplied: (applied) => this.#applied(applied),
    })
    this.#options.onReplaced(machine)
    return true
  }

  #commit(entries: readonly LogEntry[]): boolean {
    const applying = this.#applying
    let last = applying?.committed
    if (applying === undefined || last === undefined) return false
    for (const { index } of entries) {
      if (index !== last + 1) return false
      last = logIndex(index)
    }
    applying.commit(entries.map(entryOf))
    return true
  }

  #applied(applied: Applied): void {
    if (applied.kind === "stopped") return this.#stopped(applied.reason)
    if (this.#machine !== undefined) this.#options.onApplied(applied, this.#machine)
  }

  /** A state that is not the group's is of no use, and its relay has another; what this program does not know it never will. */
  #stopped(reason: StopReason): void {
    if (reason === "unknown-command") this.stop()
    else this.#startOver()
  }

  #startOver(): void {
    const channel = this.#channel
    this.#forget()
    if (channel !== undefined) this.#ended(channel)
  }
}

function entryOf({ index, stampMs, data }: LogEntry): Entry {
  const kind = data === undefined ? "noop" : "command"
  return { index: logIndex(index), term: term(0), kind, stampMs, featureLevel: 1, data: data ?? new Uint8Array(0) }
}
