import type { ErrorCode, Json, Outcome } from "./outcomes.ts"
import type { Failure } from "./types.ts"

/** How far an attempt got whose answer nobody has. */
export interface Attempts {
  /** An attempt was sent and its answer is lost: it may have been applied. */
  readonly isAmbiguous: boolean
}

/**
 * After a lost attempt an answer speaks for that attempt, too, only when the log gave it: a command is applied once
 * under its (session, seq), and each attempt gets the stored result. What an agent refuses by itself (no quorum, a
 * limit, a session that has ended since) says nothing of the attempt before: the outcome is unknown.
 */
export function judged(failure: Failure, { isAmbiguous }: Attempts, isDecided: boolean): Failure {
  if (!isAmbiguous || isDecided || failure.outcome !== "not-applied") return failure
  return { ...failure, outcome: "unknown" }
}

export function failureOf(
  code: ErrorCode,
  message: string,
  more: { readonly outcome?: Outcome; readonly details?: Record<string, Json>; readonly isRetryable?: boolean } = {},
): Failure {
  const { outcome = "not-applied", details = {}, isRetryable = false } = more
  return { code, message, outcome, retryable: isRetryable, details }
}

export function closedFailure(outcome: Outcome): Failure {
  return failureOf("CLOSED", "the client is closed", { outcome })
}

export function grantLostFailure(reason: string): Failure {
  return failureOf("GRANT_LOST", `the grant is lost: ${reason}`, { details: { reason } })
}

export function sessionLostFailure(cause: string, outcome: Outcome): Failure {
  return failureOf("SESSION_LOST", `the session is lost: ${cause}`, { outcome, details: { cause } })
}

/** A hold that is over, and how it ended is not remembered by the service any more. */
export function isForgotten({ code, details }: Failure): boolean {
  return code === "GRANT_LOST" && details["reason"] === "forgotten"
}

/** What becomes of a release whose answer was lost and is not remembered: it was applied, or came after a loss. */
export function forgotten(): Failure {
  const message = "the grant is over, and whether by its release is not remembered any more"
  return failureOf("TIMEOUT", message, { outcome: "unknown", details: { reason: "forgotten" } })
}

/** Nobody answered in time: what stood in the way, or that the answer is missing. */
export function lateFailure(op: string, wasSent: boolean, obstacle: Failure | undefined): Failure {
  if (wasSent) return failureOf("TIMEOUT", `${op} was not answered in time`, { outcome: "unknown", isRetryable: true })
  return obstacle ?? failureOf("AGENT_UNAVAILABLE", `no agent took ${op} in time`, { isRetryable: true })
}
