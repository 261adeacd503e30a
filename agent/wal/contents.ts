import { EMPTY_SNAPSHOT, type Entry, type HardState, type Term } from "@conclave/consensus"
import type { LogRecord } from "./records.ts"

const NOTHING: HardState = { term: 0 as Term, vote: undefined, commit: EMPTY_SNAPSHOT.index }

interface Place {
  readonly index: number
  readonly term: number
}

/** What the batches of a log add up to, taken one after another. */
export class Contents {
  /** The place before the first entry, and its term; 0 = not known. */
  base = 0
  baseTerm = 0
  entries: Entry[] = []
  hardState: HardState = NOTHING
  /** The lowest place that the records since the last `base` build on. */
  tailBase = 0
  /** Among these records was a foreign snapshot. */
  beginsAnew = false
  isSealed = false
  #isEmpty = true

  get last(): number {
    return this.base + this.entries.length
  }

  /** What is wrong with it, or undefined. */
  take(records: readonly LogRecord[]): string | undefined {
    for (const record of records) {
      const problem = this.#take(record)
      if (problem !== undefined) return problem
    }
    return undefined
  }

  /** Of the entry there, or of the base; 0 = not known. */
  termAt(index: number): number {
    return this.entryAt(index)?.term ?? (index === this.base ? this.baseTerm : 0)
  }

  entryAt(index: number): Entry | undefined {
    return this.entries[index - this.base - 1]
  }

  #take(record: LogRecord): string | undefined {
    switch (record.kind) {
      case "base":
        return this.#begin(record)
      case "hardState":
        if (record.hardState.term < this.hardState.term) return "a term falls"
        this.hardState = record.hardState
        return undefined
      case "snapshot":
        this.#restart(record.meta)
        this.beginsAnew = true
        return undefined
      case "truncate":
        return this.#truncate(record.from)
      case "entry":
        return this.#append(record.entry)
      case "sealed":
        this.isSealed = true
        return undefined
    }
  }

  #begin({ index, term }: Place): string | undefined {
    if (this.#isEmpty) this.#restart({ index, term })
    else if (index > this.last) return `the entries from ${this.last + 1} to ${index} are missing`
    // Where a rewritten segment had cut what lay before it.
    else if (index < this.base) this.#restart({ index, term })
    else this.entries.length = index - this.base
    this.#isEmpty = false
    this.tailBase = index
    this.beginsAnew = false
    this.isSealed = false
    return undefined
  }

  #restart({ index, term }: Place): void {
    this.base = index
    this.baseTerm = term
    this.tailBase = index
    this.entries = []
  }

  /**
   * What lies before the base may be cut, too: the segments that held it are gone, or it was never behind a snapshot.
   */
  #truncate(from: number): string | undefined {
    if (from > this.last + 1) return `a cut at ${from} lies beyond the end, ${this.last}`
    if (from <= this.base) this.#restart({ index: from - 1, term: 0 })
    else this.entries.length = from - this.base - 1
    this.tailBase = Math.min(this.tailBase, from - 1)
    return undefined
  }

  #append(entry: Entry): string | undefined {
    if (entry.index !== this.last + 1) return `entry ${entry.index} follows on ${this.last}`
    if (entry.term < (this.entries.at(-1)?.term ?? this.baseTerm)) return `the term of entry ${entry.index} falls`
    this.entries.push(entry)
    return undefined
  }
}
