import { jsonPieces } from "../api/json-pieces.ts"
import { Line } from "../api/line.ts"
import { isByLog, isProblem, type Problem, problem } from "../api/problem.ts"

/** Bytes of one frame's body, both ways. */
export const FRAME_BYTES_MAX = 256 * 1024

const ENCODER = new TextEncoder()
const CLOSING_BRACE: Uint8Array = ENCODER.encode("}")

/** What a word of the agent is about: a call by its number here, what was asked, and the number of the request. */
export interface Called {
  readonly id: number
  readonly op: string
  readonly seq: number | undefined
}

/** The body of a frame that says this. */
export function bodyOf(message: object): Uint8Array {
  return ENCODER.encode(JSON.stringify(message))
}

/** The last word on a call; an answer that no frame can hold is replaced by an error that says how to get it. */
export function answerBody({ id, op, seq }: Called, result: object | Problem): Uint8Array {
  const body = isProblem(result)
    ? bodyOf(failed({ id, seq }, result))
    : ENCODER.encode(`{"id":${id},"out":${beginningOf(result)}}`)
  if (body.length <= FRAME_BYTES_MAX) return body
  return bodyOf({ id, error: tooLong(`the answer of ${op}`, body.length, op) })
}

/** With the request's number where the log has decided it: then it speaks for every attempt. */
export function failed({ id, seq }: Pick<Called, "id" | "seq">, error: Problem): object {
  return seq !== undefined && isByLog(error) ? { id, error, seq } : { id, error }
}

/** What stands before each event of a stream that is written out already. */
export function eventHead(id: number): Uint8Array {
  return ENCODER.encode(`{"id":${id},"ev":`)
}

/** One event in parts: what many streams say was written out once, and each says it under its own number. */
export function eventBody(id: number, head: Uint8Array, event: object): readonly Uint8Array[] {
  return event instanceof Line ? [head, event.bytes, CLOSING_BRACE] : [bodyOf({ id, ev: event })]
}

/** All of an answer, or more of it than any frame holds: the rest is not written out for nothing. */
function beginningOf(answer: object): string {
  let text = ""
  for (const piece of jsonPieces(answer)) {
    text += piece
    if (text.length > FRAME_BYTES_MAX) break
  }
  return text
}

/** What shows less of it, or all of it elsewhere. */
const SHORTER: Readonly<Record<string, string>> = {
  "hold.list": "ask for a longer prefix, watch (its view comes in parts), or use HTTP: GET /v1/hold/<kind>",
  "hold.get": "watch the name (it shows the first of a long queue), or use HTTP: GET /v1/hold/<kind>/<name>",
  "kv.list": "ask for a longer prefix, watch (its view comes in parts), or use HTTP: GET /v1/kv",
  "work.items": "watch (its view comes in parts), or use HTTP: GET /v1/work/<name>/items",
  "sessions.list": "ask for one by its id (sessions.get), or use HTTP: GET /v1/sessions",
  "members.list": "ask for a status or a tag, watch (its view comes in parts), or use HTTP: GET /v1/members",
}

export function tooLong(what: string, bytes: number, op: string): Problem {
  return problem("RESOURCE_EXHAUSTED", `${what} has at least ${bytes} bytes, a frame holds ${FRAME_BYTES_MAX}`, {
    hint: SHORTER[op] ?? "ask for less, or use HTTP",
    details: { limit: FRAME_BYTES_MAX },
  })
}
