import { refused } from "../answers.ts"
import { isJsonText } from "../json-text.ts"
import { isName, textBytes } from "../limits.ts"
import type { State } from "../state.ts"
import type { CommandResult, Hold } from "../types.ts"
import { mayGoTo, ownerKey } from "./book.ts"
import type { WorkPut, WorkRemove, WorkRetry } from "./commands.ts"
import { PAYLOAD_BYTES_MAX, WEIGHT_MAX } from "./limits.ts"
import { exhausted, forgetIdle, poolFor } from "./pools.ts"
import { change, create, free, takeAway } from "./steps.ts"
import type { Item } from "./types.ts"

/** A task, or what a partition carries. */
export function put(state: State, command: WorkPut): CommandResult {
  const { pool: name, item, payload, weight, pin } = command
  const field = putProblem(command)
  if (field !== undefined) return refused(state, { kind: "invalid", field })
  const known = state.work.item(name, item)
  if (known !== undefined) return putAgain(state, known, command)
  if ((state.work.pool(name)?.config.partitions ?? 0) > 0) {
    return refused(state, { kind: "conflict", reason: "partitioned" })
  }
  const limit = exhausted(state, name, 1)
  if (limit !== undefined) return refused(state, { kind: "exhausted", limit })
  poolFor(state, name)
  create(state, { pool: name, item, payload, weight, pin })
  return { kind: "written", rev: state.rev }
}

/** A task ends, whoever has it; a partition does not. */
export function removeTask(state: State, { pool, item: name }: WorkRemove): CommandResult {
  const item = state.work.item(pool, name)
  if (item === undefined) return { kind: "removed", isRemoved: false, rev: state.rev }
  if ((state.work.pool(pool)?.config.partitions ?? 0) > 0) {
    return refused(state, { kind: "conflict", reason: "partitioned" })
  }
  takeAway(state, item)
  forgetIdle(state, pool)
  return { kind: "removed", isRemoved: true, rev: state.rev }
}

/**
 * What failed too often gets as many tries again, and what rests after a failure rests no more. That its name may be
 * believed in by a worker is no failure.
 */
export function retry(state: State, { pool, item: name }: WorkRetry): CommandResult {
  const item = state.work.item(pool, name)
  if (item === undefined) return refused(state, { kind: "unknown-item" })
  const isWithheld = state.work.tombstone(pool, name) !== undefined
  if (item.state === "failed") free(state, item, { reason: "retry", attempt: 1, losses: 0 })
  else if (item.state === "free" && item.keptUntilMs !== undefined && !isWithheld) {
    free(state, item, { reason: "retry" })
  }
  return { kind: "written", rev: state.rev }
}

function putProblem({ pool, item, payload, weight, pin }: WorkPut): string | undefined {
  if (!isName(pool)) return "name"
  if (!isName(item)) return "item"
  if (payload !== undefined && !isJsonText(payload, PAYLOAD_BYTES_MAX)) return "payload"
  if (weight < 1 || weight > WEIGHT_MAX) return "weight"
  return pin === undefined || isName(pin) ? undefined : "pin"
}

/** The same again changes nothing. */
function putAgain(state: State, known: Item, { payload, weight, pin }: WorkPut): CommandResult {
  const isSame = known.payload === payload && known.weight === weight && known.pin === pin
  if (isSame) return { kind: "written", rev: state.rev }
  const grows = sizeOf({ payload, pin }) > sizeOf(known)
  if (grows && !state.hasRoom) return refused(state, { kind: "exhausted", limit: "state" })
  if (weight > known.weight && !hasRoomFor(state, known, weight - known.weight)) {
    return refused(state, { kind: "conflict", reason: "capacity" })
  }
  change(state, known, { payload, weight, pin, ...aimOf(known, pin) })
  return { kind: "written", rev: state.rev }
}

/** What was said of it. What makes the state no larger goes on beyond its limit. */
function sizeOf({ payload = "", pin = "" }: Pick<Item, "payload" | "pin">): number {
  return textBytes(payload) + textBytes(pin)
}

/** It is not on its way to, and not kept for, one that may not have it any more. */
function aimOf({ target }: Item, pin: string | undefined): Partial<Item> {
  return mayGoTo({ pin }, target) ? {} : { target: undefined, keptUntilMs: undefined }
}

/** Its worker must be able to bear what it weighs more. */
function hasRoomFor(state: State, { pool, owner }: Item, more: number): boolean {
  if (owner === undefined) return true
  const hold = state.hold(owner.session, owner.seq) as Hold
  const used = state.work.book(pool)?.loads.get(ownerKey(owner))?.used ?? 0
  return used + more <= (hold.worker?.capacity ?? Number.POSITIVE_INFINITY)
}
