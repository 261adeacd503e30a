import type { z } from "zod"
import { authorize, namesIn } from "./access.ts"
import { checkInput } from "./check-input.ts"
import type { Caller } from "./coordination.ts"
import type { Feed } from "./feed.ts"
import type { OpSchema } from "./op-schema.ts"
import { type ApiContext, HANDLERS, STREAMS, type StreamName } from "./ops.ts"
import { invalid, type Problem, problem } from "./problem.ts"
import {
  FRAMED,
  type FramedName,
  isOctetsName,
  isOpName,
  type OctetsName,
  OPS,
  type OpName,
  TIMEOUT_MAX_MS,
} from "./schema.ts"

export type Call =
  | {
      readonly kind: "answer"
      /** How long the answer may take beyond what the caller said, in ms: what is bounded is the way to a quorum. */
      readonly extraMs: number
      /** What is said where even so no answer came. */
      readonly overdue: (limitMs: number) => Problem
      readonly start: (done: (result: object) => void) => void
    }
  /** `waits`: all that counts is how it ends. */
  | {
      readonly kind: "stream"
      readonly op: StreamName
      readonly waits: boolean
      readonly open: (onReadable: () => void) => Feed | Problem
    }
  /** Over HTTP alone. */
  | { readonly kind: "octets"; readonly op: OctetsName; readonly confirm: string }
  | { readonly kind: "refused"; readonly problem: Problem }

/** For an answer that is made exactly when the time is up. */
const PRECISE_MS = 1000
/** For what waits for the cluster's own clock. */
const LATE_MS = 10_000

/** Checks a call: the operation exists, its input is as the schema says, this socket may use it. */
export function prepareCall(context: ApiContext, caller: Caller, op: string, input: unknown): Call {
  if (!isOpName(op)) {
    const named = op.slice(0, 200)
    return refused(problem("NOT_FOUND", `there is no operation ${named}`, { details: { op: named } }))
  }
  const parsed = checkInput(OPS[op].input, input ?? {})
  // What was checked is what is used: the same names are asked for and acted on.
  const refusal = authorize(caller.principal, op, parsed.success ? namesIn(op, parsed.data) : namesUnread(input))
  if (refusal !== undefined) return refused(refusal)
  if (!parsed.success) return refused(wrongInput(parsed.issues[0]))
  // The input was checked by this very operation's schema; the table of handlers is typed by the same names.
  const checked = parsed.data as never
  if (isStream(op)) {
    const open = (onReadable: () => void): Feed | Problem => STREAMS[op](context, checked, caller, onReadable)
    return { kind: "stream", op, waits: !OPS[op].stream, open }
  }
  if (isOctetsName(op))
    return { kind: "octets", op, confirm: "confirm" in parsed.data ? String(parsed.data.confirm) : "" }
  const handle = HANDLERS[op]
  return {
    kind: "answer",
    extraMs: extraMs(op, parsed.data),
    overdue: (limitMs) => overdue(op, caller, limitMs),
    start: (done) => handle(context, checked, caller, done),
  }
}

/** The same for what is about the connection's own session. */
export function prepareFramed(caller: Caller, op: FramedName, input: unknown): Call {
  const refusal = authorize(caller.principal, op, [])
  if (refusal !== undefined) return refused(refusal)
  const parsed = checkInput(FRAMED[op].input, input ?? {})
  if (!parsed.success) return refused(wrongInput(parsed.issues[0]))
  const { speaker } = caller
  if (typeof speaker !== "object") return refused(problem("NOT_FOUND", `${op} is for frames`, { details: { op } }))
  const checked = parsed.data as never
  return {
    kind: "answer",
    extraMs: PRECISE_MS,
    overdue: (limitMs) => tookLonger(op, limitMs),
    start: (done) => speaker.answer(op, checked, caller, done),
  }
}

function isStream(op: OpName): op is StreamName {
  const { stream, waits = false }: OpSchema = OPS[op]
  return stream || waits
}

function extraMs(op: OpName, input: object): number {
  if (op === "revoke" && "graceMs" in input) return Number(input.graceMs) + LATE_MS
  // After the seat has moved leaderships and items do, sessions end, and a good-bye goes out.
  if (op === "leave") return ("graceMs" in input ? Number(input.graceMs) : TIMEOUT_MAX_MS) + LATE_MS
  return AGREED.test(op) || op === "keyring" ? PRECISE_MS : 0
}

/** They need the cluster, and say themselves, when the time is up, what became of it. */
const AGREED = /^(hold|semaphore|kv|sessions|raft|work)\./

/**
 * It decides nothing about what was asked: a read has changed nothing, and a write without a number is not sent again,
 * as nothing tells whether another one is the same.
 */
function overdue(op: OpName, { seq }: Caller, limitMs: number): Problem {
  const why = tookLonger(op, limitMs)
  if (OPS[op].method === "GET") return { ...why, outcome: "not-applied" }
  if (seq !== undefined || !AGREED.test(op)) return why
  return { ...why, hint: "read what is there first", retryable: false }
}

function tookLonger(op: string, limitMs: number): Problem {
  return problem("TIMEOUT", `${op} took longer than ${limitMs} ms`, { hint: "raise timeoutMs" })
}

const NAME_CHARS_MAX = 255

/** What a call is about whose input is not as its schema says. */
function namesUnread(input: unknown): readonly string[] {
  const name = typeof input === "object" && input !== null && "name" in input ? input.name : undefined
  return typeof name === "string" && name.length <= NAME_CHARS_MAX ? [name] : []
}

/** Numbers that say how many there shall be. */
const COUNTS = new Set(["partitions", "parties"])

/** What is wrong with a value is INVALID_ARGUMENT; too many of them is a limit. */
function wrongInput(issue: z.core.$ZodIssue | undefined): Problem {
  const path = issue?.path.map(String) ?? []
  const field = path[0] ?? "in"
  const message = `${path.length === 0 ? "in" : path.join(".")}: ${issue?.message ?? "is wrong"}`
  if (issue?.code === "too_big" && (issue.origin === "array" || COUNTS.has(field))) {
    return problem("RESOURCE_EXHAUSTED", message, { details: { limit: Number(issue.maximum), field } })
  }
  return invalid(field, message)
}

function refused(why: Problem): Call {
  return { kind: "refused", problem: why }
}
