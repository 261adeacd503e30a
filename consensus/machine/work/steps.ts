import type { State } from "../state.ts"
import type { Hold, Token } from "../types.ts"
import { DECISIONS_MAX } from "./limits.ts"
import type { Decision, Item, PoolConfig } from "./types.ts"

/** Who asks for an item back that should be elsewhere. */
export const PLANNER = "planner"

/** What `put` and a configuration make. */
export type NewItem = Pick<Item, "pool" | "item" | "payload" | "weight" | "pin">

/** An item comes to be: free, and nobody's yet. Where a worker may believe in one of its name it is kept until then. */
export function create(state: State, { pool, item, payload, weight, pin }: NewItem): void {
  state.meta.order++
  const after: Item = {
    pool,
    item,
    order: state.meta.order,
    payload,
    weight,
    pin,
    state: "free",
    owner: undefined,
    target: undefined,
    keptUntilMs: state.work.tombstone(pool, item)?.untilMs,
    revoking: undefined,
    attempt: 1,
    losses: 0,
    checkpoint: undefined,
    sinceMs: state.timeMs,
    decisions: [],
  }
  replace(state, undefined, after, undefined)
}

interface Freeing {
  readonly reason: string
  /** Who is to have it next. */
  readonly target?: string | undefined
  readonly keptUntilMs?: number | undefined
  readonly attempt?: number
  readonly losses?: number
}

/** Nobody's any more. What it was assigned under holds nothing from here on. */
export function free(state: State, item: Item, freeing: Freeing): void {
  const { reason, target, keptUntilMs, attempt = item.attempt, losses = item.losses } = freeing
  const isLater = keptUntilMs !== undefined && keptUntilMs > state.timeMs
  const after: Item = {
    ...item,
    state: "free",
    owner: undefined,
    revoking: undefined,
    sinceMs: state.timeMs,
    target,
    attempt,
    losses,
    keptUntilMs: isLater ? keptUntilMs : undefined,
    decisions: decided(state, item, { to: undefined, reason }),
  }
  replace(state, item, after, reason)
}

/** It failed too often. */
export function fail(state: State, item: Item, reason: string): void {
  const after: Item = {
    ...item,
    state: "failed",
    owner: undefined,
    revoking: undefined,
    sinceMs: state.timeMs,
    losses: 0,
    target: undefined,
    keptUntilMs: undefined,
    decisions: decided(state, item, { to: undefined, reason }),
  }
  replace(state, item, after, reason)
}

/** A free item becomes a worker's, under a token of its own. */
export function assign(state: State, item: Item, worker: Hold, reason: string): void {
  const { session, seq, id = "" } = worker
  const token = ++state.meta.token as Token
  const after: Item = {
    ...item,
    state: "assigned",
    owner: { session, seq, id, token },
    sinceMs: state.timeMs,
    target: undefined,
    keptUntilMs: undefined,
    revoking: undefined,
    decisions: decided(state, item, { to: id, reason }),
  }
  replace(state, item, after, reason)
}

interface Asking {
  readonly by: string
  /** What the worker is told. */
  readonly reason: string
  /** What there is to explain beside; undefined = no more than that. */
  readonly why?: string
  readonly untilMs: number
  readonly target: string | undefined
}

/** Its worker is asked to hand it back. A second time may shorten what is left, and says who comes next. */
export function askBack(state: State, item: Item, { by, reason, why = reason, untilMs, target }: Asking): void {
  const earlier = Math.min(untilMs, item.revoking?.untilMs ?? untilMs)
  const after: Item = {
    ...item,
    state: "revoking",
    revoking: { by, reason, untilMs: earlier },
    target,
    sinceMs: item.state === "revoking" ? item.sinceMs : state.timeMs,
    decisions: decided(state, item, { to: target, reason: why }),
  }
  replace(state, item, after, reason)
}

/** When an item is taken from a worker that does not hand it back: not while it may believe that it has it. */
export function handOffUntilMs(state: State, { handoffTimeoutMs }: PoolConfig, worker: Pick<Hold, "session">): number {
  return Math.max(state.timeMs + handoffTimeoutMs, believedUntilMs(state, worker))
}

/** An item ends, whoever has it. Its worker is told, and where it does not hear of it believes on for a while. */
export function takeAway(state: State, item: Item): void {
  const { pool, item: name, owner } = item
  remove(state, item, "removed")
  if (owner === undefined) return
  state.work.putTombstone({ pool, item: name, worker: owner.id, untilMs: believedUntilMs(state, owner) })
  state.work.hasLess(pool, owner)
}

export function remove(state: State, item: Item, reason: string): void {
  state.work.dropItem(item)
  state.changes.push({ kind: "item", before: item, after: undefined, reason, rev: state.nextRev })
}

/**
 * When its session could have run out: a worker whose agent is cut off hears of nothing, and believes that it has its
 * items until its own deadline.
 */
function believedUntilMs(state: State, { session }: Pick<Hold, "session">): number {
  return state.timeMs + (state.session(session)?.ttlMs ?? 0)
}

/** What leaves it with its owner. */
export function change(state: State, item: Item, patch: Partial<Item>): void {
  replace(state, item, { ...item, ...patch }, undefined)
}

function replace(state: State, before: Item | undefined, after: Item, reason: string | undefined): void {
  state.work.putItem(after)
  state.changes.push({ kind: "item", before, after, reason, rev: state.nextRev })
}

function decided(state: State, item: Item, { to, reason }: Pick<Decision, "to" | "reason">): readonly Decision[] {
  const decision = { rev: state.nextRev, atMs: state.timeMs, from: item.owner?.id, to, reason }
  // Nothing stops the planner, so that beyond the limit of the state no more than the last step is remembered.
  return state.hasRoom ? [...item.decisions.slice(1 - DECISIONS_MAX), decision] : [decision]
}
