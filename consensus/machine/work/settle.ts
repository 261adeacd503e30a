import { refused } from "../answers.ts"
import { isJsonText } from "../json-text.ts"
import { textBytes } from "../limits.ts"
import type { State } from "../state.ts"
import type { CommandResult, Refusal } from "../types.ts"
import type { WorkCheckpoint, WorkSettle } from "./commands.ts"
import { backoffMs, CHECKPOINT_BYTES_MAX, HANDED_BACK_REST_MS, MESSAGE_BYTES_MAX, SOUND_AFTER_MS } from "./limits.ts"
import { forgetIdle } from "./pools.ts"
import { change, fail, free, remove } from "./steps.ts"
import type { Item, Owner, Pool } from "./types.ts"

/** The worker says what became of an assignment, which is over by that. */
export function settle(state: State, command: WorkSettle): CommandResult {
  const { pool: name, result, message } = command
  const owned = ownItem(state, command)
  if ("refusal" in owned) return refused(state, owned.refusal)
  if (message !== undefined && textBytes(message) > MESSAGE_BYTES_MAX) {
    return refused(state, { kind: "invalid", field: "message" })
  }
  const { item, owner } = owned
  const pool = state.work.pool(name) as Pool
  if (result === "failed") hasFailed(state, item, pool, message)
  else if (result === "done" && pool.config.partitions === 0) remove(state, item, "done")
  else handBack(state, item, result)
  state.work.hasLess(name, owner)
  forgetIdle(state, name)
  return { kind: "written", rev: state.rev }
}

/** Kept with the item, and given to its next worker. */
export function checkpoint(state: State, command: WorkCheckpoint): CommandResult {
  const owned = ownItem(state, command)
  if ("refusal" in owned) return refused(state, owned.refusal)
  if (!isJsonText(command.value, CHECKPOINT_BYTES_MAX)) return refused(state, { kind: "invalid", field: "value" })
  const grows = textBytes(command.value) > textBytes(owned.item.checkpoint ?? "")
  if (grows && !state.hasRoom) return refused(state, { kind: "exhausted", limit: "state" })
  change(state, owned.item, { checkpoint: command.value })
  return { kind: "written", rev: state.rev }
}

/** The item of a token, if it is the session's own and of that name. */
function ownItem(
  state: State,
  { pool, item: name, token, request }: WorkSettle | WorkCheckpoint,
): { readonly item: Item; readonly owner: Owner } | { readonly refusal: Refusal } {
  const item = state.work.item(pool, name)
  const owner = item?.owner
  if (item === undefined || owner?.token !== token) {
    return { refusal: { kind: "grant-lost", ...(owner === undefined ? {} : { current: owner.token }) } }
  }
  return owner.session === request.session ? { item, owner } : { refusal: { kind: "not-yours" } }
}

/**
 * Where it was asked for it goes on at once; unasked it rests a while, or a worker that does so each time would spin.
 */
function handBack(state: State, item: Item, reason: string): void {
  const isAsked = item.state === "revoking"
  const keptUntilMs = isAsked ? undefined : state.timeMs + HANDED_BACK_REST_MS
  const attempt = reason === "done" ? 1 : item.attempt
  free(state, item, { reason, target: item.target, keptUntilMs, attempt, losses: 0 })
}

function hasFailed(state: State, item: Item, { config }: Pool, message: string | undefined): void {
  const reason = message === undefined ? "failed" : `failed: ${message}`
  const isTask = config.partitions === 0
  const wasSound = !isTask && state.timeMs - item.sinceMs >= SOUND_AFTER_MS
  const failures = wasSound ? 1 : item.attempt
  if (isTask && failures >= config.maxAttempts) return fail(state, item, reason)
  const keptUntilMs = state.timeMs + backoffMs(failures)
  free(state, item, { reason, keptUntilMs, attempt: failures + 1, losses: 0 })
}
