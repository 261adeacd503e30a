import type { Revoking, SessionId, Token } from "../types.ts"

/**
 * One unit of work. `free`: nobody's, and at times kept for somebody or for later; `assigned`: one worker's, under a
 * token; `revoking`: still that worker's, which is asked to hand it back; `failed`: it failed too often, and waits for
 * an operator.
 */
export type ItemState = "free" | "assigned" | "revoking" | "failed"

/** What is spread evenly where workers are equally busy. */
export type Spread = "none" | "host" | "zone"

export interface PoolConfig {
  /** Its items are `0` … `partitions − 1`, and stay; 0 = its items are tasks that are put one by one, and end. */
  readonly partitions: number
  /** How long a worker may take to hand an item back; at least the time to live of its session. */
  readonly handoffTimeoutMs: number
  /** How long the items of a worker that was lost wait for one of the same id; 0 = not at all. */
  readonly restartGraceMs: number
  readonly spread: Spread
  /** A task that has failed so often is not tried again. */
  readonly maxAttempts: number
}

/**
 * A worker that was lost against its will and is not back; of those without an id of their own, and of too many, a
 * number.
 */
export interface Loss {
  readonly atMs: number
  /** Undefined: whoever joins may be one of these. */
  readonly id: string | undefined
  readonly count: number
}

/** Too many workers were lost at once: what they had waits for them, and nothing is moved. */
export interface Brake {
  readonly untilMs: number
  /** How many there were before. */
  readonly of: number
}

export interface Pool {
  readonly name: string
  readonly config: PoolConfig
  /** The revision that configured it last; 0 = nobody has. */
  readonly configuredAt: number
  /** Who is missing, each once, oldest first: of the last minute, under the brake since it began. */
  readonly losses: readonly Loss[]
  readonly brake: Brake | undefined
}

/** The worker that has an item: its hold, the id under which it joined, and the token of this one assignment. */
export interface Owner {
  readonly session: SessionId
  readonly seq: number
  readonly id: string
  readonly token: Token
  /** What it says of this assignment, for people; undefined = nothing. */
  readonly note?: string | undefined
}

/** Why an item is where it is: one step of it. Ids of workers; undefined = nobody. */
export interface Decision {
  readonly rev: number
  readonly atMs: number
  readonly from: string | undefined
  readonly to: string | undefined
  readonly reason: string
}

export interface Item {
  readonly pool: string
  readonly item: string
  /** The place among free ones: grows with each put. */
  readonly order: number
  /** Compact JSON; undefined = null. */
  readonly payload: string | undefined
  readonly weight: number
  /** The id of the only worker that may have it. */
  readonly pin: string | undefined
  readonly state: ItemState
  /** Of an item that is assigned or revoking. */
  readonly owner: Owner | undefined
  /** The id of the worker that is to have it next: its pin, where it has one. */
  readonly target: string | undefined
  /** Of a free item: nobody but `target` is given it before; undefined = anybody. */
  readonly keptUntilMs: number | undefined
  /** Of a revoking item; at `untilMs` it is taken away. */
  readonly revoking: Revoking | undefined
  /** The number of the try that is under way or comes next, from 1. */
  readonly attempt: number
  /**
   * Of a task: workers that were lost while they had it, one after the other, since it was last seen to be harmless.
   */
  readonly losses: number
  /** Compact JSON. */
  readonly checkpoint: string | undefined
  /** When its state began. */
  readonly sinceMs: number
  /** The last few, newest last. */
  readonly decisions: readonly Decision[]
}

/**
 * What is left of an item that was removed while a worker had it: until that worker cannot believe in it any more, an
 * item of the same name is given to nobody.
 */
export interface Tombstone {
  readonly pool: string
  readonly item: string
  /** The id of the worker. */
  readonly worker: string
  readonly untilMs: number
}
