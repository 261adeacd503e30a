import {
  assert,
  type Generation,
  hashNumber,
  hashText,
  type Incarnation,
  type Millis,
  type NodeId,
  type Random,
} from "@conclave/base"
import { Digest } from "./digest.ts"
import type { Standing } from "./merge.ts"
import type { Accuser, Member, MemberRecord, MemberState } from "./types.ts"

/** A place in the table. Reused after a removal: hold the id beside it and compare. */
export type Row = number

const STATES: readonly MemberState[] = ["alive", "suspect", "dead", "left"]
const CODE: Readonly<Record<MemberState, number>> = { alive: 0, suspect: 1, dead: 2, left: 3 }
const FREE = 255
const NO_ACCUSERS: readonly Accuser[] = []

/**
 * All members an observer knows, itself in row 0. Columns of numbers and shared records instead of an object
 * a member: ten thousand rows cost a few megabytes, and nothing here walks all of them.
 */
export class MemberTable {
  readonly digest: Digest = new Digest()
  readonly #rows: Map<NodeId, Row> = new Map()
  readonly #names: Map<string, NodeId> = new Map()
  readonly #records: (MemberRecord | undefined)[] = []
  readonly #views: (Member | undefined)[] = []
  readonly #accusers: Map<Row, readonly Accuser[]> = new Map()
  readonly #restarting: Map<Row, Millis> = new Map()
  /** Rows that the digest does not count. */
  readonly #hidden: Set<Row> = new Set()
  readonly #free: Row[] = []
  readonly #living: RowSet = new RowSet()
  readonly #dead: RowSet = new RowSet()
  readonly #counts: [number, number, number, number] = [0, 0, 0, 0]
  #state: Uint8Array = new Uint8Array(16).fill(FREE)
  #generation: Float64Array = new Float64Array(16)
  #incarnation: Uint32Array = new Uint32Array(16)
  #since: Float64Array = new Float64Array(16)
  #idHash: Uint32Array = new Uint32Array(16)
  #srtt: Float32Array = new Float32Array(16)
  #rttVar: Float32Array = new Float32Array(16)
  #rttSamples: Uint8Array = new Uint8Array(16)

  constructor(self: MemberRecord, nowMs: Millis) {
    const row = this.admit(self, "alive", nowMs)
    assert(row === 0, "this member is row 0")
  }

  /** Rows of every state, this member included. */
  get size(): number {
    return this.#rows.size
  }

  count(state: MemberState): number {
    return this.#counts[CODE[state]] as number
  }

  /** Rows that are alive or suspect, without this member's own. */
  get living(): readonly Row[] {
    return this.#living.rows
  }

  /** Rows that are dead (not left). */
  get dead(): readonly Row[] {
    return this.#dead.rows
  }

  row(id: NodeId): Row | undefined {
    return this.#rows.get(id)
  }

  /** True while `row` still belongs to `id`. */
  isStill(row: Row, id: NodeId): boolean {
    return this.#records[row]?.id === id
  }

  record(row: Row): MemberRecord {
    const record = this.#records[row]
    assert(record !== undefined, "a row in use has a record")
    return record
  }

  state(row: Row): MemberState {
    const state = STATES[this.#state[row] as number]
    assert(state !== undefined, "a row in use has a state")
    return state
  }

  /** True for rows that are alive or suspect; false for the others and for free ones. */
  isLiving(row: Row): boolean {
    return (this.#state[row] as number) <= CODE.suspect
  }

  standing(row: Row): Standing {
    return {
      state: this.state(row),
      generation: this.#generation[row] as Generation,
      incarnation: this.#incarnation[row] as Incarnation,
    }
  }

  since(row: Row): Millis {
    return this.#since[row] as Millis
  }

  /** Where the row stands on the ring of watch links. */
  ringPosition(row: Row): number {
    return this.#idHash[row] as number
  }

  accusers(row: Row): readonly Accuser[] {
    return this.#accusers.get(row) ?? NO_ACCUSERS
  }

  /** How many announced a restart and are not back. */
  get restarting(): number {
    return this.#restarting.size
  }

  restartingUntil(row: Row): Millis | undefined {
    return this.#restarting.get(row)
  }

  /** The id of the living member that has `name`. */
  holderOf(name: string): NodeId | undefined {
    return this.#names.get(name)
  }

  /** The row as readers see it; the same object until the row changes. */
  view(row: Row): Member {
    const cached = this.#views[row]
    if (cached !== undefined) return cached
    const record = this.record(row)
    const view: Member = {
      id: record.id,
      record,
      state: this.state(row),
      sinceMs: this.since(row),
      restartingUntilMs: this.restartingUntil(row),
      accusers: this.accusers(row),
    }
    this.#views[row] = view
    return view
  }

  rows(): IterableIterator<Row> {
    return this.#rows.values()
  }

  admit(record: MemberRecord, state: MemberState, nowMs: Millis): Row {
    assert(!this.#rows.has(record.id), "an admitted member is new")
    const row = this.#free.pop() ?? this.#records.length
    if (row >= this.#state.length) this.#grow()
    this.#rows.set(record.id, row)
    this.#records[row] = record
    this.#state[row] = FREE
    this.#idHash[row] = hashText(record.id)
    this.#rttSamples[row] = 0
    this.write(row, { state, generation: record.generation, incarnation: record.incarnation }, nowMs)
    return row
  }

  /** The only place where a row's state or version changes; `ageMs` tells how long ago it changed elsewhere. */
  write(row: Row, next: Standing, nowMs: Millis, ageMs: number = 0): void {
    const before = this.#state[row] as number
    const record = this.record(row)
    if (before !== FREE) {
      const held = this.standing(row)
      assert(
        next.generation > held.generation ||
          (next.generation === held.generation && next.incarnation >= held.incarnation),
        "a member's version never falls",
      )
      this.#leaveSets(row, before)
    }
    const code = CODE[next.state]
    if (before !== code) {
      this.#since[row] = nowMs - ageMs
      this.#hidden.delete(row)
    }
    this.#state[row] = code
    this.#generation[row] = next.generation
    this.#incarnation[row] = next.incarnation
    this.#joinSets(row, code, record)
    this.#views[row] = undefined
    this.#digestRow(row, nowMs)
  }

  /** A newer description of the same member. */
  describe(row: Row, record: MemberRecord, nowMs: Millis): void {
    const held = this.record(row)
    assert(held.id === record.id, "a record stays with its member")
    if (this.#names.get(held.name) === held.id) this.#names.delete(held.name)
    this.#records[row] = record
    if (this.isLiving(row)) this.#takeName(record)
    this.#views[row] = undefined
    this.#digestRow(row, nowMs)
  }

  setAccusers(row: Row, accusers: readonly Accuser[]): void {
    if (accusers.length === 0) this.#accusers.delete(row)
    else this.#accusers.set(row, accusers)
    this.#views[row] = undefined
  }

  setRestarting(row: Row, until: Millis | undefined): void {
    if (until === undefined) this.#restarting.delete(row)
    else this.#restarting.set(row, until)
    this.#views[row] = undefined
  }

  /** Dead rows leave the digest long before they are forgotten, until their state changes. */
  hideFromDigest(row: Row, nowMs: Millis): void {
    this.#hidden.add(row)
    this.#digestRow(row, nowMs)
  }

  remove(row: Row, nowMs: Millis): void {
    assert(row !== 0, "this member never removes itself")
    const record = this.record(row)
    this.hideFromDigest(row, nowMs)
    this.#hidden.delete(row)
    this.#leaveSets(row, this.#state[row] as number)
    this.#rows.delete(record.id)
    this.#accusers.delete(row)
    this.#restarting.delete(row)
    this.#records[row] = undefined
    this.#views[row] = undefined
    this.#state[row] = FREE
    this.#free.push(row)
  }

  /** Jacobson and Karels 1988: smoothed round trip and its mean deviation. */
  sampleRtt(row: Row, rttMs: number): void {
    const samples = this.#rttSamples[row] as number
    if (samples === 0) {
      this.#srtt[row] = rttMs
      this.#rttVar[row] = rttMs / 2
    } else {
      const error = rttMs - (this.#srtt[row] as number)
      this.#srtt[row] = (this.#srtt[row] as number) + error / 8
      this.#rttVar[row] = (this.#rttVar[row] as number) + (Math.abs(error) - (this.#rttVar[row] as number)) / 4
    }
    if (samples < 255) this.#rttSamples[row] = samples + 1
  }

  /** undefined before the first sample. */
  rttMs(row: Row): number | undefined {
    return (this.#rttSamples[row] as number) === 0 ? undefined : (this.#srtt[row] as number)
  }

  /** srtt + 4 × deviation, or undefined with fewer than three samples. */
  rttBoundMs(row: Row): number | undefined {
    if ((this.#rttSamples[row] as number) < 3) return undefined
    return (this.#srtt[row] as number) + 4 * (this.#rttVar[row] as number)
  }

  /** Up to `count` different living rows for which `fits` holds. */
  pickLiving(count: number, random: Random, fits: (row: Row) => boolean): Row[] {
    return this.#living.pick(count, random, fits)
  }

  pickDead(random: Random): Row | undefined {
    return this.#dead.pick(1, random, () => true)[0]
  }

  #leaveSets(row: Row, code: number): void {
    this.#counts[code as 0]--
    if (code === CODE.dead) this.#dead.delete(row)
    if (code > CODE.suspect) return
    if (row !== 0) this.#living.delete(row)
    const record = this.record(row)
    if (this.#names.get(record.name) === record.id) this.#names.delete(record.name)
  }

  #joinSets(row: Row, code: number, record: MemberRecord): void {
    this.#counts[code as 0]++
    if (code === CODE.dead) this.#dead.add(row)
    if (code > CODE.suspect) return
    if (row !== 0) this.#living.add(row)
    this.#takeName(record)
  }

  /** A name stays with its living holder, also when an accusation revives the row of a former one. */
  #takeName(record: MemberRecord): void {
    if (!this.#names.has(record.name)) this.#names.set(record.name, record.id)
  }

  /** Suspect counts as alive, or a fleet under suspicion would never settle. */
  #digestRow(row: Row, nowMs: number): void {
    const idHash = this.#idHash[row] as number
    if (this.#hidden.has(row)) return this.digest.set(row, idHash, 0, nowMs)
    const code = this.#state[row] as number
    const class_ = code === CODE.suspect ? CODE.alive : code
    // Each field is mixed before the next comes in: added up, `left 1` and `alive 2` of one member looked the same.
    let hash = hashNumber(class_, idHash)
    hash = hashNumber(this.#generation[row] as number, hash)
    hash = hashNumber(this.#incarnation[row] as number, hash)
    // Two lives of an agent whose disk was wiped may come to one version: its owner must hear which record is held.
    if (class_ === CODE.alive) hash = hashNumber(this.record(row).hash, hash)
    this.digest.set(row, idHash, hash === 0 ? 1 : hash, nowMs)
  }

  #grow(): void {
    const size = this.#state.length * 2
    const state = new Uint8Array(size).fill(FREE)
    state.set(this.#state)
    this.#state = state
    this.#generation = grown(this.#generation, new Float64Array(size))
    this.#incarnation = grown(this.#incarnation, new Uint32Array(size))
    this.#since = grown(this.#since, new Float64Array(size))
    this.#idHash = grown(this.#idHash, new Uint32Array(size))
    this.#srtt = grown(this.#srtt, new Float32Array(size))
    this.#rttVar = grown(this.#rttVar, new Float32Array(size))
    this.#rttSamples = grown(this.#rttSamples, new Uint8Array(size))
  }
}

function grown<T extends Float64Array | Float32Array | Uint32Array | Uint8Array>(from: T, to: T): T {
  to.set(from)
  return to
}

/** A set of rows with O(1) insertion, removal and random choice. */
class RowSet {
  readonly rows: Row[] = []
  readonly #place: Map<Row, number> = new Map()

  add(row: Row): void {
    if (this.#place.has(row)) return
    this.#place.set(row, this.rows.length)
    this.rows.push(row)
  }

  delete(row: Row): void {
    const place = this.#place.get(row)
    if (place === undefined) return
    this.#place.delete(row)
    const last = this.rows.pop() as Row
    if (last === row) return
    this.rows[place] = last
    this.#place.set(last, place)
  }

  /** Small sets are shuffled whole, since random draws would miss members (memberlist #350). */
  pick(count: number, random: Random, fits: (row: Row) => boolean): Row[] {
    const picked: Row[] = []
    if (this.rows.length <= 4 * count) {
      const all = [...this.rows]
      random.shuffle(all)
      for (const row of all) if (picked.length < count && fits(row)) picked.push(row)
      return picked
    }
    for (let tries = 8 * count; tries > 0 && picked.length < count; tries--) {
      const row = this.rows[random.below(this.rows.length)] as Row
      if (!picked.includes(row) && fits(row)) picked.push(row)
    }
    return picked
  }
}
