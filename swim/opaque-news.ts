import { hashBytes } from "@conclave/base"
import { type Core, isConclave } from "./core.ts"
import { URGENCY } from "./gossip-queue.ts"
import type { Update } from "./types.ts"
import { updateBytesMax } from "./update-size.ts"

/** News remembered, so that each is forwarded once. */
const SEEN_MAX = 256

/** Kinds of news that this version does not know: passed on once, while they have hops left. */
export class OpaqueNews {
  readonly #core: Core
  readonly #seen: Set<number> = new Set()

  constructor(core: Core) {
    this.#core = core
  }

  forward(update: Extract<Update, { kind: "opaque" }>): void {
    const key = hashBytes(update.bytes)
    if (update.hops <= 0 || !isConclave(this.#core) || this.#seen.has(key)) return
    if (this.#seen.size >= SEEN_MAX) this.#seen.clear()
    this.#seen.add(key)
    const next: Update = { ...update, hops: update.hops - 1 }
    const item = { update: next, bytes: updateBytesMax(next), urgency: URGENCY.description }
    this.#core.queue.push(`opaque ${key}`, item, 2 * this.#core.table.size + 64)
  }
}
