/** Why a call was refused; the set is closed. */
export type ErrorCode =
  | "INVALID_ARGUMENT"
  | "PERMISSION_DENIED"
  | "NOT_FOUND"
  | "CONFLICT"
  | "GRANT_LOST"
  | "SESSION_LOST"
  | "WAIT_TIMEOUT"
  | "RESOURCE_EXHAUSTED"
  | "UNIMPLEMENTED"
  | "NO_QUORUM"
  | "TIMEOUT"
  | "AGENT_UNAVAILABLE"
  | "INTERNAL"

/** Marks what the log answered under the number of a request; no door writes it out. */
export const BY_LOG: unique symbol = Symbol("by the log")

/** An error as every door shows it. */
export interface Problem {
  readonly [BY_LOG]?: true
  readonly code: ErrorCode
  readonly message: string
  readonly hint?: string
  readonly outcome: "applied" | "not-applied" | "unknown"
  readonly retryable: boolean
  readonly details: Readonly<Record<string, unknown>>
}

const HTTP_STATUS: Readonly<Record<ErrorCode, number>> = {
  INVALID_ARGUMENT: 400,
  PERMISSION_DENIED: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  GRANT_LOST: 409,
  SESSION_LOST: 409,
  WAIT_TIMEOUT: 408,
  RESOURCE_EXHAUSTED: 429,
  UNIMPLEMENTED: 501,
  NO_QUORUM: 503,
  TIMEOUT: 504,
  AGENT_UNAVAILABLE: 503,
  INTERNAL: 500,
}

const RETRYABLE: ReadonlySet<ErrorCode> = new Set(["WAIT_TIMEOUT", "NO_QUORUM", "TIMEOUT", "AGENT_UNAVAILABLE"])

export function httpStatus(problem: Problem): number {
  return HTTP_STATUS[problem.code]
}

/** `hint` is the next step, as a command where there is one. */
export function problem(
  code: ErrorCode,
  message: string,
  more: { readonly hint?: string; readonly details?: Readonly<Record<string, unknown>> } = {},
): Problem {
  const { hint, details = {} } = more
  return {
    code,
    message,
    ...(hint === undefined ? {} : { hint }),
    outcome: code === "TIMEOUT" || code === "INTERNAL" ? "unknown" : "not-applied",
    retryable: RETRYABLE.has(code) || details["retryAfterMs"] !== undefined,
    details,
  }
}

export function invalid(field: string, message: string): Problem {
  return problem("INVALID_ARGUMENT", message, { details: { field } })
}

/** The log gave this answer under the request's number, so that it speaks for every attempt of it (decision 0012). */
export function byLog(why: Problem): Problem {
  return { ...why, [BY_LOG]: true }
}

/** The state said so at this revision, and whoever heard it is shown nothing older. */
export function atRev(why: Problem, rev: number): Problem {
  return { ...why, details: { ...why.details, rev: String(rev) } }
}

export function isByLog(why: Problem): boolean {
  return why[BY_LOG] === true
}

export function isProblem(result: object): result is Problem {
  return "code" in result && "retryable" in result && "outcome" in result
}
