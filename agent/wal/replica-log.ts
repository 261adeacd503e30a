import type { NodeId } from "@conclave/base"
import type { HardState } from "@conclave/consensus"
import type { Mint, ReplicaIdentity, Room } from "../log-store.ts"
import type { Contents } from "./contents.ts"
import type { Files } from "./files.ts"
import { encodeRecords, type LogRecord } from "./records.ts"
import type { PersistRequest } from "./requests.ts"
import { isFull, Reserve } from "./reserve.ts"
import { Segment, segmentName } from "./segment.ts"
import type { SegmentChain } from "./segment-chain.ts"
import type { SegmentHeader } from "./segment-header.ts"
import { type SegmentSizes, sizeFor } from "./segment-sizes.ts"

/** Of one batch: what a crash may cost at most, and how long one sync takes. */
const BATCH_BYTES_MAX = 1024 * 1024

interface Identity extends ReplicaIdentity {
  readonly owner: NodeId
}

interface Place {
  readonly index: number
  readonly term: number
}

/** The log of a replica, open at its end. Everything throws what the system says, and must not be used after that. */
export class ReplicaLog {
  readonly #files: Files
  readonly #sizes: SegmentSizes
  readonly #identity: Identity
  /** Those before the one that is written to. */
  #earlier: { readonly number: number; readonly base: number }[]
  #active: Segment
  #reserve: Reserve | undefined
  #reserveBytes: number
  /** The last try to reserve the next segment found the disk full. */
  #isFull = false
  #holds = false
  #last: Place
  #hardState: HardState

  private constructor(
    files: Files,
    sizes: SegmentSizes,
    identity: Identity,
    begun: { active: Segment; earlier: readonly { number: number; base: number }[]; last: Place; hardState: HardState },
  ) {
    this.#files = files
    this.#sizes = sizes
    this.#identity = identity
    this.#active = begun.active
    this.#earlier = [...begun.earlier]
    this.#last = begun.last
    this.#hardState = begun.hardState
    this.#reserveBytes = this.#nextBytes
  }

  /** A new log. */
  static create(files: Files, sizes: SegmentSizes, { cluster, replica, owner, state }: Mint): ReplicaLog {
    const { snapshot, entries, hardState } = state
    files.make()
    const identity = { cluster, replica, owner }
    const base = { index: snapshot.index, term: snapshot.term }
    const place = { segment: 1, replaces: 1, chain: 0 }
    const active = beginSegment(files, sizes, headerOf(files, identity, place), [
      { kind: "base", ...base },
      ...entries.map((entry) => ({ kind: "entry" as const, entry })),
      { kind: "hardState", hardState },
    ])
    return new ReplicaLog(files, sizes, identity, { active, earlier: [], last: entries.at(-1) ?? base, hardState })
  }

  /** Goes on with what was read: all that is durable when this returns. */
  static resume(files: Files, sizes: SegmentSizes, chain: SegmentChain): ReplicaLog {
    try {
      return ReplicaLog.#rewrite(files, sizes, chain)
    } catch (cause) {
      if (!isFull(cause)) throw cause
    }
    // There is no place for the same bytes once more: they are written again where they are.
    const { contents, earlier, last, end } = chain
    const active = Segment.resume(files, last, end)
    return new ReplicaLog(files, sizes, last, { active, earlier, last: endOf(contents), hardState: contents.hardState })
  }

  /** Writes the last segment anew; the old one may go. */
  static #rewrite(files: Files, sizes: SegmentSizes, { contents, earlier, last }: SegmentChain): ReplicaLog {
    const { tailBase, hardState } = contents
    const tail = contents.entries.slice(Math.max(0, tailBase - contents.base))
    // A segment may be rewritten many times in a row; behind a foreign snapshot nothing before it counts.
    const replaces = contents.beginsAnew ? 1 : last.replaces
    const place = { segment: last.segment + 1, replaces, chain: last.chain }
    const active = beginSegment(files, sizes, headerOf(files, last, place), [
      { kind: "base", index: tailBase, term: contents.termAt(tailBase) },
      ...tail.map((entry) => ({ kind: "entry" as const, entry })),
      { kind: "hardState", hardState },
    ])
    const needed = contents.beginsAnew ? [] : earlier
    return new ReplicaLog(files, sizes, last, { active, earlier: needed, last: endOf(contents), hardState })
  }

  /** The number of the segment that is written to. */
  get segment(): number {
    return this.#active.number
  }

  get room(): Room {
    if (!this.#isFull) return "ok"
    return this.#holds || this.#active.left < this.#active.size / 4 ? "full" : "low"
  }

  /** A write waits that finds no room. */
  get holds(): boolean {
    return this.#holds
  }

  /** The next segment is not yet reserved, and it may be. */
  get wantsReserve(): boolean {
    return !this.#isFull && this.#reserve?.isReady !== true
  }

  /**
   * Makes as many of the first writes durable as fit in one batch, takes them out, and returns the last of them;
   * undefined when not even one finds room.
   */
  append(waiting: PersistRequest[]): PersistRequest | undefined {
    const first = waiting[0]
    if (first === undefined) return undefined
    this.#holds = !this.#active.fits(first.records.length) && !this.#rotate(first.records.length)
    if (this.#holds) return undefined
    let bytes = 0
    const count = waiting.findIndex(({ records }) => {
      bytes += records.length
      return bytes > first.records.length && (bytes > BATCH_BYTES_MAX || !this.#active.fits(bytes))
    })
    const batch = waiting.splice(0, count < 0 ? waiting.length : count)
    this.#active.append(batch.map(({ records }) => records))
    for (const each of batch) this.#note(each)
    return batch.at(-1)
  }

  /** One step towards the next segment. */
  reserve(): void {
    try {
      this.#reserve ??= new Reserve(this.#files, this.#active.number + 1, this.#reserveBytes)
      if (!this.#reserve.isReady) this.#reserve.fill()
    } catch (cause) {
      if (!isFull(cause)) throw cause
      this.#noRoom()
    }
  }

  /** The disk may have room again. */
  retry(): void {
    this.#isFull = false
  }

  /** The entries up to `index` are not needed: whole segments before it go. */
  forget(index: number): void {
    const bases = [...this.#earlier.slice(1), this.#active].map(({ base }) => base)
    const needed = bases.findIndex((base) => base > index)
    const gone = this.#earlier.splice(0, needed < 0 ? bases.length : needed)
    if (gone.length === 0) return
    for (const { number } of gone) this.#files.remove(segmentName(number))
    this.#files.sync()
    this.retry()
  }

  close(): void {
    this.#reserve?.drop()
    this.#active.close()
  }

  get #nextBytes(): number {
    return Math.max(this.#sizes.leastBytes, Math.min(this.#sizes.mostBytes, 2 * this.#active.size))
  }

  #note({ last, hardState, snapshot }: PersistRequest): void {
    this.#last = last ?? this.#last
    this.#hardState = hardState
    // All that came before the snapshot is void, and this segment says so.
    if (snapshot !== undefined) this.forget(Number.POSITIVE_INFINITY)
  }

  /** Goes on in the next segment; false when the disk has no room for it. */
  #rotate(bodyBytes: number): boolean {
    const head = encodeRecords([
      { kind: "base", ...this.#last },
      { kind: "hardState", hardState: this.#hardState },
    ])
    const reserve = this.#readyReserve(sizeFor(head.length, bodyBytes, this.#sizes))
    if (reserve === undefined) return false
    const old = this.#active
    const place = { segment: old.number + 1, replaces: old.number + 1, chain: old.chain }
    const header = headerOf(this.#files, this.#identity, place)
    this.#active = Segment.begin(this.#files, reserve, header, { base: this.#last.index, body: head })
    this.#reserve = undefined
    this.#reserveBytes = this.#nextBytes
    this.#earlier.push({ number: old.number, base: old.base })
    old.seal()
    return true
  }

  #readyReserve(bytes: number): Reserve | undefined {
    if (this.#reserve !== undefined && this.#reserve.bytes < bytes) {
      this.#reserve.drop()
      this.#reserve = undefined
    }
    this.#reserveBytes = Math.max(this.#reserveBytes, bytes)
    while (this.wantsReserve) this.reserve()
    return this.#reserve
  }

  /** The smallest that will do is tried next time. */
  #noRoom(): void {
    this.#reserve?.drop()
    this.#reserve = undefined
    this.#isFull = true
    this.#reserveBytes = this.#sizes.leastBytes
  }
}

function endOf(contents: Contents): Place {
  return { index: contents.last, term: contents.termAt(contents.last) }
}

function headerOf(
  files: Files,
  { cluster, replica, owner }: Identity,
  place: Pick<SegmentHeader, "segment" | "replaces" | "chain">,
): SegmentHeader {
  return { fileId: files.fresh(), cluster, replica, owner, inode: files.inode() ?? "", ...place }
}

function beginSegment(
  files: Files,
  sizes: SegmentSizes,
  header: SegmentHeader,
  head: readonly [LogRecord & { readonly kind: "base" }, ...LogRecord[]],
): Segment {
  const body = encodeRecords(head)
  // No larger than the segment that it is rewritten from: with the reserve given back, a full disk has room for it.
  const reserve = new Reserve(files, header.segment, sizeFor(body.length, 0, sizes))
  try {
    reserve.fillUp()
  } catch (cause) {
    reserve.drop()
    throw cause
  }
  return Segment.begin(files, reserve, header, { base: head[0].index, body })
}
