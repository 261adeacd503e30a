import type { Addr, NodeId } from "@conclave/base"
import type { AntiEntropy } from "./anti-entropy.ts"
import { type Core, isConclave, selfRecord } from "./core.ts"
import { URGENCY } from "./gossip-queue.ts"
import type { Own } from "./own.ts"
import type { Answer, Streams } from "./streams.ts"
import type { JoinKeep, MemberRecord, StreamReply } from "./types.ts"

const JOIN_LIMIT_MS = 5000
/** Waits between attempts: doubled from the first to the last. */
const RETRY_MIN_MS = 100
const RETRY_MAX_MS = 10_000
/** The same between attempts at addresses that were silent while others answered. */
const UNHEARD_MIN_MS = 10_000
const UNHEARD_MAX_MS = 600_000
/** After a lie about our address; further ones meanwhile change nothing. */
const DOUBT_MS = 5000
/** Addresses that somebody named, and of an earlier life; beyond them the oldest goes. */
const SEEDS_MAX = 256
const REMEMBERED_MAX = 64

/**
 * Joins through any member: sends the own record by stream and takes all rows. Tried again until one address has
 * answered, and again whenever this member is alone. An address that never answered is asked ever more rarely for as
 * long as this member runs: of a fleet that started in two halves, neither knows anybody of the other. Those of an
 * earlier life are only asked until somebody answers, and never crowd out the named ones.
 */
export class Join {
  readonly #core: Core
  readonly #own: Own
  readonly #streams: Streams
  readonly #antiEntropy: AntiEntropy
  readonly #seeds: Set<Addr> = new Set()
  readonly #remembered: Set<Addr> = new Set()
  readonly #unheard: Set<Addr> = new Set()
  #retryMs = Number.POSITIVE_INFINITY
  #waitMs = RETRY_MIN_MS
  #unheardMs = Number.POSITIVE_INFINITY
  #unheardWaitMs = UNHEARD_MIN_MS
  #doubtMs = Number.POSITIVE_INFINITY
  /** Asks of addresses that are kept. */
  #underWay = 0
  #taken: { readonly sinceMs: number; readonly holder: MemberRecord } | undefined
  /** One address has answered since the start. */
  hasJoined = false

  constructor(core: Core, parts: { own: Own; streams: Streams; antiEntropy: AntiEntropy }) {
    this.#core = core
    this.#own = parts.own
    this.#streams = parts.streams
    this.#antiEntropy = parts.antiEntropy
  }

  get nextMs(): number {
    return Math.min(this.#retryMs, this.#unheardMs, this.#doubtMs)
  }

  run(): void {
    const { nowMs } = this.#core
    if (nowMs >= this.#retryMs) {
      this.#retryMs = Number.POSITIVE_INFINITY
      if (!this.#isSatisfied()) this.#askAll()
    }
    if (nowMs >= this.#unheardMs) this.#askUnheard()
    if (nowMs < this.#doubtMs) return
    this.#doubtMs = Number.POSITIVE_INFINITY
    this.#askAll()
  }

  /** The fleet that was asked last holds our name, or our key, for that of this member. */
  get nameHolder(): MemberRecord | undefined {
    return this.#taken?.holder
  }

  start(addrs: readonly Addr[], keep: JoinKeep): void {
    for (const addr of addrs) {
      if (addr === selfRecord(this.#core).addr) {
        this.#failed(addr, "that is this agent's own address", keep)
        continue
      }
      if (keep === "untilJoined") this.#remember(addr)
      else if (keep === "always") this.#name(addr)
      this.#ask(addr, keep)
    }
    if (keep !== "always") return
    this.#unheardWaitMs = UNHEARD_MIN_MS
    this.#waitForUnheard()
  }

  /** The last other member is gone: ask the known addresses again. */
  alone(): void {
    if (this.#own.isLeaving) return
    this.#waitMs = RETRY_MIN_MS
    this.#retry()
  }

  /**
   * Others believe that we live elsewhere, and we may believe the same of them: then nobody hears that it is refuted.
   * The addresses that were named are not from gossip, and who answers there by a stream is who it is.
   */
  doubt(): void {
    if (isConclave(this.#core)) this.#doubtMs = Math.min(this.#doubtMs, this.#core.nowMs + DOUBT_MS)
  }

  stop(): void {
    this.#doubtMs = Number.POSITIVE_INFINITY
    this.#retryMs = Number.POSITIVE_INFINITY
    this.#unheardMs = Number.POSITIVE_INFINITY
    this.#seeds.clear()
    this.#remembered.clear()
    this.#unheard.clear()
  }

  #name(addr: Addr): void {
    this.#remembered.delete(addr)
    this.#seeds.delete(addr)
    this.#seeds.add(addr)
    this.#unheard.add(addr)
    const dropped = dropOldest(this.#seeds, SEEDS_MAX)
    if (dropped !== undefined) this.#unheard.delete(dropped)
  }

  #remember(addr: Addr): void {
    if (this.#seeds.has(addr)) return
    this.#remembered.add(addr)
    dropOldest(this.#remembered, REMEMBERED_MAX)
  }

  #askUnheard(): void {
    // Whoever is alone asks them more often anyway.
    if (this.#isSatisfied()) for (const addr of this.#unheard) this.#ask(addr, "always")
    this.#waitForUnheard()
  }

  #waitForUnheard(): void {
    if (this.#unheard.size === 0) {
      this.#unheardMs = Number.POSITIVE_INFINITY
      return
    }
    this.#unheardMs = this.#core.nowMs + this.#unheardWaitMs + this.#core.random.below(this.#unheardWaitMs >> 1)
    this.#unheardWaitMs = Math.min(UNHEARD_MAX_MS, this.#unheardWaitMs * 2)
  }

  #isSatisfied(): boolean {
    return this.hasJoined && this.#core.table.living.length > 0
  }

  #askAll(): void {
    for (const addr of this.#seeds) this.#ask(addr, "always")
    for (const addr of this.#remembered) this.#ask(addr, "untilJoined")
  }

  #ask(addr: Addr, keep: JoinKeep): void {
    // Those that are asked once come one after another, as a source finds them: they would put the retry off for ever.
    const isKept = keep !== "once"
    if (isKept) this.#underWay++
    const record = selfRecord(this.#core)
    this.#streams.request(addr, { kind: "join", record }, JOIN_LIMIT_MS, (answer) => {
      if (isKept) this.#underWay--
      this.#answered(addr, answer, keep)
      if (isKept && this.#underWay === 0 && !this.#isSatisfied()) this.#retry()
    })
  }

  #answered(addr: Addr, answer: Answer, keep: JoinKeep): void {
    if (!answer.ok) return this.#failed(addr, answer.failure, keep)
    const first = answer.pages[0]
    if (first?.kind === "nameTaken") return this.#nameTaken(addr, first.record, keep)
    if (first?.kind !== "rows") {
      return this.#failed(addr, first?.kind === "refused" ? first.reason : "the answer is not that of a member", keep)
    }
    this.#taken = undefined
    this.#unheard.delete(addr)
    for (const page of answer.pages) if (page.kind === "rows") this.#antiEntropy.take(page.updates)
    const { table, effects } = this.#core
    const row = table.row(first.from)
    const firstTime = !this.hasJoined
    this.hasJoined = true
    this.#waitMs = RETRY_MIN_MS
    const name = row === undefined ? "" : table.record(row).name
    effects.push({ kind: "joined", addr, id: first.from, name, spokenOf: spokenOf(answer.pages) })
    if (firstTime) this.#antiEntropy.joined()
    this.#own.publish(URGENCY.join)
  }

  #failed(addr: Addr, reason: string, keep: JoinKeep): void {
    this.#core.effects.push({ kind: "joinFailed", addr, reason, keep })
  }

  /** Wait for the old record to die; give up at once when its owner lives. */
  #nameTaken(addr: Addr, holder: MemberRecord, keep: JoinKeep): void {
    const { nowMs, config } = this.#core
    const sinceMs = this.#taken?.sinceMs ?? nowMs
    this.#taken = { sinceMs, holder }
    const isTwin = holder.id === selfRecord(this.#core).id
    const taken = isTwin
      ? `the key of this agent is used by another`
      : `the name ${holder.name} is taken by ${holder.id}`
    this.#failed(addr, `${taken} at ${holder.addr}`, keep)
    if (nowMs - sinceMs >= config.nameWaitMs) return this.#conflict(holder)
    this.#streams.ask(holder.addr, holder.id, JOIN_LIMIT_MS, (reply) => {
      if (reply?.kind === "pong" && !this.hasJoined) this.#conflict(holder)
    })
  }

  #conflict(holder: MemberRecord): void {
    const challenger = selfRecord(this.#core)
    this.#core.effects.push({ kind: "nameConflict", name: holder.name, holder, challenger, fatal: true })
  }

  #retry(): void {
    if (this.#seeds.size + this.#remembered.size === 0) return
    const { nowMs, random } = this.#core
    this.#retryMs = nowMs + this.#waitMs + random.below(this.#waitMs)
    this.#waitMs = Math.min(RETRY_MAX_MS, this.#waitMs * 2)
  }
}

function spokenOf(pages: readonly StreamReply[]): readonly NodeId[] {
  const ids: NodeId[] = []
  for (const page of pages) {
    if (page.kind !== "rows") continue
    for (const update of page.updates) {
      if (update.kind === "alive") ids.push(update.record.id)
      else if (update.kind !== "opaque" && update.kind !== "left") ids.push(update.id)
    }
  }
  return ids
}

/** Keeps a set in the order of its insertions at `most`; what had to go. */
function dropOldest(addrs: Set<Addr>, most: number): Addr | undefined {
  const [oldest] = addrs
  if (addrs.size <= most || oldest === undefined) return undefined
  addrs.delete(oldest)
  return oldest
}
