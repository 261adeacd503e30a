import type { ServerResponse } from "node:http"
import { httpStatus, type Problem } from "../api/problem.ts"

export function sendProblem(response: ServerResponse, error: Problem): void {
  sendJson(response, httpStatus(error), { error })
}

/** An answer to a client that has gone is dropped. */
export function sendJson(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent || response.destroyed) return
  const text = JSON.stringify(body)
  response.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text) })
  response.end(text)
}
