import { HISTORY_MAX, isAdmissible, nameDueMs } from "./holds.ts"
import { KINDS } from "./queue.ts"
import { expiresAtMs } from "./sessions.ts"
import { nameKey, type State } from "./state.ts"
import type { Hold } from "./types.ts"

/** What must hold after every entry and does not. Looks at the whole state: for simulations and tests. */
export function stateProblems(state: State): readonly string[] {
  return [...sessionProblems(state), ...holdProblems(state), ...nameProblems(state), ...answerProblems(state)]
}

function* sessionProblems(state: State): Generator<string> {
  for (const host of state.hosts.values()) {
    if (state.sessionsOf(host.id).length === 0) yield `host ${host.id} has no session`
  }
  for (const session of state.sessions.values()) {
    const { id, host } = session
    const expiryMs = expiresAtMs(state, session)
    const dueMs = state.dues.at("session", id)
    if (state.host(host) === undefined) yield `session ${id} has no host`
    if (!state.sessionsOf(host).includes(id)) yield `session ${id} is not of its host`
    if (dueMs === undefined || dueMs > expiryMs) yield `session ${id} expires at ${expiryMs} and is due at ${dueMs}`
    if (expiryMs <= state.timeMs && !state.isBehind) yield `session ${id} should have expired`
    if (state.ended.get(id) !== undefined) yield `session ${id} lives and is over`
    if (session.boot > (state.host(host)?.boot ?? 0)) yield `session ${id} is of a boot to come`
  }
}

function* holdProblems(state: State): Generator<string> {
  const tokens = new Set<number>()
  const orders = new Set<number>()
  for (const hold of state.holds.values()) {
    const word = `hold ${hold.session}/${hold.seq}`
    if (state.session(hold.session) === undefined) yield `${word} has no session`
    if (!state.holdsOf(hold.session).includes(hold)) yield `${word} is not of its session`
    if (orders.has(hold.order) || hold.order > state.meta.order) yield `${word} has a place that is not its own`
    orders.add(hold.order)
    for (const atMs of [hold.revoking?.untilMs, hold.token === undefined ? hold.waitUntilMs : undefined]) {
      if (atMs !== undefined && atMs <= state.timeMs && !state.isBehind) yield `${word} is overdue`
    }
    if (state.answer(hold.session, hold.seq) !== undefined) yield `${word} lives and has a verdict`
    if (hold.token === undefined) continue
    if (tokens.has(hold.token) || hold.token > state.meta.token) yield `${word} has a token that is not its own`
    tokens.add(hold.token)
    if (state.byToken(hold.token) !== hold) yield `${word} is not found by its token`
    const longestMs = hold.grantedAtMs + (hold.maxHoldMs ?? Number.POSITIVE_INFINITY)
    if (longestMs <= state.timeMs && !state.isBehind) yield `${word} holds too long`
  }
}

function* nameProblems(state: State): Generator<string> {
  for (const name of state.names.values()) {
    const key = nameKey(name.kind, name.name)
    const queue = state.queue(key)
    const holders = queue?.granted.items ?? []
    const used = holders.reduce((sum, hold) => sum + hold.weight, 0)
    if (used > name.limit || used !== (queue?.used ?? 0)) yield `${key} is held ${used} times of ${name.limit}`
    if (holders.some(({ mode }) => mode === "exclusive") && holders.length > 1) yield `${key} is held by others too`
    const first = queue?.waiting.first
    if (first !== undefined && isAdmissible(state, first)) yield `${key} is kept from its first waiter`
    if (!isInOrder(queue?.waiting.items ?? [])) yield `${key} has a queue out of order`
    if ((queue?.size ?? 0) > state.limits.holdsOfName) yield `${key} has too many holds`
    if (name.history.length > HISTORY_MAX) yield `${key} remembers too much`
    if (name.limit !== KINDS[name.kind].limit) yield `${key} has the limit of another kind`
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
    }
  }
}

function* answerProblems(state: State): Generator<string> {
  for (const { session: id, seq } of state.answers.values()) {
    const session = state.session(id)
    if (session === undefined) yield `an answer to ${id}, which is over`
    else if (seq < session.floor) yield `an answer to ${id}/${seq}, which was forgotten`
    if (!state.answersOf(id).includes(seq)) yield `an answer to ${id}/${seq} that is not found`
    if (state.answersOf(id).length > state.limits.answers) yield `${id} has too many answers`
  }
}

function isInOrder(items: readonly Hold[]): boolean {
  return items.every((hold, at) => {
    const next = items[at + 1]
    if (next === undefined || next.priority < hold.priority) return true
    return next.priority === hold.priority && next.order > hold.order
  })
}
