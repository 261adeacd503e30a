import type { NodeId } from "@conclave/base"
import { isPossible } from "./figures.ts"
import { HISTORY_MAX, isAdmissible, nameDueMs } from "./holds.ts"
import { isJsonText } from "./json-text.ts"
import { nameKey } from "./keys.ts"
import { ENTRY_VALUE_BYTES_MAX, isName, REMOVED_HOSTS_MAX, VALUE_BYTES_MAX } from "./limits.ts"
import { KINDS } from "./queue.ts"
import { expiresAtMs } from "./sessions.ts"
import type { State } from "./state.ts"
import { RECORD_BYTES_MAX } from "./state-hash.ts"
import type { Hold, SessionId, StoredResult } from "./types.ts"
import { WALLS_MAX, type Wall } from "./walls.ts"
import { workProblems } from "./work/problems.ts"

const NEVER_MS = Number.POSITIVE_INFINITY

/** What must hold after every entry and does not. Looks at the whole state: for simulations and tests. */
export function stateProblems(state: State): readonly string[] {
  return [
    ...[...sessionProblems(state), ...holdProblems(state), ...nameProblems(state), ...answerProblems(state)],
    ...[...dueProblems(state), ...entryProblems(state), ...workProblems(state), ...wallProblems(state)],
    ...removedProblems(state),
    ...sizeProblems(state),
  ]
}

/** Whether there is room must not depend on who asked for the size when. */
function* sizeProblems({ hash: { longestBytes } }: State): Generator<string> {
  if (longestBytes > RECORD_BYTES_MAX) yield `a record of ${longestBytes} bytes has waited to be weighed`
}

/** Whatever kind of deadline it is. */
function* dueProblems({ dues, timeMs, isBehind }: State): Generator<string> {
  if (dues.nextMs <= timeMs && !isBehind) yield `what is due at ${dues.nextMs} was not done by ${timeMs}`
}

function* sessionProblems(state: State): Generator<string> {
  const guests = new Map<NodeId, ReadonlySet<SessionId>>()
  for (const { id } of state.hosts.values()) {
    const all = state.sessionsOf(id)
    if (all.size === 0) yield `host ${id} has no session`
    guests.set(id, all)
  }
  for (const session of state.sessions.values()) {
    const { id, host } = session
    const expiryMs = expiresAtMs(state, session)
    const dueMs = state.dues.at("session", id)
    if (state.host(host) === undefined) yield `session ${id} has no host`
    if (guests.get(host)?.has(id) !== true) yield `session ${id} is not of its host`
    if (dueMs === undefined || dueMs > expiryMs) yield `session ${id} expires at ${expiryMs} and is due at ${dueMs}`
    if (expiryMs <= state.timeMs && !state.isBehind) yield `session ${id} should have expired`
    if (state.ended.get(id) !== undefined) yield `session ${id} lives and is over`
    if (session.boot > (state.host(host)?.boot ?? 0)) yield `session ${id} is of a boot to come`
  }
}

function* wallProblems({ meta, timeMs }: State): Generator<string> {
  const { walls } = meta
  if (walls.length > WALLS_MAX) yield "it remembers too much of wall clocks"
  const isOrdered = walls.every((wall, at) => at === 0 || (walls[at - 1] as Wall).timeMs < wall.timeMs)
  if (!isOrdered || (walls.at(-1)?.timeMs ?? 0) > timeMs) yield "what wall clocks showed is out of order"
}

function* removedProblems({ meta: { removed } }: State): Generator<string> {
  if (removed.length > REMOVED_HOSTS_MAX) yield "it remembers too many hosts that were removed"
  if (new Set(removed).size < removed.length) yield "a host was removed twice"
}

function* holdProblems(state: State): Generator<string> {
  const tokens = new Set<number>()
  const orders = new Set<number>()
  for (const hold of state.holds.values()) {
    if (state.session(hold.session) === undefined) yield `${wordOf(hold)} has no session`
    if (!state.holdsOf(hold.session).includes(hold)) yield `${wordOf(hold)} is not of its session`
    if (orders.has(hold.order) || hold.order > state.meta.order) yield `${wordOf(hold)} has a place that is not its own`
    orders.add(hold.order)
    if (hold.value !== undefined && !isJsonText(hold.value, VALUE_BYTES_MAX))
      yield `${wordOf(hold)} has a value that is no JSON`
    const waitUntilMs = hold.token === undefined ? hold.waitUntilMs : undefined
    const untilMs = Math.min(hold.revoking?.untilMs ?? NEVER_MS, waitUntilMs ?? NEVER_MS)
    if (untilMs <= state.timeMs && !state.isBehind) yield `${wordOf(hold)} is overdue`
    if (state.answersOf(hold.session)?.get(hold.seq) !== undefined) yield `${wordOf(hold)} lives and has a verdict`
    if (hold.token === undefined) continue
    if (tokens.has(hold.token) || hold.token > state.meta.token) yield `${wordOf(hold)} has a token that is not its own`
    tokens.add(hold.token)
    if (state.byToken(hold.token) !== hold) yield `${wordOf(hold)} is not found by its token`
    const longestMs = hold.grantedAtMs + (hold.maxHoldMs ?? NEVER_MS)
    if (longestMs <= state.timeMs && !state.isBehind) yield `${wordOf(hold)} holds too long`
  }
}

function* nameProblems(state: State): Generator<string> {
  for (const name of state.names.values()) {
    const key = nameKey(name.kind, name.name)
    const queue = state.queue(key)
    const holders = queue?.granted.items ?? []
    const used = holders.reduce((sum, hold) => sum + hold.weight, 0)
    const its = KINDS[name.kind]
    // Whose limit was shrunk may be held beyond it for a while.
    if ((used > name.limit && its.takes !== "asked") || used !== (queue?.used ?? 0))
      yield `${key} is held ${used} times of ${name.limit}`
    if (its.takes === "all" && holders.length > 1 && holders.some(({ mode }) => mode === "exclusive"))
      yield `${key} is held by others too`
    if (its.opens && holders.length > 0) yield `${key} is held, and nobody can`
    const first = queue?.waiting.first
    if (first !== undefined && isAdmissible(state, first)) yield `${key} is kept from its first waiter`
    if (!isInOrder(queue?.waiting.items ?? [])) yield `${key} has a queue out of order`
    if ((queue?.size ?? 0) > state.limits.holdsOfName) yield `${key} has too many holds`
    if (name.history.length > HISTORY_MAX) yield `${key} remembers too much`
    if (!isPossible(name.figures, name.history.length)) yield `${key} has figures that cannot be`
    if (
      its.limit > 0 ? name.limit !== its.limit : name.limit > 0 !== (queue !== undefined) || name.limit > its.limitMax
    )
      yield `${key} has a limit of ${name.limit}`
    if ((queue?.waiting.items ?? []).some(({ weight }) => weight > name.limit)) yield `${key} is waited for in vain`
    if ((name.freedAt !== undefined) !== (state.freed.at(key) !== undefined)) yield `${key} is free and is not`
    if (name.freedAt !== undefined && queue !== undefined) yield `${key} is free and has holds`
    if (nameDueMs(state, key) !== state.dues.at("name", key)) yield `${key} is looked at at another time than it wants`
    if (name.freedAt === undefined && queue === undefined && name.quietUntilMs <= state.timeMs)
      yield `${key} is of no use`
  }
  for (const hold of state.holds.values()) {
    for (const each of hold.names) {
      const key = nameKey(hold.kind, each)
      const queue = state.queue(key)
      const list = hold.token === undefined ? queue?.waiting : queue?.granted
      if (state.name(key) === undefined) yield `${key} has a hold and is not known`
      if (!list?.items.includes(hold)) yield `${key} has a hold that does not stand in its queue`
      if ((hold.id !== undefined) !== KINDS[hold.kind].hasId) yield `${wordOf(hold)} has an id, or none`
      if (hold.id !== undefined && queue?.byId(hold.id) !== hold) yield `${key} has two of the id ${hold.id}`
    }
  }
}

function* answerProblems(state: State): Generator<string> {
  for (const list of state.answers.values()) {
    const { session: id, floor, late, size } = list
    if (state.session(id) === undefined) yield `answers to ${id}, which is over`
    if (Math.max(late, size - late) > state.limits.answers) yield `${id} has too many answers`
    let before = 0
    for (const { seq, result } of list) {
      if (seq <= before) yield `${id} was answered twice at ${seq}, or out of order`
      if (seq < floor && !isOfHold(result)) yield `an answer to ${id}/${seq}, which was forgotten`
      before = seq
    }
  }
}

function* entryProblems(state: State): Generator<string> {
  const revs = new Set<number>()
  for (const { key, value, modRev, createRev } of state.entries.values()) {
    if (!isName(key)) yield `entry ${key} has no key`
    if (!isJsonText(value, ENTRY_VALUE_BYTES_MAX)) yield `entry ${key} has a value that is no JSON`
    if (createRev < 1 || createRev > modRev || modRev > state.rev) yield `entry ${key} has revisions that cannot be`
    // Of a backup all have the revision of its restore.
    if (revs.has(modRev) && createRev !== modRev) yield `entry ${key} was put at the revision of another`
    revs.add(modRev)
  }
  const keys = [...state.entriesFrom("")].map(({ key }) => key)
  if (keys.length !== state.entries.size || keys.some((key, at) => at > 0 && key <= (keys[at - 1] as string)))
    yield "the keys of entries are out of order"
}

/** What became of who waited. */
function isOfHold({ kind }: StoredResult): boolean {
  return kind === "ended" || kind === "opened" || kind === "refused"
}

function wordOf({ session, seq }: Hold): string {
  return `hold ${session}/${seq}`
}

function isInOrder(items: readonly Hold[]): boolean {
  return items.every((hold, at) => {
    const next = items[at + 1]
    if (next === undefined || next.priority < hold.priority) return true
    return next.priority === hold.priority && next.order > hold.order
  })
}
