import type { z } from "zod"
import type { Feed } from "./feed.ts"
import { type ApiContext, HANDLERS, isProblem, STREAMS, type StreamName } from "./ops.ts"
import { invalid, type Problem, problem } from "./problem.ts"
import { isOpName, OPS, type OpName } from "./schema.ts"

/** Which socket a call came by: what it may do follows from that alone. */
export type Door = "application" | "admin"

export type Call =
  | { readonly kind: "answer"; readonly start: (done: (result: object) => void) => void }
  | { readonly kind: "stream"; readonly open: (onReadable: () => void) => Feed | Problem }
  | { readonly kind: "refused"; readonly problem: Problem }

/** Checks a call: the operation exists, this door may use it, its input is as the schema says. */
export function prepareCall(context: ApiContext, door: Door, op: string, input: unknown): Call {
  if (!isOpName(op)) {
    const named = op.slice(0, 200)
    return refused(problem("NOT_FOUND", `there is no operation ${named}`, { details: { op: named } }))
  }
  if (OPS[op].admin && door !== "admin") {
    const message = `${op} is not allowed on this socket`
    return refused(problem("PERMISSION_DENIED", message, { hint: "use the admin socket", details: { op, name: null } }))
  }
  const parsed = OPS[op].input.safeParse(input ?? {})
  if (!parsed.success) return refused(wrongInput(parsed.error.issues[0]))
  // The input was checked by this very operation's schema; the table of handlers is typed by the same names.
  const checked = parsed.data as never
  if (isStream(op)) {
    return { kind: "stream", open: (onReadable) => STREAMS[op](context, checked, onReadable) }
  }
  const handle = HANDLERS[op]
  return { kind: "answer", start: (done) => handle(context, checked, done) }
}

export { isProblem }

function isStream(op: OpName): op is StreamName {
  return OPS[op].stream
}

/** What is wrong with a value is INVALID_ARGUMENT; too many of them is a limit. */
function wrongInput(issue: z.core.$ZodIssue | undefined): Problem {
  const path = issue?.path.map(String) ?? []
  const field = path[0] ?? "in"
  const message = `${path.length === 0 ? "in" : path.join(".")}: ${issue?.message ?? "is wrong"}`
  if (issue?.code === "too_big" && issue.origin === "array") {
    return problem("RESOURCE_EXHAUSTED", message, { details: { limit: Number(issue.maximum), field } })
  }
  return invalid(field, message)
}

function refused(why: Problem): Call {
  return { kind: "refused", problem: why }
}
