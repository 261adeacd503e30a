import { nameDueMs } from "./holds.ts"
import { nameKey } from "./keys.ts"
import { MACHINE_LIMITS, type MachineLimits } from "./limits.ts"
import { Machine } from "./machine.ts"
import { expiresAtMs } from "./sessions.ts"
import { putStaged } from "./staging.ts"
import { State } from "./state.ts"
import { nextDueMs } from "./time.ts"
import type { Answer, Hold, Name, Session } from "./types.ts"
import { decodeRecord, type StateRecord } from "./wire-record.ts"
import type { Item, Tombstone } from "./work/types.ts"

/** Why a snapshot cannot be installed: a newer program wrote it, or it is not what any program wrote. */
export type InstallProblem = "unknown" | "malformed"

/**
 * A machine from the records of a snapshot, one at a time, so that a driver can rest between any two. Nobody sees the
 * state before it is whole and its hash is the one that the writer had.
 */
export class Install {
  readonly #limits: MachineLimits
  readonly #state: State
  #records = 0
  #isWhole = false
  #problem: InstallProblem | undefined

  constructor(limits: MachineLimits = MACHINE_LIMITS) {
    this.#limits = limits
    this.#state = new State(limits)
  }

  /** False: the snapshot is no good, and `finish` says why. Total: never throws, whatever the bytes. */
  add(bytes: Uint8Array): boolean {
    if (this.#problem !== undefined) return false
    const record = decodeRecord(bytes)
    if (typeof record === "string") this.#problem = record
    else if (this.#isWhole || !this.#take(record)) this.#problem = "malformed"
    // Nothing replaces it before the end: what waited until then would be weighed all at once.
    this.#state.hash.weighOne()
    this.#records++
    return this.#problem === undefined
  }

  /** `index` is the last entry in the snapshot. */
  finish(index: number): Machine | InstallProblem {
    if (!this.#isWhole) return this.#problem ?? "malformed"
    if (this.#problem !== undefined) return this.#problem
    this.#state.isBehind = (nextDueMs(this.#state) ?? Number.POSITIVE_INFINITY) <= this.#state.timeMs
    return new Machine(this.#limits, { state: this.#state, index })
  }

  #take(record: StateRecord): boolean {
    const state = this.#state
    if ((record.kind === "meta") !== (this.#records === 0)) return false
    switch (record.kind) {
      case "meta":
        state.meta = { ...record.meta }
        return true
      case "host":
        if (state.host(record.host.id) !== undefined) return false
        state.putHost(record.host)
        return true
      case "session":
        return takeSession(state, record.session)
      case "hold":
        return takeHold(state, record.hold)
      case "name":
        return takeName(state, record.name)
      case "answers":
        return takeAnswers(state, record)
      case "ended":
        if (state.ended.get(record.ended.id) !== undefined) return false
        state.putEnded(record.ended)
        return true
      case "staged":
        if (state.staged.get(String(record.staged.part)) !== undefined) return false
        putStaged(state, record.staged)
        return true
      case "entry":
        if (state.entry(record.entry.key) !== undefined) return false
        state.putEntry(record.entry)
        return true
      case "pool":
        if (state.work.pool(record.pool.name) !== undefined) return false
        state.work.putPool(record.pool)
        return true
      case "tombstone":
        return takeTombstone(state, record.tombstone)
      case "item":
        return takeItem(state, record.item)
      case "total":
        this.#isWhole = record.records === this.#records && record.hash === state.hashText
        return this.#isWhole
    }
  }
}

function takeSession(state: State, session: Session): boolean {
  if (state.session(session.id) !== undefined || state.host(session.host) === undefined) return false
  state.putSession(session)
  state.dues.set("session", session.id, expiresAtMs(state, session))
  return true
}

function takeHold(state: State, hold: Hold): boolean {
  const isKnown = state.hold(hold.session, hold.seq) !== undefined
  if (isKnown || state.session(hold.session) === undefined) return false
  state.putHold(hold)
  return true
}

function takeTombstone(state: State, tombstone: Tombstone): boolean {
  if (state.work.tombstone(tombstone.pool, tombstone.item) !== undefined) return false
  state.work.putTombstone(tombstone)
  return true
}

function takeAnswers(state: State, { session, floor, answers }: Extract<StateRecord, { kind: "answers" }>): boolean {
  if (state.answersOf(session) !== undefined || state.session(session) === undefined) return false
  const isOrdered = answers.every(({ seq }, at) => at === 0 || (answers[at - 1] as Answer).seq < seq)
  if (!isOrdered) return false
  state.raiseFloor(session, floor)
  for (const each of answers) state.addAnswer(session, each)
  return true
}

function takeItem(state: State, item: Item): boolean {
  const { owner } = item
  const isKnown = state.work.item(item.pool, item.item) !== undefined
  if (isKnown || state.work.pool(item.pool) === undefined) return false
  if (owner !== undefined && state.hold(owner.session, owner.seq) === undefined) return false
  state.work.putItem(item)
  return true
}

function takeName(state: State, name: Name): boolean {
  const key = nameKey(name.kind, name.name)
  if (state.name(key) !== undefined) return false
  state.putName(name)
  const dueMs = nameDueMs(state, key)
  if (dueMs !== undefined) state.dues.set("name", key, dueMs)
  return true
}
