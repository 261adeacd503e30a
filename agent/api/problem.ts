/** Why a call was refused; the set is closed. */
export type ErrorCode =
  | "INVALID_ARGUMENT"
  | "PERMISSION_DENIED"
  | "NOT_FOUND"
  | "CONFLICT"
  | "RESOURCE_EXHAUSTED"
  | "UNIMPLEMENTED"
  | "TIMEOUT"
  | "AGENT_UNAVAILABLE"
  | "INTERNAL"

/** An error as every door shows it. */
export interface Problem {
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
  RESOURCE_EXHAUSTED: 429,
  UNIMPLEMENTED: 501,
  TIMEOUT: 504,
  AGENT_UNAVAILABLE: 503,
  INTERNAL: 500,
}

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
    retryable: code === "TIMEOUT" || code === "AGENT_UNAVAILABLE" || details["retryAfterMs"] !== undefined,
    details,
  }
}

export function invalid(field: string, message: string): Problem {
  return problem("INVALID_ARGUMENT", message, { details: { field } })
}
