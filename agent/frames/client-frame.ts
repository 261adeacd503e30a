import { invalid, type Problem } from "../api/problem.ts"
import { TIMEOUT_MAX_MS, TIMEOUT_MS } from "../api/schema.ts"

/** Events that a client may grant at once, and that a stream may have. */
export const CREDIT_MAX = 1_000_000

const DECODER = new TextDecoder("utf-8", { fatal: true })

/** What a client says in one frame. */
export type ClientFrame =
  | ClientCall
  /** No more of a stream is wanted. */
  | { readonly kind: "end"; readonly id: number }
  /** So many more events of a stream may come. */
  | { readonly kind: "credit"; readonly id: number; readonly more: number }
  /** A client that does not keep to the protocol: nothing that follows can be trusted to be what it means. */
  | { readonly kind: "wrong"; readonly problem: Problem }

export interface ClientCall {
  readonly kind: "call"
  readonly id: number
  readonly op: string
  readonly input: unknown
  /** A problem is this call's alone. */
  readonly terms: CallTerms | Problem
}

/** What is said with any call, whatever it asks. */
export interface CallTerms {
  /** The number of the request, the same for each attempt. */
  readonly seq: number | undefined
  /** Requests below it have been answered for good. */
  readonly floor: number
  readonly timeoutMs: number
}

export function readFrame(body: Uint8Array): ClientFrame {
  const message = parse(body)
  if (message === undefined) return wrong("frame", "a frame is no JSON object")
  const { id, op, end, credit } = message
  if (!isNumber(id, 1)) return wrong("id", "id is a whole number from 1")
  if (typeof op === "string") return { kind: "call", id, op, input: message["in"], terms: termsOf(message) }
  if (end === true) return { kind: "end", id }
  if (credit === undefined) return wrong("op", "a frame has op, end or credit")
  if (isNumber(credit, 1) && credit <= CREDIT_MAX) return { kind: "credit", id, more: credit }
  return wrong("credit", `credit is a whole number from 1 to ${CREDIT_MAX}`)
}

function termsOf({ seq, floor = 0, timeoutMs = TIMEOUT_MS }: Record<string, unknown>): CallTerms | Problem {
  if (seq !== undefined && !isNumber(seq, 1)) return invalid("seq", "seq is a whole number from 1")
  if (!isNumber(floor, 0)) return invalid("floor", "floor is a whole number from 0")
  if (isNumber(timeoutMs, 1) && timeoutMs <= TIMEOUT_MAX_MS) return { seq, floor, timeoutMs }
  return invalid("timeoutMs", `timeoutMs is a whole number from 1 to ${TIMEOUT_MAX_MS}`)
}

function parse(body: Uint8Array): Record<string, unknown> | undefined {
  try {
    const message: unknown = JSON.parse(DECODER.decode(body))
    return typeof message === "object" && message !== null ? (message as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function isNumber(value: unknown, least: number): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= least
}

function wrong(field: string, message: string): ClientFrame {
  return { kind: "wrong", problem: invalid(field, message) }
}
