import { assert } from "@conclave/base"
import { INDEX_ZERO, type LogIndex, next } from "./ids.ts"

/** Where an append on its way ends, and what it weighs. */
interface Inflight {
  readonly last: LogIndex
  readonly bytes: number
}

export interface Window {
  readonly inflightMax: number
  readonly inflightBytesMax: number
}

/**
 * What a leader knows of one follower. `probe`: one append at a time until the logs are known to agree. `replicate`:
 * appends are sent ahead within a window. `snapshot`: nothing is sent until the snapshot has arrived or failed.
 */
export class Progress {
  state: "probe" | "replicate" | "snapshot" = "probe"
  /** Known to be the same there and durable. Raft's matchIndex. */
  match: LogIndex = INDEX_ZERO
  /** What is sent next; match < next. Raft's nextIndex. */
  next: LogIndex
  /** In `probe`: the one append is on its way. */
  isWaiting = false
  /** In `snapshot`: what the snapshot stands for. */
  snapshot: LogIndex = INDEX_ZERO
  /** When anything came from it. */
  heardMs: number
  /** The highest round that it has answered. */
  round = 0
  /** The highest feature level that it knows; 0 = it has not said yet. */
  featureMax = 0
  /** Its disk takes no new work, as it has said last. */
  isFull = false
  /** Its disk lets writes wait, as it has said last; undefined = it has not said yet. */
  isSlow: boolean | undefined
  /** The highest commit index that was sent to it. */
  commit: LogIndex = INDEX_ZERO
  /** When a commit index that is kept back is told alone; Infinity = none is. */
  newsDueMs: number = Number.POSITIVE_INFINITY
  /** Somebody waits for the commit index there. */
  isAwaited = false
  #inflight: Inflight[] = []
  #bytes = 0

  constructor(nextIndex: LogIndex, nowMs: number) {
    this.next = nextIndex
    this.heardMs = nowMs
  }

  /** The commit index was sent to it. */
  told(commit: LogIndex): void {
    this.commit = commit
    this.newsDueMs = Number.POSITIVE_INFINITY
    this.isAwaited = false
  }

  get inflight(): number {
    return this.#inflight.length
  }

  /** True when nothing may be sent now. */
  isPaused(window: Window): boolean {
    switch (this.state) {
      case "probe":
        return this.isWaiting
      case "replicate":
        return this.#inflight.length >= window.inflightMax || this.#bytes >= window.inflightBytesMax
      case "snapshot":
        return true
    }
  }

  /** An append up to `last` is on its way. */
  sent(last: LogIndex, bytes: number): void {
    if (this.state === "probe") this.isWaiting = true
    if (this.state !== "replicate" || last < this.next) return
    this.#inflight.push({ last, bytes })
    this.#bytes += bytes
    this.next = next(last)
  }

  /** Acknowledged up to `match`; false when that is old news. */
  matched(match: LogIndex): boolean {
    this.isWaiting = false
    this.#free(match)
    if (match <= this.match) return false
    this.match = match
    if (this.next <= match) this.next = next(match)
    this.#check()
    return true
  }

  /**
   * Rejected at `rejected`; the logs may agree up to `candidate`. False when it answers an append that is no longer
   * of interest.
   */
  rejected(rejected: LogIndex, candidate: LogIndex): boolean {
    if (this.state === "replicate") {
      if (rejected <= this.match) return false
      this.probe(next(this.match))
      return true
    }
    if (this.state === "snapshot" || rejected !== this.next - 1) return false
    this.isWaiting = false
    this.next = Math.max(this.match + 1, Math.min(rejected, candidate + 1)) as LogIndex
    this.#check()
    return true
  }

  probe(nextIndex: LogIndex): void {
    this.#become("probe")
    this.next = Math.max(nextIndex, this.match + 1) as LogIndex
    this.#check()
  }

  replicate(): void {
    this.#become("replicate")
    this.next = next(this.match)
  }

  waitForSnapshot(index: LogIndex): void {
    this.#become("snapshot")
    this.snapshot = index
  }

  /**
   * A window whose acknowledgements were all lost must not stand still: one place is freed at each heartbeat's answer.
   */
  freeOne(window: Window): void {
    const isFull = this.#inflight.length >= window.inflightMax || this.#bytes >= window.inflightBytesMax
    const oldest = this.#inflight[0]
    if (this.state === "replicate" && isFull && oldest !== undefined) this.#free(oldest.last)
  }

  #free(upTo: LogIndex): void {
    let count = 0
    for (const { last, bytes } of this.#inflight) {
      if (last > upTo) break
      this.#bytes -= bytes
      count++
    }
    this.#inflight.splice(0, count)
    assert(this.#bytes >= 0, "no more bytes arrive than were sent")
  }

  #become(state: Progress["state"]): void {
    this.state = state
    this.isWaiting = false
    this.snapshot = INDEX_ZERO
    this.newsDueMs = Number.POSITIVE_INFINITY
    this.#inflight = []
    this.#bytes = 0
  }

  #check(): void {
    assert(this.match < this.next, "what is sent next lies behind what is known to match")
  }
}
