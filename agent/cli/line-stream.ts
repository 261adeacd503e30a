import { type IncomingMessage, request } from "node:http"
import { errorFromAgent } from "@conclave/sdk/errors"
import { pathOf, unreachable } from "./agent-call.ts"
import type { Call } from "./command.ts"
import { streamLost, unreachableBy } from "./stream-errors.ts"

/** Longest line that an agent may send; its frames have the same limit. */
const LINE_CHARS_MAX = 4 * 1024 * 1024
const CONNECT_LIMIT_MS = 5000

/**
 * The lines of a streaming operation, as the agent wrote them. The next is read when this one was taken, so a slow
 * reader slows the agent, not the memory of this program. Ends when the agent ends the stream; throws the error that
 * the agent sent, or AGENT_UNAVAILABLE when the connection breaks.
 */
export async function* streamLines(call: Call, path: string): AsyncGenerator<string> {
  const socket = pathOf(call, "application")
  const limitMs = call.words.durationMs("--timeout") ?? CONNECT_LIMIT_MS
  const response = await open(socket, path, limitMs)
  response.setEncoding("utf8")
  if (response.statusCode !== 200) throw errorFromAgent(await errorBody(response))
  let rest = ""
  try {
    for await (const chunk of response as AsyncIterable<string>) {
      rest += chunk
      const lines = rest.split("\n")
      rest = lines.pop() ?? ""
      if (rest.length > LINE_CHARS_MAX) throw streamLost("the agent sent a line without end")
      for (const line of lines) if (line !== "") yield line
    }
  } catch (error) {
    throw error instanceof Error && "code" in error && error.code === "ECONNRESET"
      ? streamLost("the agent went away")
      : error
  } finally {
    response.destroy()
  }
}

function open(socketPath: string, path: string, limitMs: number): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, path, method: "GET", agent: false })
    const timer = setTimeout(() => sent.destroy(streamLost(`no agent answered within ${limitMs} ms`)), limitMs)
    const fail = (error: NodeJS.ErrnoException): void => {
      clearTimeout(timer)
      reject(unreachable(unreachableBy(socketPath, error), socketPath, "application"))
    }
    sent.on("error", fail)
    sent.on("response", (response) => {
      clearTimeout(timer)
      resolve(response)
    })
    sent.end()
  })
}

async function errorBody(response: IncomingMessage): Promise<unknown> {
  let body = ""
  for await (const chunk of response as AsyncIterable<string>) {
    body += chunk
    if (body.length > LINE_CHARS_MAX) break
  }
  try {
    return (JSON.parse(body) as { readonly error?: unknown }).error
  } catch {
    return undefined
  }
}
