import { assert, type NodeId } from "@conclave/base"
import type { Update } from "./types.ts"

/**
 * How urgent a piece of news is. A refutation outranks the accusation that it answers at every hop, or a mass failure
 * would starve the refutations of the healthy.
 */
export const URGENCY = { refutation: 0, verdict: 1, join: 2, description: 3 } as const
export type Urgency = (typeof URGENCY)[keyof typeof URGENCY]

interface Entry {
  readonly subject: NodeId | string
  readonly update: Update
  readonly bytes: number
  readonly urgency: Urgency
  sends: number
}

/** Entries looked at while a packet is filled; beyond, the packet goes with what fits. */
const SCAN_MAX = 96

/**
 * News to be passed on, one entry a subject: all accusers of one subject share it, so that none evicts another.
 * Packets take the most urgent first, among equals those that were sent least (SWIM §4.1).
 */
export class GossipQueue {
  readonly #entries: Map<NodeId | string, Entry> = new Map()
  /** By urgency, then by sends. */
  readonly #ranks: Set<Entry>[][] = [[], [], [], []]
  #bytes = 0

  get size(): number {
    return this.#entries.size
  }

  /** Sum of the encoded sizes, for the length of a burst. */
  get bytes(): number {
    return this.#bytes
  }

  /** Replaces what was queued about `subject`; `bytes` is the encoded size. At the limit the least urgent goes. */
  push(subject: NodeId | string, item: { update: Update; bytes: number; urgency: Urgency }, sizeMax: number): void {
    this.drop(subject)
    const entry: Entry = { subject, ...item, sends: 0 }
    this.#entries.set(subject, entry)
    this.#rank(entry).add(entry)
    this.#bytes += entry.bytes
    if (this.#entries.size > sizeMax) this.#evict()
  }

  drop(subject: NodeId | string): void {
    const entry = this.#entries.get(subject)
    if (entry === undefined) return
    this.#entries.delete(subject)
    this.#rank(entry).delete(entry)
    this.#bytes -= entry.bytes
  }

  /** Fills up to `budgetBytes`, counts the sends and forgets what was sent `sendsMax` times. */
  take(budgetBytes: number, sendsMax: number): Update[] {
    const updates: Update[] = []
    if (this.#entries.size === 0) return updates
    const taken: Entry[] = []
    let left = budgetBytes
    let scanned = 0
    for (const ranks of this.#ranks) {
      for (const rank of ranks) {
        if (rank === undefined) continue
        for (const entry of rank) {
          if (++scanned > SCAN_MAX) return this.#sent(taken, sendsMax, updates)
          if (entry.bytes > left) continue
          left -= entry.bytes
          taken.push(entry)
          updates.push(entry.update)
        }
      }
    }
    assert(left >= 0, "a packet stays within its budget")
    return this.#sent(taken, sendsMax, updates)
  }

  #sent(taken: readonly Entry[], sendsMax: number, updates: Update[]): Update[] {
    for (const entry of taken) {
      this.#rank(entry).delete(entry)
      entry.sends++
      if (entry.sends >= sendsMax) {
        this.#entries.delete(entry.subject)
        this.#bytes -= entry.bytes
      } else {
        this.#rank(entry).add(entry)
      }
    }
    return updates
  }

  #rank(entry: Entry): Set<Entry> {
    const ranks = this.#ranks[entry.urgency] as Set<Entry>[]
    while (ranks.length <= entry.sends) ranks.push(new Set())
    return ranks[entry.sends] as Set<Entry>
  }

  #evict(): void {
    for (let urgency = 3; urgency >= 0; urgency--) {
      const ranks = this.#ranks[urgency] as Set<Entry>[]
      for (let sends = ranks.length - 1; sends >= 0; sends--) {
        for (const entry of ranks[sends] as Set<Entry>) return this.drop(entry.subject)
      }
    }
  }
}
