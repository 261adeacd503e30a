import type { Request, SessionId, Token } from "../types.ts"
import type { PoolConfig } from "./types.ts"

/** In a session once, under its number; without one each time that it comes. */
interface Write {
  readonly request: Request | undefined
  readonly pool: string
}

interface ItemWrite extends Write {
  readonly item: string
}

/** What is undefined stays as it is, and in a new pool is the default. */
export interface WorkConfigure extends Write {
  readonly kind: "workConfigure"
  readonly config: { readonly [Key in keyof PoolConfig]: PoolConfig[Key] | undefined }
  /** Only where this revision configured it last, 0 = where nobody has; undefined = whatever there is. */
  readonly ifRev: number | undefined
}

/** Of an item that is there payload, weight and pin are replaced, and nothing else. */
export interface WorkPut extends ItemWrite {
  readonly kind: "workPut"
  /** Compact JSON; undefined = null. */
  readonly payload: string | undefined
  readonly weight: number
  readonly pin: string | undefined
}

export interface WorkRemove extends ItemWrite {
  readonly kind: "workRemove"
}

/** A failed item is tried again, one that rests is tried now. */
export interface WorkRetry extends ItemWrite {
  readonly kind: "workRetry"
}

export type Settlement = "done" | "released" | "failed"

/** Of the worker that has the item under this token. */
interface OwnerWrite extends ItemWrite {
  readonly request: Request
  readonly token: Token
}

export interface WorkSettle extends OwnerWrite {
  readonly kind: "workSettle"
  readonly result: Settlement
  readonly message: string | undefined
}

export interface WorkCheckpoint extends OwnerWrite {
  readonly kind: "workCheckpoint"
  /** Compact JSON. */
  readonly value: string
}

/** One step of the planner's. Either a free item is given to a worker, or an assigned one is asked back for another. */
export interface Move {
  readonly item: string
  /** The worker that is to have it; undefined = to be seen. */
  readonly to: { readonly session: SessionId; readonly seq: number } | undefined
  /** The assignment that is to end; undefined = the item is free. */
  readonly token: Token | undefined
  readonly reason: string
}

/** The planner's; each move counts only where it still fits the state. */
export interface WorkAssign {
  readonly kind: "workAssign"
  readonly pool: string
  readonly moves: readonly Move[]
}

export type WorkWrite = WorkConfigure | WorkPut | WorkRemove | WorkRetry | WorkSettle | WorkCheckpoint

export type WorkCommand = WorkWrite | WorkAssign
