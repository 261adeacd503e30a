import type { Addr, NodeId } from "@conclave/base"
import { type Core, clusterSize, isConclave, selfRecord } from "./core.ts"
import { BUCKETS, Digest } from "./digest.ts"
import type { Row } from "./member-table.ts"
import type { Membership } from "./membership.ts"
import type { Streams } from "./streams.ts"
import type { StreamReply, StreamRequest, Update } from "./types.ts"
import { rowUpdates } from "./update.ts"
import { updateBytesMax } from "./update-size.ts"

/** Bytes of updates in one page of a reply. */
const PAGE_BYTES_MAX = 200_000
const EXCHANGE_LIMIT_MS = 10_000
/** After a join the view is compared early, so that whoever joined in the same moment is not missed. */
const EARLY_MS: readonly number[] = [300, 1000, 3000]
const VAIN_MAX = 64
/** Gossip usually brings a newcomer's record sooner. */
const INTRODUCED_MS = 3000
const EVERY_BUCKET: readonly boolean[] = new Array<boolean>(BUCKETS).fill(true)

type DigestRequest = Extract<StreamRequest, { kind: "digest" }>

/**
 * Repairs what gossip missed. A root digest rides on messages; when it differs, the two compare 64 buckets by stream
 * and exchange the rows of those that differ (Demers et al. 1987, anti-entropy). The baselines swap whole views by a
 * timer.
 */
export class AntiEntropy {
  readonly #core: Core
  readonly #membership: Membership
  readonly #streams: Streams
  #notBeforeMs = 0
  /** Digests of others that a whole comparison has not changed ours towards, while ours was `#vainRoot`. */
  readonly #vain: Set<number> = new Set()
  #vainRoot = 0
  #early: number[] = []
  /** Who speaks, and from where, before anybody has told us of it: one at a time. */
  #stranger: { readonly id: NodeId; readonly source: Addr; readonly dueMs: number } | undefined
  #reconnectMs: number
  #fullMs: number
  /** Somebody held dead is to be asked. */
  reconnect: (row: Row) => void = () => {}

  constructor(core: Core, membership: Membership, streams: Streams) {
    this.#core = core
    this.#membership = membership
    this.#streams = streams
    const { antiEntropyIntervalMs, reconnectIntervalMs } = core.config
    this.#reconnectMs = core.nowMs + core.random.below(reconnectIntervalMs) + 1
    this.#fullMs = isConclave(core)
      ? Number.POSITIVE_INFINITY
      : core.nowMs + core.random.below(antiEntropyIntervalMs) + 1
  }

  get nextMs(): number {
    const asked = Math.min(
      this.#early[0] ?? Number.POSITIVE_INFINITY,
      this.#stranger?.dueMs ?? Number.POSITIVE_INFINITY,
    )
    return Math.min(this.#reconnectDueMs(), this.#fullMs, asked)
  }

  run(): void {
    const { nowMs, config } = this.#core
    if (nowMs >= this.#reconnectDueMs()) {
      this.#reconnectMs = nowMs + config.reconnectIntervalMs
      this.#askTheDead()
    }
    if (nowMs >= this.#fullMs) {
      this.#fullMs = nowMs + config.antiEntropyIntervalMs
      this.#compareWithAny()
    }
    while ((this.#early[0] ?? Number.POSITIVE_INFINITY) <= nowMs) {
      this.#early.shift()
      this.#compareWithAny()
    }
    if (this.#stranger !== undefined && nowMs >= this.#stranger.dueMs) this.#meet(this.#stranger)
  }

  joined(): void {
    if (isConclave(this.#core)) this.#early = EARLY_MS.map((afterMs) => this.#core.nowMs + afterMs)
  }

  /** A member's digest came with a message. */
  heard(row: Row, digest: number): void {
    const { table, nowMs, config, random } = this.#core
    if (digest === 0 || digest === table.digest.root || nowMs < this.#notBeforeMs || this.#isVain(digest)) return
    if (!isConclave(this.#core) || !table.isLiving(row)) return
    const settled = this.#settled()
    if (!settled.includes(true)) return
    this.#notBeforeMs = nowMs + config.antiEntropyIntervalMs + random.below(config.antiEntropyIntervalMs >> 2)
    this.#compare(table.record(row).addr, settled, digest)
  }

  /** Somebody held dead answered: a partition has healed, or it was never dead. */
  returned(row: Row): void {
    this.#compare(this.#core.table.record(row).addr, EVERY_BUCKET)
  }

  /**
   * Datagrams were lost, in our kernel or on the way, or are sent to another address since somebody describes us
   * wrongly: what they said is fetched, refutations before all, at most once an interval.
   */
  recover(): void {
    const { nowMs, config } = this.#core
    if (nowMs < this.#notBeforeMs) return
    this.#notBeforeMs = nowMs + config.antiEntropyIntervalMs
    this.#compareWithAny()
  }

  /**
   * Somebody whom nobody has told us of sent a datagram. It gets none in return, since its source may be anybody's and
   * what it says a recording; but when it stays unknown we ask there by a stream of our own.
   */
  strangerSpoke(id: NodeId, source: Addr): void {
    const { nowMs } = this.#core
    if (this.#stranger !== undefined || !isConclave(this.#core)) return
    this.#stranger = { id, source, dueMs: Math.max(nowMs + INTRODUCED_MS, this.#notBeforeMs) }
  }

  /** The other half of a comparison: rows of the buckets that differ, as far as the asker wants them compared. */
  answer(request: DigestRequest): readonly StreamReply[] {
    const { digest } = this.#core.table
    const wanted: number[] = []
    for (let index = 0; index < BUCKETS; index++) {
      if (request.settled[index] && request.buckets[index] !== digest.bucket(index)) wanted.push(index)
    }
    return this.pages(this.#rowsOf(wanted), wanted)
  }

  /** All rows, for a newcomer. */
  everything(): readonly StreamReply[] {
    return this.pages(this.#rowsOf(EVERY_BUCKET.map((_, index) => index)), [])
  }

  take(updates: readonly Update[]): void {
    for (const update of updates) this.#membership.apply(update, "sync")
  }

  pages(updates: readonly Update[], wanted: readonly number[]): readonly StreamReply[] {
    const from = selfRecord(this.#core).id
    return cut(updates).map((part) => ({ kind: "rows", from, updates: part, wanted }))
  }

  /** No timer while nobody is dead. */
  #reconnectDueMs(): number {
    return this.#core.table.dead.length === 0 ? Number.POSITIVE_INFINITY : this.#reconnectMs
  }

  /** As many ask as there are dead to ask for: a single dead host is not pinged by a whole fleet. */
  #askTheDead(): void {
    const { table, random } = this.#core
    const row = table.pickDead(random)
    if (
      row !== undefined &&
      random.chance(Math.min(clusterSize(this.#core), 8 * table.dead.length), clusterSize(this.#core))
    ) {
      this.reconnect(row)
    }
  }

  #meet({ id, source }: { readonly id: NodeId; readonly source: Addr }): void {
    const { table, nowMs, config } = this.#core
    this.#stranger = undefined
    if (table.row(id) !== undefined) return
    this.#notBeforeMs = nowMs + config.antiEntropyIntervalMs
    this.#compare(source, EVERY_BUCKET)
  }

  #compareWithAny(): void {
    const { table, random } = this.#core
    const row = table.pickLiving(1, random, () => true)[0]
    if (row !== undefined) this.#compare(table.record(row).addr, EVERY_BUCKET)
  }

  #settled(): readonly boolean[] {
    const { table, nowMs, config } = this.#core
    return EVERY_BUCKET.map((_, index) => table.digest.isSettled(index, nowMs, config.settleMs))
  }

  /**
   * A newcomer never gets the rows of the long dead, so its digest differs from that of the others for as long as these
   * keep them: what a whole comparison left as it was is not compared again before our own view changes.
   */
  #isVain(digest: number): boolean {
    return this.#vainRoot === this.#core.table.digest.root && this.#vain.has(digest)
  }

  #noteVain(digest: number, root: number): void {
    if (this.#core.table.digest.root !== root) return
    if (this.#vainRoot !== root || this.#vain.size >= VAIN_MAX) this.#vain.clear()
    this.#vainRoot = root
    this.#vain.add(digest)
  }

  #compare(to: Addr, settled: readonly boolean[], theirs = 0): void {
    const { table, counters, nowMs: startMs } = this.#core
    counters.exchanges++
    const from = selfRecord(this.#core).id
    const { root } = table.digest
    // The baselines know no digest: nothing matches, so everything is exchanged.
    const buckets = isConclave(this.#core) ? table.digest.buckets() : new Array<number>(BUCKETS).fill(1)
    this.#streams.request(to, { kind: "digest", from, buckets, settled }, EXCHANGE_LIMIT_MS, (answer) => {
      if (!answer.ok) return
      const wanted = new Set<number>()
      for (const page of answer.pages) if (page.kind === "rows") for (const index of page.wanted) wanted.add(index)
      // Ours are gathered before theirs are taken: what they just told us need not go back.
      const rows = this.#rowsOf([...wanted])
      for (const page of answer.pages) if (page.kind === "rows") this.take(page.updates)
      if (!settled.includes(false)) this.#membership.suspects.release(startMs)
      for (const part of cut(rows)) {
        if (part.length > 0)
          this.#streams.request(to, { kind: "rows", from, updates: part }, EXCHANGE_LIMIT_MS, () => {})
      }
      if (theirs !== 0 && !settled.includes(false)) this.#noteVain(theirs, root)
    })
  }

  #rowsOf(buckets: readonly number[]): readonly Update[] {
    const { table, nowMs } = this.#core
    if (buckets.length === 0) return []
    const chosen = new Set(buckets)
    const updates: Update[] = []
    for (const row of table.rows()) {
      if (chosen.has(Digest.bucketOf(table.ringPosition(row)))) updates.push(...rowUpdates(table, row, nowMs))
    }
    return updates
  }
}

/** Parts that fit a page each; at least one. */
function cut(updates: readonly Update[]): readonly (readonly Update[])[] {
  const parts: Update[][] = [[]]
  let bytes = 0
  for (const update of updates) {
    const size = updateBytesMax(update)
    if (bytes + size > PAGE_BYTES_MAX) {
      parts.push([])
      bytes = 0
    }
    bytes += size
    parts.at(-1)?.push(update)
  }
  return parts
}
