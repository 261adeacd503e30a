import { assert } from "@conclave/base"
import { storeAnswer } from "./answers.ts"
import type { Acquire } from "./command.ts"
import { counted, NO_FIGURES } from "./figures.ts"
import { nameKey } from "./keys.ts"
import { KINDS, type Queue, weightOf } from "./queue.ts"
import type { State, Work } from "./state.ts"
import type { Hold, HoldEnd, LossReason, Name, PastGrant, Session, StoredResult, Token } from "./types.ts"
import { departureOf, followWorkers } from "./work/departures.ts"

/** Past grants that a name remembers. */
export const HISTORY_MAX = 32
/** How long a candidate of higher priority stands before the incumbent is asked to make way, and how often at most. */
export const STANDING_MS = 30_000
export const ASK_EVERY_MS = 60_000

/** Losses against the holder's will: the lock delay follows them. */
const UNWILLED: ReadonlySet<HoldEnd> = new Set<HoldEnd>(["expired", "session-lost", "revoked", "max-hold"])

/** Puts a hold at its place in the queues of all its names; whether it is granted is `advance`'s affair. */
export function enqueue(state: State, command: Acquire, names: readonly string[]): void {
  const { session, seq, hold: kind, mode, waitMs, priority, maxHoldMs, lockDelayMs, note, value } = command
  state.meta.order++
  for (const name of names) use(state, command, name)
  const id = holdIdOf(command)
  if (id !== undefined) fence(state, nameKey(kind, names[0] as string), id)
  const hold: Hold = {
    session,
    seq,
    kind,
    names,
    mode,
    weight: weightOf(kind, mode, command.weight),
    order: state.meta.order,
    priority,
    queuedAtMs: state.timeMs,
    waitUntilMs: waitMs === undefined ? undefined : state.timeMs + waitMs,
    maxHoldMs,
    lockDelayMs,
    note,
    value,
    id,
    ready: KINDS[kind].hasReady ? (command.ready ?? true) : undefined,
    worker: command.worker,
    token: undefined,
    grantedAtMs: 0,
    revoking: undefined,
    askedAtMs: undefined,
  }
  put(state, undefined, hold)
}

/**
 * By which its group or pool knows it. Where none is given nobody else has it, and it stays as long as the hold does.
 */
export function holdIdOf({ hold, id, session, seq }: Acquire): string | undefined {
  return KINDS[hold].hasId ? (id ?? `${session}.${seq}`) : undefined
}

/** A worker that was started again need not wait until its former life has run out. */
function fence(state: State, key: string, id: string): void {
  const older = state.queue(key)?.byId(id)
  if (older !== undefined) endHold(state, older, { how: "fenced" })
}

interface Ending {
  readonly how: HoldEnd
  /** Its processes are provably gone: no lock delay. */
  readonly isGone?: boolean
  /** The session ends as well, and its answers with it. */
  readonly isSessionOver?: boolean
  /** What its request is answered from now on, where that is more than how it ended. */
  readonly answer?: StoredResult
}

/** Ends a hold, granted or waiting, for good: its request can never be granted any more. */
export function endHold(state: State, hold: Hold, ending: Ending): void {
  const { how, isGone = false, isSessionOver = false, answer } = ending
  state.dropHold(hold)
  touch(state, hold, how)
  state.changes.push({ kind: "hold", before: hold, after: undefined, end: how, answer, rev: state.nextRev })
  const session = state.session(hold.session)
  assert(session !== undefined, "a hold has a session")
  if (hold.token !== undefined) {
    const { token, grantedAtMs: sinceMs } = hold
    const { member, app } = session
    const revoked = how === "revoked" ? askedBy(hold, session) : undefined
    const past = { token, member, app, sinceMs, untilMs: state.timeMs, reason: how as LossReason, revoked }
    recordPast(state, hold, past, UNWILLED.has(how) && !isGone ? hold.lockDelayMs : 0)
  }
  if (isSessionOver) return
  storeAnswer(state, session.id, hold.seq, answer ?? { kind: "ended", how, token: hold.token, rev: state.rev })
}

/** A hold that was granted when its session had been asked back already ends by that. */
function askedBy(hold: Hold, session: Session): PastGrant["revoked"] {
  const revoking = hold.revoking ?? session.revoking
  return revoking === undefined ? undefined : { by: revoking.by, reason: revoking.reason }
}

/** Something of a hold that leaves it at its place. */
export function changeHold(
  state: State,
  hold: Hold,
  patch: Partial<Pick<Hold, "note" | "value" | "ready" | "revoking">>,
): void {
  const askedAtMs = patch.revoking === undefined ? hold.askedAtMs : (hold.askedAtMs ?? state.timeMs)
  put(state, hold, { ...hold, ...patch, askedAtMs })
}

export function grant(state: State, hold: Hold): void {
  const token = ++state.meta.token as Token
  put(state, hold, grantedHold(hold, token, state.timeMs))
}

/**
 * Field by field: a spread whose fields are then replaced is made by a slow way of V8, and this is done once a grant.
 */
function grantedHold(hold: Hold, token: Token, grantedAtMs: number): Hold {
  const { session, seq, kind, names, mode, weight, order, priority, queuedAtMs, waitUntilMs } = hold
  const { maxHoldMs, lockDelayMs, note, value, id, ready, worker, revoking, askedAtMs } = hold
  return {
    session,
    seq,
    kind,
    names,
    mode,
    weight,
    order,
    priority,
    queuedAtMs,
    waitUntilMs,
    maxHoldMs,
    lockDelayMs,
    note,
    value,
    id,
    ready,
    worker,
    token,
    grantedAtMs,
    revoking,
    askedAtMs,
  }
}

/**
 * Grants what can be granted in the queues that were touched, until nothing can: in rounds, within a round first come
 * first served. Only the first of a queue is ever granted, so that a waiting writer stops later readers and a hold with
 * several names waits at the head of each; places are the same in all queues, so no two holds wait for each other.
 */
export function* advance(state: State): Work {
  if (state.touched.size === 0 && state.work.departures.size === 0) return
  const seen = new Set<string>()
  while (state.touched.size > 0) {
    const ready: Hold[] = []
    for (const key of state.touched) {
      seen.add(key)
      const first = state.queue(key)?.waiting.first
      if (first !== undefined && isAdmissible(state, first)) ready.push(first)
      if (state.tires()) yield
    }
    state.touched.clear()
    for (const hold of inOrder(ready)) {
      if (KINDS[hold.kind].opens) yield* openBarrier(state, hold)
      else grant(state, hold)
      if (state.tires()) yield
    }
  }
  for (const key of seen.size > 1 ? [...seen].sort() : seen) {
    settle(state, key)
    if (state.tires()) yield
  }
  if (state.work.departures.size === 0) return
  // Who was asked to go does not come back by itself; who wanted to has given its place back.
  for (const hold of yield* followWorkers(state))
    endHold(state, hold, { how: hold.worker?.isLeaving === true ? "released" : "revoked" })
  yield* advance(state)
}

/**
 * Those who wait are done, as many as make it open and no more, in the order in which they came. Their generation is a
 * token, so that none is ever given twice, and nothing is to be remembered for that.
 */
function* openBarrier(state: State, first: Hold): Work {
  const key = nameKey(first.kind, first.names[0] as string)
  const parties = (state.queue(key) as Queue).waiting.items.slice(0, (state.name(key) as Name).limit)
  const generation = ++state.meta.token as Token
  for (const [index, each] of parties.entries()) {
    endHold(state, each, { how: "opened", answer: { kind: "opened", generation, index, rev: state.nextRev } })
    if (state.tires()) yield
  }
}

/** Each once: a hold with several names is the first of several queues. */
function inOrder(ready: readonly Hold[]): Iterable<Hold> {
  return ready.length > 1 ? [...new Set(ready)].sort((a, b) => a.order - b.order) : ready
}

export function isAdmissible(state: State, hold: Hold): boolean {
  for (const each of hold.names) {
    const key = nameKey(hold.kind, each)
    const queue = state.queue(key) as Queue
    const name = state.name(key) as Name
    if (queue.waiting.first !== hold || name.quietUntilMs > state.timeMs) return false
    if (KINDS[hold.kind].opens) return queue.waiting.size >= name.limit
    if (queue.used + hold.weight > name.limit) return false
  }
  return true
}

/** When a name wants to be looked at again: the end of its quiet time, or of an incumbent's. */
export function nameDueMs(state: State, key: string): number | undefined {
  const name = state.name(key)
  if (name === undefined) return undefined
  return name.quietUntilMs > state.timeMs ? name.quietUntilMs : askDueMs(name, state.queue(key))
}

function askDueMs(name: Name, queue: Queue | undefined): number | undefined {
  const incumbent = queue?.granted.first
  const rival = queue?.waiting.first
  if (incumbent === undefined || rival === undefined || incumbent.revoking !== undefined) return undefined
  if (rival.priority <= incumbent.priority) return undefined
  return Math.max(rival.queuedAtMs + STANDING_MS, (name.askedAtMs ?? -ASK_EVERY_MS) + ASK_EVERY_MS)
}

/** After its queue has moved: who is asked to make way, whether the name is free, when it is looked at again. */
function settle(state: State, key: string): void {
  ask(state, key)
  if (state.queue(key) === undefined) forgetLimit(state, key)
  const name = state.name(key)
  if (name === undefined) return
  const dueMs = nameDueMs(state, key)
  if (dueMs === undefined) state.dues.clear("name", key)
  else state.dues.set("name", key, dueMs)
  if (dueMs !== undefined || state.queue(key) !== undefined || name.freedAt !== undefined) return
  if (name.history.length === 0) return state.dropName(key)
  const { kind, history, figures } = name
  const { limit } = KINDS[kind]
  const free = { quietUntilMs: 0, askedAtMs: undefined, freedAt: state.rev }
  state.putName({ kind, name: name.name, limit, ...free, history, figures })
  forgetEldest(state)
}

/** Those that are kept for their history make way for what is in use: for each that comes two go, so that they do. */
function forgetEldest(state: State): void {
  for (let forgotten = 0; forgotten < 2; forgotten++) {
    if (state.freed.size <= state.limits.freeNames && state.hasRoomForPast) return
    const eldest = state.freed.first()
    if (eldest !== undefined) state.dropName(eldest.id)
  }
}

/** Nobody is there any more: whoever comes next says it anew. */
function forgetLimit(state: State, key: string): void {
  const name = state.name(key)
  if (name !== undefined && name.limit !== KINDS[name.kind].limit) {
    state.putName({ ...name, limit: KINDS[name.kind].limit })
  }
}

/** A candidate of higher priority has stood long enough. */
function ask(state: State, key: string): void {
  const name = state.name(key)
  const queue = state.queue(key)
  const incumbent = queue?.granted.first
  const rival = queue?.waiting.first
  if (name === undefined || incumbent === undefined || rival === undefined) return
  const dueMs = askDueMs(name, queue)
  if (dueMs === undefined || dueMs > state.timeMs) return
  const by = state.session(rival.session)?.member ?? ""
  const revoking = { by, reason: "preferred candidate", untilMs: undefined }
  replace(state, incumbent, { ...incumbent, revoking, askedAtMs: state.timeMs })
  state.putName({ ...name, askedAtMs: state.timeMs })
}

function recordPast(state: State, hold: Hold, past: PastGrant, delayMs: number): void {
  for (const each of hold.names) {
    const name = state.name(nameKey(hold.kind, each))
    assert(name !== undefined, "the names of a hold are known")
    const history = state.hasRoomForPast ? name.history.slice(1 - HISTORY_MAX) : []
    history.push(past)
    const quietUntilMs = delayMs > 0 ? Math.max(name.quietUntilMs, state.timeMs + delayMs) : name.quietUntilMs
    const { kind, limit, askedAtMs, freedAt } = name
    const waiters = state.queue(nameKey(kind, name.name))?.waiting.size ?? 0
    const figures = counted(name.figures, hold, { reason: past.reason, nowMs: state.timeMs, waiters })
    state.putName({ kind, name: name.name, limit, quietUntilMs, askedAtMs, freedAt, history, figures })
  }
}

/** A name that is new, or was kept for its history alone, comes into use; or nobody has said its limit yet. */
function use(state: State, { hold: kind, limit: asked }: Acquire, name: string): void {
  const known = state.name(nameKey(kind, name))
  if (known !== undefined && known.freedAt === undefined && known.limit > 0) return
  // After a restore nobody knows who held it.
  const quietUntilMs = Math.max(known?.quietUntilMs ?? 0, state.meta.quietUntilMs)
  const limit = KINDS[kind].limit || (asked ?? 0)
  const { askedAtMs, history, figures } = known ?? NEVER_HELD
  const about = { limit, quietUntilMs, askedAtMs, freedAt: undefined, history, figures }
  state.putName({ kind, name: known?.name ?? name, ...about })
}

const NEVER_HELD: Pick<Name, "askedAtMs" | "history" | "figures"> = {
  askedAtMs: undefined,
  history: [],
  figures: NO_FIGURES,
}

function put(state: State, before: Hold | undefined, after: Hold): void {
  replace(state, before, after)
  touch(state, after, before?.token === undefined ? "joined" : undefined)
}

function replace(state: State, before: Hold | undefined, after: Hold): void {
  state.putHold(after)
  state.changes.push({ kind: "hold", before, after, end: undefined, rev: state.nextRev })
}

/** `how` it ended; undefined = it stands as before. */
function touch(state: State, hold: Hold, how: HoldEnd | "joined" | undefined): void {
  if (hold.kind === "work" && hold.token !== undefined) state.work.follow(departureOf(state, hold, how))
  for (const name of hold.names) state.touched.add(nameKey(hold.kind, name))
}
