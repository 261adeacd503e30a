import type { Addr } from "@conclave/base"
import type { AntiEntropy } from "./anti-entropy.ts"
import { type Core, selfRecord } from "./core.ts"
import { URGENCY } from "./gossip-queue.ts"
import type { Own } from "./own.ts"
import type { Answer, Streams } from "./streams.ts"
import type { MemberRecord } from "./types.ts"

const JOIN_LIMIT_MS = 5000
/** Waits between attempts: doubled from the first to the last. */
const RETRY_MIN_MS = 100
const RETRY_MAX_MS = 10_000
/** The same between attempts at addresses that were silent while others answered. */
const UNHEARD_MIN_MS = 10_000
const UNHEARD_MAX_MS = 600_000
/** Addresses remembered, the newest last. */
const SEEDS_MAX = 64

/**
 * Joins through any member: sends the own record by stream and takes all rows. Tried again until one address has
 * answered, and again whenever this member is alone. An address that never answered is asked ever more rarely for as long
 * as this member runs: of a fleet that started in two halves, neither knows anybody of the other.
 */
export class Join {
  readonly #core: Core
  readonly #own: Own
  readonly #streams: Streams
  readonly #antiEntropy: AntiEntropy
  readonly #seeds: Set<Addr> = new Set()
  readonly #unheard: Set<Addr> = new Set()
  #retryMs = Number.POSITIVE_INFINITY
  #waitMs = RETRY_MIN_MS
  #unheardMs = Number.POSITIVE_INFINITY
  #unheardWaitMs = UNHEARD_MIN_MS
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
    return Math.min(this.#retryMs, this.#unheardMs)
  }

  run(): void {
    const { nowMs } = this.#core
    if (nowMs >= this.#retryMs) {
      this.#retryMs = Number.POSITIVE_INFINITY
      if (!this.#isSatisfied()) for (const addr of this.#seeds) this.#ask(addr)
    }
    if (nowMs >= this.#unheardMs) this.#askUnheard()
  }

  start(addrs: readonly Addr[]): void {
    for (const addr of addrs) {
      if (addr === selfRecord(this.#core).addr) {
        this.#core.effects.push({ kind: "joinFailed", addr, reason: "that is this agent's own address" })
        continue
      }
      this.#seeds.delete(addr)
      this.#seeds.add(addr)
      this.#unheard.add(addr)
      if (this.#seeds.size > SEEDS_MAX) this.#dropOldest()
      this.#ask(addr)
    }
    this.#unheardWaitMs = UNHEARD_MIN_MS
    this.#waitForUnheard()
  }

  /** The last other member is gone: ask the known addresses again. */
  alone(): void {
    if (this.#seeds.size === 0 || this.#own.isLeaving) return
    this.#waitMs = RETRY_MIN_MS
    this.#retry()
  }

  stop(): void {
    this.#retryMs = Number.POSITIVE_INFINITY
    this.#unheardMs = Number.POSITIVE_INFINITY
    this.#seeds.clear()
    this.#unheard.clear()
  }

  #dropOldest(): void {
    for (const oldest of this.#seeds) {
      this.#seeds.delete(oldest)
      this.#unheard.delete(oldest)
      return
    }
  }

  #askUnheard(): void {
    // Whoever is alone asks them more often anyway.
    if (this.#isSatisfied()) for (const addr of this.#unheard) this.#ask(addr)
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

  #ask(addr: Addr): void {
    this.#underWay++
    const record = selfRecord(this.#core)
    this.#streams.request(addr, { kind: "join", record }, JOIN_LIMIT_MS, (answer) => {
      this.#underWay--
      this.#answered(addr, answer)
      if (this.#underWay === 0 && !this.#isSatisfied()) this.#retry()
    })
  }

  #answered(addr: Addr, answer: Answer): void {
    if (!answer.ok) return this.#failed(addr, answer.failure)
    const first = answer.pages[0]
    if (first?.kind === "nameTaken") return this.#nameTaken(addr, first.record)
    if (first?.kind !== "rows") {
      return this.#failed(addr, first?.kind === "refused" ? first.reason : "the answer is not that of a member")
    }
    this.#taken = undefined
    this.#unheard.delete(addr)
    for (const page of answer.pages) if (page.kind === "rows") this.#antiEntropy.take(page.updates)
    const { table, effects } = this.#core
    const row = table.row(first.from)
    const firstTime = !this.hasJoined
    this.hasJoined = true
    this.#waitMs = RETRY_MIN_MS
    effects.push({ kind: "joined", addr, id: first.from, name: row === undefined ? "" : table.record(row).name })
    if (firstTime) this.#antiEntropy.joined()
    this.#own.publish(URGENCY.join)
  }

  #failed(addr: Addr, reason: string): void {
    this.#core.effects.push({ kind: "joinFailed", addr, reason })
  }

  /** Wait for the old record to die; give up at once when its owner lives. */
  #nameTaken(addr: Addr, holder: MemberRecord): void {
    const { nowMs, config } = this.#core
    const sinceMs = this.#taken?.sinceMs ?? nowMs
    this.#taken = { sinceMs, holder }
    this.#failed(addr, `the name ${holder.name} is taken by ${holder.id} at ${holder.addr}`)
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
    if (this.#seeds.size === 0) return
    const { nowMs, random } = this.#core
    this.#retryMs = nowMs + this.#waitMs + random.below(this.#waitMs)
    this.#waitMs = Math.min(RETRY_MAX_MS, this.#waitMs * 2)
  }
}
