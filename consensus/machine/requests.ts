import { refused } from "./answers.ts"
import type { Acquire, Command, Request } from "./command.ts"
import { advance, changeHold, endHold, enqueue, grant } from "./holds.ts"
import {
  DURATION_MS_MAX,
  isName,
  LOCK_DELAY_MS_MAX,
  NOTE_BYTES_MAX,
  PRIORITY_MAX,
  textBytes,
  VALUE_BYTES_MAX,
} from "./limits.ts"
import { type Outcome, once } from "./once.ts"
import { KINDS } from "./queue.ts"
import { nameKey, type State, type Work } from "./state.ts"
import type { CommandResult, Hold, HoldEnd, Refusal, StoredResult, Token } from "./types.ts"

export type RequestCommand = Extract<Command, { kind: "acquire" | "cancel" | "release" | "update" | "transfer" }>

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
  if (lockDelayMs > LOCK_DELAY_MS_MAX) return "lockDelayMs"
  if (Math.abs(priority) > PRIORITY_MAX || (priority !== 0 && !kind.hasPriority)) return "priority"
  return textProblem(note, value, kind.hasValue)
}

function textProblem(note: string | undefined, value: string | undefined, hasValue: boolean): string | undefined {
  if (note !== undefined && textBytes(note) > NOTE_BYTES_MAX) return "note"
  if (value === undefined) return undefined
  return hasValue && textBytes(value) <= VALUE_BYTES_MAX ? undefined : "value"
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
  enqueue(state, command, names)
  yield* advance(state)
  const hold = state.hold(command.session, command.seq) as Hold
  if (hold.token !== undefined || command.waitMs !== 0) return standing(state, hold)
  return yield* ended(state, hold, "wait-timeout")
}

function exhausted(state: State, command: Acquire, names: readonly string[]): string | undefined {
  if (!state.hasRoom) return "state"
  const keys = names.map((name) => nameKey(command.hold, name))
  if (state.resources + keys.filter((key) => !isInUse(state, key)).length > state.limits.names) return "names"
  const isFull = keys.some((key) => (state.queue(key)?.size ?? 0) >= state.limits.holdsOfName)
  return isFull ? "holds of a name" : undefined
}

function isInUse(state: State, key: string): boolean {
  const name = state.name(key)
  return name !== undefined && name.freedAt === undefined
}

/** Order in the log decides: a hold that was granted meanwhile is released, and one that was never seen never will be. */
function* cancel(state: State, command: Request): Work<CommandResult> {
  const hold = state.hold(command.session, command.seq)
  if (hold === undefined) return { kind: "ended", how: "cancelled", token: undefined, rev: state.rev }
  return yield* ended(state, hold, hold.token === undefined ? "cancelled" : "released")
}

/** What the hold of a request came to in this very entry: said also where its number is too low for its answer to be kept. */
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
  const hold = ownHold(state, command)
  if ("refusal" in hold) return refused(state, hold.refusal)
  const { note = hold.note, value = hold.value } = command
  const field = textProblem(command.note, command.value, KINDS[hold.kind].hasValue)
  if (field !== undefined) return refused(state, { kind: "invalid", field })
  changeHold(state, hold, { note, value })
  yield* advance(state)
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
