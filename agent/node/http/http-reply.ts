import type { ServerResponse } from "node:http"
import type { Millis } from "@conclave/base"
import { jsonPieces } from "../../api/json-pieces.ts"
import { httpStatus, type Problem } from "../../api/problem.ts"
import { inSlices } from "../../slices.ts"
import { afterTurn } from "../turn.ts"

const CHUNK_CHARACTERS = 16 * 1024

/** A client that takes nothing of its answer for this long is cut: the answer would wait for it in memory. */
const TAKE_MS = 30_000

export function sendProblem(response: ServerResponse, error: Problem): void {
  sendJson(response, httpStatus(error), { error })
}

/** An answer to a client that has gone is dropped. */
export function sendJson(response: ServerResponse, status: number, body: object, takeMs: number = TAKE_MS): void {
  gather(jsonPieces(body), (chunks) => {
    if (response.headersSent || response.destroyed) return
    const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
    response.writeHead(status, { "content-type": "application/json", "content-length": length })
    for (const chunk of chunks) response.write(chunk)
    response.end()
    // Without a listener the end of this time is the end of the connection.
    response.setTimeout(takeMs)
  })
}

/** What is long is written out a slice a turn, so that others get their answers meanwhile. */
function gather(pieces: Iterator<string>, done: (chunks: readonly Buffer[]) => void): void {
  const chunks: Buffer[] = []
  inSlices({ now: () => performance.now() as Millis, afterTurn }, () => {
    const text = nextText(pieces)
    if (text.length > 0) chunks.push(Buffer.from(text))
    if (text.length >= CHUNK_CHARACTERS) return false
    done(chunks)
    return true
  })
}

/** Enough for a chunk, or all that is left. */
function nextText(pieces: Iterator<string>): string {
  let text = ""
  while (text.length < CHUNK_CHARACTERS) {
    const { value, done } = pieces.next()
    if (done === true) break
    text += value
  }
  return text
}
