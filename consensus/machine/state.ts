import { assert, type NodeId } from "@conclave/base"
import { AnswerList } from "./answer-list.ts"
import type { Change } from "./applied.ts"
import { DueHeap, Dues } from "./due.ts"
import { holdKey, nameKey } from "./keys.ts"
import type { MachineLimits } from "./limits.ts"
import { byOrder, HoldList, Queue } from "./queue.ts"
import { SortedKeys } from "./sorted-keys.ts"
import { StateHash, weigh, weighNumber } from "./state-hash.ts"
import { Table } from "./table.ts"
import type {
  Answer,
  EndedSession,
  Entry,
  Hold,
  Host,
  Name,
  PastGrant,
  Session,
  SessionId,
  StagedPart,
  Token,
} from "./types.ts"
import { type Meta, passingName, passingRecord, weighAnswer, weighPast } from "./wire-record.ts"
import { WorkBook } from "./work/book.ts"

/** How long a session that is over is known, in replicated time: longer than any forwarded command is on its way. */
export const ENDED_KEPT_MS = 60_000

/**
 * Work in units, each a transition of one entity: after one it rests, with a `yield`, where the state says that it
 * tires.
 */
export type Work<T = void> = Generator<undefined, T, undefined>

/**
 * Of text in a record that may wait to be weighed: in UTF-8 it is no longer than a record that does
 * (`RECORD_BYTES_MAX`).
 */
const SMALL_CHARACTERS_MAX = 8192

/** To weigh so much of a large record takes as long as a unit. */
const UNIT_BYTES = 1024

type Mutable<Fields> = { -readonly [Key in keyof Fields]: Fields[Key] }

const NOBODY: ReadonlySet<SessionId> = new Set()

/** Sessions of one host. */
interface Guests {
  readonly all: Set<SessionId>
  /** How many attached ones have a time to live, by it. */
  readonly attached: Map<number, number>
}

/**
 * The replicated state: entities in tables, and what is derived from them, kept here at the one place where entities
 * change. Nothing in it depends on the order of a table or a set, but where a sorted list says so.
 */
export class State {
  readonly limits: MachineLimits
  /** Changed in place, several times an entry: whoever keeps it copies it. */
  meta: Mutable<Meta> = {
    clusterId: "",
    timeMs: 0,
    rev: 0,
    token: 0,
    order: 0,
    epoch: 0,
    wallMs: 0,
    quietUntilMs: 0,
    restored: "",
    walls: [],
    removed: [],
  }

  readonly hash: StateHash = new StateHash()
  readonly hosts: Table<Host> = this.#table((host) => passingRecord({ kind: "host", host }))
  readonly sessions: Table<Session> = this.#table((session) => passingRecord({ kind: "session", session }))
  readonly names: Table<Name> = this.#table(passingName)
  readonly holds: Table<Hold> = this.#table((hold) => passingRecord({ kind: "hold", hold }))
  readonly answers: Table<AnswerList> = new Table(this.hash, {
    encode: ({ session }) => passingRecord({ kind: "answers", session, floor: 0, answers: [] }),
    copy: (list) => list.copy(),
  })
  readonly ended: Table<EndedSession> = this.#table((ended) => passingRecord({ kind: "ended", ended }))

  readonly staged: Table<StagedPart> = new Table(this.hash, {
    encode: (staged) => passingRecord({ kind: "staged", staged }),
    isLarge: () => true,
  })
  stagedBytes = 0

  readonly entries: Table<Entry> = new Table(this.hash, {
    encode: (entry) => passingRecord({ kind: "entry", entry }),
    isLarge: ({ value }) => value.length > SMALL_CHARACTERS_MAX,
  })
  readonly #keys: SortedKeys = new SortedKeys()

  readonly dues: Dues = new Dues()
  readonly work: WorkBook = new WorkBook(this.hash, this.dues)
  /** Names that are kept for their history alone, by the revision that freed them. */
  readonly freed: DueHeap = new DueHeap()
  /** Of past grants, in a snapshot. */
  #pastBytes = 0
  readonly #queues: Map<string, Queue> = new Map()
  readonly #ofSession: Map<SessionId, HoldList> = new Map()
  readonly #byToken: Map<Token, Hold> = new Map()
  readonly #guests: Map<NodeId, Guests> = new Map()

  /** More was due at the last stamp than one entry may expire. */
  isBehind = false
  /** What the entry at work has changed so far, and the names whose queues may move because of it. */
  readonly changes: Change[] = []
  readonly touched: Set<string> = new Set()

  /** Units until the work at hand rests again. */
  #unitsLeft = 0

  constructor(limits: MachineLimits) {
    this.limits = limits
  }

  /** The work at hand goes on for so many units. */
  rested(units: number): void {
    this.#unitsLeft = units
  }

  /**
   * Another unit is done; true when it is time to rest. Asked, and not yielded to all callers each time: it is cheaper.
   */
  tires(): boolean {
    this.#unitsLeft -= 1 + Math.floor(this.hash.takeLargeBytes() / UNIT_BYTES)
    return this.#unitsLeft <= 0
  }

  get timeMs(): number {
    return this.meta.timeMs
  }

  /** The revision as of now: an entry that has changed anything makes one, whatever else it changes. */
  get rev(): number {
    return this.meta.rev + (this.changes.length > 0 ? 1 : 0)
  }

  /** What applications have of their own: names with holders or waiters, pools, and keys. */
  get resources(): number {
    return this.names.size - this.freed.size + this.entries.size + this.work.pools.size
  }

  /** For more sessions and holds. What is staged has room of its own. */
  get hasRoom(): boolean {
    return this.hash.isBelow(this.limits.stateBytes + this.stagedBytes)
  }

  /** For more than the last grant of a name. */
  get hasRoomForPast(): boolean {
    return this.#pastBytes < this.limits.pastBytes && this.hasRoom
  }

  get hashText(): string {
    return this.hash.textWith(weigh(passingRecord({ kind: "meta", meta: this.meta })))
  }

  /** Which revision a change makes. */
  get nextRev(): number {
    return this.meta.rev + 1
  }

  host(id: NodeId): Host | undefined {
    return this.hosts.get(id)
  }

  putHost(host: Host): void {
    this.hosts.put(host.id, host)
  }

  session(id: SessionId): Session | undefined {
    return this.sessions.get(id)
  }

  /** Its deadline is set by whoever changes it; that of an attached one is a lower bound (`time.ts`). */
  putSession(session: Session): void {
    const old = this.sessions.get(session.id)
    const isSameGuest = old !== undefined && isSameAtHost(old, session)
    if (old !== undefined && !isSameGuest) this.#leaveHost(old)
    this.sessions.put(session.id, session)
    if (!isSameGuest) this.#joinHost(session)
    if (old !== undefined && !isSameGuest) this.#forgetIdle(old.host)
    this.#setDue("sessionRevoke", session.id, session.revoking?.untilMs)
  }

  /** Its holds and answers are gone before; a host without sessions goes with its last. */
  dropSession(session: Session): void {
    const { id, host } = session
    assert((this.#ofSession.get(id)?.size ?? 0) === 0, "a session that ends holds nothing and waits for nothing")
    const answers = this.answers.get(id)
    assert((answers?.size ?? 0) === 0, "the answers of a session end with it")
    if (answers !== undefined) {
      this.hash.subtract(weighNumber(answers.floor, answers.seed))
      this.answers.delete(id)
    }
    this.#leaveHost(session)
    this.sessions.delete(id)
    this.#ofSession.delete(id)
    this.dues.clear("session", id)
    this.dues.clear("sessionRevoke", id)
    this.#forgetIdle(host)
  }

  /** The sessions of a host, in no order. */
  sessionsOf(host: NodeId): ReadonlySet<SessionId> {
    return this.#guests.get(host)?.all ?? NOBODY
  }

  /** The shortest time to live of a host's attached sessions; undefined = it has none. */
  shortestTtlMs(host: NodeId): number | undefined {
    let shortest: number | undefined
    for (const ttlMs of this.#guests.get(host)?.attached.keys() ?? []) shortest = Math.min(shortest ?? ttlMs, ttlMs)
    return shortest
  }

  hold(session: SessionId, seq: number): Hold | undefined {
    return this.holds.get(holdKey(session, seq))
  }

  byToken(token: Token): Hold | undefined {
    return this.#byToken.get(token)
  }

  holdsOf(session: SessionId): readonly Hold[] {
    return this.#ofSession.get(session)?.items ?? []
  }

  queue(key: string): Queue | undefined {
    return this.#queues.get(key)
  }

  putHold(hold: Hold): void {
    const key = holdKey(hold.session, hold.seq)
    const old = this.holds.get(key)
    if (old !== undefined) this.#unlink(old)
    this.holds.put(key, hold)
    this.#link(hold)
    this.#setDue("wait", key, hold.token === undefined ? hold.waitUntilMs : undefined)
    const longest =
      hold.token === undefined || hold.maxHoldMs === undefined ? undefined : hold.grantedAtMs + hold.maxHoldMs
    this.#setDue("maxHold", key, longest)
    this.#setDue("holdRevoke", key, hold.revoking?.untilMs)
  }

  dropHold(hold: Hold): void {
    const key = holdKey(hold.session, hold.seq)
    this.#unlink(hold)
    for (const name of hold.names) this.#dropIfEmpty(nameKey(hold.kind, name))
    this.holds.delete(key)
    this.dues.clear("wait", key)
    this.dues.clear("maxHold", key)
    this.dues.clear("holdRevoke", key)
  }

  name(key: string): Name | undefined {
    return this.names.get(key)
  }

  putName(name: Name): void {
    const key = nameKey(name.kind, name.name)
    this.#recount(key, this.names.get(key)?.history ?? [], name.history)
    this.names.put(key, name)
    if (name.freedAt === undefined) this.freed.clear(key)
    else this.freed.set(key, name.freedAt)
  }

  dropName(key: string): void {
    this.#recount(key, this.names.get(key)?.history ?? [], [])
    this.names.delete(key)
    this.freed.clear(key)
    this.dues.clear("name", key)
  }

  /** Each past grant is weighed by itself: they come at the end, and go from the beginning. */
  #recount(key: string, before: readonly PastGrant[], after: readonly PastGrant[]): void {
    if (before === after) return
    const first = after[0] === undefined ? -1 : before.indexOf(after[0])
    let kept = 0
    while (first >= 0 && first + kept < before.length && before[first + kept] === after[kept]) kept++
    for (const [at, past] of before.entries()) {
      if (at >= first && at < first + kept) continue
      const weight = weighPast(key, past)
      this.hash.subtract(weight)
      this.#pastBytes -= weight.bytes
    }
    for (const past of kept === 0 ? after : after.slice(kept)) {
      const weight = weighPast(key, past)
      this.hash.add(weight)
      this.#pastBytes += weight.bytes
    }
  }

  /** Undefined: it has asked nothing yet. To be changed by the methods below alone. */
  answersOf(session: SessionId): AnswerList | undefined {
    return this.answers.get(session)
  }

  raiseFloor(session: SessionId, floor: number): void {
    const list = this.#answersToChange(session)
    this.hash.subtract(weighNumber(list.floor, list.seed))
    this.hash.add(weighNumber(floor, list.seed))
    list.floor = floor
  }

  /** Each is weighed by itself: one comes and one goes where there may be hundreds. */
  addAnswer(session: SessionId, answer: Answer): void {
    const list = this.#answersToChange(session)
    list.add(answer)
    this.hash.add(weighAnswer(answer, list.seed))
  }

  dropAnswer(session: SessionId, index: number): void {
    const list = this.#answersToChange(session)
    this.hash.subtract(weighAnswer(list.at(index) as Answer, list.seed))
    list.remove(index)
  }

  #answersToChange(session: SessionId): AnswerList {
    const known = this.answers.toChange(session)
    if (known !== undefined) return known
    const list = new AnswerList(session)
    this.answers.put(session, list)
    this.hash.add(weighNumber(list.floor, list.seed))
    return list
  }

  putEnded(ended: EndedSession): void {
    this.ended.put(ended.id, ended)
    this.dues.set("ended", ended.id, ended.endedAtMs + ENDED_KEPT_MS)
  }

  dropEnded(id: string): void {
    this.ended.delete(id)
    this.dues.clear("ended", id)
  }

  entry(key: string): Entry | undefined {
    return this.entries.get(key)
  }

  /** In the order of their keys. */
  *entriesFrom(prefix: string): IterableIterator<Entry> {
    for (const key of this.#keys.from(prefix)) yield this.entries.get(key) as Entry
  }

  putEntry(entry: Entry): void {
    this.entries.put(entry.key, entry)
    this.#keys.add(entry.key)
  }

  dropEntry(key: string): void {
    this.entries.delete(key)
    this.#keys.delete(key)
  }

  #table<Entity>(encode: (entity: Entity) => Uint8Array): Table<Entity> {
    return new Table(this.hash, { encode })
  }

  #setDue(kind: "sessionRevoke" | "wait" | "maxHold" | "holdRevoke", id: string, atMs: number | undefined): void {
    if (atMs === undefined) this.dues.clear(kind, id)
    else this.dues.set(kind, id, atMs)
  }

  #link(hold: Hold): void {
    for (const name of hold.names) {
      const key = nameKey(hold.kind, name)
      const queue = this.#queues.get(key) ?? new Queue()
      queue.add(hold)
      this.#queues.set(key, queue)
    }
    const list = this.#ofSession.get(hold.session) ?? new HoldList(byOrder)
    list.add(hold)
    this.#ofSession.set(hold.session, list)
    if (hold.token !== undefined) this.#byToken.set(hold.token, hold)
  }

  #unlink(hold: Hold): void {
    for (const name of hold.names) this.#queues.get(nameKey(hold.kind, name))?.remove(hold)
    this.#ofSession.get(hold.session)?.remove(hold)
    if (hold.token !== undefined) this.#byToken.delete(hold.token)
  }

  /** Not when a hold makes way for its own next form: that stands in the same queues. */
  #dropIfEmpty(key: string): void {
    if (this.#queues.get(key)?.size === 0) this.#queues.delete(key)
  }

  /** A host without sessions is of no interest. */
  #forgetIdle(host: NodeId): void {
    if (this.#guests.get(host)?.all.size !== 0) return
    this.#guests.delete(host)
    this.hosts.delete(host)
  }

  #joinHost(session: Session): void {
    const guests = this.#guests.get(session.host) ?? { all: new Set(), attached: new Map() }
    this.#guests.set(session.host, guests)
    guests.all.add(session.id)
    if (session.detachedUntilMs !== undefined) return
    guests.attached.set(session.ttlMs, (guests.attached.get(session.ttlMs) ?? 0) + 1)
  }

  #leaveHost(session: Session): void {
    const guests = this.#guests.get(session.host)
    assert(guests !== undefined, "a session has a host")
    guests.all.delete(session.id)
    if (session.detachedUntilMs !== undefined) return
    const others = (guests.attached.get(session.ttlMs) ?? 0) - 1
    if (others === 0) guests.attached.delete(session.ttlMs)
    else guests.attached.set(session.ttlMs, others)
  }
}

/** Most changes of a session are of what it has answered. */
function isSameAtHost(a: Session, b: Session): boolean {
  return (
    a.host === b.host && a.ttlMs === b.ttlMs && (a.detachedUntilMs === undefined) === (b.detachedUntilMs === undefined)
  )
}
