import type { ErrorCode, Json, Outcome } from "./session-core/outcomes.ts"
import type { Failure } from "./session-core/types.ts"

/** The only error that this library throws, beside the `reason` of an aborted signal, which passes untouched. */
export class ConclaveError extends Error {
  override readonly name = "ConclaveError"
  readonly code: ErrorCode
  readonly outcome: Outcome
  /** True when the same call may succeed later. */
  readonly retryable: boolean
  /** The next step, for people. */
  readonly hint?: string
  readonly details: Record<string, Json>

  constructor(
    code: ErrorCode,
    message: string,
    more: {
      readonly outcome?: Outcome
      readonly retryable?: boolean
      readonly hint?: string | undefined
      readonly details?: Record<string, Json>
      readonly cause?: unknown
    } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause })
    this.code = code
    this.outcome = more.outcome ?? "not-applied"
    this.retryable = more.retryable ?? false
    if (more.hint !== undefined) this.hint = more.hint
    this.details = more.details ?? {}
  }

  /** True for errors of this library, with `code` for that one alone; also across two copies of the library. */
  static is(error: unknown, code?: ErrorCode): error is ConclaveError {
    if (!(error instanceof Error) || error.name !== "ConclaveError" || !("code" in error)) return false
    return code === undefined || error.code === code
  }

  /** As the agent writes it. */
  toJSON(): Record<string, Json> {
    const { code, message, hint, outcome, retryable, details } = this
    return { code, message, ...(hint === undefined ? {} : { hint }), outcome, retryable, details }
  }
}

/** Makes an error of what the session core says. */
export function errorOf(failure: Failure): ConclaveError {
  const { code, message, outcome, retryable, hint, details } = failure
  return new ConclaveError(code, message, { outcome, retryable, hint, details: { ...details } })
}

/** Makes an error of what an agent answered. What it lacks is filled with the most careful reading. */
export function errorFromAgent(answer: unknown): ConclaveError {
  const error = (typeof answer === "object" && answer !== null ? answer : {}) as Record<string, unknown>
  const { code, message, hint, outcome, retryable, details } = error
  return new ConclaveError(
    (typeof code === "string" ? code : "INTERNAL") as ErrorCode,
    typeof message === "string" ? message : "the agent answered with an error that cannot be read",
    {
      outcome: outcome === "applied" || outcome === "not-applied" ? outcome : "unknown",
      retryable: retryable === true,
      hint: typeof hint === "string" ? hint : undefined,
      details: (typeof details === "object" && details !== null ? details : {}) as Record<string, Json>,
    },
  )
}

export function invalidError(field: string, message: string): ConclaveError {
  return new ConclaveError("INVALID_ARGUMENT", message, { details: { field } })
}

export function closedError(): ConclaveError {
  return new ConclaveError("CLOSED", "the client is closed")
}

export function lostError(op: string, sent: boolean): ConclaveError {
  const message = `the connection to the agent was lost${sent ? ` before ${op} was answered` : ""}`
  const outcome = sent ? "unknown" : "not-applied"
  return new ConclaveError("AGENT_UNAVAILABLE", message, { outcome, retryable: true, hint: "conclave status" })
}

export function timeoutError(op: string, timeoutMs: number, sent: boolean): ConclaveError {
  const code = sent ? "TIMEOUT" : "AGENT_UNAVAILABLE"
  const message = sent ? `${op} was not answered within ${timeoutMs} ms` : `no agent answered within ${timeoutMs} ms`
  return new ConclaveError(code, message, { outcome: sent ? "unknown" : "not-applied", retryable: true })
}
