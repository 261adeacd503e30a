import { refused } from "./answers.ts"
import type { Acquire, Command } from "./command.ts"
import { advance, changeHold, endHold, enqueue, grant } from "./holds.ts"
import { isJsonText } from "./json-text.ts"
import { nameKey } from "./keys.ts"
import {
  DURATION_MS_MAX,
  isName,
  LIMIT_MAX,
  LOCK_DELAY_MS_MAX,
  NOTE_BYTES_MAX,
  PRIORITY_MAX,
  TAGS_BYTES_MAX,
  textBytes,
  VALUE_BYTES_MAX,
  ZONE_BYTES_MAX,
} from "./limits.ts"
import { type Outcome, once } from "./once.ts"
import { KINDS } from "./queue.ts"
import type { State, Work } from "./state.ts"
import type { CommandResult, Hold, HoldEnd, Refusal, Request, StoredResult, Token, Worker } from "./types.ts"
import { drain } from "./work/departures.ts"
import { change } from "./work/steps.ts"
import type { Item, Owner } from "./work/types.ts"

export type RequestCommand = Extract<Command, { kind: "acquire" | "cancel" | "release" | "update" | "transfer" }>

/** Of a hold that has nothing which only some kinds have. */
export const NO_TERMS: Pick<Acquire, "limit" | "weight" | "id" | "ready" | "worker"> = {
  limit: undefined,
  weight: undefined,
  id: undefined,
  ready: undefined,
  worker: undefined,
}

/** A request of a session about what it holds. */
export function applyRequest(state: State, command: RequestCommand): Work<Outcome> {
  const act = (): Work<CommandResult> => perform(state, command)
  switch (command.kind) {
    case "acquire":
      return once(state, command, { perform: act, ofHold: (hold) => standing(state, hold) })
    case "cancel":
      return once(state, command, { perform: act, ofHold: () => undefined })
    default:
      return once(state, command, { perform: act })
  }
}

/** Why an acquire cannot be, however the state stands. */
export function acquireProblem(command: Acquire): string | undefined {
  const { names, mode, waitMs, priority, maxHoldMs, lockDelayMs, note, value } = command
  const kind = KINDS[command.hold]
  if (names.length === 0 || new Set(names).size > kind.namesMax || !names.every(isName)) return "names"
  if (mode === "shared" && !kind.isShareable) return "mode"
  if (waitMs !== undefined && waitMs > DURATION_MS_MAX) return "waitMs"
  if (maxHoldMs !== undefined && (maxHoldMs === 0 || maxHoldMs > DURATION_MS_MAX)) return "maxHoldMs"
  if (lockDelayMs > LOCK_DELAY_MS_MAX || (lockDelayMs > 0 && kind.takes !== "all")) return "lockDelayMs"
  if (Math.abs(priority) > PRIORITY_MAX || (priority !== 0 && !kind.hasPriority)) return "priority"
  return termsProblem(command) ?? textProblem(note, value, kind.hasValue)
}

/** What some kinds have and others do not. */
function termsProblem({ hold, limit, weight, id, ready, worker }: Acquire): string | undefined {
  const kind = KINDS[hold]
  const isLimitRight = kind.limit > 0 ? limit === undefined : isCount(limit, kind.limitMax)
  if (!isLimitRight) return kind.opens ? "parties" : "limit"
  if (weight !== undefined && (kind.takes !== "asked" || !isCount(weight, limit ?? 0))) return "weight"
  if (id !== undefined && !(kind.hasId && isName(id))) return "id"
  if (ready !== undefined && !kind.hasReady) return "ready"
  if (worker === undefined) return undefined
  return kind.isWorker ? workerProblem(worker) : "worker"
}

function workerProblem({ capacity, zone, tags, isLeaving }: Worker): string | undefined {
  // It would end before it has begun, and only a barrier answers how an acquire has ended.
  if (isLeaving) return "worker"
  if (capacity !== undefined && !isCount(capacity, LIMIT_MAX)) return "capacity"
  if (zone !== undefined && textBytes(zone) > ZONE_BYTES_MAX) return "zone"
  if (tags.reduce((sum, { key, value }) => sum + textBytes(key) + textBytes(value), 0) > TAGS_BYTES_MAX) return "tags"
  return tags.every(({ key }, at) => at === 0 || (tags[at - 1]?.key ?? "") < key) ? undefined : "tags"
}

function isCount(value: number | undefined, max: number): boolean {
  return value !== undefined && value >= 1 && value <= max
}

function textProblem(note: string | undefined, value: string | undefined, hasValue: boolean): string | undefined {
  if (note !== undefined && textBytes(note) > NOTE_BYTES_MAX) return "note"
  if (value === undefined) return undefined
  return hasValue && isJsonText(value, VALUE_BYTES_MAX) ? undefined : "value"
}

function* perform(state: State, command: RequestCommand): Work<CommandResult> {
  switch (command.kind) {
    case "acquire":
      return yield* acquire(state, command)
    case "cancel":
      return yield* cancel(state, command)
    case "release":
      return yield* release(state, command)
    case "update":
      return yield* update(state, command)
    case "transfer":
      return yield* transfer(state, command)
  }
}

function* acquire(state: State, command: Acquire): Work<CommandResult> {
  const field = acquireProblem(command)
  if (field !== undefined) return refused(state, { kind: "invalid", field })
  const names = [...new Set(command.names)]
  const limit = exhausted(state, command, names)
  if (limit !== undefined) return refused(state, { kind: "exhausted", limit })
  const other = otherLimit(state, command)
  if (other !== undefined) return refused(state, other)
  enqueue(state, command, names)
  yield* advance(state)
  const hold = state.hold(command.session, command.seq)
  if (hold === undefined) return opened(state, command)
  if (hold.token !== undefined || command.waitMs !== 0) return standing(state, hold)
  return yield* ended(state, hold, "wait-timeout")
}

/** The limit of a semaphore and the parties of a barrier are the same for all who are there. */
function otherLimit(state: State, { hold, names, limit }: Acquire): Refusal | undefined {
  const { opens, limit: own } = KINDS[hold]
  if (own > 0) return undefined
  const stored = state.name(nameKey(hold, names[0] as string))?.limit ?? 0
  if (stored === 0 || stored === limit) return undefined
  return { kind: "conflict", reason: opens ? "parties" : "limit", current: stored }
}

/** Whoever comes last to a barrier is done at once: the last of its generation, which has taken the last token. */
function opened(state: State, { limit = 0 }: Acquire): CommandResult {
  return { kind: "opened", generation: state.meta.token as Token, index: limit - 1, rev: state.rev }
}

function exhausted(state: State, command: Acquire, names: readonly string[]): string | undefined {
  if (!state.hasRoom) return "state"
  const keys = names.map((name) => nameKey(command.hold, name))
  if (state.resources + keys.filter((key) => !isInUse(state, key)).length > state.limits.names) return "names"
  const isFull = keys.some((key) => (state.queue(key)?.size ?? 0) >= state.limits.holdsOfName)
  if (!isFull) return undefined
  // Who comes back takes the place of its former life.
  const isReturn = command.id !== undefined && state.queue(keys[0] as string)?.byId(command.id) !== undefined
  return isReturn ? undefined : "holds of a name"
}

function isInUse(state: State, key: string): boolean {
  const name = state.name(key)
  return name !== undefined && name.freedAt === undefined
}

/**
 * Order in the log decides: a hold that was granted meanwhile is released, and one that was never seen never will be.
 */
function* cancel(state: State, command: Request): Work<CommandResult> {
  const hold = state.hold(command.session, command.seq)
  if (hold === undefined) return { kind: "ended", how: "cancelled", token: undefined, rev: state.rev }
  if (hold.kind === "work" && hold.token !== undefined) return yield* leave(state, hold)
  return yield* ended(state, hold, hold.token === undefined ? "cancelled" : "released")
}

/** A worker goes when it has handed back what it has; what it came to is stored then. */
function* leave(state: State, hold: Hold): Work<CommandResult> {
  drain(state, hold)
  yield* advance(state)
  return state.answersOf(hold.session)?.get(hold.seq) ?? { kind: "done", rev: state.rev }
}

/**
 * What the hold of a request came to in this very entry: said also where its number is too low for its answer to be
 * kept.
 */
function* ended(state: State, hold: Hold, how: HoldEnd): Work<StoredResult> {
  endHold(state, hold, { how })
  const { rev } = state
  yield* advance(state)
  return { kind: "ended", how, token: hold.token, rev }
}

function* release(state: State, command: Request & { readonly token: Token }): Work<CommandResult> {
  const hold = ownHold(state, command)
  if ("refusal" in hold) return refused(state, hold.refusal)
  endHold(state, hold, { how: "released" })
  const rev = state.rev
  yield* advance(state)
  return { kind: "written", rev }
}

function* update(state: State, command: Extract<Command, { kind: "update" }>): Work<CommandResult> {
  const item = state.work.byToken(command.token)
  if (item?.owner !== undefined) return updateItem(state, { item, owner: item.owner }, command)
  const hold = ownHold(state, command)
  if ("refusal" in hold) return refused(state, hold.refusal)
  const { note = hold.note, value = hold.value, ready = hold.ready } = command
  const { hasValue, hasReady } = KINDS[hold.kind]
  const field = command.ready !== undefined && !hasReady ? "ready" : textProblem(command.note, command.value, hasValue)
  if (field !== undefined) return refused(state, { kind: "invalid", field })
  changeHold(state, hold, { note, value, ready })
  yield* advance(state)
  return { kind: "written", rev: state.rev }
}

/** Of an assignment, which is a grant of its own, there is nothing to change but the note. */
function updateItem(
  state: State,
  { item, owner }: { readonly item: Item; readonly owner: Owner },
  { session, note, value, ready }: Extract<Command, { kind: "update" }>,
): CommandResult {
  if (owner.session !== session) return refused(state, { kind: "not-yours" })
  const field = ready !== undefined ? "ready" : textProblem(note, value, false)
  if (field !== undefined) return refused(state, { kind: "invalid", field })
  if (note !== undefined) change(state, item, { owner: { ...owner, note } })
  return { kind: "written", rev: state.rev }
}

/** The holder makes way for a candidate that stands, whatever its place. */
function* transfer(state: State, command: Extract<Command, { kind: "transfer" }>): Work<CommandResult> {
  const hold = ownHold(state, command)
  if ("refusal" in hold) return refused(state, hold.refusal)
  if (hold.kind !== "election") return refused(state, { kind: "invalid", field: "kind" })
  const candidates = state.queue(nameKey(hold.kind, hold.names[0] as string))?.waiting.items ?? []
  const heir = candidates.find((each) => command.to === undefined || state.session(each.session)?.member === command.to)
  if (heir === undefined) return refused(state, { kind: "conflict", reason: "no-candidate" })
  endHold(state, hold, { how: "transferred" })
  grant(state, heir)
  yield* advance(state)
  return { kind: "written", rev: state.rev }
}

/** The hold of a token, if it is the session's own. */
function ownHold(state: State, { session, token }: Request & { readonly token: Token }): Hold | { refusal: Refusal } {
  const hold = state.byToken(token)
  if (hold === undefined) return { refusal: { kind: "grant-lost" } }
  return hold.session === session ? hold : { refusal: { kind: "not-yours" } }
}

/** How a hold stands that lives. */
function standing(state: State, hold: Hold): CommandResult {
  const { rev } = state
  if (hold.token !== undefined) return { kind: "granted", token: hold.token, rev }
  const places = hold.names.map((each) => state.queue(nameKey(hold.kind, each))?.waiting.placeOf(hold) ?? 0)
  return { kind: "queued", position: 1 + Math.max(...places), rev }
}
