import { Deadlines } from "@conclave/base"
import type { ItemEvent } from "./answers.ts"
import type { Core } from "./core.ts"

interface ItemRecord {
  readonly hold: number
  readonly item: string
  readonly token: bigint
  /** From here on somebody else may be given it; Infinity = as long as its worker's hold is certain. */
  limitMs: number
  /** The stream that is open now has told of it. */
  isTold: boolean
  /** Settled, or lost by the clock: kept lest a stream that begins before the cluster knows gives it again. */
  isOver: boolean
}

/** What the workers among the holds were given: each item under a token of its own. */
export class Items {
  readonly #core: Core
  readonly #ofHold: Map<number, Map<string, ItemRecord>> = new Map()
  readonly #alarms: Deadlines<ItemRecord> = new Deadlines()

  constructor(core: Core) {
    this.#core = core
  }

  get nextMs(): number {
    return this.#alarms.next
  }

  /** Up to when an item is certain as far as it alone is concerned; before now where it is not had under this token. */
  untilMs(hold: number, item: string, token: bigint): number {
    const record = this.#ofHold.get(hold)?.get(item)
    return record?.token === token && !record.isOver ? record.limitMs : Number.NEGATIVE_INFINITY
  }

  judge(): void {
    const { nowMs } = this.#core
    for (let due = this.#alarms.take(nowMs); due !== undefined; due = this.#alarms.take(nowMs)) this.#expire(due.key)
  }

  /** The stream of its worker begins anew: it tells of all that is there. */
  begun(hold: number): void {
    for (const record of this.#ofHold.get(hold)?.values() ?? []) record.isTold = false
  }

  /** `toldAfterMs`: what the event counts from now counts from then at the latest. */
  event(hold: number, event: ItemEvent, toldAfterMs: number): void {
    switch (event.type) {
      case "assigned":
        return this.#assigned(hold, event)
      case "revoking": {
        const record = this.#recordOf(hold, event)
        if (record === undefined || record.isOver) return
        const { item, token, by, reason, deadlineMs } = event
        this.#core.effects.push({ kind: "itemRevoking", hold, item, token, by, reason, deadlineMs })
        if (deadlineMs !== undefined) this.#bound(record, toldAfterMs + deadlineMs)
        return
      }
      case "lost": {
        const record = this.#recordOf(hold, event)
        if (record !== undefined) this.#lose(record, event.reason)
        return
      }
      case "synced":
        for (const record of [...(this.#ofHold.get(hold)?.values() ?? [])]) {
          if (!record.isTold) this.#lose(record, "handoff-timeout")
        }
    }
  }

  /** It was given back, or is about to be: nothing more is told of it, nor is it given again under this token. */
  settled(hold: number, item: string, token: bigint): void {
    const record = this.#recordOf(hold, { item, token })
    if (record === undefined) return
    record.isOver = true
    this.#alarms.clear(record)
  }

  /** The worker's hold is over, and with it all that it had. */
  over(hold: number): void {
    for (const record of [...(this.#ofHold.get(hold)?.values() ?? [])]) this.#forget(record)
  }

  #assigned(hold: number, { type: _type, ...event }: ItemEvent & { readonly type: "assigned" }): void {
    const { item, token } = event
    const known = this.#ofHold.get(hold)?.get(item)
    if (known !== undefined && known.token === token) {
      known.isTold = true
      return
    }
    // The same item under another token is another grant: the old one is over, whatever was told of it.
    if (known !== undefined) this.#lose(known, "handoff-timeout")
    const record: ItemRecord = { hold, item, token, limitMs: Number.POSITIVE_INFINITY, isTold: true, isOver: false }
    const items = this.#ofHold.get(hold) ?? new Map<string, ItemRecord>()
    this.#ofHold.set(hold, items)
    items.set(item, record)
    this.#core.effects.push({ kind: "assigned", hold, ...event })
  }

  #bound(record: ItemRecord, untilMs: number): void {
    record.limitMs = Math.min(record.limitMs, untilMs)
    if (record.limitMs <= this.#core.nowMs) this.#expire(record)
    else this.#alarms.set(record, record.limitMs)
  }

  /** By the clock: what the cluster says of it is still to come. */
  #expire(record: ItemRecord): void {
    this.#tellLost(record, "handoff-timeout")
    record.isOver = true
    this.#alarms.clear(record)
  }

  /** By the cluster's word, after which it gives the item under this token no more. */
  #lose(record: ItemRecord, reason: string): void {
    this.#forget(record)
    if (!record.isOver) this.#tellLost(record, reason)
  }

  #tellLost({ hold, item, token }: ItemRecord, reason: string): void {
    this.#core.effects.push({ kind: "itemLost", hold, item, token, reason })
  }

  #forget(record: ItemRecord): void {
    const items = this.#ofHold.get(record.hold)
    if (items?.get(record.item) === record) items.delete(record.item)
    if (items?.size === 0) this.#ofHold.delete(record.hold)
    this.#alarms.clear(record)
  }

  #recordOf(hold: number, { item, token }: { readonly item: string; readonly token: bigint }): ItemRecord | undefined {
    const record = this.#ofHold.get(hold)?.get(item)
    return record?.token === token ? record : undefined
  }
}
