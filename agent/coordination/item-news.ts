import type { Change, Item, SessionId, Token } from "@conclave/consensus"
import type { HoldEvent, LossReason } from "../api/hold-objects.ts"
import { parsedOf } from "./work-json.ts"

/** What a worker was told of one of its items last. */
interface Told {
  readonly token: Token
  readonly revoking: string
  /** Why it is over, where that has been heard: whatever becomes of the item until it is told says nothing of it. */
  readonly end?: string | undefined
}

type ItemChange = Extract<Change, { kind: "item" }>

interface News {
  /** Undefined = the worker has it no more. */
  readonly item: Item | undefined
  readonly rev: number
}

export interface ItemNewsOptions {
  readonly session: SessionId
  /** The request by which the worker joined. */
  readonly seq: number
  /** How long the replicated clock has certainly not come to a moment. */
  readonly beforeMs: (timeMs: number) => number
  readonly onReadable: () => void
}

/**
 * What becomes of a worker's items, told as events. Of each item the newest word alone is kept, however slowly its
 * application reads: what it has not read of an assignment that is over it does not hear of.
 */
export class ItemNews {
  readonly #options: ItemNewsOptions
  readonly #told: Map<string, Told> = new Map()
  /** In the order in which they came. */
  readonly #news: Map<string, News> = new Map()
  /** What was there when the stream began is not told yet, or it is and nobody was told so. */
  #isSynced = true
  /**
   * Of all that was told: what is older was told before, or is part of it. A state that begins anew goes through it
   * again.
   */
  #rev = 0

  constructor(options: ItemNewsOptions) {
    this.#options = options
  }

  /** One of its pool's items has changed. */
  changed(item: Item | undefined, before: Item | undefined, { rev, reason }: Pick<ItemChange, "rev" | "reason">): void {
    const name = (item ?? before)?.item
    if (rev < this.#rev) return
    this.#rev = rev
    if (name === undefined || !(this.#isOwn(item) || this.#isOwn(before) || this.#told.has(name))) return
    const told = this.#told.get(name)
    if (told !== undefined && before?.owner?.token === told.token && item?.owner?.token !== told.token)
      this.#told.set(name, { ...told, end: reason })
    this.#news.set(name, { item: this.#isOwn(item) ? item : undefined, rev })
    this.#options.onReadable()
  }

  /**
   * All that it has, as the state of this revision says: at the beginning, and where the state was replaced as a whole.
   */
  all(items: readonly Item[], rev: number): void {
    if (rev < this.#rev) return
    this.#isSynced = false
    this.#rev = rev
    const own = new Map(items.map((item) => [item.item, item]))
    for (const name of this.#told.keys()) if (!own.has(name)) this.#news.set(name, { item: undefined, rev })
    for (const [name, item] of own) this.#news.set(name, { item, rev })
    this.#options.onReadable()
  }

  take(): HoldEvent | undefined {
    for (const [name, news] of this.#news) {
      const event = this.#next(name, news)
      if (event !== undefined) return event
      this.#news.delete(name)
    }
    if (this.#isSynced) return undefined
    this.#isSynced = true
    return { type: "synced", rev: String(this.#rev) }
  }

  /** Undefined = all of it is told. */
  #next(name: string, { item, rev }: News): HoldEvent | undefined {
    const told = this.#told.get(name)
    const token = item?.owner?.token
    if (told !== undefined && told.token !== token) {
      this.#told.delete(name)
      return { type: "lost", item: name, token: String(told.token), reason: lossOf(told.end) }
    }
    if (item === undefined || token === undefined) return undefined
    if (this.#told.get(name) === undefined) {
      this.#told.set(name, { token, revoking: "" })
      const { attempt } = item
      const carries = { payload: parsedOf(item.payload), checkpoint: parsedOf(item.checkpoint), attempt }
      return { type: "assigned", item: name, token: String(token), rev: String(rev), ...carries }
    }
    return this.#asked(item, token)
  }

  /** Asked for each new wish, and each that leaves less time. */
  #asked({ item, revoking }: Item, token: Token): HoldEvent | undefined {
    if (revoking === undefined) return undefined
    const { by, reason, untilMs } = revoking
    const key = `${untilMs} ${by} ${reason}`
    if (this.#told.get(item)?.revoking === key) return undefined
    this.#told.set(item, { token, revoking: key })
    const deadline = untilMs === undefined ? {} : { deadlineMs: this.#options.beforeMs(untilMs) }
    return { type: "revoking", item, token: String(token), by, reason, ...deadline }
  }

  #isOwn(item: Item | undefined): boolean {
    const { session, seq } = this.#options
    return item?.owner?.session === session && item.owner.seq === seq
  }
}

/**
 * What it settled itself it is told, too: whoever began anew since may have been given it again before that was known.
 */
export function lossOf(reason: string | undefined): LossReason {
  if (reason === "removed" || reason === "revoked") return reason
  const isSettled = reason === "done" || reason === "released" || reason?.startsWith("failed") === true
  return isSettled ? "released" : "handoff-timeout"
}
