import { byText, sortedAtWork } from "../merge-sort.ts"
import type { State, Work } from "../state.ts"
import type { Hold, HoldEnd, Worker } from "../types.ts"
import { byAge, type Departure, isSuspect, type Load, mayGoTo, ownerKey } from "./book.ts"
import { countJoin, countLoss } from "./brake.ts"
import { backoffMs, POOL_DEFAULTS } from "./limits.ts"
import { askBack, fail, free, handOffUntilMs } from "./steps.ts"
import type { Item, Pool } from "./types.ts"

/** Ends of a worker that nobody wanted: what it had may have to wait, and its tries count. */
const UNWILLED: ReadonlySet<HoldEnd> = new Set<HoldEnd>(["expired", "session-lost"])

/**
 * Items follow their workers, in the entry in which those join, are asked to leave, or end. Returns the workers that
 * leave, by their own wish or another's, and have nothing any more.
 */
export function* followWorkers(state: State): Work<readonly Hold[]> {
  const all = yield* sortedAtWork(state, state.work.departures.values(), byOwner)
  state.work.departures.clear()
  // All losses of an entry are one event: whether they are many is known before their items are let go.
  for (const each of all) {
    if (isLoss(each)) countLoss(state, each)
    if (state.tires()) yield
  }
  const finished: Hold[] = []
  for (const each of all) {
    const hold = state.hold(each.session, each.seq)
    if (each.how !== undefined && each.how !== "joined") yield* letGo(state, each)
    else if (hold?.token !== undefined && isLeaving(hold)) {
      yield* askAllBack(state, hold)
      if (loadOf(state, each) === undefined) finished.push(hold)
    } else if (each.how === "joined") yield* countJoin(state, each)
    if (state.tires()) yield
  }
  return finished
}

function byOwner(a: Departure, b: Departure): number {
  return byText(ownerKey(a), ownerKey(b))
}

/** What is to be looked at because of a worker's hold. One that leaves anyway is not waited for. */
export function departureOf(state: State, hold: Hold, how: Departure["how"]): Departure {
  const { session, seq, id = "", names } = hold
  const isStable = id !== `${session}.${seq}` && !isLeaving(hold)
  const ttlMs = state.session(session)?.ttlMs ?? 0
  return { pool: names[0] as string, session, seq, id, isStable, ttlMs, how }
}

/** It gets nothing any more. */
export function isLeaving({ worker, revoking }: Hold): boolean {
  return worker?.isLeaving === true || revoking !== undefined
}

/** It gets nothing any more and is asked for what it has; with its last item its hold ends. */
export function drain(state: State, hold: Hold): void {
  const { worker = NO_TERMS } = hold
  if (worker.isLeaving) return
  const after = { ...hold, worker: { ...worker, isLeaving: true } }
  state.putHold(after)
  state.changes.push({ kind: "hold", before: hold, after, end: undefined, rev: state.nextRev })
  state.work.follow(departureOf(state, after, undefined))
}

/** A worker that said nothing of itself. */
const NO_TERMS: Worker = { capacity: undefined, zone: undefined, tags: [], isLeaving: false }

function isLoss({ how }: Departure): boolean {
  return how !== undefined && how !== "joined" && UNWILLED.has(how)
}

function* letGo(state: State, gone: Departure): Work {
  const items = yield* itemsOf(state, gone)
  // Where one is suspected the loss is put down to it, and not to those that were by.
  const suspect = items.find(isSuspect)
  for (const item of items) {
    const pool = state.work.pool(gone.pool) as Pool
    const isBlamed = pool.config.partitions === 0 && (suspect ?? item) === item
    if (isLoss(gone)) lose(state, item, pool, { ...gone, isBlamed })
    else free(state, item, { reason: `its worker ended: ${gone.how}`, target: item.target })
    if (state.tires()) yield
  }
}

/** A task that its worker did not survive has failed: one that kills all that touch it must not go round for ever. */
function lose(state: State, item: Item, { config, brake }: Pool, gone: Departure & { isBlamed: boolean }): void {
  const { id, isStable, ttlMs, how, isBlamed } = gone
  const reason = `its worker was lost: ${how}`
  const [attempt, losses] = isBlamed ? [item.attempt + 1, item.losses + 1] : [item.attempt, item.losses]
  if (isBlamed && attempt > config.maxAttempts) return fail(state, item, reason)
  // One that was pinned to another meanwhile does not wait for who had it, nor does one that was to go to another
  // anyway.
  const isOwn = mayGoTo(item, id)
  // Nobody comes back under an id that was nobody's own: what it had goes to whoever takes its place.
  const heir = isStable ? id : undefined
  if (brake !== undefined && isOwn)
    return free(state, item, { reason, target: heir, keptUntilMs: brake.untilMs, attempt, losses })
  // The first loss is rather the worker's fault. From the second on it is a failure like any other, and nobody's own.
  const restMs = isBlamed ? backoffMs(item.attempt - 1) : 0
  if (isBlamed && isSuspect({ losses }))
    return free(state, item, { reason, keptUntilMs: state.timeMs + restMs, attempt, losses })
  // One that is not back before its session would have run out has rather died than been started again.
  const graceMs = isStable && isOwn && item.target === undefined ? Math.min(config.restartGraceMs, ttlMs) : 0
  if (graceMs > 0)
    return free(state, item, { reason, target: id, keptUntilMs: state.timeMs + graceMs, attempt, losses })
  const target = restMs > 0 ? undefined : item.target
  free(state, item, { reason, target, keptUntilMs: state.timeMs + restMs, attempt, losses })
}

/** Asked again with each item that it hands back: where there is nothing to ask for, no item is looked at. */
function* askAllBack(state: State, hold: Hold): Work {
  const worker = { pool: hold.names[0] as string, session: hold.session, seq: hold.seq }
  const { config } = state.work.pool(worker.pool) ?? { config: POOL_DEFAULTS }
  const asked = hold.revoking ?? { by: hold.id ?? "", reason: "drain", untilMs: undefined }
  const untilMs = Math.min(handOffUntilMs(state, config, hold), asked.untilMs ?? Number.POSITIVE_INFINITY)
  const load = loadOf(state, worker)
  if (load === undefined || load.askedUntilMs <= untilMs) return
  for (const item of yield* itemsOf(state, worker)) {
    // One that is on its way out already goes where it was to go.
    const isAsked = item.state === "revoking" && (item.revoking?.untilMs ?? 0) <= untilMs
    if (!isAsked) askBack(state, item, { by: asked.by, reason: asked.reason, untilMs, target: item.target })
    if (state.tires()) yield
  }
  load.askedUntilMs = untilMs
}

function* itemsOf(state: State, worker: Pick<Departure, "pool" | "session" | "seq">): Work<readonly Item[]> {
  return yield* sortedAtWork(state, loadOf(state, worker)?.items.values() ?? [], byAge)
}

/** Undefined: it has nothing. */
function loadOf(state: State, worker: Pick<Departure, "pool" | "session" | "seq">): Load | undefined {
  return state.work.book(worker.pool)?.loads.get(ownerKey(worker))
}
