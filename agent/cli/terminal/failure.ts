import { ConclaveError, type ErrorCode, type Json } from "@conclave/sdk"
import { printable } from "../printable.ts"

/** What the shell is told. */
export const EXIT = {
  ok: 0,
  bug: 1,
  usage: 2,
  unreachable: 3,
  permission: 4,
  noQuorum: 5,
  notFound: 6,
  conflict: 7,
  timeout: 8,
  partly: 9,
  checkFailed: 10,
  configuration: 78,
  /** Of a command that holds something: the grant was lost, and what ran under it was stopped first. */
  lost: 122,
  notGranted: 124,
  /** We failed before the command that was to run. */
  notBegun: 125,
  cannotExecute: 126,
  commandNotFound: 127,
} as const

const BY_CODE: Readonly<Record<ErrorCode, number>> = {
  INVALID_ARGUMENT: EXIT.usage,
  PERMISSION_DENIED: EXIT.permission,
  NOT_FOUND: EXIT.notFound,
  CONFLICT: EXIT.conflict,
  DEADLOCK: EXIT.conflict,
  GRANT_LOST: EXIT.lost,
  SESSION_LOST: EXIT.lost,
  WAIT_TIMEOUT: EXIT.notGranted,
  RESOURCE_EXHAUSTED: EXIT.conflict,
  UNIMPLEMENTED: EXIT.usage,
  NO_QUORUM: EXIT.noQuorum,
  TIMEOUT: EXIT.timeout,
  AGENT_UNAVAILABLE: EXIT.unreachable,
  CLOSED: EXIT.bug,
  INTERNAL: EXIT.bug,
}

/** A command could not do what it was asked. Its text has three parts: what happened, why, one next command. */
export class Failure extends Error {
  override readonly name = "Failure"
  readonly code: ErrorCode
  readonly exitCode: number
  readonly why: string | undefined
  readonly next: string | undefined
  readonly outcome: ConclaveError["outcome"]
  readonly retryable: boolean
  readonly details: Readonly<Record<string, Json>>

  constructor(
    code: ErrorCode,
    what: string,
    more: {
      readonly exitCode?: number
      readonly why?: string | undefined
      readonly next?: string | undefined
      readonly outcome?: ConclaveError["outcome"]
      readonly retryable?: boolean
      readonly details?: Readonly<Record<string, Json>>
    } = {},
  ) {
    super(what)
    this.code = code
    this.exitCode = more.exitCode ?? BY_CODE[code]
    this.why = more.why
    this.next = more.next
    this.outcome = more.outcome ?? "not-applied"
    this.retryable = more.retryable ?? false
    this.details = more.details ?? {}
  }
}

export function usageError(what: string, next: string): Failure {
  return new Failure("INVALID_ARGUMENT", what, { next })
}

/** Anything that was thrown, as a failure. What nobody foresaw is a bug and says so. */
export function failureOf(error: unknown, verbose: boolean): Failure {
  if (error instanceof Failure) return error
  if (ConclaveError.is(error)) {
    const { code, message, hint, outcome, retryable, details } = error
    return new Failure(code, message, { next: hint ?? NEXT[code], outcome, retryable, details })
  }
  const cause = error instanceof Error ? error : new Error(String(error))
  return new Failure("INTERNAL", verbose ? (cause.stack ?? cause.message) : cause.message, {
    why: "This is a bug in conclave, not in what you typed.",
    next: verbose ? "conclave version --json, and report it with the lines above" : "the same command with --verbose",
    outcome: "unknown",
  })
}

const NEXT: Partial<Record<ErrorCode, string>> = {
  NOT_FOUND: "conclave members",
  TIMEOUT: "conclave status --timeout 30s",
  RESOURCE_EXHAUSTED: "conclave status",
  CONFLICT: "conclave members",
  UNIMPLEMENTED: "conclave version",
}

/** As people read it. */
export function failureText({ message, why, next }: Failure): string {
  const [what = "", ...stack] = message.split("\n").map(printable)
  const lines = [`conclave: ${what}`, ...stack]
  if (why !== undefined) lines.push(`  ${printable(why)}`)
  if (next !== undefined) lines.push(`Next: ${next}`)
  return `${lines.join("\n")}\n`
}

/** As programs read it. */
export function failureJson({ code, message, why, next, outcome, retryable, details }: Failure): string {
  const error = {
    code,
    message: why === undefined ? message : `${message}. ${why}`,
    ...(next === undefined ? {} : { hint: next }),
    outcome,
    retryable,
    details,
  }
  return `${JSON.stringify({ error })}\n`
}
