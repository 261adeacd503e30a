import { hashBytes, hashNumber, hashText } from "@conclave/base"
import type { Entry, HardState, ReplicaId, StoredState } from "@conclave/consensus"
import type { LogRecord } from "conclave/wal/records"

/** One entry as it lies in a log: what it says, and all that lies before it. */
export interface Placed {
  readonly term: number
  readonly key: string
  /** Hash of the log up to here: equal ones, equal logs. 0 = what lies before is not known. */
  readonly prefix: number
}

const keys: WeakMap<Entry, string> = new WeakMap()

/** What tells an entry from every other one. */
export function keyOf(entry: Entry): string {
  const known = keys.get(entry)
  if (known !== undefined) return known
  const { index, term, kind, stampMs, featureLevel, data, group } = entry
  const says = hashText(group === undefined ? kind : `${kind} ${JSON.stringify(group)}`)
  const hash = hashBytes(data, hashNumber(stampMs, hashNumber(featureLevel, says)))
  const key = `${index}:${term}:${hash.toString(36)}`
  keys.set(entry, key)
  return key
}

export function prefixAfter(prefix: number, key: string): number {
  return hashText(key, prefix) || 1
}

/** What a log holds, kept from outside of it; compaction takes nothing from it, since a snapshot holds the same. */
export class DurableLog {
  term = 0
  vote: ReplicaId | undefined
  base = 0
  #last = 0
  readonly #places: Map<number, Placed> = new Map()

  static of(state: StoredState, prefixOf: (index: number) => number): DurableLog {
    const log = new DurableLog()
    log.#begin(state.snapshot.index, state.snapshot.term, prefixOf)
    for (const entry of state.entries) log.#append(entry)
    log.term = state.hardState.term
    log.vote = state.hardState.vote
    return log
  }

  get last(): number {
    return this.#last
  }

  at(index: number): Placed | undefined {
    return this.#places.get(index)
  }

  /** A snapshot that another made stands for all up to it. */
  has(index: number, key: string): boolean {
    return index <= this.base || this.#places.get(index)?.key === key
  }

  copy(): DurableLog {
    const copy = new DurableLog()
    copy.term = this.term
    copy.vote = this.vote
    copy.base = this.base
    copy.#last = this.#last
    for (const [index, placed] of this.#places) copy.#places.set(index, placed)
    return copy
  }

  /** Takes what one write says; returns what must never be written, or undefined. */
  take(records: readonly LogRecord[], prefixOf: (index: number) => number): string | undefined {
    let problem: string | undefined
    for (const record of records) problem ??= this.#take(record, prefixOf)
    const top = this.#places.get(this.#last)?.term ?? 0
    // I12
    if (top > this.term) problem ??= `an entry of term ${top} is written in term ${this.term}`
    return problem
  }

  #take(record: LogRecord, prefixOf: (index: number) => number): string | undefined {
    switch (record.kind) {
      case "snapshot":
        this.#begin(record.meta.index, record.meta.term, prefixOf)
        return undefined
      case "truncate":
        for (let index = record.from; index <= this.#last; index++) this.#places.delete(index)
        this.#last = Math.min(this.#last, record.from - 1)
        return undefined
      case "entry":
        if (record.entry.index !== this.#last + 1) return `entry ${record.entry.index} follows on ${this.#last}`
        this.#append(record.entry)
        return undefined
      case "hardState":
        return this.#vote(record.hardState)
      default:
        return `a write has a record of kind ${record.kind}`
    }
  }

  /** I7: a term never falls on a disk, and within one a vote never changes. */
  #vote({ term, vote }: HardState): string | undefined {
    if (term < this.term) return `term ${this.term} falls to ${term}`
    const isChanged = term === this.term && this.vote !== undefined && vote !== this.vote
    if (isChanged) return `the vote of term ${term} changes from ${this.vote} to ${vote}`
    this.term = term
    this.vote = vote
    return undefined
  }

  #begin(index: number, term: number, prefixOf: (index: number) => number): void {
    this.#places.clear()
    this.base = index
    this.#last = index
    this.#places.set(index, { term, key: "", prefix: index === 0 ? 1 : prefixOf(index) })
  }

  #append(entry: Entry): void {
    const before = this.#places.get(entry.index - 1)?.prefix ?? 0
    const key = keyOf(entry)
    const prefix = before === 0 ? 0 : prefixAfter(before, key)
    this.#places.set(entry.index, { term: entry.term, key, prefix })
    this.#last = entry.index
  }
}
