import { refused } from "./answers.ts"
import { recordsOf } from "./chunks.ts"
import type { Command } from "./command.ts"
import { nameKey } from "./keys.ts"
import { LOCK_DELAY_MS_MAX, TTL_MS_MAX } from "./limits.ts"
import { KINDS } from "./queue.ts"
import { isSoundEntry, isSoundMeta, isSoundName } from "./saved.ts"
import { endSession, hostsInOrder, sessionsInOrder } from "./sessions.ts"
import { clearStaged, putStaged, STAGED_BYTES_MAX, stagingOf } from "./staging.ts"
import type { State, Work } from "./state.ts"
import { REVISIONS_LOST_MAX, tokenFloor, WALL_MS_MAX } from "./tokens.ts"
import type { CommandResult, Entry, Hold, Name, PastGrant, Session } from "./types.ts"
import { withWall } from "./walls.ts"
import { decodeRecord, type Meta, type StateRecord } from "./wire-record.ts"
import { isSoundWork, keepWork, replaceWork, type SavedWork } from "./work/restored.ts"

/*
 * A backup comes back through the log: its records are staged, part by part, and one later entry makes them the state,
 * on every replica at the same place. Nothing is seen of them before, and whatever goes wrong until then changes
 * nothing.
 *
 * No session outlives it. Those of now are told so by the changes of that entry; those in the backup may be long gone,
 * or hold something else by now, so that their grants are not given back. What has been promised to any of them has run
 * out before anybody is granted anything again: for the longest time to live among them, and the longest lock delay
 * behind it, nobody is. What either past waits for already, after a restore of its own or a loss, goes on. Refused: to
 * let the sessions of the backup attach again and keep their holds (who has released since would hold without knowing
 * it); to install the backup as a snapshot of Raft (it was never committed here, and a leader that dies half-way parts
 * the group).
 */

/** No session or hold asks for more, so nothing that was saved waits longer. */
const QUIET_MS_MAX = TTL_MS_MAX + LOCK_DELAY_MS_MAX

type Of<K extends Command["kind"]> = Extract<Command, { kind: K }>

interface Backup {
  readonly meta: Meta
  readonly names: ReadonlyMap<string, Name>
  readonly entries: ReadonlyMap<string, Entry>
  readonly work: SavedWork
  /** For so long nobody was to be granted any of them, when it was saved. */
  readonly quietMs: number
}

const TAKEN: ReadonlySet<StateRecord["kind"]> = new Set<StateRecord["kind"]>(["meta", "name", "entry", "pool", "item"])

export interface Restorable {
  readonly isTaken: boolean
  /** Of a session. */
  readonly ttlMs: number
  /** The lock delay of a grant. */
  readonly delayMs: number
}

/**
 * What a restore takes over of a record in a backup: the record itself, or how long it waits because of it; else
 * nothing.
 */
export function restorable(read: StateRecord): Restorable {
  return {
    isTaken: TAKEN.has(read.kind),
    ttlMs: read.kind === "session" ? read.session.ttlMs : 0,
    delayMs: read.kind === "hold" ? delayOf(read.hold) : 0,
  }
}

/**
 * Of the limit of the state: where nothing new may come any more what is there still gathers past grants and steps of
 * items, and what was saved then must be taken back.
 */
const BACKUP_PERCENT = 125

/** The next part. One that is here already is not taken twice, so that it can be sent again. */
export function* stage(state: State, command: Of<"stage">): Work<CommandResult> {
  const { restore, part, data } = command
  if (state.meta.restored === restore) return refused(state, { kind: "conflict", reason: "restored" })
  if (data.length === 0 || data.length > STAGED_BYTES_MAX) return refused(state, { kind: "invalid", field: "data" })
  let staging = stagingOf(state)
  if (staging?.restore !== restore) {
    if (part !== 0) return refused(state, { kind: "conflict", reason: "superseded" })
    yield* clearStaged(state)
    staging = undefined
  }
  const parts = staging?.parts ?? 0
  if (part > parts) return refused(state, { kind: "conflict", reason: "superseded" })
  if (part < parts) return { kind: "done", rev: state.rev }
  if (((staging?.bytes ?? 0) + data.length) * 100 > state.limits.stateBytes * BACKUP_PERCENT) {
    return refused(state, { kind: "exhausted", limit: "state" })
  }
  putStaged(state, { restore, part, atMs: state.timeMs, data })
  return { kind: "done", rev: state.rev }
}

export function* unstage(state: State, { restore }: Of<"unstage">): Work<CommandResult> {
  if (stagingOf(state)?.restore === restore) yield* clearStaged(state)
  return { kind: "done", rev: state.rev }
}

/** The staged backup takes the place of the state, all of it or nothing. */
export function* restore(state: State, command: Of<"restore">): Work<CommandResult> {
  const { wallMs, savedWallMs, parts, quietMs } = command
  if (state.meta.restored === command.restore) return { kind: "done", rev: state.rev }
  const staging = stagingOf(state)
  if (staging?.restore !== command.restore || staging.parts !== parts) {
    return refused(state, { kind: "conflict", reason: "superseded" })
  }
  if (wallMs > WALL_MS_MAX) return refused(state, { kind: "invalid", field: "wallMs" })
  if (quietMs > QUIET_MS_MAX) return refused(state, { kind: "invalid", field: "quietMs" })
  const backup = yield* readStaged(state)
  if (backup === undefined) {
    yield* clearStaged(state)
    return refused(state, { kind: "invalid", field: "snapshot" })
  }
  if (wallMs < Math.max(state.meta.wallMs, backup.meta.wallMs, savedWallMs)) {
    return refused(state, { kind: "conflict", reason: "clock" })
  }
  const shiftMs = state.timeMs - backup.meta.timeMs - (wallMs - savedWallMs)
  raiseMeta(state, backup.meta, command)
  const longestMs = Math.max(quietMs, backup.quietMs, yield* endSessions(state))
  const quietUntilMs = Math.max(state.meta.quietUntilMs, state.timeMs + longestMs, yield* dropNames(state))
  state.meta.quietUntilMs = quietUntilMs
  yield* putNames(state, backup, shiftMs)
  yield* replaceEntries(state, backup)
  yield* replaceWork(state, backup.work)
  yield* clearStaged(state)
  return { kind: "done", rev: state.rev }
}

/** Neither tokens nor revisions nor epochs of either past repeat; replicated time goes on. */
function raiseMeta(state: State, saved: Meta, { restore: id, wallMs }: Of<"restore">): void {
  const { meta } = state
  state.meta = {
    ...meta,
    rev: Math.max(meta.rev, saved.rev + REVISIONS_LOST_MAX),
    token: tokenFloor(Math.max(meta.token, saved.token), wallMs),
    order: Math.max(meta.order, saved.order),
    epoch: Math.max(meta.epoch, saved.epoch) + 1,
    wallMs,
    restored: id,
    walls: withWall(meta.walls, { timeMs: meta.timeMs, wallMs }),
  }
}

/**
 * For how long what any of them has may be believed in, or is delayed: the longest time to live and the longest delay.
 */
function* endSessions(state: State): Work<number> {
  let [ttlMs, delayMs] = [0, 0]
  for (const host of yield* hostsInOrder(state)) {
    for (const each of yield* sessionsInOrder(state, host)) {
      const session = state.session(each) as Session
      ttlMs = Math.max(ttlMs, session.ttlMs)
      for (const hold of state.holdsOf(each)) {
        delayMs = Math.max(delayMs, delayOf(hold))
        if (state.tires()) yield
      }
      yield* endSession(state, session, "revoked", false)
      if (state.tires()) yield
    }
  }
  return ttlMs + delayMs
}

function delayOf({ token, lockDelayMs }: Hold): number {
  return token === undefined ? 0 : lockDelayMs
}

/** Until when one of them was not to be granted to anybody. */
function* dropNames(state: State): Work<number> {
  let untilMs = 0
  for (const { kind, name, quietUntilMs } of state.names.values()) {
    untilMs = Math.max(untilMs, quietUntilMs)
    state.dropName(nameKey(kind, name))
    if (state.tires()) yield
  }
  return untilMs
}

/** Nobody holds any of them: they are known for their history. */
function* putNames(state: State, { names }: Backup, shiftMs: number): Work {
  for (const name of names.values()) {
    const history = name.history.map((past) => shifted(past, shiftMs))
    const { limit } = KINDS[name.kind]
    state.putName({ ...name, limit, history, quietUntilMs: 0, askedAtMs: undefined, freedAt: state.rev })
    if (state.tires()) yield
  }
}

/**
 * Each is of the revision of the restore: what anybody knew of an entry is void, since in the other past the same
 * revision may have been of another value.
 */
function* replaceEntries(state: State, { entries }: Backup): Work {
  const rev = state.nextRev
  for (const { key } of state.entries.values()) {
    state.dropEntry(key)
    if (state.tires()) yield
  }
  for (const { key, value } of entries.values()) {
    state.putEntry({ key, value, modRev: rev, createRev: rev })
    if (state.tires()) yield
  }
  state.changes.push({ kind: "restored", rev })
}

/** Replicated time counts from another moment in each life of a cluster: what is kept is how long ago it was. */
function shifted(past: PastGrant, shiftMs: number): PastGrant {
  const at = (ms: number): number => Math.max(0, ms + shiftMs)
  return { ...past, sinceMs: at(past.sinceMs), untilMs: at(past.untilMs) }
}

/** Undefined: it is not what any program saved. */
function* readStaged(state: State): Work<Backup | undefined> {
  const names = new Map<string, Name>()
  const entries = new Map<string, Entry>()
  const work: SavedWork = { pools: new Map(), items: new Map() }
  let meta: Meta | undefined
  let quietUntilMs = 0
  for (let part = 0; part < state.staged.size; part++) {
    const records = recordsOf(state.staged.get(String(part))?.data ?? new Uint8Array(0))
    if (records === undefined) return undefined
    for (const bytes of records) {
      if (state.tires()) yield
      const record = decodeRecord(bytes)
      if (typeof record === "string" || (record.kind === "meta") !== (meta === undefined)) return undefined
      if (record.kind === "entry") {
        if (!isSoundEntry(record.entry)) return undefined
        entries.set(record.entry.key, record.entry)
        continue
      }
      if (record.kind === "pool" || record.kind === "item") {
        if (!keepWork(work, record)) return undefined
        continue
      }
      if (record.kind === "meta") {
        if (!isSoundMeta(record.meta)) return undefined
        meta = record.meta
      } else if (record.kind !== "name" || meta === undefined || !isSoundName(record.name, meta)) return undefined
      else keep(state, names, record.name)
      quietUntilMs = Math.max(quietUntilMs, (record.kind === "meta" ? record.meta : record.name).quietUntilMs)
    }
  }
  if (meta === undefined || !(yield* isSoundWork(state, work))) return undefined
  return { meta, names, entries, work, quietMs: Math.min(QUIET_MS_MAX, Math.max(0, quietUntilMs - meta.timeMs)) }
}

/** No more than are put back: the others are read and forgotten. */
function keep({ limits }: State, names: Map<string, Name>, name: Name): void {
  const key = nameKey(name.kind, name.name)
  if (name.history.length > 0 && (names.size < limits.freeNames || names.has(key))) names.set(key, name)
}
