import type { z } from "zod"
import type { Caller } from "./coordination.ts"
import type { Feed } from "./feed.ts"
import { inWords } from "./in-words.ts"
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

/** Checks a call: the operation exists, this door may use it, its input is as the schema says. */
export function prepareCall(context: ApiContext, caller: Caller, op: string, input: unknown): Call {
  if (!isOpName(op)) {
    const named = op.slice(0, 200)
    return refused(problem("NOT_FOUND", `there is no operation ${named}`, { details: { op: named } }))
  }
  if (OPS[op].admin && caller.door !== "admin") {
    const message = `${op} is not allowed on this socket`
    return refused(problem("PERMISSION_DENIED", message, { hint: "use the admin socket", details: { op, name: null } }))
  }
  const parsed = OPS[op].input.safeParse(input ?? {}, { error: inWords })
  if (!parsed.success) return refused(wrongInput(parsed.error.issues[0]))
  // The input was checked by this very operation's schema; the table of handlers is typed by the same names.
  const checked = parsed.data as never
  if (isStream(op)) {
    const open = (onReadable: () => void): Feed | Problem => STREAMS[op](context, checked, caller, onReadable)
    return { kind: "stream", op, waits: !OPS[op].stream, open }
  }
  if (isOctetsName(op))
    return { kind: "octets", op, confirm: "confirm" in parsed.data ? String(parsed.data.confirm) : "" }
  const handle = HANDLERS[op]
  return { kind: "answer", extraMs: extraMs(op, parsed.data), start: (done) => handle(context, checked, caller, done) }
}

/** The same for what is about the connection's own session. */
export function prepareFramed(caller: Caller, op: FramedName, input: unknown): Call {
  const parsed = FRAMED[op].input.safeParse(input ?? {}, { error: inWords })
  if (!parsed.success) return refused(wrongInput(parsed.error.issues[0]))
  const { speaker } = caller
  if (typeof speaker !== "object") return refused(problem("NOT_FOUND", `${op} is for frames`, { details: { op } }))
  const checked = parsed.data as never
  return { kind: "answer", extraMs: 0, start: (done) => speaker.answer(op, checked, caller, done) }
}

function isStream(op: OpName): op is StreamName {
  const { stream, waits = false }: OpSchema = OPS[op]
  return stream || waits
}

function extraMs(op: OpName, input: object): number {
  if (op === "revoke" && "graceMs" in input) return Number(input.graceMs) + LATE_MS
  // After the seat has moved leaderships and items do, sessions end, and a good-bye goes out.
  if (op === "leave") return ("graceMs" in input ? Number(input.graceMs) : TIMEOUT_MAX_MS) + LATE_MS
  return /^(hold|semaphore|kv|sessions|raft)\./.test(op) ? PRECISE_MS : 0
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
