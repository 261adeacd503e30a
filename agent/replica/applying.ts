import { assert } from "@conclave/base"
import type { Applied, Entry, LogEntry, LogIndex, LogPosition, Term } from "@conclave/consensus"
import type { Clock } from "../ports.ts"
import { inSlices } from "../slices.ts"

/** Units of work between two looks at the clock. */
const UNITS = 100

/** What the log is applied to, an entry in steps. */
export interface Applier {
  readonly begin: (entry: LogEntry) => void
  readonly step: (units: number) => Applied | undefined
}

/** What became of a proposal that was appended. */
export type Fate =
  | { readonly kind: "applied"; readonly applied: Extract<Applied, { kind: "applied" }> }
  /** Another entry was committed in its place: it never will be. */
  | { readonly kind: "superseded" }
  /** Its place is behind a snapshot, another one of this replica took it, or this replica is no more. */
  | { readonly kind: "unknown" }

interface Waiting {
  readonly term: Term
  readonly done: (fate: Fate) => void
}

export interface ApplyingOptions {
  readonly clock: Clock
  readonly machine: Applier
  /** What the machine holds already. */
  readonly applied: LogIndex
  /** Before those who wait for the entry hear of it. */
  readonly onApplied: (applied: Applied, entry: Entry) => void
}

/** Applies what is committed, in order and in slices, and tells those who wait for it. */
export class Applying {
  readonly #clock: Clock
  readonly #onApplied: ApplyingOptions["onApplied"]
  readonly #waiting: Map<LogIndex, Waiting> = new Map()
  #machine: Applier
  /** As they were handed over: after a start one of them may be a whole log, which no list is built of anew. */
  #handed: (readonly Entry[])[] = []
  /** Taken of the first of them. */
  #taken = 0
  /** The entry at work. */
  #entry: Entry | undefined
  #applied: LogIndex
  #isRunning = false
  #isStopped = false
  #resting: (() => void)[] = []

  constructor(options: ApplyingOptions) {
    this.#clock = options.clock
    this.#machine = options.machine
    this.#applied = options.applied
    this.#onApplied = options.onApplied
  }

  get applied(): LogIndex {
    return this.#applied
  }

  /** The last entry that was handed over. */
  get committed(): LogIndex {
    return this.#handed.at(-1)?.at(-1)?.index ?? this.#entry?.index ?? this.#applied
  }

  /** No entry is at work: the machine can be asked. */
  get isAtRest(): boolean {
    return this.#entry === undefined
  }

  commit(entries: readonly Entry[]): void {
    if (entries.length > 0) this.#handed.push(entries)
    if (this.#isRunning) return
    this.#isRunning = true
    this.#run()
  }

  /** The proposal is in the log at this place; whether it stays there the log decides. */
  expect({ index, term }: LogPosition, done: (fate: Fate) => void): void {
    const before = this.#waiting.get(index)
    this.#waiting.set(index, { term, done })
    // Of two at one place the first was cut here; another replica may have it yet, and win with it (Raft §5.4.2, figure
    // 8).
    before?.done({ kind: "unknown" })
  }

  /** Calls back when no entry is at work: now, or at the end of the one that is. */
  atRest(done: () => void): void {
    if (this.#entry === undefined) done()
    else this.#resting.push(done)
  }

  /** A machine with the state of a snapshot takes the place of the old one. */
  restored(machine: Applier, index: LogIndex): void {
    this.#machine = machine
    this.#entry = undefined
    const left = this.#handed.flat().slice(this.#taken)
    const behind = left.filter((entry) => entry.index > index)
    this.#handed = behind.length > 0 ? [behind] : []
    this.#taken = 0
    this.#applied = index
    for (const [at, { done }] of [...this.#waiting]) {
      if (at > index) continue
      this.#waiting.delete(at)
      done({ kind: "unknown" })
    }
    this.#rest()
  }

  stop(): void {
    this.#isStopped = true
    this.#handed = []
    this.#resting = []
    const waiting = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const { done } of waiting) done({ kind: "unknown" })
  }

  #run(): void {
    inSlices(this.#clock, () => {
      this.#isRunning = !this.#isStopped && this.#hasWork()
      if (!this.#isRunning) return true
      const applied = this.#machine.step(UNITS)
      if (applied !== undefined) this.#finish(applied)
      return false
    })
  }

  /** True with an entry at work, begun here if need be. */
  #hasWork(): boolean {
    if (this.#entry !== undefined) return true
    const entry = this.#next()
    if (entry === undefined) return false
    const { index, stampMs, kind, data } = entry
    this.#entry = entry
    this.#machine.begin({ index, stampMs, data: kind === "command" ? data : undefined })
    return true
  }

  #next(): Entry | undefined {
    const [first] = this.#handed
    const entry = first?.[this.#taken++]
    if (first === undefined || this.#taken < first.length) return entry
    this.#handed.shift()
    this.#taken = 0
    return entry
  }

  #finish(applied: Applied): void {
    const entry = this.#entry
    assert(entry !== undefined && entry.index === applied.index, "what was begun is finished")
    this.#entry = undefined
    this.#applied = entry.index
    this.#onApplied(applied, entry)
    if (this.#isStopped) return
    const waiting = this.#waiting.get(entry.index)
    this.#waiting.delete(entry.index)
    if (waiting !== undefined && applied.kind === "applied") {
      waiting.done(waiting.term === entry.term ? { kind: "applied", applied } : { kind: "superseded" })
    }
    this.#rest()
  }

  #rest(): void {
    for (const done of this.#resting.splice(0)) done()
  }
}
