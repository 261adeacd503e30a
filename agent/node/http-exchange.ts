import type { IncomingMessage, ServerResponse } from "node:http"
import { type Door, isProblem, prepareCall } from "../api/call.ts"
import type { Feed } from "../api/feed.ts"
import { openApi } from "../api/openapi.ts"
import type { ApiContext } from "../api/ops.ts"
import { httpStatus, invalid, type Problem, problem } from "../api/problem.ts"
import { route } from "../api/route.ts"
import type { WatchCount } from "./local-listener.ts"
import type { Metrics } from "./metrics.ts"

/** Paths that are no operations. */
export interface HttpExtras {
  readonly metrics: Metrics
}

export interface HttpOptions {
  readonly door: Door
  readonly context: ApiContext
  readonly extras: HttpExtras
  readonly watches: WatchCount
}

export const BODY_BYTES_MAX = 256 * 1024
/** Streams of the whole agent, and of one connection. */
export const WATCHES_MAX = 1024
const TIMEOUT_MS = 5000
const TIMEOUT_MAX_MS = 600_000

/** Answers one request on a Unix socket. */
export function answerHttp(request: IncomingMessage, response: ServerResponse, options: HttpOptions): void {
  const url = new URL(request.url ?? "/", "http://localhost")
  const method = request.method ?? "GET"
  if (method === "GET" && extra(url.pathname, response, options)) return
  const routed = route(method, url.pathname, url.searchParams)
  if (routed === undefined) {
    request.resume()
    const message = `there is no ${method} ${url.pathname}`
    return sendProblem(response, problem("NOT_FOUND", message, { hint: "GET /v1/openapi.json lists what there is" }))
  }
  const timeoutMs = readTimeout(url.searchParams.get("timeoutMs"))
  if (timeoutMs === undefined) {
    request.resume()
    return sendProblem(response, invalid("timeoutMs", `timeoutMs is a number from 1 to ${TIMEOUT_MAX_MS}`))
  }
  if (method === "GET") return run(routed.op, routed.input, { response, options, timeoutMs })
  readBody(request, (body) => {
    if (!body.ok) return sendProblem(response, body.problem, true)
    run(routed.op, { ...body.input, ...routed.input }, { response, options, timeoutMs })
  })
}

interface Exchange {
  readonly response: ServerResponse
  readonly options: HttpOptions
  readonly timeoutMs: number
}

function run(op: string, input: object, { response, options, timeoutMs }: Exchange): void {
  const call = prepareCall(options.context, options.door, op, input)
  if (call.kind === "refused") return sendProblem(response, call.problem)
  if (call.kind === "stream") return stream(call.open, response, options)
  let isOpen = true
  const timer = setTimeout(() => {
    isOpen = false
    sendProblem(response, problem("TIMEOUT", `${op} took longer than ${timeoutMs} ms`, { hint: "raise timeoutMs" }))
  }, timeoutMs)
  call.start((result) => {
    if (!isOpen) return
    isOpen = false
    clearTimeout(timer)
    if (isProblem(result)) sendProblem(response, result)
    else sendJson(response, 200, result)
  })
}

/** NDJSON, pulled from the feed as the client reads. */
function stream(
  open: (onReadable: () => void) => Feed | Problem,
  response: ServerResponse,
  options: HttpOptions,
): void {
  const { watches } = options
  if (watches.open >= WATCHES_MAX) {
    const message = `this agent serves ${WATCHES_MAX} watches at once`
    return sendProblem(response, problem("RESOURCE_EXHAUSTED", message, { details: { limit: WATCHES_MAX } }))
  }
  let isFull = false
  const feed = open(() => pump())
  if (isProblem(feed)) return sendProblem(response, feed)
  watches.open++
  response.once("close", () => {
    watches.open--
    feed.close()
  })
  response.on("drain", () => {
    isFull = false
    pump()
  })
  response.writeHead(200, { "content-type": "application/x-ndjson", "cache-control": "no-store" })
  response.flushHeaders()
  const pump = (): void => {
    while (!isFull && !response.destroyed) {
      const line = feed.take()
      if (line === undefined) {
        if (feed.isOver()) response.end()
        return
      }
      isFull = !response.write(`${JSON.stringify(line)}\n`)
    }
  }
  pump()
}

function extra(path: string, response: ServerResponse, { context, extras }: HttpOptions): boolean {
  const { view } = context
  switch (path) {
    case "/livez":
      sendJson(response, 200, { ready: true, items: [] })
      return true
    case "/readyz": {
      const items = view.readiness()
      const ready = items.every((item) => item.ok)
      sendJson(response, ready ? 200 : 503, { ready, items })
      return true
    }
    case "/metrics":
      extras.metrics.text().then(
        (text) => {
          response.writeHead(200, { "content-type": extras.metrics.contentType })
          response.end(text)
        },
        (cause: Error) => sendProblem(response, problem("INTERNAL", cause.message)),
      )
      return true
    case "/v1/openapi.json":
      sendJson(response, 200, openApi())
      return true
    default:
      return false
  }
}

function readTimeout(text: string | null): number | undefined {
  if (text === null) return TIMEOUT_MS
  const value = /^\d{1,9}$/.test(text) ? Number(text) : 0
  return value >= 1 && value <= TIMEOUT_MAX_MS ? value : undefined
}

type Body = { readonly ok: true; readonly input: object } | { readonly ok: false; readonly problem: Problem }

function readBody(request: IncomingMessage, done: (body: Body) => void): void {
  const chunks: Buffer[] = []
  let bytes = 0
  let isDone = false
  const finish = (body: Body): void => {
    if (isDone) return
    isDone = true
    done(body)
  }
  request.on("data", (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes <= BODY_BYTES_MAX) chunks.push(chunk)
    else finish(badBody(`the body is over ${BODY_BYTES_MAX} bytes`))
  })
  request.on("end", () => finish(parseBody(Buffer.concat(chunks).toString("utf8"))))
  request.on("error", () => finish(badBody("the body ended early")))
}

function parseBody(text: string): Body {
  if (text.trim() === "") return { ok: true, input: {} }
  try {
    const input: unknown = JSON.parse(text)
    if (typeof input === "object" && input !== null && !Array.isArray(input)) return { ok: true, input }
  } catch {
    // Falls through: it is no JSON.
  }
  return badBody("the body is no JSON object")
}

function badBody(message: string): Body {
  return { ok: false, problem: invalid("body", message) }
}

export function sendProblem(response: ServerResponse, error: Problem, close = false): void {
  if (close) response.setHeader("connection", "close")
  sendJson(response, httpStatus(error), { error })
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent || response.destroyed) return
  const text = JSON.stringify(body)
  response.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text) })
  response.end(text)
}
