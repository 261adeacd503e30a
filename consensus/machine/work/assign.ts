import { nameKey } from "../keys.ts"
import type { State, Work } from "../state.ts"
import type { CommandResult, Hold } from "../types.ts"
import { isSuspect, mayGoTo, ownerKey } from "./book.ts"
import type { Move, WorkAssign } from "./commands.ts"
import { isLeaving } from "./departures.ts"
import { MOVES_MAX } from "./limits.ts"
import { askBack, assign, handOffUntilMs, PLANNER } from "./steps.ts"
import type { Item, Pool } from "./types.ts"

/**
 * The planner looked at a state that is past: each move is tried against the one of now, and nothing is done where it
 * does not fit any more. Whatever it says, no item has two workers, and no worker more than it can bear.
 */
export function* assignAll(state: State, { pool: name, moves }: WorkAssign): Work<CommandResult> {
  const pool = state.work.pool(name)
  if (pool === undefined) return { kind: "done", rev: state.rev }
  for (const move of moves.slice(0, MOVES_MAX)) {
    const item = state.work.item(name, move.item)
    if (item !== undefined) make(state, pool, item, move)
    if (state.tires()) yield
  }
  return { kind: "done", rev: state.rev }
}

function make(state: State, pool: Pool, item: Item, move: Move): void {
  const worker = workerOf(state, pool.name, move)
  if (move.token === undefined) {
    if (worker !== undefined && mayHave(state, item, worker)) assign(state, item, worker, move.reason)
    return
  }
  if (item.state !== "assigned" || item.owner?.token !== move.token) return
  if (move.to !== undefined && (worker === undefined || ownerKey(worker) === ownerKey(item.owner))) return
  if (!mayGoTo(item, worker?.id)) return
  const untilMs = handOffUntilMs(state, pool.config, item.owner)
  askBack(state, item, { by: PLANNER, reason: "handoff", why: move.reason, untilMs, target: worker?.id })
}

/** One that takes items. */
function workerOf(state: State, pool: string, { to }: Move): Hold | undefined {
  const hold = to === undefined ? undefined : state.hold(to.session, to.seq)
  if (hold?.kind !== "work" || hold.token === undefined || hold.names[0] !== pool) return undefined
  if (isLeaving(hold) || state.session(hold.session)?.revoking !== undefined) return undefined
  return state.queue(nameKey("work", pool)) === undefined ? undefined : hold
}

function mayHave(state: State, item: Item, worker: Hold): boolean {
  if (item.state !== "free") return false
  if (item.keptUntilMs !== undefined && item.target !== worker.id) return false
  if (!mayGoTo(item, worker.id)) return false
  const { used, suspects } = state.work.book(item.pool)?.loads.get(ownerKey(worker)) ?? { used: 0, suspects: 0 }
  if (suspects > 0 && isSuspect(item)) return false
  return used + item.weight <= (worker.worker?.capacity ?? Number.POSITIVE_INFINITY)
}
