import { type Addr, base32, type NodeId, nodeId } from "@conclave/base"
import type { Core } from "./core.ts"
import type { Own } from "./own.ts"
import type { Streams } from "./streams.ts"
import type { MemberRecord } from "./types.ts"

const ASK_LIMIT_MS = 5000
const UP_MS_MAX = 2 ** 32 - 1
/** Addresses remembered as asked; beyond them all are asked anew. */
const ASKED_MAX = 64

/**
 * Finds another process with our key, as from a copied data directory: the two refute each other without an end, and to
 * the others one member jumps between two addresses. Whoever hears of itself at another address asks there for itself.
 * An earlier life does not answer, and our own answer, by another address of this host, is known by the question: its
 * sender is made up for this one. Whoever has found the other tells it, which may hear of it too late by itself. Both
 * are told, and one must go: of two that just started the one with the greater address, else the one that just started;
 * the others' patience is longer, for when nobody goes, and begins anew when the other does: a copy that is started
 * again and again by its supervisor must not outlast the one that runs.
 */
export class Twin {
  readonly #core: Core
  readonly #own: Own
  readonly #streams: Streams
  readonly #startMs: number
  readonly #askedMs: Map<Addr, number> = new Map()
  /** What our own questions call themselves, and whether we heard them ourselves. */
  readonly #questions: Map<NodeId, boolean> = new Map()
  /** Since when the other is proven, and when last; a gap begins it anew. */
  #proof: { readonly record: MemberRecord; readonly sinceMs: number; readonly lastMs: number } | undefined
  #againMs = Number.POSITIVE_INFINITY

  constructor(core: Core, own: Own, streams: Streams) {
    this.#core = core
    this.#own = own
    this.#streams = streams
    this.#startMs = core.nowMs
  }

  /** How long this process has run. */
  get upMs(): number {
    return Math.min(UP_MS_MAX, Math.max(1, Math.round(this.#core.nowMs - this.#startMs)))
  }

  /** When the other is asked whether it is still there: news of it may not come. */
  get nextMs(): number {
    return this.#againMs
  }

  run(): void {
    if (this.#core.nowMs < this.#againMs) return
    this.#againMs = Number.POSITIVE_INFINITY
    if (this.#proof !== undefined && !this.#own.isLeaving) this.#ask(this.#proof.record)
  }

  /** A record of our own id, from whomever. */
  heard(record: MemberRecord): void {
    if (record.addr === this.#own.record.addr || this.#own.isLeaving) return
    const askedMs = this.#askedMs.get(record.addr) ?? Number.NEGATIVE_INFINITY
    if (this.#core.nowMs - askedMs >= this.#spacingMs) this.#ask(record)
  }

  /**
   * Another process has sent this record, which has our id: no question is left. Without `upMs` it has just started.
   */
  met(record: MemberRecord, upMs = 0): void {
    const { nowMs } = this.#core
    const { sinceMs = nowMs } = this.#proof ?? {}
    const isStill = this.#isProven
    this.#againMs = nowMs + this.#spacingMs
    this.#proof = { record, sinceMs: isStill ? Math.max(sinceMs, nowMs - upMs) : nowMs, lastMs: nowMs }
    this.#own.twin(record, nowMs - this.#proof.sinceMs >= this.#patienceMs(record))
  }

  /** Somebody probes this member by stream. */
  probed(from: NodeId): void {
    if (this.#questions.has(from)) this.#questions.set(from, true)
  }

  get #spacingMs(): number {
    return this.#core.config.nameWaitMs >> 2
  }

  get #isProven(): boolean {
    return this.#proof !== undefined && this.#core.nowMs - this.#proof.lastMs <= 4 * this.#spacingMs
  }

  #patienceMs(other: MemberRecord): number {
    const { nameWaitMs } = this.#core.config
    const hasJustStarted = (this.#proof?.sinceMs ?? this.#core.nowMs) - this.#startMs < nameWaitMs
    const ownMs = hasJustStarted ? this.#spacingMs : nameWaitMs
    return this.#own.record.addr > other.addr ? ownMs : 2 * ownMs
  }

  #ask(record: MemberRecord): void {
    const { random, nowMs } = this.#core
    if (this.#askedMs.size >= ASKED_MAX) this.#askedMs.clear()
    this.#askedMs.set(record.addr, nowMs)
    const from = nodeId(base32(Uint8Array.from({ length: 16 }, () => random.below(256))))
    this.#questions.set(from, false)
    const target = this.#own.record.id
    this.#streams.request(record.addr, { kind: "ping", from, target }, ASK_LIMIT_MS, (answer) => {
      const isOurs = this.#questions.get(from) === true
      this.#questions.delete(from)
      const reply = answer.ok ? answer.pages[0] : undefined
      if (reply?.kind === "pong" && !isOurs && !this.#own.isLeaving) this.#found(record, reply.upMs)
    })
  }

  /** It may go before news of it reaches the other: that one is told by our own word, in each of its lives. */
  #found(record: MemberRecord, upMs: number): void {
    const own = this.#own.record
    const isTold = this.#isProven && this.#core.nowMs - upMs <= (this.#proof?.lastMs ?? 0)
    if (!isTold) this.#streams.request(record.addr, { kind: "join", record: own }, ASK_LIMIT_MS, () => {})
    this.met(record, upMs)
  }
}
