import { assert, type NodeId } from "@conclave/base"
import type { WorkInput } from "../planner/work/types.ts"
import type { Applied, StopReason } from "./applied.ts"
import type { Command } from "./command.ts"
import { advance } from "./holds.ts"
import { stateProblems } from "./invariants.ts"
import { found, recover, removeHost, tick } from "./life.ts"
import { MACHINE_LIMITS, type MachineLimits } from "./limits.ts"
import {
  type ListedName,
  type ListedSession,
  type Listing,
  listEntries,
  listItems,
  listName,
  listNames,
  listSessions,
} from "./listing.ts"
import { fresh, type Outcome } from "./once.ts"
import { type NameView, namesOf, nameView, type Verification, verify, waitsBehind } from "./queries.ts"
import { applyRequest } from "./requests.ts"
import { restore, stage, unstage } from "./restore.ts"
import { revoke } from "./revoke.ts"
import { attach, detach, end, endHost, expiresAtMs, open, renewHosts } from "./sessions.ts"
import { SnapshotReader } from "./snapshot.ts"
import { State, type Work } from "./state.ts"
import { expire, isAnythingDue, nextDueMs, raiseTime } from "./time.ts"
import type {
  EndCause,
  Entry,
  Hold,
  HoldKind,
  Host,
  LogEntry,
  Session,
  SessionId,
  StoredResult,
  Token,
} from "./types.ts"
import type { Wall } from "./walls.ts"
import { decodeCommand } from "./wire-command.ts"
import { assignAll } from "./work/assign.ts"
import { ownerKey, type PoolBook } from "./work/book.ts"
import { missing } from "./work/brake.ts"
import { planView } from "./work/plan-view.ts"
import { Roster } from "./work/roster.ts"
import type { Item, Pool, Tombstone } from "./work/types.ts"
import { applyWrite } from "./writes.ts"

/** Hashes are kept of every so manieth entry, for `checkHash` to compare. */
export const HASH_EVERY = 5000
const HASHES_MAX = 16

export interface PoolView {
  readonly pool: Pool
  /** Undefined: it has no item. Live: it holds until the next entry. */
  readonly book: PoolBook | undefined
  /** Workers that the brake waits for. */
  readonly missing: number
}

/**
 * What the log means: sessions, and what they hold. Pure: the same entries give the same state, results and changes on
 * every replica. An entry is applied in steps, so that its driver can rest between them whatever the entry does; while
 * one is at work nothing may be asked.
 *
 * @example
 * machine.begin(entry)
 * let applied = machine.step(100)
 * while (applied === undefined) applied = machine.step(100) // a driver lets others run here when 2 ms are over
 */
export class Machine {
  readonly #state: State
  #appliedIndex: number
  #work: Work<Applied> | undefined
  #hasStopped = false
  readonly #hashes: Map<number, string> = new Map()

  /** `limits` are part of what the log means: all replicas have the same. */
  constructor(limits: MachineLimits = MACHINE_LIMITS, restored?: { readonly state: State; readonly index: number }) {
    this.#state = restored?.state ?? new State(limits)
    this.#appliedIndex = restored?.index ?? 0
  }

  get appliedIndex(): number {
    return this.#appliedIndex
  }

  get timeMs(): number {
    return this.#rested.timeMs
  }

  get rev(): number {
    return this.#rested.rev
  }

  /** What the wall clock showed when, for people. */
  get walls(): readonly Wall[] {
    return this.#rested.meta.walls
  }

  /** Hosts that operators have removed, the first of them first; another array after each change. */
  get removed(): readonly NodeId[] {
    return this.#rested.meta.removed
  }

  /** Empty before the founding. */
  get clusterId(): string {
    return this.#rested.meta.clusterId
  }

  /** How often the state went on from a backup or from what was left of a quorum. */
  get epoch(): number {
    return this.#rested.meta.epoch
  }

  /** The last token granted, or the floor. */
  get lastToken(): number {
    return this.#rested.meta.token
  }

  /** 16 hexadecimal digits; equal on all replicas at equal index. */
  get hash(): string {
    return this.#rested.hashText
  }

  /** Of all records of a snapshot of now. */
  get stateBytes(): number {
    return this.#rested.hash.bytes
  }

  /**
   * When the leader's stamp has come so far it appends a tick; undefined = nothing is due, ever. Up to `timeMs`: more
   * is due than one entry expires, and a tick is wanted at once.
   */
  get nextDueMs(): number | undefined {
    return nextDueMs(this.#rested)
  }

  /** Starts on the entry that follows the last one. */
  begin(entry: LogEntry): void {
    assert(this.#work === undefined && !this.#hasStopped, "one entry is applied at a time, and none after a stop")
    assert(entry.index === this.#appliedIndex + 1, "entries are applied in order, each once")
    this.#work = this.#run(entry)
  }

  /** Goes on for at most `units` transitions of one entity each; undefined = there is more to do. */
  step(units: number): Applied | undefined {
    assert(this.#work !== undefined, "a step has an entry to work on")
    this.#state.rested(units)
    const { value, done } = this.#work.next()
    if (done !== true) return undefined
    this.#work = undefined
    return value
  }

  /** No entry is at work: it can be asked. */
  get isAtRest(): boolean {
    return this.#work === undefined
  }

  /**
   * Weighs up to so many of the records that have changed and wait for it; false = none waits any more, and until the
   * next entry hash, size and the moment of a snapshot cost next to nothing.
   */
  weigh(records: number): boolean {
    const { hash } = this.#rested
    for (let count = 0; count < records; count++) if (!hash.weighOne()) return false
    return true
  }

  /** The records of a snapshot of the state as it is now, read while later entries are applied. */
  snapshot(): SnapshotReader {
    return new SnapshotReader(this.#rested, this.#appliedIndex)
  }

  /** A name, held or not. The lists are live: they hold until the next entry. */
  name(kind: HoldKind, name: string): NameView {
    return nameView(this.#rested, kind, name)
  }

  /** Names with a holder or a waiter that begin with `prefix`, sorted. */
  names(kind: HoldKind, prefix: string): readonly string[] {
    return namesOf(this.#rested, kind, prefix)
  }

  /** Names with a holder or a waiter that begin with `prefix`, with all that hold or wait. */
  listNames(kind: HoldKind, prefix: string): Listing<ListedName> {
    return listNames(this.#rested, kind, prefix)
  }

  /** One name, with all that hold or wait; free or not. */
  listName(kind: HoldKind, name: string): Listing<ListedName> {
    return listName(this.#rested, kind, name)
  }

  listSessions(): Listing<ListedSession> {
    return listSessions(this.#rested)
  }

  /** Entries whose keys begin with `prefix`. */
  listEntries(prefix: string): Listing<Entry> {
    return listEntries(this.#rested, prefix)
  }

  /** Items of one pool. */
  listItems(pool: string, prefix: string): Listing<Item> {
    return listItems(this.#rested, pool, prefix)
  }

  /** The hold of a request, while it waits or holds. */
  hold(session: SessionId, seq: number): Hold | undefined {
    return this.#rested.hold(session, seq)
  }

  entry(key: string): Entry | undefined {
    return this.#rested.entry(key)
  }

  /** Those whose keys begin with `prefix`, in the order of their keys; until the next entry of the log. */
  entries(prefix: string): Iterable<Entry> {
    return this.#rested.entriesFrom(prefix)
  }

  /** The answer to a request, while it is kept. */
  answer(session: SessionId, seq: number): StoredResult | undefined {
    return this.#rested.answersOf(session)?.get(seq)
  }

  session(id: SessionId): Session | undefined {
    return this.#rested.session(id)
  }

  /** In no order. */
  sessions(): Iterable<Session> {
    return this.#rested.sessions.values()
  }

  /** In no order. */
  sessionsOf(host: NodeId): readonly SessionId[] {
    return [...this.#rested.sessionsOf(host)]
  }

  /** Why a session is over; undefined = it is not, never was, or that is forgotten. */
  endOf(id: SessionId): EndCause | undefined {
    return this.#rested.ended.get(id)?.cause
  }

  /** How many stand before one who waits, from 0, at the name where most do; undefined = it does not wait. */
  waitsBehind(session: SessionId, seq: number): number | undefined {
    return waitsBehind(this.#rested, session, seq)
  }

  /** Oldest first. */
  holdsOf(session: SessionId): readonly Hold[] {
    return this.#rested.holdsOf(session)
  }

  /** When a session expires as things stand, in replicated time. */
  expiresAtMs(session: Session): number {
    return expiresAtMs(this.#rested, session)
  }

  verify(id: SessionId, secretHash: Uint8Array): Verification {
    return verify(this.#rested, id, secretHash)
  }

  host(id: NodeId): Host | undefined {
    return this.#rested.host(id)
  }

  /** In no order. */
  hosts(): Iterable<Host> {
    return this.#rested.hosts.values()
  }

  /** The pools that there are, in no order. */
  *pools(): IterableIterator<string> {
    for (const { name } of this.#rested.work.pools.values()) yield name
  }

  /** Undefined: it has neither settings nor items. */
  pool(name: string): PoolView | undefined {
    const state = this.#rested
    const pool = state.work.pool(name)
    return pool === undefined ? undefined : { pool, book: state.work.book(name), missing: missing(pool) }
  }

  item(pool: string, item: string): Item | undefined {
    return this.#rested.work.item(pool, item)
  }

  /** Of an item of this name that was removed, while its worker may believe in it. */
  tombstone(pool: string, item: string): Tombstone | undefined {
    return this.#rested.work.tombstone(pool, item)
  }

  /** Whether a worker has an item under this token. */
  isAssigned(token: Token): boolean {
    return this.#rested.work.byToken(token) !== undefined
  }

  /** What one worker has of a pool, in no order. */
  itemsOf(pool: string, worker: { readonly session: SessionId; readonly seq: number }): readonly Item[] {
    const load = this.#rested.work.book(pool)?.loads.get(ownerKey(worker))
    return [...(load?.items.values() ?? [])]
  }

  /** Looks at so many workers of a pool of which something has changed; false: all are known as they are now. */
  review(roster: Roster, workers: number): boolean {
    return roster.review(this.#rested, workers)
  }

  /** What the planner looks at; see there. `roster` has heard of all changes since it was made. */
  planView(pool: string, roster: Roster = new Roster(pool)): WorkInput | undefined {
    this.review(roster, Number.POSITIVE_INFINITY)
    return planView(this.#rested, roster)
  }

  /** What must hold after every entry and does not: for simulations and tests, as it looks at everything. */
  problems(): readonly string[] {
    return stateProblems(this.#rested)
  }

  get #rested(): State {
    assert(this.#work === undefined, "nothing is asked while an entry is applied")
    return this.#state
  }

  *#run(entry: LogEntry): Work<Applied> {
    const { index, stampMs, data } = entry
    const decoded = data === undefined ? undefined : decodeCommand(data)
    if (decoded?.ok === false) {
      return this.#stop(index, decoded.problem === "unknown" ? "unknown-command" : "malformed-command")
    }
    const command = decoded?.command
    if (command?.kind === "checkHash" && (this.#hashes.get(command.index) ?? command.hash) !== command.hash) {
      return this.#stop(index, "state-diverged")
    }
    const outcome = yield* applyAt(this.#state, stampMs, command)
    if (index % HASH_EVERY === 0) while (this.#state.hash.weighOne()) if (this.#state.tires()) yield
    return this.#finish(index, outcome)
  }

  #finish(index: number, outcome: Outcome | undefined): Applied {
    const state = this.#state
    assert(state.touched.size === 0, "no queue is left to move when an entry ends")
    const changes = state.changes.splice(0)
    if (changes.length > 0) state.meta.rev++
    this.#appliedIndex = index
    if (index % HASH_EVERY === 0) {
      this.#hashes.set(index, state.hashText)
      this.#hashes.delete(index - HASH_EVERY * HASHES_MAX)
    }
    const { result, isRepeat = false } = outcome ?? { result: undefined }
    return { kind: "applied", index, result, isRepeat, rev: state.meta.rev, changes }
  }

  #stop(index: number, reason: StopReason): Applied {
    this.#hasStopped = true
    return { kind: "stopped", index, reason }
  }
}

/**
 * What an entry does: its stamp, then its command. A renewal counts before the stamp that it travels with: the leader
 * had heard it before it made that stamp.
 */
function* applyAt(state: State, stampMs: number, command: Command | undefined): Work<Outcome | undefined> {
  raiseTime(state, stampMs)
  const isRenewal = command?.kind === "renewHosts" || command?.kind === "open" || command?.kind === "attach"
  if (!isRenewal && isAnythingDue(state)) yield* passTime(state)
  const outcome = command === undefined ? undefined : yield* execute(state, command)
  if (isRenewal) yield* passTime(state)
  else yield* advance(state)
  return outcome
}

function* passTime(state: State): Work {
  yield* expire(state)
  yield* advance(state)
}

function* execute(state: State, command: Command): Work<Outcome> {
  if (state.meta.clusterId === "" && command.kind !== "found" && command.kind !== "tick") {
    return fresh({ kind: "refused", refusal: { kind: "conflict", reason: "not-founded" }, rev: state.rev })
  }
  switch (command.kind) {
    case "acquire":
    case "cancel":
    case "release":
    case "update":
    case "transfer":
      return yield* applyRequest(state, command)
    case "resize":
    case "kvPut":
    case "kvDelete":
    case "workConfigure":
    case "workPut":
    case "workRemove":
    case "workRetry":
    case "workSettle":
    case "workCheckpoint":
      return yield* applyWrite(state, command)
    case "workAssign":
      return fresh(yield* assignAll(state, command))
    case "tick":
      return fresh(tick(state, command))
    case "checkHash":
      return fresh({ kind: "done", rev: state.rev })
    case "renewHosts":
      return fresh(yield* renewHosts(state, command.items))
    case "open":
      return fresh(yield* open(state, command))
    case "attach":
      return fresh(yield* attach(state, command))
    case "detach":
      return fresh(detach(state, command))
    case "end":
      return fresh(yield* end(state, command))
    case "removeHost":
      return fresh(removeHost(state, command))
    case "endHost":
      return fresh(yield* endHost(state, command))
    case "revoke":
      return fresh(yield* revoke(state, command))
    case "found":
      return fresh(found(state, command))
    case "recover":
      return fresh(yield* recover(state, command))
    case "stage":
      return fresh(yield* stage(state, command))
    case "unstage":
      return fresh(yield* unstage(state, command))
    case "restore":
      return fresh(yield* restore(state, command))
  }
}
