import {
  type Applied,
  type Entry,
  Install,
  type LogEntry,
  logIndex,
  Machine,
  type StopReason,
  term,
} from "@conclave/consensus"
import { Applying } from "../../replica/applying.ts"
import { Freshness } from "../../replica/freshness.ts"
import type { RestingState } from "../../replica/state-readers.ts"
import { encodeMirrorWish, type MirrorFrame } from "./mirror-frames.ts"
import { MirrorIntake } from "./mirror-intake.ts"
import { type Outward, RelayFeed } from "./relay-feed.ts"

const RETRY_MAX_MS = 2000
const ASK_MS = 1000
/** What the group has agreed on is on its way here for less than this, or the relay does not have it. */
export const QUIET_MS = 1000

export interface MirrorOptions extends Outward {
  readonly onApplied: (applied: Extract<Applied, { kind: "applied" }>, machine: Machine) => void
  readonly onReplaced: (machine: Machine) => void
}

/**
 * The state of the group on a host that has no replica, for its own reading: fed by a relay, it counts in no quorum and
 * keeps nothing on disk. A relay that breaks off is replaced; the mirror goes on from its last entry where that is
 * possible.
 */
export class Mirror {
  readonly #options: MirrorOptions
  readonly #feed: RelayFeed
  readonly #intake: MirrorIntake
  #applying: Applying | undefined
  #machine: Machine | undefined
  /** When the relay told something new. */
  #gainedMs = 0
  #freshness: Freshness = new Freshness()
  #install: { readonly state: Install; readonly index: number } | undefined

  constructor(options: MirrorOptions) {
    this.#options = options
    const { clock, links, hello, relays } = options
    this.#feed = new RelayFeed({
      clock,
      links,
      hello,
      relays,
      purpose: "mirror",
      retryMaxMs: RETRY_MAX_MS,
      askMs: ASK_MS,
      first: () => encodeMirrorWish({ index: this.applied, epoch: this.#machine?.epoch ?? 0 }),
      onTold: (body) => this.#heard(body),
      onBroken: () => this.#giveUp(),
    })
    this.#intake = new MirrorIntake({
      clock,
      record: (record) => {
        this.#gainedMs = clock.now()
        return this.#install?.state.add(record) === true
      },
      take: (told) => this.#take(told),
      onMisfit: () => this.#startOver(),
    })
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

  /** How old the state may be, by the word of its relay; Infinity before that has said anything. */
  get ageMs(): number {
    return this.#options.clock.now() - this.#freshness.asOfMs
  }

  /** Begins, unless it has begun. */
  start(): void {
    this.#feed.start()
  }

  /** The group has gone on, and its relay does not say so: the next one may. Each has some time to say anything. */
  lagsBehind(): void {
    const quietMs = this.#options.clock.now() - Math.max(this.#gainedMs, this.#feed.dialledMs)
    if (quietMs >= QUIET_MS) this.#feed.leave()
  }

  stop(): void {
    this.#feed.stop()
    this.#forget()
    this.#giveUp()
  }

  /** What was told and not taken yet, and a state that is not whole. */
  #giveUp(): void {
    this.#intake.clear()
    this.#install = undefined
  }

  #forget(): void {
    this.#applying?.stop()
    this.#applying = undefined
    this.#machine = undefined
    this.#freshness = new Freshness()
  }

  /** What does not fit is no start for what the next relay says. */
  #heard(body: Uint8Array): boolean {
    if (this.#intake.add(body)) return true
    this.#forget()
    return false
  }

  /** False: what it says does not fit what is here. */
  #take(told: Exclude<MirrorFrame, { kind: "records" }>): boolean {
    const nowMs = this.#options.clock.now()
    if (told.kind !== "pulse") this.#gainedMs = nowMs
    switch (told.kind) {
      case "begin":
        // Of entries that a recovery has lost nothing may be seen any more.
        if (told.index < this.applied) this.#forget()
        this.#install = { state: new Install(), index: told.index }
        return true
      case "whole":
        return this.#replace()
      case "entries":
        return this.#commit(told.entries)
      case "pulse":
        // All that it tells of has been told before it, if not applied.
        this.#freshness.told({ index: logIndex(this.#applying?.committed ?? 0), ms: nowMs - told.ageMs }, this.applied)
        return true
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
    this.#freshness.applied(applied.index)
    if (this.#machine !== undefined) this.#options.onApplied(applied, this.#machine)
  }

  /**
   * A state that is not the group's is of no use, and its relay has another; what this program does not know it never
   * will.
   */
  #stopped(reason: StopReason): void {
    if (reason === "unknown-command") this.stop()
    else this.#startOver()
  }

  #startOver(): void {
    this.#forget()
    this.#feed.leave()
  }
}

function entryOf({ index, stampMs, data }: LogEntry): Entry {
  const kind = data === undefined ? "noop" : "command"
  return { index: logIndex(index), term: term(0), kind, stampMs, featureLevel: 1, data: data ?? new Uint8Array(0) }
}
