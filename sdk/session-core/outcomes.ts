/** Every way in which a call can fail; the set is closed. */
export type ErrorCode =
  | "INVALID_ARGUMENT"
  | "PERMISSION_DENIED"
  | "NOT_FOUND"
  | "CONFLICT"
  | "DEADLOCK"
  | "GRANT_LOST"
  | "SESSION_LOST"
  | "WAIT_TIMEOUT"
  | "RESOURCE_EXHAUSTED"
  | "UNIMPLEMENTED"
  | "NO_QUORUM"
  | "TIMEOUT"
  | "AGENT_UNAVAILABLE"
  | "CLOSED"
  | "INTERNAL"

/** What may be said about whether the call took effect. */
export type Outcome = "applied" | "not-applied" | "unknown"

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
