import { assert, Deadlines, type Millis, type NodeId, unreachable } from "@conclave/base"
import { Accusations } from "./accusations.ts"
import { type Core, isConclave, type RowListener } from "./core.ts"
import { URGENCY, type Urgency } from "./gossip-queue.ts"
import type { Row } from "./member-table.ts"
import { judge, type News } from "./merge.ts"
import { OpaqueNews } from "./opaque-news.ts"
import type { Own } from "./own.ts"
import { isRenewal, RESTART_MS_MAX } from "./record.ts"
import { Suspects } from "./suspects.ts"
import { mergeAccusers } from "./suspicion.ts"
import type { Accuser, MemberChange, MemberRecord, MemberState, Update } from "./types.ts"
import { stateUpdate } from "./update.ts"
import { updateBytesMax } from "./update-size.ts"

/** How news came: passed on while fresh, or in the comparison of two whole views. */
export type Via = "gossip" | "sync"

/** Who was dead to us may for this long still send verdicts that it reached while it was cut off. */
const RETURNED_MS = 5000
const NO_ROWS: readonly Row[] = []

type SuspectNews = Extract<Update, { kind: "suspect" }>
type GoneNews = Extract<Update, { kind: "dead" | "left" }>

/**
 * The only writer of the member table: takes news, judges it by `merge.ts`, keeps restarts and tombstones by deadline,
 * condemns those whose suspicion has run out, passes on what was new and reports each change once.
 */
export class Membership {
  readonly accusations: Accusations = new Accusations()
  readonly suspects: Suspects
  readonly #core: Core
  readonly #own: Own
  readonly #listener: RowListener
  readonly #opaque: OpaqueNews
  readonly #restartUntil: Deadlines<Row> = new Deadlines()
  readonly #tombstones: Deadlines<Row> = new Deadlines()
  readonly #outdated: Set<Row> = new Set()
  /** No members, whatever is heard of them. */
  readonly #barred: Set<NodeId> = new Set()
  /** When the dead came back. */
  readonly #returned: Map<Row, number> = new Map()

  constructor(core: Core, own: Own, listener: RowListener) {
    this.#core = core
    this.#own = own
    this.#listener = listener
    this.suspects = new Suspects(core)
    this.#opaque = new OpaqueNews(core)
  }

  get nextMs(): number {
    return Math.min(this.suspects.nextMs, this.#restartUntil.next, this.#tombstones.next)
  }

  run(): void {
    const now = this.#core.nowMs
    for (let due = this.#restartUntil.take(now); due; due = this.#restartUntil.take(now)) this.#stayedAway(due.key)
    for (let next = this.suspects.take(); next; next = this.suspects.take()) {
      if (next.due === "lastCall") this.#listener.lastCall(next.row)
      else this.#condemn(next.row)
    }
    for (let due = this.#tombstones.take(now); due; due = this.#tombstones.take(now)) this.#age(due.key)
  }

  apply(update: Update, via: Via): void {
    switch (update.kind) {
      case "opaque":
        return this.#opaque.forward(update)
      case "alive":
        if (update.record.id === this.#own.record.id) return this.#own.hear(update)
        if (this.#barred.has(update.record.id)) return
        return this.#alive(update.record)
      case "suspect":
        if (update.id === this.#own.record.id) return this.#accused(update)
        if (this.#barred.has(update.id)) return
        return this.#suspect(update)
      case "dead":
      case "left":
        if (update.id === this.#own.record.id) return this.#accused(update)
        // A later life of it, that others believed in, has left with all before it.
        if (update.kind === "dead" && this.#barred.has(update.id)) return
        return this.#gone(update, via)
      default:
        return unreachable(update)
    }
  }

  /**
   * Whether verdicts of this member kill. Those of one whom we do not hold alive, or did not a moment ago, are old: who
   * was cut off condemned us all meanwhile, and its datagrams may overtake each other. The papers' baselines believe
   * everybody.
   */
  isBelieved(row: Row | undefined): boolean {
    if (!isConclave(this.#core)) return true
    if (row === undefined || !this.#core.table.isLiving(row)) return false
    return this.#core.nowMs - (this.#returned.get(row) ?? Number.NEGATIVE_INFINITY) >= RETURNED_MS
  }

  /** Rows that live and that the last packet spoke of as they were before they refuted. Emptied by reading. */
  takeOutdated(): readonly Row[] {
    if (this.#outdated.size === 0) return NO_ROWS
    const rows = [...this.#outdated]
    this.#outdated.clear()
    return rows
  }

  /** Our own first-hand accusation (SWIM §4.2). Nothing is published about a member that announced a restart. */
  accuse(row: Row, path: Accuser["path"]): void {
    const { table, health } = this.#core
    if (!table.isLiving(row) || table.restartingUntil(row) !== undefined) return
    const rttMs = Math.min(60_000, Math.round(table.rttMs(row) ?? 0))
    const { generation, incarnation } = table.standing(row)
    const id = table.record(row).id
    const accusers = [{ id: this.#own.record.id, path, rttMs, health: health.score }]
    this.#suspect({ kind: "suspect", id, generation, incarnation, accusers })
  }

  /** Declares a member that is not alive as left, on an operator's word. */
  expel(row: Row, prune: boolean): void {
    const { generation, incarnation } = this.#core.table.standing(row)
    const id = this.#core.table.record(row).id
    this.#gone({ kind: "left", id, generation, incarnation, accusers: [], ageMs: 0, prune }, "gossip")
  }

  /** Who is held for a member until now has left, whatever version it has. */
  bar(id: NodeId): void {
    const { table } = this.#core
    this.#barred.add(id)
    const row = table.row(id)
    if (row === undefined || row === 0 || table.state(row) === "left") return
    const { generation, incarnation } = table.standing(row)
    this.#bury(row, { kind: "left", id, generation, incarnation, accusers: [], ageMs: 0, prune: false })
  }

  isBarred(id: NodeId): boolean {
    return this.#barred.has(id)
  }

  #alive(record: MemberRecord): void {
    const { table, config, counters } = this.#core
    const row = table.row(record.id)
    const news: News = { kind: "alive", generation: record.generation, incarnation: record.incarnation }
    if (row === undefined || judge(table.standing(row), news) === "adopt") {
      const holder = table.holderOf(record.name)
      if (holder !== undefined && holder !== record.id) this.#own.nameConflict(holder, record, true)
      else if (row !== undefined) this.#revive(row, record)
      else if (table.size >= config.membersMax) counters.rowsRefused++
      else this.#admit(record)
      return
    }
    // Who left does not come back in its generation, but its version rises, or a view with a newer alive would never
    // agree.
    if (judge(table.standing(row), news) === "raise") this.#raise(row, news)
    // A newer description of a member whose accusation we heard first.
    const held = table.record(row)
    const newer =
      record.generation > held.generation ||
      (record.generation === held.generation && record.incarnation > held.incarnation)
    if (!newer) return
    const before = table.view(row)
    table.describe(row, record, this.#core.nowMs)
    this.#report("update", before, row)
    if (isElsewhere(held, record) && table.isLiving(row)) this.#listener.rowMoved(row)
  }

  #admit(record: MemberRecord): void {
    const { table, nowMs } = this.#core
    const row = table.admit(record, "alive", nowMs)
    this.#noteRestart(row, record)
    this.#core.effects.push({
      kind: "memberChanged",
      change: "join",
      before: undefined,
      after: table.view(row),
      suspectMs: 0,
    })
    this.#publish(row, URGENCY.join)
    this.#listener.rowLives(row)
    this.#listener.hot()
  }

  #revive(row: Row, record: MemberRecord): void {
    const { table, nowMs } = this.#core
    const before = table.view(row)
    const moved = isElsewhere(before.record, record)
    const accused = before.state === "suspect" || before.state === "dead"
    if (accused) this.#core.counters.refutations++
    this.#clearTimers(row)
    table.describe(row, record, nowMs)
    table.setAccusers(row, [])
    table.write(row, { state: "alive", generation: record.generation, incarnation: record.incarnation }, nowMs)
    this.#noteRestart(row, record)
    this.#report(before.state === "alive" ? "update" : "alive", before, row)
    // Also at a hop that the accusation has not reached: the refutation outranks it there too.
    const urgent = accused || record.restartingForMs > 0 || isRenewal(before.record, record)
    this.#publish(row, urgent ? URGENCY.refutation : URGENCY.description)
    if (before.state === "dead") this.#returned.set(row, nowMs)
    if (before.state === "dead" || before.state === "left") this.#listener.rowLives(row)
    else if (moved) this.#listener.rowMoved(row)
    else if (before.state === "suspect") this.#listener.rowCleared(row)
    if (urgent || before.state !== "alive") this.#listener.hot()
  }

  #suspect(news: SuspectNews): void {
    const { table, nowMs } = this.#core
    const row = table.row(news.id)
    if (row === undefined) return
    if (table.restartingUntil(row) !== undefined) return
    const verdict = judge(table.standing(row), news)
    if (verdict === "confirm") return this.#confirm(row, news.accusers)
    if (verdict === "raise") return this.#raise(row, news)
    if (verdict === "stale") return this.#noteOutdated(row)
    const before = table.view(row)
    this.#clearTimers(row)
    const accusers = mergeAccusers([], news.accusers)
    this.#recordAccusers(news.id, accusers)
    table.setAccusers(row, accusers)
    table.write(row, { state: "suspect", generation: news.generation, incarnation: news.incarnation }, nowMs)
    this.suspects.begin(row, accusers)
    this.#core.counters.suspicions++
    this.#report("suspect", before, row)
    this.#publish(row, URGENCY.verdict)
    if (before.state === "dead" || before.state === "left") this.#listener.rowLives(row)
    this.#listener.hot()
  }

  /** Lifeguard §IV-B: further first-hand accusers shorten the suspicion and are passed on, the first few of them. */
  #confirm(row: Row, news: readonly Accuser[]): void {
    const { table, config } = this.#core
    const suspicion = this.suspects.of(row)
    assert(suspicion !== undefined, "a suspect has a running suspicion")
    const accusers = mergeAccusers(suspicion.accusers, news)
    if (accusers === suspicion.accusers) return
    const fresh = accusers.filter((accuser) => !suspicion.accusers.includes(accuser))
    this.#recordAccusers(table.record(row).id, fresh)
    this.suspects.confirm(row, suspicion, accusers)
    table.setAccusers(row, accusers)
    const isWitnessed = fresh.some((accuser) => accuser.path === "link")
    if (accusers.length > config.confirmations + 2 && !isWitnessed) return
    this.#publish(row, URGENCY.verdict)
    this.#listener.hot()
  }

  #gone(news: GoneNews, via: Via): void {
    const { table } = this.#core
    const row = table.row(news.id)
    if (row === undefined) return
    const held = table.state(row)
    if (news.kind === "dead" && table.restartingUntil(row) !== undefined) return
    // Left is terminal for its generation: what prunes it need not be newer.
    if (news.prune && held === "left" && news.generation === table.standing(row).generation) return this.#prune(row)
    const verdict = judge(table.standing(row), news)
    if (verdict === "raise") return this.#raise(row, news)
    if (verdict === "stale" && news.kind === "dead") return this.#noteOutdated(row)
    if (verdict !== "adopt") return
    // After a partition both sides hold each other dead: a whole view never kills, it makes the accused answer.
    if (news.kind === "dead" && via === "sync" && (held === "alive" || held === "suspect")) {
      const { id, generation, incarnation } = news
      const accusers = news.accusers.slice(0, 1).map((accuser) => ({ ...accuser, path: "indirect" as const }))
      return this.#suspect({ kind: "suspect", id, generation, incarnation, accusers })
    }
    this.#bury(row, news)
    if (news.prune) this.#remove(row, "prune")
  }

  /** News about ourselves. Who speaks of an accusation that we have refuted has missed the refutation. */
  #accused(news: SuspectNews | GoneNews): void {
    const { generation, incarnation } = this.#core.table.standing(0)
    const isPast = news.generation < generation || (news.generation === generation && news.incarnation < incarnation)
    if (isPast) return this.#noteOutdated(0)
    this.#recordAccusers(news.id, news.accusers)
    this.#own.hear(news)
  }

  #noteOutdated(row: Row): void {
    if (isConclave(this.#core) && this.#core.table.state(row) === "alive") this.#outdated.add(row)
  }

  #bury(row: Row, news: GoneNews): void {
    const { table, nowMs, config, counters } = this.#core
    const before = table.view(row)
    const suspicion = this.suspects.of(row)
    const suspectMs = suspicion === undefined ? 0 : Math.round(nowMs - suspicion.startMs)
    this.#clearTimers(row)
    const accusers = mergeAccusers(table.accusers(row), news.accusers)
    table.setAccusers(row, news.kind === "dead" ? accusers : [])
    const ageMs = Math.min(news.ageMs, config.tombstoneMs)
    const { generation, incarnation } = news
    table.write(row, { state: news.kind, generation, incarnation }, nowMs, ageMs)
    this.#tombstones.set(row, nowMs + Math.max(0, config.deadDigestMs - ageMs))
    if (news.kind === "dead") counters.deaths++
    this.#report(news.kind, before, row, suspectMs)
    this.#publish(row, URGENCY.verdict, news.prune)
    if (before.state === "alive" || before.state === "suspect") this.#listener.rowGone(row, before.id)
    this.suspects.fewer()
    this.#listener.hot()
  }

  /** A suspicion ran out (SWIM §4.2); each observer counts for itself. */
  #condemn(row: Row): void {
    const { table } = this.#core
    const { generation, incarnation } = table.standing(row)
    const id = table.record(row).id
    this.#bury(row, { kind: "dead", id, generation, incarnation, accusers: [], ageMs: 0, prune: false })
  }

  /** The announced restart is over and the member is not back: it is dead without a suspicion. */
  #stayedAway(row: Row): void {
    const { table } = this.#core
    table.setRestarting(row, undefined)
    if (!table.isLiving(row)) return
    const { generation, incarnation } = table.standing(row)
    const id = table.record(row).id
    this.#bury(row, { kind: "dead", id, generation, incarnation, accusers: [], ageMs: 0, prune: false })
  }

  /** Dead rows leave the digest first and are forgotten later. */
  #age(row: Row): void {
    const { table, nowMs, config } = this.#core
    const age = nowMs - table.since(row)
    if (age >= config.tombstoneMs) return this.#remove(row, "reap")
    table.hideFromDigest(row, nowMs)
    this.#tombstones.set(row, table.since(row) + config.tombstoneMs)
  }

  #prune(row: Row): void {
    this.#publish(row, URGENCY.verdict, true)
    this.#listener.hot()
    this.#remove(row, "prune")
  }

  #remove(row: Row, change: "reap" | "prune"): void {
    const { table, nowMs, effects } = this.#core
    const before = table.view(row)
    this.#clearTimers(row)
    table.remove(row, nowMs)
    this.accusations.forget(before.id)
    this.#returned.delete(row)
    effects.push({ kind: "memberChanged", change, before, after: undefined, suspectMs: 0 })
  }

  #raise(row: Row, news: News): void {
    const { table, nowMs } = this.#core
    const state: MemberState = table.state(row)
    table.write(row, { state, generation: news.generation, incarnation: news.incarnation }, nowMs)
  }

  #noteRestart(row: Row, record: MemberRecord): void {
    if (record.restartingForMs <= 0) return
    const until = this.#core.nowMs + Math.min(record.restartingForMs, RESTART_MS_MAX)
    this.#core.table.setRestarting(row, until as Millis)
    this.#restartUntil.set(row, until)
    this.suspects.fewer()
  }

  #clearTimers(row: Row): void {
    this.suspects.end(row)
    this.#restartUntil.clear(row)
    this.#tombstones.clear(row)
    this.#core.table.setRestarting(row, undefined)
  }

  #recordAccusers(subject: NodeId, accusers: readonly Accuser[]): void {
    for (const accuser of accusers) this.accusations.add(subject, accuser, this.#core.nowMs)
  }

  #report(change: MemberChange, before: ReturnType<Core["table"]["view"]>, row: Row, suspectMs = 0): void {
    const after = this.#core.table.view(row)
    this.#core.effects.push({ kind: "memberChanged", change, before, after, suspectMs })
  }

  #publish(row: Row, urgency: Urgency, prune = false): void {
    const { table, queue, nowMs } = this.#core
    const update = stateUpdate(table, row, nowMs, prune)
    queue.push(table.record(row).id, { update, bytes: updateBytesMax(update), urgency }, 2 * table.size + 64)
  }
}

/** What is connected to the one is not connected to the other: another address, or another process. */
function isElsewhere(held: MemberRecord, next: MemberRecord): boolean {
  return held.addr !== next.addr || held.generation !== next.generation
}
