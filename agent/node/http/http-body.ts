import type { IncomingMessage } from "node:http"
import { invalid, type Problem } from "../../api/problem.ts"
import { KEY_BYTES } from "../../keyring/ring.ts"

export const BODY_BYTES_MAX = 256 * 1024

export type Body =
  | { readonly ok: true; readonly input: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly problem: Problem }

/**
 * Reads a JSON object, or where `octetsAs` is given octets for that field. A body over the limit, or announced as such,
 * is answered at once and not kept; its rest is read and thrown away, so that the answer is not reset and the
 * connection can go on.
 */
export function readBody(request: IncomingMessage, octetsAs: string | undefined, done: (body: Body) => void): void {
  let chunks: Buffer[] = []
  let bytes = 0
  let isDone = false
  const finish = (body: Body): void => {
    if (isDone) return
    isDone = true
    chunks = []
    done(body)
  }
  const over = bad(`the body is over ${BODY_BYTES_MAX} bytes`)
  request.on("data", (chunk: Buffer) => {
    bytes += chunk.length
    if (isDone) return
    if (bytes <= BODY_BYTES_MAX) chunks.push(chunk)
    else finish(over)
  })
  request.on("end", () => {
    if (!isDone) finish(parse(Buffer.concat(chunks), octetsAs))
  })
  request.on("error", () => finish(bad("the body ended early")))
  if (Number(request.headers["content-length"] ?? 0) > BODY_BYTES_MAX) finish(over)
}

function parse(bytes: Buffer, octetsAs: string | undefined): Body {
  if (bytes.length === 0) return { ok: true, input: {} }
  try {
    const input: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes))
    if (typeof input === "object" && input !== null && !Array.isArray(input)) {
      return { ok: true, input: input as Record<string, unknown> }
    }
  } catch {
    // Falls through: it is no JSON, or no UTF-8.
  }
  if (octetsAs !== undefined) return { ok: true, input: { [octetsAs]: textOf(bytes) } }
  return bad("the body is no JSON object")
}

/** Octets as JSON has them. */
function textOf(bytes: Buffer): string {
  return bytes.length === KEY_BYTES ? bytes.toString("base64") : bytes.toString("latin1").trim()
}

function bad(message: string): Body {
  return { ok: false, problem: invalid("body", message) }
}
