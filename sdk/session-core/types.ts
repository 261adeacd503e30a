import type { ErrorCode, Json, Outcome } from "./outcomes.ts"

export type Kind = "lock" | "semaphore" | "election" | "group" | "work"

/** Why a call did not succeed, as data: the skin makes a `ConclaveError` of it. */
export interface Failure {
  readonly code: ErrorCode
  readonly message: string
  readonly outcome: Outcome
  readonly retryable: boolean
  readonly hint?: string | undefined
  readonly details: Readonly<Record<string, Json>>
}

/** What a hold asks for: `in` of the operation, without `waitMs`. */
export interface HoldRequest {
  readonly kind: Kind
  readonly name: string
  readonly maxHoldMs?: number | undefined
  readonly [field: string]: Json | undefined
}

/** A barrier is waited for as a hold is, and never held: the operation is its own. */
export interface BarrierRequest {
  readonly kind: "barrier"
  readonly name: string
  readonly parties: number
  readonly maxHoldMs?: undefined
}

export type PlaceRequest = HoldRequest | BarrierRequest

export interface HoldStart {
  readonly kind: "hold"
  /** Chosen by the caller, never used twice. */
  readonly hold: number
  readonly request: PlaceRequest
  /** How long it may wait; 0 = try once, Infinity = for ever. */
  readonly waitMs: number
}

export interface CallStart {
  readonly kind: "call"
  /** Chosen by the caller, never used twice. */
  readonly ticket: number
  readonly op: string
  readonly in: Readonly<Record<string, unknown>>
  /** The hold it acts for: it fails with GRANT_LOST where that is not held. */
  readonly hold?: number | undefined
  /**
   * It gives something back, and is asked until it is decided or the session is over: whoever asked hears TIMEOUT when
   * its own time has passed, and the cluster hears of it all the same.
   */
  readonly isInsistent?: boolean | undefined
  /** How long the answer is waited for. */
  readonly timeoutMs: number
}

export interface BindStart {
  readonly kind: "bind"
  /** Chosen by the caller, never used twice. */
  readonly ticket: number
  readonly processGroup: number
  readonly timeoutMs: number
}

/** What happened. Frames are named by `call`, the number that the effect `send` gave them: never used twice. */
export type Input =
  | { readonly kind: "tick" }
  /** A new connection has greeted its agent. */
  | { readonly kind: "connected"; readonly heartbeatMs: number; readonly ttlMs: number }
  | { readonly kind: "disconnected" }
  | { readonly kind: "goaway" }
  | { readonly kind: "out"; readonly call: number; readonly out: unknown }
  /** `isDecided`: the log decided it under this `seq`, so that it holds for every attempt. */
  | { readonly kind: "error"; readonly call: number; readonly failure: Failure; readonly isDecided: boolean }
  | { readonly kind: "event"; readonly call: number; readonly event: unknown }
  | { readonly kind: "health"; readonly isWell: boolean }
  | HoldStart
  /** It shall never become a grant. Nothing is told of it any more. */
  | { readonly kind: "cancel"; readonly hold: number }
  | { readonly kind: "release"; readonly hold: number; readonly timeoutMs: number }
  /** A worker gets nothing any more; it is over when it has given back what it has. */
  | { readonly kind: "drain"; readonly hold: number }
  /** An item is given back: nothing more is told of it. */
  | { readonly kind: "settled"; readonly hold: number; readonly item: string; readonly token: bigint }
  | CallStart
  | BindStart
  /** Nothing of a process group runs any more. */
  | { readonly kind: "unbind"; readonly processGroup: number }
  /** Nobody waits for the answer any more. */
  | { readonly kind: "forget"; readonly ticket: number }
  | { readonly kind: "close" }

export type SessionState = "none" | "live" | "jeopardy" | "lost"

/** What to do, in this order. */
export type Effect =
  /** A connection is needed, and again whenever it breaks. */
  | { readonly kind: "connect" }
  /** The connection has carried a session that is lost: it is closed, another is needed. */
  | { readonly kind: "reconnect" }
  | {
      readonly kind: "send"
      readonly call: number
      readonly op: string
      readonly in: Readonly<Record<string, unknown>>
      readonly seq: number | undefined
      /** The answers to all requests of lower numbers are known here: nobody needs to keep them. */
      readonly floor: number | undefined
      /** How long reaching a quorum may take; undefined = the agent's default. */
      readonly timeoutMs: number | undefined
    }
  /** Finish the stream `call`; its last answer is still awaited. */
  | { readonly kind: "end"; readonly call: number }
  | { readonly kind: "checkHealth" }
  | { readonly kind: "queued"; readonly hold: number; readonly position: number; readonly holders: readonly Json[] }
  /** `id`: of a member or a worker, the one that it was given. */
  | {
      readonly kind: "granted"
      readonly hold: number
      readonly token: bigint
      readonly rev: bigint
      readonly id: string | undefined
    }
  | {
      readonly kind: "revoking"
      readonly hold: number
      readonly by: string | null
      readonly reason: string
      readonly deadlineMs: number | undefined
    }
  /** The barrier that was waited for. */
  | ({ readonly kind: "opened"; readonly hold: number } & BarrierOpening)
  /** A grant is over. Told before the service could give it to anybody else. */
  /** `rev`: of one that was handed back, where it is known. */
  | { readonly kind: "lost"; readonly hold: number; readonly reason: string; readonly rev?: bigint | undefined }
  /** A worker was given an item, under a token of its own. */
  | {
      readonly kind: "assigned"
      readonly hold: number
      readonly item: string
      readonly token: bigint
      readonly rev: bigint
      readonly payload: Json
      readonly checkpoint: Json
      readonly attempt: number
    }
  | {
      readonly kind: "itemRevoking"
      readonly hold: number
      readonly item: string
      readonly token: bigint
      readonly by: string | null
      readonly reason: string
      readonly deadlineMs: number | undefined
    }
  /** An item is over, and its worker goes on. */
  | {
      readonly kind: "itemLost"
      readonly hold: number
      readonly item: string
      readonly token: bigint
      readonly reason: string
    }
  /** A hold that never became a grant. */
  | { readonly kind: "failed"; readonly hold: number; readonly failure: Failure }
  /** What became of a release. */
  | { readonly kind: "released"; readonly hold: number; readonly failure: undefined; readonly rev: bigint }
  | { readonly kind: "released"; readonly hold: number; readonly failure: Failure; readonly rev: undefined }
  | { readonly kind: "settled"; readonly ticket: number; readonly out: unknown; readonly failure: undefined }
  | { readonly kind: "settled"; readonly ticket: number; readonly out: undefined; readonly failure: Failure }
  | { readonly kind: "session"; readonly state: SessionState; readonly cause: string | undefined }
  /** After `close`: nothing more can be done for the session. */
  | { readonly kind: "closed" }

/** All who were there have the same generation, and each its place, from 0. */
export interface BarrierOpening {
  readonly generation: bigint
  readonly index: number
  readonly rev: bigint
}

export interface SessionConfig {
  /** The session's time to live; undefined = the agent's default. */
  readonly ttlMs: number | undefined
  /** The application says by itself whether it is well. */
  readonly hasHealth: boolean
}
