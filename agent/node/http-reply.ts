import type { ServerResponse } from "node:http"
import { httpStatus, type Problem } from "../api/problem.ts"

/** A client that takes nothing of its answer for this long is cut: the answer would wait for it in memory. */
const TAKE_MS = 30_000

export function sendProblem(response: ServerResponse, error: Problem): void {
  sendJson(response, httpStatus(error), { error })
}

/** An answer to a client that has gone is dropped. */
export function sendJson(response: ServerResponse, status: number, body: object, takeMs: number = TAKE_MS): void {
  if (response.headersSent || response.destroyed) return
  const text = JSON.stringify(body)
  response.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text) })
  response.end(text)
  // Without a listener the end of this time is the end of the connection.
  response.setTimeout(takeMs)
}
