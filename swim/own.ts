import { assert, GENERATION_MAX, type Generation, INCARNATION_MAX, type Incarnation, type NodeId } from "@conclave/base"
import type { Core, RowListener } from "./core.ts"
import { URGENCY, type Urgency } from "./gossip-queue.ts"
import { judgeSelf } from "./merge.ts"
import { makeRecord, type RecordFields } from "./record.ts"
import type { MemberRecord, Update } from "./types.ts"
import { aliveUpdate } from "./update.ts"
import { updateBytesMax } from "./update-size.ts"

/** One conflict of names is reported at most this often. */
const CONFLICT_REPORT_MS = 60_000
/** Incarnations are kept this far from their end: the next change takes a new generation instead. */
const INCARNATION_ROOM = 2 ** 17

type MemberNews = Exclude<Update, { kind: "opaque" }>

/** This member's own record: only here is it changed, and only its owner changes it (SWIM §4.2). */
export class Own {
  readonly #core: Core
  readonly #listener: RowListener
  /** When a conflict was reported last, by challenger. */
  readonly #conflicts: Map<NodeId, number> = new Map()
  /** Since when a living member with our name and a lesser id is heard of, and when last. */
  #outranked: { readonly sinceMs: number; readonly lastMs: number } | undefined
  #leaving = false
  /** A record of our own id has come. */
  described: (record: MemberRecord) => void = () => {}
  /** It was believable, and says that we live where we do not. */
  misplaced: () => void = () => {}

  constructor(core: Core, listener: RowListener) {
    this.#core = core
    this.#listener = listener
  }

  get record(): MemberRecord {
    return this.#core.table.record(0)
  }

  get isLeaving(): boolean {
    return this.#leaving
  }

  /** News about ourselves: refute what is false (SWIM §4.2), jump past a generation that is not behind us. */
  hear(news: MemberNews): void {
    if (this.#leaving) return
    const { table, health, counters } = this.#core
    const version = news.kind === "alive" ? news.record : news
    const same = news.kind === "alive" && news.record.hash === this.record.hash
    const { generation, incarnation } = version
    const verdict = judgeSelf(table.standing(0), { kind: news.kind, generation, incarnation }, same, GENERATION_MAX)
    if (news.kind === "alive") this.described(news.record)
    if (verdict.kind === "ignore") return
    if (news.kind === "alive" && news.record.addr !== this.record.addr) this.misplaced()
    counters.refutations++
    // Lifeguard §IV-A: whoever has to refute was slow itself.
    if (news.kind !== "alive") health.change(1)
    if (verdict.kind === "refute") this.#advance({}, verdict.incarnation, URGENCY.refutation)
    else this.#jump(verdict)
    this.#listener.hot()
  }

  /** Publishes a changed description of ourselves. */
  change(fields: Partial<RecordFields>, urgency: Urgency = URGENCY.description): void {
    this.#advance(fields, this.record.incarnation + 1, urgency)
  }

  /** Tells everybody that we are here, as on arrival and after a long stall. */
  announce(): void {
    if (this.#leaving) return
    this.change({}, URGENCY.refutation)
    this.#listener.hot()
  }

  publish(urgency: Urgency): void {
    this.#push(aliveUpdate(this.record), urgency)
  }

  /** Says good-bye; from here on nothing about us is refuted. */
  leave(): Update {
    this.#leaving = true
    const { id, generation, incarnation } = this.record
    const update: Update = { kind: "left", id, generation, incarnation, accusers: [], ageMs: 0, prune: false }
    this.#push(update, URGENCY.refutation)
    this.#listener.hot()
    return update
  }

  /** Another process has our key; with `fatal` it is us who go. */
  twin(record: MemberRecord, fatal: boolean): void {
    this.#report(this.record, record, fatal)
  }

  /** Two living members with one name: reported, never an update. Of two established ones the greater id goes. */
  nameConflict(holderId: NodeId, challenger: MemberRecord, established: boolean): void {
    const { table, nowMs, config } = this.#core
    const row = table.row(holderId)
    assert(row !== undefined, "the holder of a name has a row")
    const holder = table.record(row)
    let fatal = false
    if (row === 0 && established && challenger.id < holder.id) {
      const recent = this.#outranked !== undefined && nowMs - this.#outranked.lastMs < config.nameWaitMs
      const sinceMs = recent && this.#outranked !== undefined ? this.#outranked.sinceMs : nowMs
      this.#outranked = { sinceMs, lastMs: nowMs }
      fatal = nowMs - sinceMs >= config.nameWaitMs
    }
    this.#report(holder, challenger, fatal)
  }

  #report(holder: MemberRecord, challenger: MemberRecord, fatal: boolean): void {
    const { nowMs } = this.#core
    const reported = this.#conflicts.get(challenger.id)
    if (!fatal && reported !== undefined && nowMs - reported < CONFLICT_REPORT_MS) return
    if (this.#conflicts.size >= 256) this.#conflicts.clear()
    this.#conflicts.set(challenger.id, nowMs)
    this.#core.effects.push({ kind: "nameConflict", name: holder.name, holder, challenger, fatal })
  }

  /** Whoever came so far that nobody could accuse it would outlive its own death, so it takes a generation before. */
  #advance(fields: Partial<RecordFields>, incarnation: number, urgency: Urgency): void {
    const { generation } = this.record
    if (incarnation > INCARNATION_MAX - INCARNATION_ROOM && generation < GENERATION_MAX) {
      return this.#jump({ generation: (generation + 1) as Generation, incarnation: 0 as Incarnation }, fields)
    }
    this.#renew(fields, Math.min(incarnation, INCARNATION_MAX) as Incarnation, urgency)
  }

  #jump(to: { generation: Generation; incarnation: Incarnation }, fields: Partial<RecordFields> = {}): void {
    const { generation, incarnation } = to
    this.#renew({ ...fields, generation }, incarnation, URGENCY.refutation)
    this.#core.effects.push({ kind: "generationRaised", generation })
  }

  #renew(fields: Partial<RecordFields>, incarnation: Incarnation, urgency: Urgency): void {
    const { table, nowMs, effects } = this.#core
    const before = table.view(0)
    const { bytes: _bytes, hash: _hash, ...held } = this.record
    const record = makeRecord({ ...held, ...fields, incarnation })
    table.describe(0, record, nowMs)
    table.write(0, { state: "alive", generation: record.generation, incarnation }, nowMs)
    effects.push({ kind: "memberChanged", change: "update", before, after: table.view(0), suspectMs: 0 })
    this.publish(urgency)
  }

  #push(update: Update, urgency: Urgency): void {
    const { queue, table } = this.#core
    queue.push(this.record.id, { update, bytes: updateBytesMax(update), urgency }, 2 * table.size + 64)
  }
}
