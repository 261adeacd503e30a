import type { NodeId } from "@conclave/base"

/** Whoever was not heard in the clear for so long seals by now. */
const LATELY_MS = 60_000
/** In the clear anybody can be made up; of more the oldest go. */
const SENDERS_MAX = 1024

/** Members whose gossip came in the clear, where that is taken: for whoever asks when it need be taken no more. */
export class UnsealedSenders {
  readonly #heardMs: Map<NodeId, number> = new Map()

  heard(id: NodeId, nowMs: number): void {
    // The last heard stands last.
    this.#heardMs.delete(id)
    this.#heardMs.set(id, nowMs)
    const [oldest] = this.#heardMs.keys()
    if (this.#heardMs.size > SENDERS_MAX && oldest !== undefined) this.#heardMs.delete(oldest)
  }

  /** Of the last minute. */
  lately(nowMs: number): readonly NodeId[] {
    return [...this.#heardMs].filter(([, heardMs]) => nowMs - heardMs < LATELY_MS).map(([id]) => id)
  }
}
