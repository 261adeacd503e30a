import type { NodeId } from "@conclave/base"
import { type Core, clusterSize, isConclave, selfRecord, shownDigest } from "./core.ts"
import type { Row } from "./member-table.ts"
import { decimalDigits } from "./suspicion.ts"
import type { Message, Update } from "./types.ts"
import { stateUpdate } from "./update.ts"
import { updateBytesMax, updateBytesMin } from "./update-size.ts"

/** Room for everything in a packet but its updates: 80 bytes, or 116 where it is sealed. */
const ENVELOPE_BYTES = 116
/** By so much an answer without updates is smaller than its ping, also than one without a digest: it has no target. */
const ANSWER_SPARE_BYTES = 13
const NO_UPDATES: readonly Update[] = []
/** Members whose stale words were answered lately. */
const TOLD_MAX = 1024
const TOLD_SPACING_MS = 500

/**
 * Passes news on: on pings and acks, by a tick of its own while there is news (Lifeguard §III: the dedicated gossip
 * of memberlist), and at once when news is hot. No work at all when there is none.
 */
export class Gossip {
  readonly #core: Core
  readonly #told: Map<NodeId, number> = new Map()
  #tickMs = Number.POSITIVE_INFINITY
  #hotMs = Number.POSITIVE_INFINITY
  #lastBurstMs = Number.NEGATIVE_INFINITY

  constructor(core: Core) {
    this.#core = core
  }

  get nextMs(): number {
    return Math.min(this.#tickMs, this.#hotMs)
  }

  /** News is waiting: arms the tick. */
  wake(): void {
    if (this.#tickMs !== Number.POSITIVE_INFINITY || !this.#hasWork()) return
    const { config, random, nowMs } = this.#core
    this.#tickMs = nowMs + 1 + random.below(config.gossipIntervalMs)
  }

  /** News that must travel now: a burst at once, but not more often than the spacing. */
  hot(): void {
    if (!isConclave(this.#core)) return
    const earliest = this.#lastBurstMs + this.#core.config.eagerSpacingMs
    this.#hotMs = Math.min(this.#hotMs, Math.max(this.#core.nowMs, earliest))
  }

  run(): void {
    const { nowMs, config, queue } = this.#core
    if (nowMs < this.nextMs) return
    if (nowMs >= this.#tickMs) {
      this.#tickMs = this.#hasWork() ? nowMs + config.gossipIntervalMs : Number.POSITIVE_INFINITY
    }
    this.#hotMs = Number.POSITIVE_INFINITY
    if (queue.size > 0) this.#burst()
  }

  /** The updates for one packet. To a member that is accused its own accusation goes first (Lifeguard §IV-C). */
  piggyback(to: Row, room: number = this.#core.config.packetBytesMax - ENVELOPE_BYTES): readonly Update[] {
    const { table, config, nowMs } = this.#core
    if (config.mode === "swim" || table.state(to) === "alive") return this.#news(room)
    const accusation = stateUpdate(table, to, nowMs)
    const rest = room - updateBytesMax(accusation)
    // Where there is no room, `tell` says it in a packet of its own.
    return rest < 0 ? this.#news(room) : [accusation, ...this.#news(rest)]
  }

  /** The updates for what is sent because of `asked`, which it does not exceed: nobody makes us an amplifier. */
  answerTo(asked: Message, to: Row, spare: number = ANSWER_SPARE_BYTES): readonly Update[] {
    // As long as there is news, in the papers.
    if (!isConclave(this.#core)) return this.piggyback(to)
    let room = spare
    for (const update of asked.updates) room += updateBytesMin(update)
    return this.piggyback(to, Math.min(room, this.#core.config.packetBytesMax - ENVELOPE_BYTES))
  }

  /** Somebody whom we hold suspect or dead speaks as if nothing were: let it hear of it. */
  tell(row: Row): void {
    this.#answer(row, [row])
  }

  /** Somebody speaks of accusations that were refuted: let it hear the refutations, before its suspicion ends. */
  correct(to: Row, outdated: readonly Row[]): void {
    this.#answer(to, outdated)
  }

  #answer(to: Row, rows: readonly Row[]): void {
    const { table, nowMs, effects, config } = this.#core
    const { id, addr } = table.record(to)
    const last = this.#told.get(id)
    if (last !== undefined && nowMs - last < TOLD_SPACING_MS) return
    if (this.#told.size >= TOLD_MAX) this.#told.clear()
    this.#told.set(id, nowMs)
    const updates: Update[] = []
    let room = config.packetBytesMax - ENVELOPE_BYTES
    for (const row of rows) {
      const update = stateUpdate(table, row, nowMs)
      room -= updateBytesMax(update)
      if (room >= 0) updates.push(update)
    }
    const from = selfRecord(this.#core).id
    effects.push({ kind: "send", to: addr, message: { kind: "gossip", from, digest: 0, updates } })
  }

  /** One packet of updates to each of `count` random living members. */
  spread(updates: readonly Update[], count: number): void {
    const { table, random, effects } = this.#core
    const from = selfRecord(this.#core).id
    for (const row of table.pickLiving(count, random, () => true)) {
      const message = { kind: "gossip", from, digest: 0, updates } as const
      effects.push({ kind: "send", to: table.record(row).addr, message })
    }
  }

  #news(room: number): readonly Update[] {
    const { queue } = this.#core
    return queue.size === 0 ? NO_UPDATES : queue.take(room, this.#sendsMax())
  }

  #hasWork(): boolean {
    return this.#core.queue.size > 0 && this.#core.table.living.length > 0
  }

  /** The burst grows with the queue: a mass failure must not starve the refutations of the healthy. */
  #burst(): void {
    const { config, table, random, queue, nowMs } = this.#core
    this.#lastBurstMs = nowMs
    const targets = table.pickLiving(config.gossipFanout, random, () => true)
    const dead = this.#recentlyDead()
    if (dead !== undefined) targets.push(dead)
    if (targets.length === 0) return
    const room = config.packetBytesMax - ENVELOPE_BYTES
    const most = isConclave(this.#core) ? Math.floor(config.gossipPacketsMax / targets.length) : 1
    const each = Math.max(1, Math.min(most, Math.ceil(queue.bytes / room)))
    for (const row of targets) for (let sent = 0; sent < each && queue.size > 0; sent++) this.#send(row)
  }

  #send(row: Row): void {
    const { table, effects } = this.#core
    const updates = this.#core.queue.take(this.#core.config.packetBytesMax - ENVELOPE_BYTES, this.#sendsMax())
    if (updates.length === 0) return
    const message = {
      kind: "gossip",
      from: selfRecord(this.#core).id,
      digest: shownDigest(this.#core),
      updates,
    } as const
    effects.push({ kind: "send", to: table.record(row).addr, message })
  }

  /** The newly dead still hear gossip, so that they can refute. */
  #recentlyDead(): Row | undefined {
    const { table, random, nowMs, config } = this.#core
    const row = table.pickDead(random)
    if (row === undefined || nowMs - table.since(row) > config.gossipToTheDeadMs) return undefined
    return row
  }

  /** SWIM §4.1: λ log n sends of each piece of news. */
  #sendsMax(): number {
    return this.#core.config.retransmitMult * decimalDigits(clusterSize(this.#core))
  }
}
